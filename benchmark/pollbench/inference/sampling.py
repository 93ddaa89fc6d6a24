"""What chance alone would have given: the sampling distribution of the score of an unbiased sample.

One vote is one draw of the error that all forecasters share, so no test on its polls can show
skill. Two things can be said, both from declared distributions: what an *unbiased* sample of the same size
would have scored (here), and how far apart two *equally good* forecasters may lie (`ties`).

The candidates of one vote are never resampled, and no poll is redrawn around itself: the first
has a handful of distinct means, the second can only move a small error up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pollbench.errors import DomainError
from pollbench.randomness import SEED

Floats = NDArray[np.float64]
MeasureFunction = Callable[[Any, Any], Any]

#: Enough for two digits of a 95 % range.
DRAWS = 20_000
#: More for the distribution beside a score: scores of rounded figures lie on a lattice, and its tails
#: (5 % is 0.35 or 0.40 points for a poll of 1,137) need their probabilities to a tenth of a per cent.
DRAWS_OF_DISTRIBUTION = 50_000
#: Central probability of the distribution printed beside a score: a range that one unbiased sample in
#: ten leaves.
LEVEL_OF_DISTRIBUTION = 0.90
#: Steps to which shares are published, coarsest first.
STEPS = (1.0, 0.5, 0.1, 0.01)


@dataclass(frozen=True)
class SamplingDistribution:
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
        below = np.searchsorted(self.draws, value + 1e-9, side="right")
        return 100.0 * float(below) / len(self.draws)


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


def proportions(result: Any, name: str) -> Floats:
    """``result`` in proportions with the rest of the ballot as one more cell."""
    shares = np.asarray(result, dtype=float)
    if shares.ndim != 1 or shares.size == 0 or not np.isfinite(shares).all() or (shares < 0).any():
        message = f"{name}: the result must be one row of finite shares of 0 or more."
        raise DomainError(message)
    rest = 100.0 - shares.sum()
    if rest < -1e-6:
        message = f"{name}: the result adds up to {shares.sum():.4f}, more than 100 per cent."
        raise DomainError(message)
    cells = np.append(shares, max(rest, 0.0))
    values: Floats = cells / cells.sum()
    return values


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
    Simple random sampling. French polls are quota samples: the distribution is conventional for them.

    Examples
    --------
    >>> unbiased_samples([60.0, 40.0], n=1000, step=0.5, draws=3, seed=1).shape
    (3, 2)
    """
    if n < 1:
        message = f"unbiased_samples: n is {n}, a sample has at least one person."
        raise DomainError(message)
    cells = proportions(result, "unbiased_samples")
    counts = np.random.default_rng(seed).multinomial(n, cells, size=draws)
    return rounded(100.0 * counts[:, :-1] / n, step)


def score_distribution(
    function: MeasureFunction,
    result: Any,
    n: int,
    step: float = 0.5,
    *,
    level: float = LEVEL_OF_DISTRIBUTION,
    draws: int = DRAWS_OF_DISTRIBUTION,
    seed: int = SEED,
) -> SamplingDistribution:
    r"""Sampling distribution of the score of an unbiased sample of the same size.

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
    SamplingDistribution.

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
    >>> distribution = score_distribution(mae, np.array([24.0091, 21.2970, 20.0059, 19.5814]), n=1137)
    >>> round(distribution.low, 1), round(distribution.median, 1), round(distribution.high, 1)
    (0.3, 0.9, 1.7)
    """
    shares = tuple(np.asarray(result, dtype=float).tolist())
    return _score_distribution(function, shares, int(n), float(step), level, draws, seed)


@lru_cache(maxsize=512)
def _score_distribution(
    function: MeasureFunction,
    result: tuple[float, ...],
    n: int,
    step: float,
    level: float,
    draws: int,
    seed: int,
) -> SamplingDistribution:
    """Cached: the houses of one contest ask for few different (n, step)."""
    sampled = unbiased_samples(result, n, step, draws, seed)
    return distribution_of(np.asarray(function(sampled, np.asarray(result)), dtype=float), level)


def distribution_of(scores: Any, level: float = LEVEL_OF_DISTRIBUTION) -> SamplingDistribution:
    """The distribution of scores that were drawn, shape (draws,), with the ends of its central ``level``.

    Examples
    --------
    >>> distribution_of([3.0, 1.0, 2.0]).median
    2.0
    """
    ordered = np.sort(np.asarray(scores, dtype=float))
    tail = (1.0 - level) / 2.0
    low, median, high = np.quantile(ordered, [tail, 0.5, 1.0 - tail], method="inverted_cdf")
    return SamplingDistribution(float(low), float(median), float(high), ordered)
