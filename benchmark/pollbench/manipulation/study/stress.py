"""``stress``: how far a budget moves each published figure, with every interval apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.errors import UnknownName
from pollbench.manipulation import ATTACKS, DEFENCES
from pollbench.manipulation.model import contamination
from pollbench.manipulation.study import remarks
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import AttackedFigure
from pollbench.manipulation.study.chosen import checked_budgets, chosen_figures, chosen_targets
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.honest_sample import HonestSample, noticed
from pollbench.manipulation.study.shift import certified, sampling_interval, shift, situation
from pollbench.manipulation.study.threat_models import AXES, ThreatModel, resolved
from pollbench.manipulation.timing import TIMINGS, attack_days

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

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
    "params_id",
    "seed",
]


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
    seed: int = 20170423,
) -> pd.DataFrame:
    """How far each budget moves each published figure.

    Sensitivity is a property of the instrument: a budget "would suffice"; nothing here says that anybody
    ever spent it.

    Parameters
    ----------
    bench : an opened data set.
    attack : "push", "nuke", "push_and_nuke" or "control".
    budgets : no default; 0 is always added.
    target : "all" main candidates, one candidate, or several.
    axis : "mass_pct" (per cent of the manipulable base), "mass", "accounts", "person_days", "eur".
    model : a threat model of ``threat_models.toml``; the first one with that attack unless told.
    forecaster, contest_id : only these.
    defences : names of defences, beside or instead of "none"; only pairs with a mechanism that mean something.
    assume : overrides of assumptions, ``{"gov.votes_per_question": 6000}``.
    replicates, seed : of the honest samples behind p_lead and p_top2.

    Returns
    -------
    DataFrame, one row a forecast, target, defence and budget: mass_pct, accounts; figure_pct (clean figure);
    shift_pp (points, positive = the target rises; closed form) with three separate intervals: sampling_low,
    sampling_high (95 per cent, honest records), monte_carlo_error (standard error of p_lead and p_top2,
    whichever is larger), assumption_low, assumption_high (all parameters at the ends of their ranges);
    worst_pp (size under the worst timing of the standard set, adapted to the defence); certified_pp (size never
    passed if every attacker lands; with confidence 0.99 for a sample; empty where the rule is secret or a sample
    has no known size); p_lead,
    p_top2 (chance that the push puts the target there); power_fpr01 (chance that the operator's test
    notices); evidence_class (least sure parameter; U = base not known); unreliable; flag; params_id; seed.
    ``attrs["unanswered"]`` says who cannot be attacked and why, ``attrs["parameters"]`` what each params_id
    stands for.

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
    figures, unanswered = chosen_figures(bench, forecaster, contest_id, target)
    parts: list[dict[str, np.ndarray]] = []
    parameters = {}
    for figure in figures:
        effort = Effort.of(figure, chosen, assumptions)
        parameters[effort.params_id] = effort.parameters
        sample = HonestSample.of(bench, figure, effort.base(), replicates, seed)
        targets = chosen_targets(figure, target)
        fitting = [
            defence
            for defence in defences
            if defence == NO_DEFENCE or figure.mechanism.name in DEFENCES[defence].mechanisms
        ]
        if targets and fitting:
            blocks = [
                _block(figure, effort, targets, defence, values, axis, attack, assumptions, sample, seed)
                for defence in fitting
            ]
            # By target, then defence, then budget.
            parts.append({name: np.hstack([each[name] for each in blocks]).ravel() for name in COLUMNS})
    frame = pd.DataFrame(
        {name: np.concatenate([each[name] for each in parts]) if parts else [] for name in COLUMNS}
    )
    frame.attrs["unanswered"] = unanswered.to_dict(orient="records")
    frame.attrs["parameters"] = parameters
    return frame


def _block(
    figure: AttackedFigure,
    effort: Effort,
    targets: tuple[str, ...],
    defence: str,
    budgets: np.ndarray,
    axis: str,
    attack: str,
    assumptions: Assumptions,
    sample: HonestSample,
    seed: int,
) -> dict[str, np.ndarray]:
    """All targets and budgets of one figure and defence: columns of shape (targets, budgets)."""
    places = np.array([figure.position(name) for name in targets])
    model: ThreatModel = effort.model

    def left(mass: np.ndarray, timing: str | None = None) -> np.ndarray:
        """Mass that still counts behind the defence; with a timing, after the attackers have adapted."""
        if defence == NO_DEFENCE or not np.isfinite(mass).all():
            return mass
        chosen = DEFENCES[defence]
        met = [situation(effort, place, assumptions, timing) for place in places]
        if timing is not None:
            met = [chosen.adapt(where, chosen.settings) for where in met]
        return np.stack(
            [np.asarray(chosen.effective_mass(mass, where, chosen.settings), dtype=float) for where in met]
        )

    masses = {level: left(effort.mass_pct(budgets, axis, level)) for level in (-1, 0, 1)}
    shifts = {level: shift(figure, places, mass, attack) for level, mass in masses.items()}
    sign = ATTACKS[attack].sign
    worst = np.abs(shifts[0])
    for timing in TIMINGS:
        days = attack_days(timing, figure.window_days, model.days)
        moved = shift(figure, places, left(effort.mass_pct(budgets, axis, 0, days), timing), attack)
        worst = np.fmax(worst, np.abs(moved))
    landing = next((each.value for each in effort.mass_parameters if each.name == "landing_rate"), 1.0)
    longest = attack_days("drip", figure.window_days, model.days)
    free = effort.mass_pct(budgets, axis, 0, longest) / (1.0 if axis in ("mass_pct", "mass") else landing)
    # A certificate holds without any defence, and is never below an attack that was found.
    bound = certified(figure, places, free, attack)
    bound = np.where(np.isnan(bound), bound, np.fmax(bound, worst))
    part = contamination(np.nan_to_num(masses[0]), 100.0)
    low, high = sampling_interval(figure, effort, places, part, sign)
    p_lead = p_top2 = np.full(worst.shape, np.nan)
    if sign > 0:
        both = attack == "push_and_nuke"
        landed = np.broadcast_to(masses[0], worst.shape)
        p_lead, p_top2 = (
            np.stack(
                [sample.flip(place, rank, mass, both) for place, mass in zip(places, landed, strict=True)]
            )
            for rank in (1, 2)
        )
    accounts = effort.accounts(budgets, axis)
    with np.errstate(invalid="ignore", divide="ignore"):
        loose = bound > LOOSE * worst
    flags = [*figure.flags]
    if not effort.base_parameters:
        flags.append(remarks.BASE_NOT_KNOWN)
    if not figure.certifiable:
        flags.append(remarks.RULE_NOT_DISCLOSED)
    elif figure.mechanism.fixed_size and figure.persons is None:
        flags.append(remarks.NO_CERTIFICATE)
    if figure.quantity == "digital_share":
        flags.append(remarks.DIGITAL_WEIGHT)
    if axis == "eur":
        flags.append(remarks.ANACHRONISTIC)
    absolute = axis != "mass_pct"
    columns: dict[str, Any] = {
        "contest_id": figure.contest_id,
        "forecaster_id": figure.forecaster_id,
        "family": figure.family,
        "forecast_id": figure.forecast_id,
        "mechanism": figure.mechanism.name,
        "target": np.array(targets, dtype=object)[:, None],
        "threat_model_id": model.threat_model_id,
        "defence_id": defence,
        "budget_axis": axis,
        "budget": budgets,
        "mass_pct": effort.mass_pct(budgets, axis),
        "accounts": accounts,
        "figure_pct": figure.figures[places][:, None],
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
        "power_fpr01": noticed(effort, places, masses[0], accounts, assumptions, seed),
        "evidence_class": effort.evidence_class(priced=axis == "eur") if absolute else "F",
        "unreliable": (absolute and effort.wide) | loose | (not figure.certifiable),
        "flag": "; ".join(flags),
        "params_id": effort.params_id,
        "seed": seed,
    }
    return {name: _filled(column, worst.shape) for name, column in columns.items()}


def _filled(column: Any, shape: tuple[int, ...]) -> np.ndarray:
    """A column in the shape of the block; a word is an object, so that pandas reads it as text."""
    if isinstance(column, np.ndarray):
        return column if column.shape == shape else np.broadcast_to(column, shape)
    return np.full(shape, column, dtype=object if isinstance(column, str) else None)
