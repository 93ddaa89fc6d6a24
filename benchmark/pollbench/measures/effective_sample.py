"""What a forecast was worth in respondents: effective sample size, Meng's data defect correlation.

A published poll is weighted and drawn by quotas, so its data defect correlation is implied, not
measured, and no test rests on it. Messages have no persons: neither figure is defined for volumes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pollbench.measures._domain import require_domain, require_sizes, require_values
from pollbench.measures._measure import SHARES, measure
from pollbench.measures._normal import NORMAL_95

#: Enough for two digits of a 95 % interval.
DRAWS = 50_000
#: Respondents in the simulated polls. n_eff / n hardly depends on it; 1,000 is the usual poll.
SIMULATED_N = 1_000


#: Shares that add up to 100 in decimals miss it by less in binary numbers, as proportions.
NOISE = 1e-9


def _scaled_to_100(proportions: Any) -> Any:
    """Proportions that add up to more than 1, scaled to 1: their rest would be negative."""
    total = proportions.sum(axis=-1)
    return proportions / np.where(total > 1 + NOISE, total, 1.0)[..., None]


def _interval(
    forecast: Any, result: Any, *, seed: int, rest: bool = True, confidence: float = 0.95
) -> tuple[Any, Any]:
    """The sizes of unbiased random samples among whose ``confidence`` middle this value falls.

    By inversion of the simulated distribution of n_eff / n, for one result of shape (candidates,).
    """
    value = effective_sample_size(forecast, result, rest=rest)
    ratios = effective_ratio_distribution(tuple(float(share) for share in result), seed=seed, rest=rest)
    tail = (1 - confidence) / 2
    low, high = np.quantile(ratios, [tail, 1 - tail])
    return value / high, value / low


@lru_cache(maxsize=64)
def effective_ratio_distribution(
    result: tuple[float, ...], *, seed: int, rest: bool = True, draws: int = DRAWS
) -> NDArray[np.float64]:
    """Simulated n_eff / n of unbiased random samples from ``result`` (per cent), sorted.

    Examples
    --------
    The main four of 2017 and the rest: one forecast is one draw, and says little about n.

    >>> ratios = effective_ratio_distribution((24.01, 21.30, 20.01, 19.58), seed=1)
    >>> [round(float(each), 1) for each in np.quantile(ratios, [0.05, 0.95])]
    [0.4, 5.6]
    """
    shares = np.asarray(result) / 100
    shares = np.append(shares, 1 - shares.sum()) if rest else shares / shares.sum()
    shares = np.clip(shares, 0, None)
    drawn = np.random.default_rng(seed).multinomial(SIMULATED_N, shares / shares.sum(), draws) / SIMULATED_N
    squared = ((drawn - shares) ** 2).sum(axis=-1)
    # A draw that hits the result exactly is worth infinitely many respondents, which sorts last.
    ratio = np.full(draws, np.inf)
    np.divide(1 - (shares**2).sum(), SIMULATED_N * squared, out=ratio, where=squared > 0)
    return np.sort(ratio)


@measure(
    title="effective sample size",
    unit="respondents",
    orientation="higher",
    sign="The size of an unbiased random sample that would be this far off on average.",
    quantities=SHARES,
    version=2,
    reference="meng2018",
    interval=_interval,
    needs=("seed",),
)
def effective_sample_size(forecast: Any, result: Any, *, rest: bool = True) -> Any:
    r"""Effective sample size: how large an unbiased sample makes an error of this size.

    .. math:: n_{eff} = \frac{1 - \sum_k \theta_k^2}{\sum_k (p_k - \theta_k)^2}

    In respondents; higher is better, infinite for a perfect forecast. The mean of :math:`1/n_{eff}`
    over unbiased random samples of n is 1/n: to pool forecasts, average squared errors.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.
    rest : whether what is left to 100 counts as one more cell. It matters: state the cells, and
        keep them the same for all that are compared. Figures that add up to more than 100 are then
        scaled to 100, since no rest is negative; without a rest they stay as published.

    Returns
    -------
    array of shape (...), respondents.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share.

    Notes
    -----
    One forecast is one draw: with four candidates and the rest, n_eff / n lies between 0.4 and 5.7
    in nine of ten samples. The interval (keyword ``seed``) inverts that distribution. Rounding to half a
    point alone caps it at some 76,000.

    Elabe's eleven figures of 20 April 2017 add up to 100.25, its "<0.5" read as 0.25: scaled, they
    are worth 6,859 respondents. As they stand, with a rest of -0.25 (version 1), it was 6,458.

    Examples
    --------
    Before the first round of 2017: Filteris (21 April, second release), then Ipsos, whose n was 1,401.

    >>> result = np.array([24.0091, 21.2970, 20.0059, 19.5814])
    >>> effective_sample_size(np.array([[20.03, 22.7, 21.5, 21.3], [24, 22, 19, 19]]), result).round()
    array([ 340., 3012.])
    """
    require_domain(forecast, result, "effective_sample_size")
    share, true = forecast / 100, result / 100
    left = true_left = 0.0
    if rest:
        share = _scaled_to_100(share)
        left, true_left = 1 - share.sum(axis=-1), 1 - true.sum(axis=-1)
    squares = (true**2).sum(axis=-1) + true_left**2
    off = ((share - true) ** 2).sum(axis=-1) + (left - true_left) ** 2
    return np.where(off > 0, (1 - squares) / np.where(off > 0, off, 1.0), np.inf)


def _correlation_interval(forecast: Any, result: Any, *, n: Any, population: Any) -> tuple[Any, Any]:
    """What chance alone leaves open: simple random sampling gives rho a variance of 1 / (N - 1)."""
    value = data_defect_correlation(forecast, result, n=n, population=population)
    half = NORMAL_95 / np.sqrt(population - 1)
    return value - half, value + half


@measure(
    title="data defect correlation",
    unit="",
    orientation="zero",
    sign="Positive: those who intended this candidate were likelier to be counted.",
    quantities=SHARES,
    level="candidate",
    zeros="allowed in the forecast; a share of 0 or 100 in the result has no correlation",
    needs_n=True,
    needs=("population",),
    undefined="the result of the candidate is 0 or 100",
    version=1,
    reference="meng2018",
    interval=_correlation_interval,
)
def data_defect_correlation(forecast: Any, result: Any, *, n: Any, population: Any) -> Any:
    r"""Data defect correlation of Meng, for every candidate.

    .. math:: \rho_k = \frac{p_k - \theta_k}{\sqrt{\theta_k (1 - \theta_k)}} \sqrt{\frac{f}{1 - f}},
        \quad f = n / N

    A pure number from -1 to 1: the correlation, over the N voters, of being counted and of voting
    for the candidate. 0 = none; positive = the candidate's voters were likelier to be counted.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.
    n : array of shape (...), persons counted.
    population : N, the voters; more than n.

    Returns
    -------
    array of the broadcast shape (..., candidates). NaN where the result is 0 or 100.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, n of 0 or below, not
        fewer counted than there are voters.

    Notes
    -----
    For a weighted poll n stands for Kish's effective n, which houses do not publish: the value is
    implied, conventional, and not tested. The interval, 1.96 over the root of N - 1 to each side,
    is what chance leaves open in a simple random sample.

    Examples
    --------
    Trump in the CCES of 2016, the example of the R package ddi:

    >>> share, vote = np.array([100 * 12284 / 35829]), np.array([100 * 62984824 / 136639786])
    >>> data_defect_correlation(share, vote, n=35829, population=136639786).round(9)
    array([-0.00383716])
    """
    require_domain(forecast, result, "data_defect_correlation")
    require_sizes(n, "data_defect_correlation")
    share, true = forecast / 100, result / 100
    size = n[..., None] if getattr(n, "ndim", 0) else n
    left = population - size
    left = np.asanyarray(left) if isinstance(left, int | float) else left
    message = "fewer persons must be counted than there are voters."
    require_values(left, lambda values: values > 0, "data_defect_correlation", message)
    variance = true * (1 - true)
    defined = variance > 0
    correlation = (share - true) / np.sqrt(np.where(defined, variance, 1.0)) * np.sqrt(size / left)
    return np.where(defined, correlation, np.nan)


@measure(
    title="design effect of the data defect",
    unit="",
    orientation="lower",
    sign="1 is what a random sample has on average; 10 means nine tenths of the sample were lost.",
    quantities=SHARES,
    level="candidate",
    zeros="allowed in the forecast; a share of 0 or 100 in the result has no correlation",
    needs_n=True,
    needs=("population",),
    undefined="the result of the candidate is 0 or 100",
    version=1,
    reference="meng2018",
)
def defect_design_effect(forecast: Any, result: Any, *, n: Any, population: Any) -> Any:
    r"""The design effect of the data defect, for every candidate.

    .. math:: (N - 1) \rho_k^2

    A pure number; 1 on average for a simple random sample, 0 for a perfect forecast.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.
    n : array of shape (...), persons counted.
    population : N, the voters; more than n.

    Returns
    -------
    array of the broadcast shape (..., candidates). NaN where the result is 0 or 100.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, n of 0 or below, not
        fewer counted than there are voters.

    Examples
    --------
    Trump in the CCES of 2016: a sample worth one two-thousandth of its size.

    >>> share, vote = np.array([100 * 12284 / 35829]), np.array([100 * 62984824 / 136639786])
    >>> defect_design_effect(share, vote, n=35829, population=136639786).round()
    array([2012.])
    """
    correlation = data_defect_correlation(forecast, result, n=n, population=population)
    return (population - 1) * correlation**2
