"""Point errors: how far the figures were from the votes, in points."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.measures._domain import require_domain, require_positive
from pollbench.measures._measure import SHARES, measure


@measure(
    title="signed error",
    unit="points",
    orientation="zero",
    sign="Positive: the candidate was overestimated.",
    quantities=SHARES,
    level="candidate",
    version=1,
    reference="",
)
def bias(forecast: Any, result: Any) -> Any:
    r"""Signed error of every candidate.

    .. math:: e_k = p_k - v_k

    In points; positive = the candidate was overestimated.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of the broadcast shape (..., candidates), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    Filteris on the eve of the first round of 2017: Macron, Le Pen, Fillon, Mélenchon.

    >>> bias(np.array([20.03, 22.7, 21.5, 21.3]), np.array([24.01, 21.30, 20.01, 19.58])).round(2)
    array([-3.98,  1.4 ,  1.49,  1.72])
    """
    require_domain(forecast, result, "bias")
    return forecast - result


@measure(
    title="absolute error",
    unit="points",
    orientation="lower",
    sign="0 is perfect; 1 is one point off, in either direction.",
    quantities=SHARES,
    level="candidate",
    version=1,
    reference="",
)
def absolute_error(forecast: Any, result: Any) -> Any:
    r"""Absolute error of every candidate.

    .. math:: |e_k| = |p_k - v_k|

    In points; 0 is perfect.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of the broadcast shape (..., candidates), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    >>> absolute_error(np.array([20.03, 22.7]), np.array([24.01, 21.30])).round(2)
    array([3.98, 1.4 ])
    """
    return abs(bias(forecast, result))


@measure(
    title="mean absolute error",
    unit="points",
    orientation="lower",
    sign="0 is perfect; 1 means the candidates were one point off on average.",
    quantities=SHARES,
    version=1,
    reference="mosteller1949",
)
def mae(forecast: Any, result: Any) -> Any:
    r"""Mean absolute error over the candidates (Mosteller's measure 3).

    .. math:: \frac{1}{K} \sum_{k=1}^{K} |p_k - v_k|

    In points; 0 is perfect. It depends on which candidates are scored: always say which. On a
    subset the shares are taken as published, not rescaled to 100.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    Elabe, 19-20 April 2017: the four main candidates.

    >>> result = np.array([24.0091, 21.2970, 20.0059, 19.5814])
    >>> round(float(mae(np.array([24, 21.5, 20, 19.5]), result)), 2)
    0.07
    """
    return absolute_error(forecast, result).mean(axis=-1)


@measure(
    title="total absolute error",
    unit="points",
    orientation="lower",
    sign="0 is perfect; 6 means that the misses on all candidates add up to six points.",
    quantities=SHARES,
    version=1,
    reference="datapolitics",
)
def total_absolute_error(forecast: Any, result: Any) -> Any:
    r"""Total absolute error: the misses on all candidates added up.

    .. math:: \sum_{k=1}^{K} |p_k - v_k|

    In points; 0 is perfect. K times ``mae``, twice ``loosemore_hanby``; usual in France.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    The example of the method page of datapolitics.fr:

    >>> float(total_absolute_error(np.array([24.0, 22, 14]), np.array([23.0, 20, 17])))
    6.0
    """
    return absolute_error(forecast, result).sum(axis=-1)


@measure(
    title="root mean square error",
    unit="points",
    orientation="lower",
    sign="0 is perfect; large misses weigh more than in the mean absolute error.",
    quantities=SHARES,
    version=1,
    reference="shirani-mehr2018",
)
def rmse(forecast: Any, result: Any) -> Any:
    r"""Root mean square error over the candidates.

    .. math:: \sqrt{\frac{1}{K} \sum_{k=1}^{K} (p_k - v_k)^2}

    In points; 0 is perfect; never below ``mae``.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    >>> round(float(rmse(np.array([23.0, 27.0]), np.array([20.0, 23.0]))), 4)
    3.5355
    """
    return np.sqrt((bias(forecast, result) ** 2).mean(axis=-1))


@measure(
    title="largest error",
    unit="points",
    orientation="lower",
    sign="0 is perfect; the miss on the candidate who was missed most.",
    quantities=SHARES,
    version=1,
    reference="mosteller1949",
)
def largest_error(forecast: Any, result: Any) -> Any:
    r"""Largest error over the candidates, in either direction (Mosteller's measure 6).

    .. math:: \max_k |p_k - v_k|

    In points; 0 is perfect.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    >>> round(float(largest_error(np.array([20.03, 22.7]), np.array([24.01, 21.30]))), 2)
    3.98
    """
    return absolute_error(forecast, result).max(axis=-1)


@measure(
    title="mean relative error",
    unit="",
    orientation="lower",
    sign="0 is perfect; 0.1 means that shares were off by a tenth of themselves on average.",
    quantities=SHARES,
    zeros="refused in the result: a relative error divides by it",
    version=1,
    reference="mosteller1949",
)
def mean_relative_error(forecast: Any, result: Any) -> Any:
    r"""Mean relative error over the candidates (Mosteller's measure 4).

    .. math:: \frac{1}{K} \sum_{k=1}^{K} \left| \frac{p_k}{v_k} - 1 \right|

    A pure number; 0 is perfect. Small candidates dominate it: 0.5 for a candidate who got 0.18 is
    an error of 1.8.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent; no 0 in the result.

    Returns
    -------
    array of shape (...).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, a result of 0.

    Examples
    --------
    >>> float(mean_relative_error(np.array([22.0, 9.0]), np.array([20.0, 10.0])).round(3))
    0.1
    """
    require_domain(forecast, result, "mean_relative_error")
    require_positive(result, "result", "mean_relative_error", "a relative error divides by it")
    return abs(forecast / result - 1).mean(axis=-1)
