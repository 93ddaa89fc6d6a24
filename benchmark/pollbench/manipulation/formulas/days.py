"""Figures that are a median or a trimmed mean of days: what a burst of some days does to them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from pollbench.errors import DomainError

#: Points of the grid on which a distribution of a daily figure is integrated; doubling it changes the
#: results of the tests by less than 1e-5 points.
GRID = 4001
#: Half-width of that grid in standard deviations beyond the two means: the tails left out weigh 1e-15.
REACH = 8.0
#: Points of the grid for the variance of a median: doubling it changes the factors by less than 1e-5.
MEDIAN_GRID = 1601


def _require_days(days: int, burst: int) -> None:
    if not (days >= 1 and 0 <= burst <= days):
        message = f"A burst of {burst} days in a window of {days} does not exist."
        raise DomainError(message)


def _at_least(
    needs: set[int], honest: np.ndarray, moved: np.ndarray, days: int, burst: int
) -> list[np.ndarray]:
    """For each need, the probability that at least so many of the days lie below, at every point of the grid."""
    from scipy.stats import binom

    count_honest = binom.pmf(np.arange(days - burst + 1)[:, None], days - burst, honest[None, :])
    count_moved = binom.pmf(np.arange(burst + 1)[:, None], burst, moved[None, :])
    total = np.add.outer(np.arange(days - burst + 1), np.arange(burst + 1))
    return [
        np.einsum("ig,jg,ij->g", count_honest, count_moved, (total >= need).astype(float)) for need in needs
    ]


def daily_median(share: float, shift: float, spread: float, days: int, burst: int) -> float:
    r"""Expected median of daily figures of which some days are shifted.

    The mean of the middle order statistic of ``days - burst`` normal figures around ``share`` and
    ``burst`` around ``share + shift``; the two middle ones are averaged where the number of days is even.

    Parameters
    ----------
    share : honest figure, per cent.
    shift : shift of a day under attack, points.
    spread : standard deviation of one day's figure, points; above 0.
    days, burst : days of the window, days under attack.

    Returns
    -------
    the expected published figure, per cent.

    Raises
    ------
    DomainError : a burst longer than the window, a spread of 0 or less.

    Examples
    --------
    One day of ten moves a median little, all ten move it fully:

    >>> [round(daily_median(50.0, 10.0, 2.0, 10, burst) - 50, 2) for burst in (1, 10)]
    [0.27, 10.0]
    """
    from scipy.stats import norm

    _require_days(days, burst)
    if spread <= 0:
        message = "daily_median: the spread of a day's figure must be above 0."
        raise DomainError(message)
    low = min(share, share + shift) - REACH * spread
    high = max(share, share + shift) + REACH * spread
    grid = np.linspace(low, high, GRID)
    # Chances too small for a float's logarithm make the binomial overflow; they weigh nothing.
    honest = np.clip(norm.cdf(grid, share, spread), 1e-30, 1.0)
    moved = np.clip(norm.cdf(grid, share + shift, spread), 1e-30, 1.0)
    middle = {(days + 1) // 2, days // 2 + 1}
    # E[X] = high - integral of P(X <= x) over the grid.
    below = _at_least(middle, honest, moved, days, burst)
    means = [high - np.trapezoid(chance, grid) for chance in below]
    return float(np.mean(means))


@cache
def median_variance_factor(days: int) -> float:
    r"""Variance of the median of so many normal days, as a factor on that of their mean.

    .. math:: D \operatorname{Var}(M_D) / \sigma^2

    1 for one and two days (of two the median is the mean); towards :math:`\pi / 2` for many. Where the number of days
    is even the median is the mean of the two middle order statistics, whose joint density is integrated.

    Raises
    ------
    DomainError : no days.

    Source
    ------
    David and Nagaraja (2003), Order Statistics, sections 2.2 and 3.1, for the densities.

    Examples
    --------
    >>> [round(median_variance_factor(days), 2) for days in (1, 2, 3, 4, 10)]
    [1.0, 1.0, 1.35, 1.19, 1.38]
    """
    from scipy.special import gammaln
    from scipy.stats import norm

    _require_days(days, 0)
    if days <= 2:
        return 1.0
    grid = np.linspace(-REACH, REACH, MEDIAN_GRID)
    below, density = norm.cdf(grid), norm.pdf(grid)
    above = below[::-1]
    half = (days - 1) // 2
    if days % 2:
        scale = np.exp(gammaln(days + 1) - 2.0 * gammaln(half + 1))
        return float(days * scale * np.trapezoid(grid**2 * (below * above) ** half * density, grid))
    # With h days below the first of the two middle ones and h above the second: x <= y.
    scale = np.exp(gammaln(days + 1) - 2.0 * gammaln(half + 1))
    first, second = below**half * density, above**half * density
    middle = (grid[:, None] + grid[None, :]) / 2.0
    ordered = np.triu(np.ones((len(grid), len(grid)))) - np.diag(np.full(len(grid), 0.5))
    step = grid[1] - grid[0]
    return float(days * scale * (middle**2 * ordered * first[:, None] * second[None, :]).sum() * step**2)


def trimmed_mean_shift(shift: Any, days: int, burst: int, trim: int) -> Any:
    r"""Shift of a mean of days without the ``trim`` lowest and highest, for a shift that outweighs noise.

    .. math:: \Delta \frac{\max(0, \min(d, D - \alpha) - \alpha)}{D - 2 \alpha}

    Raises
    ------
    DomainError : nothing left after trimming, a burst longer than the window.

    Examples
    --------
    >>> float(trimmed_mean_shift(10.0, 10, 1, 1)), float(trimmed_mean_shift(10.0, 10, 10, 1))
    (0.0, 10.0)
    """
    _require_days(days, burst)
    if not 0 <= 2 * trim < days:
        message = f"Trimming {trim} days on each side leaves nothing of {days}."
        raise DomainError(message)
    return np.asarray(shift, dtype=float) * max(0, min(burst, days - trim) - trim) / (days - 2 * trim)
