"""``break_even``: what it would take to change the story, in records, people, days and euros."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.errors import PolicyError, UnknownName
from pollbench.manipulation.formulas import closed_forms as closed
from pollbench.manipulation.formulas import other_scales as scales
from pollbench.manipulation.formulas.minimal import minimal_quantiles, minimal_rating_mass
from pollbench.manipulation.study import remarks
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import OTHERS, AttackedFigure
from pollbench.manipulation.study.chosen import chosen_figures, chosen_targets
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.honest_sample import HonestSample, minimal_replacement_within
from pollbench.manipulation.study.shift import INTERVAL
from pollbench.manipulation.study.threat_models import resolved

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

#: Goals: points more, or a place.
POINTS = {"plus_1": 1.0, "plus_2": 2.0, "plus_5": 5.0}
PLACES = {"lead": 1, "top_two": 2}
GOALS = (*POINTS, *PLACES)
#: Attacks whose cost is defined: those that lift the target.
PUSHES = ("push", "push_and_nuke")

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
    "params_id",
    "seed",
]


def _named(figure: AttackedFigure) -> np.ndarray:
    """The figures without "others", who can win nothing."""
    return np.array(
        [value for name, value in zip(figure.candidates, figure.figures, strict=True) if name != OTHERS]
    )


def cost_pct(figure: AttackedFigure, target: int, goal: str, both: bool = False) -> tuple[float, float]:
    """Mass for a goal in per cent of the base, and the gap in points (NaN for a place that is no question).

    0 where the target holds the place already; infinite out of reach.
    """
    share = float(figure.figures[target])
    scale = figure.mechanism.scale
    if goal in POINTS:
        points = POINTS[goal]
        if scale == "price":
            goal_price = share + points
            cost = np.inf if goal_price >= 100.0 else 100.0 * float(scales.market_cost(share, goal_price))
            return cost, points
        return float(closed.push_cost(share, points, 100.0)), points
    named, rank = _named(figure), PLACES[goal]
    if len(named) <= rank:
        return np.nan, np.nan
    gap = float(closed.gap_to_rank(named, target, rank))
    if gap < 0:
        return 0.0, gap
    if scale == "ratings":
        return float(minimal_rating_mass(named[None, :], 100.0, target, rank, both)[0]), gap
    if scale == "price":
        # Buying the target takes the same part from every rival: ln(1 - p + r) per unit of b.
        rival = share + gap
        return 100.0 * float(np.log1p((rival - share) / 100.0)), gap
    return float(closed.lead_cost(named, target, 100.0, rank)), gap


def _distribution(
    figure: AttackedFigure, sample: HonestSample, target: int, goal: str, both: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Sampling interval (95 per cent) and 5, 50, 95 per cent quantiles of the cost, in per cent of the base."""
    # A push costs the same whether the pushers have anything against the rival, except in ratings.
    asked = ("cost", target, goal, both and figure.mechanism.scale == "ratings")
    if asked not in sample.remembered:
        sample.remembered[asked] = _made_distribution(figure, sample, target, goal, both)
    found: tuple[np.ndarray, np.ndarray] = sample.remembered[asked]
    return found


def _made_distribution(
    figure: AttackedFigure, sample: HonestSample, target: int, goal: str, both: bool
) -> tuple[np.ndarray, np.ndarray]:
    nothing = np.full(2, np.nan), np.full(3, np.nan)
    if sample.draws is None:
        return nothing
    tail = (1.0 - INTERVAL) / 2.0
    levels = (tail, 1.0 - tail)
    draws = sample.draws
    ratings = figure.mechanism.scale == "ratings"
    if goal in POINTS:
        shares = draws[:, target] if ratings else 100.0 * draws[:, target] / draws[0].sum()
        costs = closed.push_cost(shares, POINTS[goal], 100.0)
    else:
        rank = PLACES[goal]
        named = draws[:, : len(_named(figure))]
        if named.shape[1] <= rank:
            return nothing
        if ratings:
            costs = minimal_rating_mass(named, 100.0, target, rank, both)
        else:
            size = float(draws[0].sum())
            needed = minimal_replacement_within(named, draws, target, rank)
            costs = np.where(needed < size, 100.0 * needed / np.maximum(size - needed, 1e-9), np.inf)
    return minimal_quantiles(costs, levels), minimal_quantiles(costs)


def _row(
    figure: AttackedFigure, effort: Effort, sample: HonestSample, target: str, goal: str, both: bool
) -> dict[str, Any]:
    place = figure.position(target)
    percent, gap = cost_pct(figure, place, goal, both)
    (low, high), (few, middle, many) = _distribution(figure, sample, place, goal, both)
    # A cheap attack meets a small base: the low end of a cost takes the level that helps the attacker.
    levels = {"": 0, "_low": 1, "_high": -1}
    masses = {end: percent * effort.base(level) / 100.0 for end, level in levels.items()}
    accounts = {
        end: float(effort.accounts(np.array(percent), "mass_pct", level)) for end, level in levels.items()
    }
    flags = [*figure.flags]
    if goal in PLACES and gap < 0:
        flags.append(remarks.ALREADY)
    elif np.isnan(percent):
        flags.append(remarks.NO_SUCH_PLACE)
    elif np.isinf(percent):
        flags.append(remarks.OUT_OF_REACH)
    if goal in PLACES and gap == 0:
        flags.append(remarks.A_TIE)
    if not effort.base_parameters:
        flags.append(remarks.BASE_NOT_KNOWN)
    if not figure.certifiable:
        flags.append(remarks.RULE_NOT_DISCLOSED)
    if effort.price_parameters:
        flags.append(remarks.ANACHRONISTIC)
    part = percent / (100.0 + percent) if np.isfinite(percent) else 1.0 if np.isinf(percent) else np.nan
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
        "figure_pct": float(figure.figures[place]),
        "gap_pp": gap,
        "mass_pct": percent,
        "sampling_low": low,
        "sampling_high": high,
        "minimal_05": few,
        "minimal_50": middle,
        "minimal_95": many,
        "records": part * figure.persons if fixed and figure.persons else np.nan,
        "breakdown_pct": 100.0 * part,
        "unit": figure.mechanism.unit,
        **{f"mass{end}": value for end, value in masses.items()},
        **{f"accounts{end}": value for end, value in accounts.items()},
        **{f"person_days{end}": value * effort.days_per_account for end, value in accounts.items()},
        **{f"eur{end}": accounts[end] * effort.euros_per_account(level) for end, level in levels.items()},
        "evidence_class": effort.evidence_class(),
        "unreliable": effort.wide or not figure.certifiable,
        "flag": "; ".join(flags),
        "params_id": effort.params_id,
        "seed": 0,
    }


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
    seed: int = 20170423,
) -> pd.DataFrame:
    """What would suffice to lift a target by some points, to the lead or into the first two.

    Parameters
    ----------
    goals : of "plus_1", "plus_2", "plus_5", "lead", "top_two".
    attack : "push" or "push_and_nuke".
    target, model, forecaster, contest_id, assume, replicates, seed : as in :func:`stress`.

    Returns
    -------
    DataFrame, one row a forecast, target and goal: gap_pp (points missing; negative = ahead); mass_pct (per
    cent of the base: no knowledge of scale needed; compares targets of one forecaster, never forecasters) with
    sampling_low, sampling_high (95 per cent) and minimal_05, _50, _95 (what suffices in 5, 50, 95 of 100
    honest samples), all in per cent of the base; records (invented answers in a sample of fixed size);
    breakdown_pct (per cent of all records that are the attacker's); mass, accounts, person_days, eur with _low
    and _high (all parameters at the ends of their ranges); evidence_class (of all but the prices), unreliable,
    flag ("already", "out of reach", "base not known", ...), params_id, seed. A tie is not a lead: the mass is
    the one that ties.

    Raises
    ------
    PolicyError : an attack that lifts nobody.
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

    if attack not in PUSHES:
        message = f"A goal such as a point more or the lead is reached by {' or '.join(PUSHES)}, not by {attack!r}: name a budget."
        raise PolicyError(message)
    for goal in goals:
        if goal not in GOALS:
            raise UnknownName.of(kind="goal", name=goal, known=GOALS)
    chosen = resolved(attack, model)
    assumptions = Assumptions(bench, assume)
    figures, unanswered = chosen_figures(bench, forecaster, contest_id, target)
    rows, parameters = [], {}
    for figure in figures:
        effort = Effort.of(figure, chosen, assumptions)
        parameters[effort.params_id] = effort.parameters
        sample = HonestSample.of(bench, figure, effort.base(), replicates, seed)
        for name in chosen_targets(figure, target):
            rows += [
                _row(figure, effort, sample, name, goal, attack == "push_and_nuke") | {"seed": seed}
                for goal in goals
            ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame.attrs["unanswered"] = unanswered.to_dict(orient="records")
    frame.attrs["parameters"] = parameters
    return frame
