"""House effects: what one firm's figures differ by from those of the others at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pollbench.data.memo import memo_table
from pollbench.errors import CoverageError, DomainError
from pollbench.inference.contrasts import contrasts
from pollbench.inference.multiplicity import FAMILY_LEVEL, holm
from pollbench.selection.figures import USUAL, main_candidates, polls_of
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

Floats = NDArray[np.float64]
#: Days between the knots of the common trend: the field's opinion may turn once a fortnight.
KNOT_DAYS = 14
#: A firm with fewer surveys has no effect of its own that could be distinguished from one odd poll.
FEWEST_SURVEYS = 3


def house_effects(shares: Any, days: Any, houses: Any, surveys: Any) -> pd.DataFrame:
    r"""Estimate the house effects on one candidate's share.

    .. math:: p_{jt} = f(t) + h_j + \varepsilon_{jt},\quad \textstyle\sum_j h_j = 0

    with f piecewise linear; ordinary least squares on the means of surveys, each with a variance of its own.

    Parameters
    ----------
    shares : array of shape (polls,), per cent.
    days : array of shape (polls,), any origin.
    houses : the firm of each poll.
    surveys : what shares an error: the survey, since several questions go to one sample. Their mean counts.

    Returns
    -------
    frame with house, effect, low, high (points; 95 % interval, see `inference.contrasts`), surveys and p_value
    (two-sided, of no effect, by the same t; NaN where a house rests on a survey that is fitted exactly),
    sorted by house.

    Raises
    ------
    DomainError : fewer than two houses, or no more surveys than terms.

    Notes
    -----
    Relative to the mean of the firms, not to the truth: all may be wrong together. With 3 to 30 surveys per
    house the intervals cover 93 to 96 % in simulation, of campaigns like these and with houses that
    differ in variance; errors clustered by survey (HC1) covered 80 to 95 % (`benchmark/calibration`).

    Examples
    --------
    >>> found = house_effects([21, 19, 21, 19, 21, 19.0], [0, 0, 5, 5, 9, 9], list("abababab")[:6], range(6))
    >>> found.effect.round(6).tolist()
    [1.0, -1.0]
    """
    answers = pd.DataFrame({"house": list(houses), "survey": list(surveys)})
    answers["share"], answers["day"] = np.asarray(shares, dtype=float), np.asarray(days, dtype=float)
    means = answers.groupby(["house", "survey"], sort=True)[["share", "day"]].mean().reset_index()
    firm = pd.Categorical(means["house"])
    names = list(firm.categories)
    if len(names) < 2:
        message = "house_effects: an effect of a firm is a difference to the others, and there is only one."
        raise DomainError(message)
    design, combinations = terms(means["day"].to_numpy(), firm.codes)
    if len(means) <= design.shape[1]:
        message = (
            f"house_effects: {len(means)} surveys cannot carry {design.shape[1]} terms; "
            "leave out firms with few surveys."
        )
        raise DomainError(message)
    fitted = contrasts(means["share"], design, combinations)
    low, high = fitted.interval()
    return pd.DataFrame(
        {
            "house": names,
            "effect": fitted.estimate,
            "low": low,
            "high": high,
            "surveys": means["house"].value_counts().reindex(names).to_numpy(),
            "p_value": fitted.p_values(),
        }
    )


def terms(days: Floats, codes: Any) -> tuple[Floats, Floats]:
    """The regressors of house effects, and the combinations of their terms that are the effects.

    Parameters
    ----------
    days : array of shape (surveys,).
    codes : number of the house of each survey, from 0.

    Returns
    -------
    (design of shape (surveys, terms), combinations of shape (houses, terms)).
    """
    trend = _hats(np.asarray(days, dtype=float))
    houses = int(np.max(codes)) + 1
    # Sum to zero: the last house carries minus the sum of the others.
    coded = np.vstack([np.eye(houses - 1), -np.ones(houses - 1)])
    combinations = np.hstack([np.zeros((houses, trend.shape[1])), coded])
    return np.hstack([trend, coded[codes]]), combinations


def _hats(days: Floats) -> Floats:
    """Piecewise linear functions with knots about every fortnight, shape (polls, knots)."""
    first, last = days.min(), days.max()
    knots = np.linspace(first, last, max(2, int(np.ceil((last - first) / KNOT_DAYS)) + 1))
    if last == first:
        return np.ones((len(days), 1))
    hats = np.stack([np.interp(days, knots, unit) for unit in np.eye(len(knots))], axis=1)
    # A knot no poll is near would make the regressors collinear.
    return hats[:, hats.sum(axis=0) > 1e-9]


def compared_polls(bench: Bench, contest_id: str, policy: Policy = USUAL) -> pd.DataFrame:
    """The polls that house effects rest on: those of firms with three surveys, rolling waves thinned; see `polls_of`.

    Raises
    ------
    UnknownName, CoverageError : no such contest, no poll in it.
    """
    polls = polls_of(bench, contest_id, policy=policy)
    surveys = polls.groupby("house")["survey"].nunique()
    return polls[polls["house"].isin(surveys[surveys >= FEWEST_SURVEYS].index)]


@memo_table
def house_effects_table(
    bench: Bench, contest_id: str, *, count: int | None = 5, policy: Policy = USUAL
) -> pd.DataFrame:
    """House effects of one campaign, by candidate and firm.

    Parameters
    ----------
    bench, contest_id : the data and the contest.
    count : candidates, the first ones of the result; None for all.
    policy : how figures are read and by when they were public, see `Policy.reading`.

    Returns
    -------
    frame with contest_id, candidate_id, house, effect, low, high (points, 95 %), surveys,
    excludes_zero (bool: significant at 5 % after Holm's correction over the whole table).
    Sorted by candidate (order of the result) and house.

    Raises
    ------
    UnknownName, CoverageError : no such contest, no poll in it, or fewer than two firms with
        three surveys.

    Notes
    -----
    Rolling waves are thinned, so that no two surveys share respondents; firms with fewer than
    three surveys are left out. Relative to the mean of the firms of the table.
    """
    polls = compared_polls(bench, contest_id, policy)
    if polls["house"].nunique() < 2:
        message = f"{contest_id}: fewer than two firms have {FEWEST_SURVEYS} surveys, there are no effects to compare."
        raise CoverageError(message)
    pieces = []
    for candidate in main_candidates(polls, count):
        rows = polls[polls["candidate_id"] == candidate]
        try:
            effects = house_effects(rows["share"], -rows["horizon_days"], rows["house"], rows["survey"])
        except DomainError as error:
            message = f"{contest_id}: {error}"
            raise CoverageError(message) from None
        pieces.append(effects.assign(contest_id=contest_id, candidate_id=candidate))
    table = pd.concat(pieces, ignore_index=True)
    # A house without a standard error is no test that sounds, but it was asked for.
    table["excludes_zero"] = holm(table["p_value"].fillna(1.0)) <= FAMILY_LEVEL
    return table[["contest_id", "candidate_id", "house", "effect", "low", "high", "surveys", "excludes_zero"]]
