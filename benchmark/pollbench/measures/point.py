"""Point errors: how far the figures were from the votes, in points."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.measures._domain import require_domain
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

    In points; 0 is perfect; never below the mean absolute error.

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
    r"""Largest absolute error over the candidates.

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


def leaders(result: Any) -> tuple[Any, Any]:
    """Index arrays of the first and the second of ``result`` along its last axis.

    Among equals the one that stands first in the array comes first.
    """
    order = np.argsort(-result, axis=-1, kind="stable")
    return order[..., :1], order[..., 1:2]


@measure(
    title="error on the lead",
    unit="points",
    orientation="zero",
    sign="Positive: the lead of the winner over the second was overstated.",
    quantities=SHARES,
    version=1,
    reference="mosteller1949",
)
def margin_error(forecast: Any, result: Any) -> Any:
    r"""Error on the lead of the first over the second of the result.

    .. math:: (p_1 - p_2) - (v_1 - v_2)

    In points; positive = the lead was overstated. Its absolute value is Mosteller's measure 5.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent; at least two candidates.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, a single candidate.

    Examples
    --------
    Ifop before the second round of 2017, 63 to 37 against 66.10 to 33.90:

    >>> round(float(margin_error(np.array([63.0, 37.0]), np.array([66.10, 33.90]))), 1)
    -6.2
    """
    require_domain(forecast, result, "margin_error")
    if result.shape[-1] < 2:
        from pollbench.errors import DomainError

        message = "margin_error: a lead needs two candidates."
        raise DomainError(message)
    first, second = leaders(result)
    shape = np.broadcast_shapes(forecast.shape, result.shape)

    def lead(values: Any) -> Any:
        wide = np.broadcast_to(values, shape)
        one = np.take_along_axis(wide, np.broadcast_to(first, (*shape[:-1], 1)), axis=-1)
        two = np.take_along_axis(wide, np.broadcast_to(second, (*shape[:-1], 1)), axis=-1)
        return (one - two)[..., 0]

    return lead(forecast) - lead(result)
