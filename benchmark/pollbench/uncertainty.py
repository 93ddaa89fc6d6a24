"""What chance alone would have given: the laws beside a score and between two scores.

One vote is one draw of the error that all forecasters share, so no test on its polls can show
skill. Two things can be said, and both are drawn here from declared laws:

* what an *unbiased* sample of the same size would have scored (`score_law`);
* how far apart two *equally good* forecasters may lie (`difference_range`), hence who is tied
  with whom (`tie_groups`).

The candidates of one vote are never resampled, and no poll is redrawn around itself: the first
has a handful of distinct means, the second can only move a small error up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pollbench.errors import DomainError

Floats = NDArray[np.float64]
MeasureFunction = Callable[[Any, Any], Any]

#: Enough for two digits of a 95 % range.
DRAWS = 20_000
#: More for the law beside a score: scores of rounded figures lie on a lattice, and its tails
#: (5 % is 0.35 or 0.40 points for a poll of 1,137) need their probabilities to a tenth of a per cent.
DRAWS_OF_LAW = 50_000
#: The day of the first round of 2017; any number would do, it only has to be the same for all.
SEED = 20170423
#: Central probability of the law printed beside a score: a range that one unbiased sample in
#: ten leaves.
LEVEL_OF_LAW = 0.90
#: Central probability of the difference between two equally good forecasters: the usual 5 %.
LEVEL_OF_TIE = 0.95
#: Steps to which shares are published, coarsest first.
STEPS = (1.0, 0.5, 0.1, 0.01)


@dataclass(frozen=True)
class Law:
    """Quantiles of the score of an unbiased sample, and the draws behind them.

    Attributes
    ----------
    low, median, high : ends and middle of the central range, in the unit of the measure.
    draws : sorted scores, shape (draws,).
    """

    low: float
    median: float
    high: float
    draws: Floats

    def share_at_or_below(self, value: float) -> float:
        """Share of unbiased samples that score ``value`` or less, in per cent."""
        # A score is a sum of differences: allow for its last binary digits.
        found = np.searchsorted(self.draws, value + 1e-9, side="right")
        return 100.0 * float(found) / len(self.draws)


def rounding_step(values: Any) -> float:
    """Step to which figures were rounded: the coarsest of 1, 0.5, 0.1, 0.01 that fits all.

    Parameters
    ----------
    values : array of any shape, per cent, all the figures of one house; NaN is skipped.

    Returns
    -------
    float, points; 0.0 where none fits (exact figures) or nothing is known.

    Notes
    -----
    A few round figures do not prove a coarse step: give all the figures of a house, not the
    four of one poll.

    Examples
    --------
    >>> rounding_step([24, 21.5, 20, 19.5]), rounding_step([20.03, 22.7])
    (0.5, 0.01)
    """
    figures = np.asarray(values, dtype=float).ravel()
    figures = figures[np.isfinite(figures)]
    if figures.size == 0:
        return 0.0
    for step in STEPS:
        if np.allclose(figures / step, np.round(figures / step), atol=1e-6, rtol=0):
            return step
    return 0.0


def rounded(shares: Floats, step: float) -> Floats:
    """Shares rounded to ``step`` points, half up; a step of 0 leaves them."""
    return np.floor(shares / step + 0.5) * step if step > 0 else shares


def _proportions(result: Any, name: str) -> Floats:
    """``result`` in proportions with the rest of the ballot as one more cell."""
    shares = np.asarray(result, dtype=float)
    if shares.ndim != 1 or shares.size == 0 or not np.isfinite(shares).all() or (shares < 0).any():
        message = f"{name}: the result must be one row of finite shares of 0 or more."
        raise DomainError(message)
    rest = 100.0 - shares.sum()
    if rest < -1e-6:
        message = f"{name}: the result adds up to {shares.sum():.4f}, more than 100 per cent."
        raise DomainError(message)
    cells = np.append(shares, max(rest, 0.0)) / 100.0
    return cells / cells.sum()


def unbiased_samples(result: Any, n: int, step: float, draws: int = DRAWS, seed: int = SEED) -> Floats:
    r"""Draw the figures of unbiased samples of ``n`` voters.

    .. math:: p = 100\,x/n,\quad x \sim \mathrm{Multinomial}(n, v)

    rounded to ``step`` points as the house rounds.

    Parameters
    ----------
    result : array of shape (candidates,), per cent; what it lacks to 100 is the rest of the ballot.
    n : number of expressed intentions.
    step : points, 0 for no rounding.
    draws, seed : how many, and the seed of the random numbers.

    Returns
    -------
    array of shape (draws, candidates), per cent.

    Raises
    ------
    DomainError : a result that is no row of shares, n below 1.

    Notes
    -----
    Simple random sampling. French polls are quota samples: the law is conventional for them.

    Examples
    --------
    >>> unbiased_samples([60.0, 40.0], n=1000, step=0.5, draws=3, seed=1).shape
    (3, 2)
    """
    if n < 1:
        message = f"unbiased_samples: n is {n}, a sample has at least one person."
        raise DomainError(message)
    cells = _proportions(result, "unbiased_samples")
    counts = np.random.default_rng(seed).multinomial(n, cells, size=draws)
    return rounded(100.0 * counts[:, :-1] / n, step)


def score_law(
    function: MeasureFunction,
    result: Any,
    n: int,
    step: float = 0.5,
    *,
    level: float = LEVEL_OF_LAW,
    draws: int = DRAWS_OF_LAW,
    seed: int = SEED,
) -> Law:
    r"""Law of the score that an unbiased sample of the same size would have had.

    .. math:: S(\mathrm{round}(100\,x/n), v),\quad x \sim \mathrm{Multinomial}(n, v)

    In the unit of the measure.

    Parameters
    ----------
    function : a measure, forecast first, result second.
    result : array of shape (candidates,), per cent.
    n : number of expressed intentions.
    step : points to which the house rounds.
    level : central probability between ``low`` and ``high``.
    draws, seed : how many draws, and their seed.

    Returns
    -------
    Law.

    Raises
    ------
    DomainError : see `unbiased_samples`.

    Notes
    -----
    A score below ``low`` was luck on top of skill: no method reaches it reliably with so few
    answers. A score above ``high`` is more than sampling explains.

    Examples
    --------
    Elabe, 1,137 expressed intentions: an unbiased sample would have missed by about 0.9 points.

    >>> from pollbench.measures.point import mae
    >>> law = score_law(mae, np.array([24.0091, 21.2970, 20.0059, 19.5814]), n=1137)
    >>> round(law.low, 1), round(law.median, 1), round(law.high, 1)
    (0.3, 0.9, 1.7)
    """
    shares = tuple(np.asarray(result, dtype=float).tolist())
    return _score_law(function, shares, int(n), float(step), level, draws, seed)


@lru_cache(maxsize=512)
def _score_law(
    function: MeasureFunction,
    result: tuple[float, ...],
    n: int,
    step: float,
    level: float,
    draws: int,
    seed: int,
) -> Law:
    """Cached: the houses of one contest ask for few different (n, step)."""
    sampled = unbiased_samples(result, n, step, draws, seed)
    scores = np.sort(np.asarray(function(sampled, np.asarray(result)), dtype=float))
    tail = (1.0 - level) / 2.0
    low, median, high = np.quantile(scores, [tail, 0.5, 1.0 - tail], method="inverted_cdf")
    return Law(float(low), float(median), float(high), scores)


def difference_range(
    function: MeasureFunction,
    result: Any,
    n_eff: float,
    *,
    common: float,
    level: float = LEVEL_OF_TIE,
    draws: int = DRAWS,
    seed: int = SEED,
) -> float:
    r"""How far apart two equally good forecasters may score on one vote.

    .. math:: e_i = \sqrt{c}\,u_0 + \sqrt{1-c}\,u_i,\quad
        u \sim 100\,\bigl(\mathrm{Multinomial}(n_\mathrm{eff}, v)/n_\mathrm{eff} - v\bigr)

    The range is the ``level`` quantile of :math:`|S(v+e_1, v) - S(v+e_2, v)|`, in the unit of
    the measure: a difference within plus or minus this much proves nothing.

    Parameters
    ----------
    function : a measure, forecast first, result second.
    result : array of shape (candidates,), per cent.
    n_eff : effective sample size that earlier elections left to the polls.
    common : share of the squared error, 0 to 1, that both forecasters share (0.8 between two
        polls of one campaign; 0 between a poll and anybody else).
    level, draws, seed : probability of the range, number of draws, seed.

    Returns
    -------
    float, in the unit of the measure.

    Raises
    ------
    DomainError : a result that is no row of shares, n_eff below 1, a share outside 0 to 1.

    Examples
    --------
    The four main candidates of 2017, with the error of the polls of 2002 to 2012:

    >>> from pollbench.measures.point import mae
    >>> four = [24.0091, 21.2970, 20.0059, 19.5814]
    >>> round(difference_range(mae, four, 290, common=0.8), 1)
    1.4
    >>> round(difference_range(mae, four, 290, common=0.0), 1)
    2.2
    """
    if not 0.0 <= common <= 1.0:
        message = f"difference_range: the common share of the error is {common}, not within 0 to 1."
        raise DomainError(message)
    if n_eff < 1:
        message = f"difference_range: n_eff is {n_eff}, it must be at least 1."
        raise DomainError(message)
    shares = tuple(np.asarray(result, dtype=float).tolist())
    return _difference_range(function, shares, round(float(n_eff)), common, level, draws, seed)


@lru_cache(maxsize=128)
def _difference_range(
    function: MeasureFunction,
    result: tuple[float, ...],
    n_eff: int,
    common: float,
    level: float,
    draws: int,
    seed: int,
) -> float:
    """Cached: two ranges a contest serve all pairs of its forecasters."""
    shares = np.asarray(result)
    cells = _proportions(shares, "difference_range")
    counts = np.random.default_rng(seed).multinomial(n_eff, cells, size=(3, draws))[..., :-1]
    together, first, second = 100.0 * (counts / n_eff - cells[:-1])
    scores = [
        # A sum of two sampling errors may leave 0 for a tiny candidate; shares cannot.
        function(np.maximum(shares + np.sqrt(common) * together + np.sqrt(1 - common) * own, 0.0), shares)
        for own in (first, second)
    ]
    return float(np.quantile(np.abs(scores[0] - scores[1]), level))


def tie_groups(
    values: Sequence[float],
    shares_error: Sequence[bool],
    range_within: float,
    range_across: float,
    orientation: str = "lower",
) -> list[int]:
    """Number the groups of forecasters that one vote cannot tell apart, from 1 = best.

    The best forecaster opens group 1; whoever lies within the range of the opener belongs to
    the group; the best of those left opens the next. Being tied is not transitive: a group says
    "not told apart from its best member".

    Parameters
    ----------
    values : scores, one a forecaster; NaN belongs to no group (0).
    shares_error : whether the forecaster shares the common error of the polls (polls and what
        is made of them).
    range_within, range_across : `difference_range` between two who share it, and else.
    orientation : "lower", "higher" or "zero" is better.

    Returns
    -------
    list of int, one a forecaster.

    Examples
    --------
    >>> tie_groups([0.07, 0.3, 1.9, 2.15], [True, True, True, False], 1.4, 2.2)
    [1, 1, 2, 1]
    """
    scores = np.asarray(values, dtype=float)
    goodness = {"lower": scores, "higher": -scores, "zero": np.abs(scores)}[orientation]
    polls = np.asarray(shares_error, dtype=bool)
    groups = np.zeros(len(scores), dtype=int)
    open_places = np.isfinite(goodness)
    group = 0
    while open_places.any():
        group += 1
        best = int(np.flatnonzero(open_places)[np.argmin(goodness[open_places])])
        reach = np.where(polls & polls[best], range_within, range_across)
        members = open_places & (goodness - goodness[best] <= reach + 1e-12)
        groups[members] = group
        open_places &= ~members
    return groups.tolist()
