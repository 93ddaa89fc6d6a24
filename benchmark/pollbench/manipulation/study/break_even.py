"""``break_even``: what it would take to change the story, in records, people, days and euros."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.arguments import checked
from pollbench.errors import PolicyError, UnknownName
from pollbench.manipulation import ATTACKS
from pollbench.manipulation.formulas import closed_forms as closed
from pollbench.manipulation.formulas.minimal import (
    minimal_quantiles,
    minimal_replacement_within,
    overtaking_fraction,
)
from pollbench.manipulation.model import Attack
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import AttackedFigure, Remark, chosen_figures, chosen_targets
from pollbench.manipulation.study.cost_model import PER_CENT, Effort
from pollbench.manipulation.study.honest_sample import HonestSample, plain_push
from pollbench.manipulation.study.shift import INTERVAL
from pollbench.manipulation.study.threat_models import resolved
from pollbench.randomness import SEED
from pollbench.selection.figures import USUAL
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: Goals: points more, or a place.
POINTS = {"plus_1": 1.0, "plus_2": 2.0, "plus_5": 5.0}
PLACES = {"lead": 1, "top_two": 2}
GOALS = (*POINTS, *PLACES)
COLUMNS = [
    "contest_id",
    "forecaster_id",
    "family",
    "forecast_id",
    "mechanism",
    "target",
    "threat_model_id",
    "goal",
    "figure_pct",
    "gap_pp",
    "mass_pct",
    "sampling_low",
    "sampling_high",
    "minimal_05",
    "minimal_50",
    "minimal_95",
    "records",
    "breakdown_pct",
    "unit",
    "mass",
    "mass_low",
    "mass_high",
    "accounts",
    "accounts_low",
    "accounts_high",
    "person_days",
    "person_days_low",
    "person_days_high",
    "eur",
    "eur_low",
    "eur_high",
    "evidence_class",
    "unreliable",
    "flag",
    "missing",
    "params_id",
    "seed",
]


def _voice(figure: AttackedFigure, target: int, goal: str, attack: Attack) -> np.ndarray:
    """What attackers say who aim at a goal."""
    return attack.voice(figure.figures, target, figure.mechanism.scale, PLACES.get(goal, 1))


def cost_pct(effort: Effort, target: int, goal: str, attack: Attack) -> tuple[float, float]:
    """Mass for a goal in per cent of the base, and the gap in points (NaN for a place that is no question).

    Every figure is linear in the contamination, so that the contamination for a goal is exact, and the mechanism says
    what mass makes it up. 0 where the target holds the place already; infinite out of reach.
    """
    figure, form = effort.figure, effort.form
    voice = _voice(figure, target, goal, attack)
    if goal in POINTS:
        speed = float(form.push(voice)[0, target])
        fraction = POINTS[goal] / speed if speed > 0 else np.inf
        cost = float(form.mixing.mass(fraction, PER_CENT)) if fraction <= 1.0 else np.inf
        return cost, POINTS[goal]
    named, rank = figure.figures[: figure.named], PLACES[goal]
    if len(named) <= rank:
        return np.nan, np.nan
    gap = float(closed.gap_to_rank(named, target, rank))
    if gap < 0:
        return 0.0, gap
    fraction = overtaking_fraction(named[None, :], form.clarity * voice[: figure.named], target, rank)[0]
    return float(form.mixing.mass(fraction, PER_CENT)), gap


def _distribution(
    effort: Effort, sample: HonestSample, target: int, goal: str, attack: Attack
) -> tuple[np.ndarray, np.ndarray]:
    """Sampling interval (95 per cent) and 5, 50, 95 per cent quantiles of the cost, in per cent of the base."""
    voice = _voice(effort.figure, target, goal, attack)
    known = sample.remember(
        ("cost", target, goal, voice.tobytes()),
        lambda: _made_distribution(effort, sample, target, goal, voice),
    )
    return known[:2], known[2:]


def _made_distribution(
    effort: Effort, sample: HonestSample, target: int, goal: str, voice: np.ndarray
) -> np.ndarray:
    figure, form, draws = effort.figure, effort.form, sample.draws
    tail = (1.0 - INTERVAL) / 2.0
    if draws is None or (goal in PLACES and figure.named <= PLACES[goal]):
        return np.full(5, np.nan)
    whole = figure.mechanism.scale.whole
    shares = 100.0 * draws / draws.sum(axis=1, keepdims=True) if whole else draws
    push = plain_push(voice, target) and figure.mechanism.fixed_size
    if goal in POINTS:
        if push:
            costs = closed.push_cost(shares[:, target], POINTS[goal], PER_CENT)
        else:
            speed = form.clarity * voice[target] - shares[:, target]
            fraction = np.divide(POINTS[goal], speed, out=np.full(len(speed), np.inf), where=speed > 0)
            costs = form.mixing.mass(fraction, PER_CENT)
    elif push:
        size = float(draws[0].sum())
        needed = minimal_replacement_within(draws[:, : figure.named], draws, target, PLACES[goal])
        costs = np.where(needed < size, PER_CENT * needed / np.maximum(size - needed, 1e-9), np.inf)
    else:
        fraction = overtaking_fraction(
            shares[:, : figure.named], form.clarity * voice[: figure.named], target, PLACES[goal]
        )
        costs = form.mixing.mass(fraction, PER_CENT)
    return np.concatenate([minimal_quantiles(costs, (tail, 1.0 - tail)), minimal_quantiles(costs)])


def _row(effort: Effort, sample: HonestSample, target: str, goal: str, attack: Attack) -> dict[str, Any]:
    figure = effort.figure
    column = figure.position(target)
    percent, gap = cost_pct(effort, column, goal, attack)
    (low, high), (few, middle, many) = _distribution(effort, sample, column, goal, attack)
    # A cheap attack meets a small base: the low end of a cost takes the level that helps the attacker.
    levels = {"": 0, "_low": 1, "_high": -1}
    masses = {end: percent * effort.base(level) / 100.0 for end, level in levels.items()}
    accounts = {
        end: float(effort.accounts(np.array(percent), "mass_pct", level)) for end, level in levels.items()
    }
    flags = [*figure.flags]
    if goal in PLACES and gap < 0:
        flags.append(Remark.ALREADY)
    elif np.isnan(percent):
        flags.append(Remark.NO_SUCH_PLACE)
    elif np.isinf(percent):
        flags.append(Remark.OUT_OF_REACH)
    if goal in PLACES and gap == 0:
        flags.append(Remark.A_TIE)
    if not effort.base_parameters:
        flags.append(Remark.BASE_NOT_KNOWN)
    elif effort.missing:
        flags.append(Remark.ACCOUNTS_NOT_KNOWN)
    if not figure.certifiable:
        flags.append(Remark.RULE_NOT_DISCLOSED)
    if effort.price_parameters:
        flags.append(Remark.ANACHRONISTIC)
    fraction = (
        float(effort.form.mixing.fraction(percent, PER_CENT))
        if np.isfinite(percent)
        else 1.0
        if np.isinf(percent)
        else np.nan
    )
    fixed = figure.mechanism.fixed_size and figure.persons is not None
    return {
        "contest_id": figure.contest_id,
        "forecaster_id": figure.forecaster_id,
        "family": figure.family,
        "forecast_id": figure.forecast_id,
        "mechanism": figure.mechanism.name,
        "target": target,
        "threat_model_id": effort.model.threat_model_id,
        "goal": goal,
        "figure_pct": float(figure.figures[column]),
        "gap_pp": gap,
        "mass_pct": percent,
        "sampling_low": low,
        "sampling_high": high,
        "minimal_05": few,
        "minimal_50": middle,
        "minimal_95": many,
        "records": fraction * figure.persons if fixed and figure.persons else np.nan,
        "breakdown_pct": 100.0 * fraction if figure.mechanism.records else np.nan,
        "unit": figure.mechanism.unit,
        **{f"mass{end}": value for end, value in masses.items()},
        **{f"accounts{end}": value for end, value in accounts.items()},
        **{f"person_days{end}": value * effort.days_per_account for end, value in accounts.items()},
        **{f"eur{end}": accounts[end] * effort.euros_per_account(level) for end, level in levels.items()},
        "evidence_class": effort.evidence_class(),
        "unreliable": effort.wide or not figure.certifiable,
        "flag": "; ".join(flags),
        "missing": "; ".join(effort.missing),
        "params_id": effort.params_id,
        "seed": 0,
    }


@checked
def break_even(
    bench: Bench,
    *,
    target: str | Sequence[str] = "all",
    goals: Sequence[str] = GOALS,
    attack: str = "push",
    model: str | None = None,
    forecaster: str | Sequence[str] | None = None,
    contest_id: str | None = None,
    assume: Mapping[str, float] | None = None,
    replicates: int = 2000,
    seed: int = SEED,
    policy: Policy = USUAL,
) -> pd.DataFrame:
    """What would suffice to lift a target by some points, to the lead or into the first two.

    Parameters
    ----------
    goals : of "plus_1", "plus_2", "plus_5", "lead", "top_two".
    attack : one that lifts its target, of :func:`pollbench.list_attacks`.
    target, model, forecaster, contest_id, assume, replicates, seed, policy : as in :func:`stress`.

    Returns
    -------
    DataFrame, one row per forecast, target and goal: gap_pp (points missing; negative = ahead); mass_pct (per
    cent of the base: no knowledge of scale needed; compares targets of one forecaster, never forecasters) with
    sampling_low, sampling_high (95 per cent) and minimal_05, _50, _95 (what suffices in 5, 50, 95 of 100
    honest samples), all in per cent of the base; records (invented answers in a sample of fixed size);
    breakdown_pct (per cent of all records that are the attacker's); mass, accounts, person_days, eur with _low
    and _high (all parameters at the ends of their ranges); evidence_class (of all but the prices), unreliable,
    flag ("already", "out of reach", "base not known", ...), missing (assumptions that would be needed, with their
    units), params_id, seed. A tie is not a lead: the mass is
    the one that ties.

    Raises
    ------
    PolicyError : an attack that lifts no candidate.
    UnknownName : a goal, target, model, forecaster, contest or assumption that does not exist.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> cost = break_even(load("fr-pres-2017"), target="fillon", forecaster="ipsos", goals=["top_two"],
    ...                   contest_id="fr-pres-2017-r1")
    >>> cost[["gap_pp", "mass_pct", "records"]].round(1).values.tolist()
    [[3.0, 3.0, 40.8]]
    """
    import pandas as pd

    if ATTACKS.named(attack).sign <= 0:
        lifting = " or ".join(name for name, known in ATTACKS.items() if known.sign > 0)
        message = f"A goal such as a point more or the lead is reached by {lifting}, not by {attack!r}: name a budget."
        raise PolicyError(message)
    for goal in goals:
        if goal not in GOALS:
            raise UnknownName.of(kind="goal", name=goal, known=GOALS)
    chosen = resolved(attack, model)
    assumptions = Assumptions(bench, assume)
    figures, _ = chosen_figures(bench, forecaster, contest_id, target, policy)
    rows = []
    for figure in figures:
        effort = Effort.of(figure, chosen, assumptions)
        sample = HonestSample.of(bench, effort, replicates, seed)
        for name in chosen_targets(figure, target):
            rows += [_row(effort, sample, name, goal, ATTACKS[attack]) | {"seed": seed} for goal in goals]
    return pd.DataFrame(rows, columns=COLUMNS)
