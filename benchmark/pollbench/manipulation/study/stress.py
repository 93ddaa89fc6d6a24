"""``stress``: how far a budget moves each published figure, with every interval apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.arguments import checked
from pollbench.errors import UnknownName
from pollbench.manipulation import ATTACKS, DEFENCES
from pollbench.manipulation.model import Attack, Defence
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import (
    Remark,
    checked_budgets,
    chosen_figures,
    chosen_targets,
)
from pollbench.manipulation.study.cost_model import PER_CENT, Effort
from pollbench.manipulation.study.honest_sample import HonestSample
from pollbench.manipulation.study.noticing import noticed
from pollbench.manipulation.study.shift import certified, sampling_interval, shift, situation, voices
from pollbench.manipulation.study.threat_models import AXES, ThreatModel, resolved
from pollbench.manipulation.timing import TIMINGS, attack_days
from pollbench.randomness import SEED
from pollbench.selection.figures import USUAL
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    import pandas as pd
    from joblib import Parallel

    from pollbench.data.bench import Bench

#: A certificate above this many times the worst attack found says little.
LOOSE = 5.0
NO_DEFENCE = "none"

COLUMNS = [
    "contest_id",
    "forecaster_id",
    "family",
    "forecast_id",
    "mechanism",
    "target",
    "threat_model_id",
    "defence_id",
    "budget_axis",
    "budget",
    "mass_pct",
    "accounts",
    "figure_pct",
    "shift_pp",
    "sampling_low",
    "sampling_high",
    "monte_carlo_error",
    "assumption_low",
    "assumption_high",
    "worst_pp",
    "certified_pp",
    "p_lead",
    "p_top2",
    "power_fpr01",
    "evidence_class",
    "unreliable",
    "flag",
    "missing",
    "params_id",
    "seed",
]


@checked
def stress(
    bench: Bench,
    *,
    attack: str,
    budgets: Sequence[float],
    target: str | Sequence[str] = "all",
    axis: str = "mass_pct",
    model: str | None = None,
    forecaster: str | Sequence[str] | None = None,
    contest_id: str | None = None,
    defences: Sequence[str] = (NO_DEFENCE,),
    assume: Mapping[str, float] | None = None,
    replicates: int = 2000,
    seed: int = SEED,
    parallel: Parallel | None = None,
    policy: Policy = USUAL,
) -> pd.DataFrame:
    """How far each budget moves each published figure.

    Sensitivity is a property of the instrument: a budget "would suffice"; nothing here says that it was
    ever spent.

    Parameters
    ----------
    bench : an opened data set.
    attack : a name of :func:`pollbench.list_attacks`.
    budgets : no default; 0 is always added.
    target : "all" main candidates, one candidate, or several.
    axis : "mass_pct" (per cent of the manipulable base), "mass", "accounts", "person_days", "eur".
    model : a threat model of ``threat_models.toml``; the first one with that attack unless told.
    forecaster, contest_id : only these.
    defences : names of defences, beside or instead of "none"; only pairs with a mechanism that mean something.
    assume : overrides of assumptions, ``{"gov.votes_per_question": 6000}``.
    replicates, seed : of the honest samples behind p_lead and p_top2.
    parallel : ``joblib.Parallel(n_jobs=...)``, for a large grid of targets, budgets and defences: figures are shared
        among its workers, on this machine or, inside ``joblib.parallel_config("dask")``, on a cluster. The same bytes
        with any number of workers; without one the honest samples of the bench are used again.
    policy : how figures are read and by when they were public, see `Policy.reading`; every published figure can be moved.

    Returns
    -------
    DataFrame, one row per forecast, target, defence and budget: mass_pct, accounts; figure_pct (clean figure);
    shift_pp (points, positive = the target rises; closed form) with three separate intervals: sampling_low,
    sampling_high (95 per cent, honest records), monte_carlo_error (standard error of p_lead and p_top2,
    whichever is larger), assumption_low, assumption_high (all parameters at the ends of their ranges);
    worst_pp (size under the worst timing of the standard set, adapted to the defence); certified_pp (size never
    passed if every attacker lands; with confidence 0.99 for a sample; empty where the rule is secret or a sample
    has no known size); p_lead,
    p_top2 (chance that the push puts the target there); power_fpr01 (chance that the operator's test
    notices); evidence_class (least sure parameter; U = base not known); unreliable; flag;
    missing (assumptions that would be needed, with their units); params_id; seed.
    Who cannot be attacked, and why, is in the table ``robustness_unknown``; what a params_id stands for in
    ``robustness_parameters``.

    Raises
    ------
    PolicyError : no budgets, a threat model with another goal.
    UnknownName : an attack, axis, target, model, defence, forecaster, contest or assumption that does not exist.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> moved = stress(load("fr-pres-2017"), attack="push", target="fillon", axis="accounts", budgets=[1000],
    ...                forecaster="gov")
    >>> moved[["budget", "shift_pp", "assumption_low", "assumption_high"]].round(1).values.tolist()
    [[0.0, 0.0, 0.0, 0.0], [1000.0, 5.5, 3.9, 7.6]]
    """
    import pandas as pd

    values = checked_budgets(budgets)
    if axis not in AXES:
        raise UnknownName.of(kind="budget axis", name=axis, known=AXES)
    ATTACKS.named(attack)
    for name in defences:
        if name != NO_DEFENCE:
            DEFENCES.named(name)
    chosen = resolved(attack, model)
    assumptions = Assumptions(bench, assume)
    figures, _ = chosen_figures(bench, forecaster, contest_id, target, policy)
    tasks = []
    for figure in figures:
        effort = Effort.of(figure, chosen, assumptions)
        targets = chosen_targets(figure, target)
        fitting = [name for name in defences if name == NO_DEFENCE or DEFENCES[name].fits(figure.mechanism)]
        if targets and fitting:
            block = _Block(effort, targets, values, axis, ATTACKS[attack], assumptions, replicates, seed)
            tasks.append((block, [None if name == NO_DEFENCE else DEFENCES[name] for name in fitting]))
    if parallel is None:
        parts = [
            block.table(fitting, HonestSample.of(bench, block.effort, replicates, seed))
            for block, fitting in tasks
        ]
    else:
        from joblib import delayed

        parts = parallel(delayed(_Block.table)(block, fitting) for block, fitting in tasks)
    return pd.DataFrame(
        {name: np.concatenate([block[name] for block in parts]) if parts else [] for name in COLUMNS}
    )


class _Block:
    """All targets and budgets of one figure: columns of shape (targets, budgets)."""

    def __init__(
        self,
        effort: Effort,
        targets: tuple[str, ...],
        budgets: np.ndarray,
        axis: str,
        attack: Attack,
        assumptions: Assumptions,
        replicates: int,
        seed: int,
    ) -> None:
        self.effort, self.targets, self.budgets, self.axis = effort, targets, budgets, axis
        self.attack, self.assumptions = attack, assumptions
        self.replicates, self.seed = replicates, seed
        self.places = np.array([effort.figure.position(name) for name in targets])
        self.shape = (len(targets), len(budgets))

    def _left(self, mass: np.ndarray, defence: Defence | None, timing: str | None = None) -> np.ndarray:
        """Mass that still counts behind the defence; with a timing, after the attackers have adapted."""
        if defence is None or not np.isfinite(mass).all():
            return mass
        met = [situation(self.effort, column, self.assumptions, timing) for column in self.places]
        if timing is not None:
            met = [defence.adapt(where, defence.settings) for where in met]
        return np.stack(
            [np.asarray(defence.effective_mass(mass, where, defence.settings), dtype=float) for where in met]
        )

    def _worst(self, defence: Defence | None, least: np.ndarray) -> np.ndarray:
        """Size of the shift under the worst timing, adapted to the defence."""
        effort, worst = self.effort, np.abs(least)
        for timing in TIMINGS:
            days = attack_days(timing, effort.figure.window_days, effort.model.days)
            mass = self._left(effort.mass_pct(self.budgets, self.axis, 0, days), defence, timing)
            worst = np.fmax(worst, np.abs(shift(effort, self.places, mass, self.attack)))
        values: np.ndarray = worst
        return values

    def _bound(self, worst: np.ndarray) -> np.ndarray:
        """A certificate holds without any defence, and is never below an attack that was computed."""
        effort = self.effort
        longest = attack_days("drip", effort.figure.window_days, effort.model.days)
        free = effort.mass_pct(self.budgets, self.axis, 0, longest, all_land=True)
        bound = certified(effort, self.places, free, self.attack)
        return np.where(np.isnan(bound), bound, np.fmax(bound, worst))

    def _chances(self, mass: np.ndarray, sample: HonestSample) -> tuple[np.ndarray, np.ndarray]:
        """Chances of the lead and of the first two, for attacks that lift the target."""
        if self.attack.sign <= 0:
            return np.full(self.shape, np.nan), np.full(self.shape, np.nan)
        landed = np.broadcast_to(mass, self.shape)
        lead, top_two = (
            np.stack(
                [
                    sample.flip(int(column), rank, row, voice)
                    for column, row, voice in zip(
                        self.places, landed, voices(self.effort, self.places, self.attack, rank), strict=True
                    )
                ]
            )
            for rank in (1, 2)
        )
        return lead, top_two

    def _flags(self) -> str:
        figure, effort = self.effort.figure, self.effort
        flags = [*figure.flags]
        if not effort.base_parameters:
            flags.append(Remark.BASE_NOT_KNOWN)
        if not figure.certifiable:
            flags.append(Remark.RULE_NOT_DISCLOSED)
        elif figure.mechanism.fixed_size and figure.persons is None:
            flags.append(Remark.NO_CERTIFICATE)
        if figure.quantity == "digital_share":
            flags.append(Remark.DIGITAL_WEIGHT)
        if self.axis == "eur":
            flags.append(Remark.ANACHRONISTIC)
        return "; ".join(flags)

    def table(
        self, defences: Sequence[Defence | None], sample: HonestSample | None = None
    ) -> dict[str, np.ndarray]:
        """The columns of the table: by target, then defence, then budget."""
        sample = sample or HonestSample(self.effort, self.replicates, self.seed)
        columns = [self._columns(defence, sample) for defence in defences]
        return {name: np.hstack([block[name] for block in columns]).ravel() for name in COLUMNS}

    def _columns(self, defence: Defence | None, sample: HonestSample) -> dict[str, np.ndarray]:
        """The columns behind one defence."""
        effort, figure, budgets, axis = self.effort, self.effort.figure, self.budgets, self.axis
        model: ThreatModel = effort.model
        masses = {level: self._left(effort.mass_pct(budgets, axis, level), defence) for level in (-1, 0, 1)}
        shifts = {level: shift(effort, self.places, mass, self.attack) for level, mass in masses.items()}
        worst = self._worst(defence, shifts[0])
        bound = self._bound(worst)
        fraction = effort.form.mixing.fraction(np.nan_to_num(masses[0]), PER_CENT)
        low, high = sampling_interval(effort, self.places, fraction, self.attack)
        p_lead, p_top2 = self._chances(masses[0], sample)
        accounts = effort.accounts(budgets, axis)
        with np.errstate(invalid="ignore", divide="ignore"):
            loose = bound > LOOSE * worst
        absolute = axis != "mass_pct"
        columns: dict[str, Any] = {
            "contest_id": figure.contest_id,
            "forecaster_id": figure.forecaster_id,
            "family": figure.family,
            "forecast_id": figure.forecast_id,
            "mechanism": figure.mechanism.name,
            "target": np.array(self.targets, dtype=object)[:, None],
            "threat_model_id": model.threat_model_id,
            "defence_id": NO_DEFENCE if defence is None else defence.name,
            "budget_axis": axis,
            "budget": budgets,
            "mass_pct": effort.mass_pct(budgets, axis),
            "accounts": accounts,
            "figure_pct": figure.figures[self.places][:, None],
            "shift_pp": shifts[0],
            "sampling_low": low,
            "sampling_high": high,
            "monte_carlo_error": np.fmax(sample.error(p_lead), sample.error(p_top2)),
            "assumption_low": np.fmin(shifts[-1], shifts[1]),
            "assumption_high": np.fmax(shifts[-1], shifts[1]),
            "worst_pp": worst,
            "certified_pp": bound,
            "p_lead": p_lead,
            "p_top2": p_top2,
            "power_fpr01": noticed(
                effort, self.places, masses[0], accounts, self.attack, self.assumptions, self.seed
            ),
            "evidence_class": effort.evidence_class(priced=axis == "eur") if absolute else "F",
            "unreliable": (absolute and effort.wide) | loose | (not figure.certifiable),
            "flag": self._flags(),
            "missing": "; ".join(effort.missing) if absolute else "",
            "params_id": effort.params_id,
            "seed": self.seed,
        }
        return {name: _filled(column, self.shape) for name, column in columns.items()}


def _filled(column: Any, shape: tuple[int, ...]) -> np.ndarray:
    """A column in the shape of the block; a word is an object, so that pandas reads it as text."""
    if isinstance(column, np.ndarray):
        return column if column.shape == shape else np.broadcast_to(column, shape)
    return np.full(shape, column, dtype=object if isinstance(column, str) else None)
