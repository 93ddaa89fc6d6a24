"""Are the polls too much alike? Tests with the reasons why a positive answer proves little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pollbench.errors import DomainError
from pollbench.inference.sampling import DRAWS, SEED, rounded, rounding_step
from pollbench.selection.figures import main_candidates, polls_of, usual_n

if TYPE_CHECKING:
    from pollbench.data.store import Bench

#: Polls that ended within this many days before the vote are compared with each other.
LAST_DAYS = 7
CAVEAT = (
    "Quotas and the adjustment to past votes cut the variance below that of a random sample, and "
    "rounding adds to it: polls that are closer together than random samples need not have copied."
)


def spread_against_sampling(
    shares: Any, sizes: Any, step: float = 0.0, draws: int = DRAWS, seed: int = SEED
) -> tuple[float, float]:
    r"""Spread of simultaneous polls over the spread of random samples of their sizes.

    .. math:: Q = \sum_j n_j (p_j - \bar p)^2 / \bigl(\bar p(1-\bar p)\bigr)

    Parameters
    ----------
    shares : array of shape (polls,), per cent, of one candidate.
    sizes : array of shape (polls,), answers of each poll.
    step : step to which the figures are rounded, points.
    draws, seed : the law of Q, rounding included, is drawn.

    Returns
    -------
    (ratio, p): Q over its mean under random sampling (below 1: closer together than random
    samples), and the probability that random samples are as close together or closer.

    Raises
    ------
    DomainError : fewer than three polls, or a share that is 0 or 100 on average.

    Examples
    --------
    >>> ratio, p = spread_against_sampling([20, 20, 20, 20.5, 20], [1000] * 5, step=0.5)
    >>> bool(ratio < 0.1), bool(p < 0.01)
    (True, True)
    """
    values, answers = np.asarray(shares, dtype=float), np.asarray(sizes, dtype=float)
    if len(values) < 3:
        message = "spread_against_sampling: three polls are needed to speak of a spread."
        raise DomainError(message)
    mean = np.average(values, weights=answers)
    if not 0 < mean < 100:
        message = f"spread_against_sampling: the mean share is {mean:g}, nothing could vary."
        raise DomainError(message)
    rng = np.random.default_rng(seed)
    drawn = rounded(
        100 * rng.binomial(answers.astype(int), mean / 100, size=(draws, len(values))) / answers, step
    )
    under_sampling = _weighted_spread(drawn, answers)
    observed = float(_weighted_spread(values, answers))
    p_value = float((under_sampling <= observed + 1e-9).mean())
    return observed / float(under_sampling.mean()), p_value


def _weighted_spread(shares: Any, answers: Any) -> Any:
    mean = (shares * answers).sum(axis=-1, keepdims=True) / answers.sum()
    spread = (answers * (shares - mean) ** 2).sum(axis=-1)
    centre = np.clip(mean[..., 0], 0.05, 99.95)
    return spread / (centre * (100 - centre))


def deviation_from_others(shares: Any) -> float:
    r"""Mean distance of each poll from the mean of the others.

    .. math:: \frac{1}{J}\sum_j |p_j - \bar p_{-j}|

    In points.

    Parameters
    ----------
    shares : array of shape (polls,), per cent.

    Returns
    -------
    float, points.

    Raises
    ------
    DomainError : fewer than two polls.

    Examples
    --------
    >>> deviation_from_others([20, 22])
    2.0
    """
    values = np.asarray(shares, dtype=float)
    if len(values) < 2:
        message = "deviation_from_others: a single poll has no others."
        raise DomainError(message)
    others = (values.sum() - values) / (len(values) - 1)
    return float(np.abs(values - others).mean())


def herding_table(
    bench: Bench, contest_id: str, *, days: int = LAST_DAYS, count: int | None = 5
) -> pd.DataFrame:
    """How close together the last polls were, against random samples of their sizes.

    Parameters
    ----------
    bench, contest_id : the data and the contest.
    days : polls of the last so many days of which each house's last one counts.
    count : candidates, the first ones of the result; None for all.

    Returns
    -------
    frame with contest_id, candidate_id, polls, deviation_from_others (points), ratio (spread
    over that of random samples), p_value (as close or closer by chance), caveat (words).
    Empty where fewer than three houses polled in those days.

    Raises
    ------
    UnknownName, CoverageError : no such contest, no poll in it.
    """
    polls = polls_of(bench, contest_id)
    # Age is counted from the end of the fieldwork.
    age = (pd.to_datetime(polls["vote_day"]) - pd.to_datetime(polls["measured_to"])).dt.days
    polls = polls[age <= days]
    last = polls.groupby("house")["horizon_days"].transform("min")
    polls = polls[polls["horizon_days"] == last].drop_duplicates(["house", "candidate_id"], keep="last")
    usual = usual_n(polls)
    rows = []
    for candidate in main_candidates(polls, count):
        mine = polls[polls["candidate_id"] == candidate]
        if len(mine) < 3:
            continue
        ratio, p_value = spread_against_sampling(
            mine["share"], mine["n"].fillna(usual).to_numpy(), rounding_step(mine["share"])
        )
        rows.append(
            {
                "contest_id": contest_id,
                "candidate_id": candidate,
                "polls": len(mine),
                "deviation_from_others": deviation_from_others(mine["share"]),
                "ratio": ratio,
                "p_value": p_value,
                "caveat": CAVEAT,
            }
        )
    columns = ["contest_id", "candidate_id", "polls", "deviation_from_others", "ratio", "p_value", "caveat"]
    return pd.DataFrame(rows, columns=columns)
