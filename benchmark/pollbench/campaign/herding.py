"""Are the polls too much alike? Tests with the reasons why a positive answer proves little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pollbench.data.memo import memo_table
from pollbench.errors import CoverageError, DomainError
from pollbench.inference.sampling import DRAWS, rounded, rounding_step
from pollbench.randomness import SEED
from pollbench.selection.figures import USUAL, main_candidates, polls_of, usual_n
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

Floats = NDArray[np.float64]
#: Polls that ended within this many days before the vote are compared with each other.
LAST_DAYS = 7
HERDING_COLUMNS = [
    "contest_id", "candidate_id", "polls", "deviation_from_others", "ratio", "direction", "p_closer",
    "p_further", "caveat",
]  # fmt: skip
CAVEAT = (
    "Quotas and the adjustment to past votes cut the variance below that of a random sample, and "
    "rounding adds to it: polls that are closer together than random samples need not have copied."
)


@dataclass(frozen=True)
class Spread:
    """How far apart simultaneous polls are, candidate by candidate.

    Attributes
    ----------
    ratio : Q over its mean under random sampling; below 1: closer together than random samples.
    closer, further : probability that random samples are as close or closer, as far apart or further.
    drawn : Q of the random samples, shape (draws, candidates), from one draw of all candidates.
    """

    ratio: Floats
    closer: Floats
    further: Floats
    drawn: Floats


#: A single test at or below this probability counts as sounding: the usual 5 %.
SINGLE_LEVEL = 0.05


def spread_against_sampling(
    shares: Any, sizes: Any, step: Any = 0.0, draws: int = DRAWS, seed: int = SEED
) -> Spread:
    r"""Spread of simultaneous polls over the spread of random samples of their sizes.

    .. math:: Q_k = \sum_j n_j (p_{jk} - \bar p_k)^2 / \bigl(\bar p_k(1-\bar p_k)\bigr)

    Parameters
    ----------
    shares : array of shape (polls,) or (polls, candidates), per cent; NaN where a poll lacks a candidate.
    sizes : array of shape (polls,), answers of each poll.
    step : step to which the figures are rounded, points; one number or one per candidate.
    draws, seed : the distribution of Q, rounding included, is drawn, all candidates of a poll at once.

    Returns
    -------
    Spread, with arrays of shape (candidates,).

    Raises
    ------
    DomainError : fewer than three polls of a candidate, or a share that is 0 or 100 on average.

    Examples
    --------
    >>> spread = spread_against_sampling([20, 20, 20, 20.5, 20], [1000] * 5, step=0.5)
    >>> bool(spread.ratio[0] < 0.1), bool(spread.closer[0] < 0.01), bool(spread.further[0] > 0.99)
    (True, True, True)
    """
    values, answers = np.asarray(shares, dtype=float), np.asarray(sizes, dtype=float)
    values = values[:, None] if values.ndim == 1 else values
    known = np.isfinite(values)
    if (known.sum(axis=0) < 3).any():
        message = "spread_against_sampling: three polls are needed to speak of a spread."
        raise DomainError(message)
    weights = np.where(known, answers[:, None], 0.0)
    mean = (np.nan_to_num(values) * weights).sum(axis=0) / weights.sum(axis=0)
    if (mean <= 0).any() or (mean >= 100).any():
        message = f"spread_against_sampling: the mean share is {mean.min():g} to {mean.max():g}, nothing could vary."
        raise DomainError(message)
    under_sampling = _spread(_samples(mean, answers, step, draws, seed), weights)
    observed = _spread(np.nan_to_num(values), weights)
    return Spread(observed / under_sampling.mean(axis=0), *_tails(under_sampling, observed), under_sampling)


def _samples(mean: Floats, answers: Floats, step: Any, draws: int, seed: int) -> Floats:
    """Figures of random samples around the mean shares, shape (draws, polls, candidates)."""
    rng = np.random.default_rng(seed)
    total = max(mean.sum(), 100.0)
    cells = np.append(mean, max(100.0 - mean.sum(), 0.0)) / total
    steps = np.broadcast_to(np.asarray(step, dtype=float), mean.shape)
    drawn = np.stack(
        [100 * rng.multinomial(int(n), cells, size=draws)[:, :-1] / int(n) for n in answers], axis=1
    )
    return np.stack([rounded(drawn[..., k], float(size)) for k, size in enumerate(steps)], axis=-1)


def _spread(shares: Floats, weights: Floats) -> Floats:
    """The weighted spread of each candidate, polls on the axis before the last."""
    total = weights.sum(axis=0)
    mean = (shares * weights).sum(axis=-2) / total
    spread = (weights * (shares - mean[..., None, :]) ** 2).sum(axis=-2)
    centre = np.clip(mean, 0.05, 99.95)
    return np.asarray(spread / (centre * (100 - centre)))


def _tails(under_sampling: Floats, observed: Floats) -> tuple[Floats, Floats]:
    """Probabilities that random samples are as close together or closer, and as far apart or further."""
    closer = (under_sampling <= observed + 1e-9).mean(axis=0)
    further = (under_sampling >= observed - 1e-9).mean(axis=0)
    return closer, further


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


@memo_table
def herding_table(
    bench: Bench,
    contest_id: str,
    *,
    days: int = LAST_DAYS,
    count: int | None = 5,
    policy: Policy = USUAL,
) -> pd.DataFrame:
    """How close together the last polls were, against random samples of their sizes.

    Parameters
    ----------
    bench, contest_id : the data and the contest.
    days : polls of the last so many days of which each house's last one counts.
    count : candidates, the first ones of the result; None for all.
    policy : how figures are read and by when they were public, see `Policy.reading`.

    Returns
    -------
    frame with contest_id, candidate_id, polls, deviation_from_others (points), ratio (spread
    over that of random samples), direction ("closer" or "further" apart than random samples on average),
    p_closer, p_further (as close or closer, as far apart or further by chance), caveat (words).
    Empty where fewer than three houses polled in those days. For many tests at once see `herding_family`.

    Raises
    ------
    UnknownName, CoverageError : no such contest, no poll in it.
    """
    shares, spread = _last_spread(bench, contest_id, days, count, policy)
    if spread is None:
        return pd.DataFrame(columns=HERDING_COLUMNS)
    return pd.DataFrame(
        {
            "contest_id": contest_id,
            "candidate_id": list(shares.columns),
            "polls": shares.notna().sum().to_numpy(),
            "deviation_from_others": [deviation_from_others(column.dropna()) for _, column in shares.items()],
            "ratio": spread.ratio,
            "direction": np.where(spread.ratio < 1, "closer", "further"),
            "p_closer": spread.closer,
            "p_further": spread.further,
            "caveat": CAVEAT,
        }
    )[HERDING_COLUMNS]


def _last_spread(
    bench: Bench, contest_id: str, days: int, count: int | None, policy: Policy
) -> tuple[pd.DataFrame, Spread | None]:
    """Last figures of each house (rows) and candidate (columns) and their spread; None under three houses."""
    polls = polls_of(bench, contest_id, policy=policy)
    # Age is counted from the end of the fieldwork.
    age = (pd.to_datetime(polls["vote_day"]) - pd.to_datetime(polls["measured_to"])).dt.days
    polls = polls[age <= days]
    last = polls.groupby("house")["horizon_days"].transform("min")
    polls = polls[polls["horizon_days"] == last].drop_duplicates(["house", "candidate_id"], keep="last")
    order = main_candidates(polls, count)
    shares = polls.pivot_table(index="house", columns="candidate_id", values="share").reindex(columns=order)
    shares = shares.loc[:, shares.notna().sum() >= 3]
    if shares.empty:
        return shares, None
    sizes = polls.groupby("house")["n"].first().reindex(shares.index).fillna(usual_n(polls))
    steps = [rounding_step(shares[candidate]) for candidate in shares]
    return shares, spread_against_sampling(shares.to_numpy(), sizes.to_numpy(), steps)


@memo_table
def herding_family(
    bench: Bench, *, days: int = LAST_DAYS, count: int | None = 5, policy: Policy = USUAL
) -> pd.DataFrame:
    """How many of all tests say that the polls were too close, or too far apart, and how often chance says so.

    Parameters
    ----------
    bench : the data; contests without three houses in the last days are left out.
    days, count, policy : as in `herding_table`.

    Returns
    -------
    frame with contest_id (each one, and "all"), tests, expected (tests that sound by chance, on average), closer
    (tests with p_closer of 0.05 or less), p_closer (probability that random samples give so many or more),
    further, p_further (the same for polls too far apart), caveat.

    Notes
    -----
    The candidates of a poll are drawn together, so that the family allows for their dependence (in a duel
    the second test repeats the first). The contests are drawn independently of each other.
    """
    spreads: dict[str, Spread] = {}
    for contest_id in bench.contests["contest_id"]:
        try:
            _, spread = _last_spread(bench, str(contest_id), days, count, policy)
        except CoverageError:
            continue
        if spread is not None:
            spreads[str(contest_id)] = spread
    return family_of(spreads)


def family_of(spreads: Mapping[str, Spread]) -> pd.DataFrame:
    """The family of all tests of the contests' spreads; columns as in `herding_family`."""
    counts = {contest: _sounding(spread) for contest, spread in spreads.items()}
    rows = [_family(contest, *both) for contest, both in counts.items()]
    if rows:
        # Each contest has the same seed: without a shift its draws would move with those of the others.
        shifted = [np.roll(drawn, 997 * index, axis=1) for index, (_, drawn) in enumerate(counts.values())]
        observed = np.sum([seen for seen, _ in counts.values()], axis=0)
        rows.append(_family("all", observed, np.sum(shifted, axis=0)))
    columns = ["contest_id", "tests", "expected", "closer", "p_closer", "further", "p_further", "caveat"]
    return pd.DataFrame(rows, columns=columns)


def _sounding(spread: Spread) -> tuple[Floats, Floats]:
    """Tests in all, sounding as too close, as too far apart: of the polls (3,), of the random samples (3, draws)."""
    draws = len(spread.drawn)
    ordered = np.sort(spread.drawn, axis=0)
    closer, further = np.empty_like(spread.drawn), np.empty_like(spread.drawn)
    for k in range(spread.drawn.shape[1]):
        column = spread.drawn[:, k]
        closer[:, k] = np.searchsorted(ordered[:, k], column + 1e-9, side="right") / draws
        further[:, k] = 1 - np.searchsorted(ordered[:, k], column - 1e-9, side="left") / draws
    tests = spread.drawn.shape[1]
    seen = np.array([tests, (spread.closer <= SINGLE_LEVEL).sum(), (spread.further <= SINGLE_LEVEL).sum()])
    by_chance = np.stack(
        [
            np.full(draws, tests),
            (closer <= SINGLE_LEVEL).sum(axis=1),
            (further <= SINGLE_LEVEL).sum(axis=1),
        ]
    )
    return seen.astype(float), by_chance.astype(float)


def _family(contest: str, seen: Floats, by_chance: Floats) -> dict[str, Any]:
    return {
        "contest_id": contest,
        "tests": int(seen[0]),
        "expected": float(by_chance[1].mean()),
        "closer": int(seen[1]),
        "p_closer": float((by_chance[1] >= seen[1]).mean()),
        "further": int(seen[2]),
        "p_further": float((by_chance[2] >= seen[2]).mean()),
        "caveat": CAVEAT,
    }
