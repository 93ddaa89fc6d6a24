"""Predictive accuracy on the log-odds scale: A, A', B and B_w, with standard errors.

Both vectors are rescaled to 1 over the categories scored, as the authors' Stata code does, so
that A' of a candidate is about that candidate against all other *scored* categories. On a subset
add the rest as a category of its own, and state the categories. ``n`` is the number of respondents
on whom the per cent were taken; ``respondents_in`` makes of it those in the scored categories,
without rounding to whole persons.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.measures._domain import (
    proportions,
    require_candidates,
    require_domain,
    require_positive,
    require_sizes,
)
from pollbench.measures._measure import SHARES, measure
from pollbench.measures._normal import NORMAL_95
from pollbench.measures.lead import of_the_two

REFUSED = "refused: a share of 0 has no log-odds; merge small candidates or fill zeros, and say so"


def respondents_in(forecast: Any, n: Any) -> Any:
    """Respondents in the scored categories: the part of ``n`` that their shares in per cent hold.

    Examples
    --------
    >>> float(respondents_in(np.array([24.0, 22.0, 19.0, 20.0]), 1000))
    850.0
    """
    return n * forecast.sum(axis=-1) / 100


def _require(forecast: Any, result: Any, name: str) -> None:
    require_domain(forecast, result, name)
    require_candidates(result, 2, name, "a ratio of shares")
    require_positive(forecast, "forecast", name, "it has no log-odds")
    require_positive(result, "result", name, "it has no log-odds")


def a_prime_standard_error(forecast: Any, n: Any) -> Any:
    r"""Standard error of A' for every category, :math:`1/\sqrt{n\,p_k(1-p_k)}`.

    ``forecast`` has shape (..., candidates), ``n`` shape (...); p is rescaled to 1, n to the scored
    categories.

    Examples
    --------
    CBS and the New York Times, 2012, as printed by surveybiasi, whose 563 are the 99 per cent:

    >>> a_prime_standard_error(np.array([46.0, 48.0, 5.0]), 563 / 0.99).round(7)
    array([0.0845014, 0.0843287, 0.1924563])
    """
    share = proportions(forecast)
    return 1 / np.sqrt(respondents_in(forecast, n)[..., None] * share * (1 - share))


def _a_prime_interval(forecast: Any, result: Any, *, n: Any) -> tuple[Any, Any]:
    """95 % interval of A' for every category, nominal: French samples are quota samples."""
    require_sizes(n, "accuracy_a_prime")
    value = accuracy_a_prime(forecast, result)
    half = NORMAL_95 * a_prime_standard_error(forecast, n)
    return value - half, value + half


def _a_interval(forecast: Any, result: Any, *, n: Any) -> tuple[Any, Any]:
    """95 % interval of A from 1/n_1 + 1/n_2, the respondents for each of the two."""
    require_sizes(n, "accuracy_a")
    value = accuracy_a(forecast, result)
    first, second = of_the_two(forecast / 100, result)
    half = NORMAL_95 * np.sqrt(1 / (n * first) + 1 / (n * second))
    return value - half, value + half


@measure(
    title="predictive accuracy A",
    unit="log-odds",
    orientation="zero",
    sign="Positive: the forecast favoured the winner over the second.",
    quantities=SHARES,
    zeros=REFUSED,
    version=1,
    reference="martin2005",
    interval=_a_interval,
)
def accuracy_a(forecast: Any, result: Any) -> Any:
    r"""Predictive accuracy A of Martin, Traugott and Kennedy for the first two of the result.

    .. math:: A = \ln \frac{p_1 / p_2}{v_1 / v_2}

    In log-odds; 0 = perfect, positive = the winner was favoured. It does not depend on how the
    undecided were left out.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent, above 0; two or more candidates.

    Returns
    -------
    array of shape (...), log-odds.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a share of 0 or below, a single candidate.

    Notes
    -----
    The authors' interval rests on n of a simple random sample; under quotas it is conventional.

    Examples
    --------
    Ifop before the second round of 2017, 63 to 37 against 66.10 to 33.90:

    >>> round(float(accuracy_a(np.array([63.0, 37.0]), np.array([66.10, 33.90]))), 3)
    -0.136
    """
    _require(forecast, result, "accuracy_a")
    first, second = of_the_two(forecast, result)
    true_first, true_second = of_the_two(result, result)
    return np.log(first / second) - np.log(true_first / true_second)


@measure(
    title="predictive accuracy A'",
    unit="log-odds",
    orientation="zero",
    sign="Positive: the candidate was overestimated against all the others.",
    quantities=SHARES,
    level="candidate",
    zeros=REFUSED,
    version=1,
    reference="arzheimer2014",
    interval=_a_prime_interval,
)
def accuracy_a_prime(forecast: Any, result: Any) -> Any:
    r"""Predictive accuracy A' of every candidate (Arzheimer and Evans).

    .. math:: A'_k = \ln \left( \frac{p_k}{1 - p_k} \cdot \frac{1 - v_k}{v_k} \right)

    with both vectors rescaled to 1. In log-odds; 0 = perfect, positive = overestimated.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent, above 0; two or more candidates.

    Returns
    -------
    array of the broadcast shape (..., candidates), log-odds.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a share of 0 or below, a single candidate.

    Notes
    -----
    A candidate of 0.18 per cent published as 0.5 has A' near 1: report it on merged groups.

    Examples
    --------
    CBS and the New York Times, 2012, the authors' example:

    >>> accuracy_a_prime(np.array([46.0, 48, 5]), np.array([47.6, 48.8, 3.6])).round(7)
    array([-0.0455767, -0.0126154,  0.3537155])
    """
    _require(forecast, result, "accuracy_a_prime")
    share, true = proportions(forecast), proportions(result)
    return np.log(share / (1 - share)) - np.log(true / (1 - true))


@measure(
    title="predictive accuracy B",
    unit="log-odds",
    orientation="lower",
    sign="0 is perfect; an unbiased sample does not reach it: set its floor beside it.",
    quantities=SHARES,
    zeros=REFUSED,
    version=1,
    reference="arzheimer2014",
)
def accuracy_b(forecast: Any, result: Any) -> Any:
    r"""Predictive accuracy B: the mean of the absolute A' over the categories.

    .. math:: B = \frac{1}{K} \sum_{k=1}^{K} |A'_k|

    In log-odds; 0 is perfect. B has a floor above 0 that depends on n and on the small candidates
    (``accuracy_b_floor``): compare polls only with it beside.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent, above 0; two or more candidates.

    Returns
    -------
    array of shape (...), log-odds.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a share of 0 or below, a single candidate.

    Notes
    -----
    A mean of folded normal variables has no meaningful standard error; the authors dropped theirs.

    Examples
    --------
    CBS and the New York Times, 2012, the authors' example:

    >>> round(float(accuracy_b(np.array([46.0, 48, 5]), np.array([47.6, 48.8, 3.6]))), 7)
    0.1373025
    """
    return abs(accuracy_a_prime(forecast, result)).mean(axis=-1)


@measure(
    title="weighted predictive accuracy B_w",
    unit="log-odds",
    orientation="lower",
    sign="0 is perfect; large candidates count by their votes.",
    quantities=SHARES,
    zeros=REFUSED,
    version=1,
    reference="arzheimer2014",
)
def accuracy_bw(forecast: Any, result: Any) -> Any:
    r"""Weighted predictive accuracy B_w: the absolute A' weighted by the result.

    .. math:: B_w = \sum_{k=1}^{K} v_k |A'_k|

    with the result rescaled to 1. In log-odds; 0 is perfect.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent, above 0; two or more candidates.

    Returns
    -------
    array of shape (...), log-odds.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a share of 0 or below, a single candidate.

    Examples
    --------
    CBS and the New York Times, 2012, the authors' example:

    >>> round(float(accuracy_bw(np.array([46.0, 48, 5]), np.array([47.6, 48.8, 3.6]))), 7)
    0.0405846
    """
    distance = abs(accuracy_a_prime(forecast, result))
    return (proportions(result) * distance).sum(axis=-1)


@measure(
    title="floor of B",
    unit="log-odds",
    orientation="none",
    sign="What B would be on average for an unbiased sample of this size: chance alone.",
    quantities=SHARES,
    zeros=REFUSED,
    needs_n=True,
    version=1,
    reference="arzheimer2014",
)
def accuracy_b_floor(forecast: Any, result: Any, *, n: Any) -> Any:
    r"""Floor of B: its mean for an unbiased simple random sample of n respondents.

    .. math:: \frac{1}{K} \sum_{k=1}^{K} \sqrt{\frac{2}{\pi}} \frac{1}{\sqrt{n\, v_k (1 - v_k)}}

    In log-odds: the mean of folded normal variables, with the standard errors at the result. Not a
    score but what chance alone gives, to be set beside ``accuracy_b``.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent, above 0; two or more candidates.
    n : array of shape (...), respondents on whom the per cent were taken; those in the scored
        categories are counted by the forecast's shares.

    Returns
    -------
    array of shape (...), log-odds.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a share of 0 or below, n of 0 or below.

    Examples
    --------
    CBS and the New York Times, 2012: a B of 0.137 is above what chance gives.

    >>> floor = accuracy_b_floor(np.array([46.0, 48, 5]), np.array([47.6, 48.8, 3.6]), n=563 / 0.99)
    >>> round(float(floor), 3)
    0.105
    """
    _require(forecast, result, "accuracy_b_floor")
    require_sizes(n, "accuracy_b_floor")
    true = proportions(result)
    error = 1 / np.sqrt(respondents_in(forecast, n)[..., None] * true * (1 - true))
    return np.sqrt(2 / np.pi) * error.mean(axis=-1)
