"""House effects: what one firm's figures differ by from those of the others at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pollbench.errors import CoverageError, DomainError
from pollbench.inference.multiplicity import FAMILY_LEVEL, holm
from pollbench.selection.figures import main_candidates, polls_of

if TYPE_CHECKING:
    from pollbench.data.store import Bench

Floats = NDArray[np.float64]
#: Days between the knots of the common trend: the field's opinion may turn once a fortnight.
KNOT_DAYS = 14
#: A firm with fewer surveys has no effect of its own that could be told from one odd poll.
FEWEST_SURVEYS = 3


def house_effects(shares: Any, days: Any, houses: Any, surveys: Any) -> pd.DataFrame:
    r"""Estimate the house effects on one candidate's share.

    .. math:: p_{jt} = f(t) + h_j + \varepsilon_{jt},\quad \textstyle\sum_j h_j = 0

    with f piecewise linear; ordinary least squares, errors clustered by survey.

    Parameters
    ----------
    shares : array of shape (polls,), per cent.
    days : array of shape (polls,), any origin.
    houses : the firm of each poll.
    surveys : what shares an error: the survey, since several questions go to one sample.

    Returns
    -------
    frame with house, effect, low, high (points; 95 % interval, t with the surveys less the
    terms as degrees of freedom), surveys and p_value (two-sided, of no effect, by the same t),
    sorted by house.

    Raises
    ------
    DomainError : fewer than two houses, or fewer surveys than terms.

    Notes
    -----
    Relative to the mean of the firms, not to the truth: all may be wrong together. Never
    cluster by house: with a term for each house its residuals add up to zero, so that the
    clustered variance of the terms is zero by construction.

    Examples
    --------
    >>> found = house_effects([21, 19, 21, 19, 21, 19.0], [0, 0, 5, 5, 9, 9], list("abababab")[:6], range(6))
    >>> found.effect.round(6).tolist()
    [1.0, -1.0]
    """
    firm = pd.Categorical(list(houses))
    names = list(firm.categories)
    if len(names) < 2:
        message = "house_effects: an effect of a firm is a difference to the others, and there is only one."
        raise DomainError(message)
    trend = _hats(np.asarray(days, dtype=float))
    # Sum to zero: the last house carries minus the sum of the others.
    coded = np.vstack([np.eye(len(names) - 1), -np.ones(len(names) - 1)])
    design = np.hstack([trend, coded[firm.codes]])
    groups, _ = pd.factorize(pd.Series(list(surveys)), sort=True)
    freedom = len(np.unique(groups)) - design.shape[1]
    if freedom < 1:
        message = (
            f"house_effects: {len(np.unique(groups))} surveys cannot carry {design.shape[1]} terms; "
            "leave out firms with few surveys."
        )
        raise DomainError(message)
    effects, spread = clustered(np.asarray(shares, dtype=float), design, groups, trend.shape[1], coded)
    from scipy.stats import t

    reach = t.ppf(0.975, freedom) * spread
    count = pd.Series(groups).groupby(np.asarray(firm)).nunique().reindex(names)
    return pd.DataFrame(
        {
            "house": names,
            "effect": effects,
            "low": effects - reach,
            "high": effects + reach,
            "surveys": count.to_numpy(),
            "p_value": 2
            * t.sf(np.divide(np.abs(effects), spread, out=np.zeros_like(spread), where=spread > 0), freedom),
        }
    )


def clustered(
    shares: Floats, design: Floats, groups: Any, trend_terms: int, coded: Floats
) -> tuple[Floats, Floats]:
    """House effects and their standard errors by least squares, errors clustered by ``groups``.

    Parameters
    ----------
    shares, design : response (polls,) and regressors (polls, terms), trend first, houses last.
    groups : number of the cluster of each poll.
    trend_terms : columns of the trend.
    coded : shape (houses, house terms), from the fitted terms to the effects.

    Returns
    -------
    (effects, standard errors), points, each of shape (houses,).
    """
    from statsmodels.regression.linear_model import OLS

    fitted = OLS(shares, design).fit(cov_type="cluster", cov_kwds={"groups": groups})
    terms = slice(trend_terms, None)
    covariance = np.asarray(fitted.cov_params())[terms, terms]
    variance = np.einsum("ij,jk,ik->i", coded, covariance, coded)
    return coded @ np.asarray(fitted.params)[terms], np.sqrt(np.maximum(variance, 0.0))


def _hats(days: Floats) -> Floats:
    """Piecewise linear functions with knots about every fortnight, shape (polls, knots)."""
    first, last = days.min(), days.max()
    knots = np.linspace(first, last, max(2, int(np.ceil((last - first) / KNOT_DAYS)) + 1))
    if last == first:
        return np.ones((len(days), 1))
    hats = np.stack([np.interp(days, knots, unit) for unit in np.eye(len(knots))], axis=1)
    # A knot no poll is near would make the regressors collinear.
    return hats[:, hats.sum(axis=0) > 1e-9]


def house_effects_table(bench: Bench, contest_id: str, *, count: int | None = 5) -> pd.DataFrame:
    """House effects of one campaign, by candidate and firm.

    Parameters
    ----------
    bench, contest_id : the data and the contest.
    count : candidates, the first ones of the result; None for all.

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
    Rolling waves are thinned, so that each survey is a cluster of its own; firms with fewer than
    three surveys are left out. Relative to the mean of the firms of the table.
    """
    polls = polls_of(bench, contest_id)
    surveys = polls.groupby("house")["survey"].nunique()
    polls = polls[polls["house"].isin(surveys[surveys >= FEWEST_SURVEYS].index)]
    if polls["house"].nunique() < 2:
        message = f"{contest_id}: fewer than two firms have {FEWEST_SURVEYS} surveys, there are no effects to compare."
        raise CoverageError(message)
    pieces = []
    for candidate in main_candidates(polls, count):
        rows = polls[polls["candidate_id"] == candidate]
        found = house_effects(rows["share"], -rows["horizon_days"], rows["house"], rows["survey"])
        pieces.append(found.assign(contest_id=contest_id, candidate_id=candidate))
    table = pd.concat(pieces, ignore_index=True)
    table["excludes_zero"] = holm(table["p_value"]) <= FAMILY_LEVEL
    return table[["contest_id", "candidate_id", "house", "effect", "low", "high", "surveys", "excludes_zero"]]
