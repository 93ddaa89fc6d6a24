"""Agreement of two orders, over all pairs of candidates."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.measures._arrays import in_place
from pollbench.measures._domain import require_order, where_defined
from pollbench.measures._measure import ORDERED, measure

NO_ORDER = "the forecast, or the result, puts all candidates level"


def _compared(forecast: Any, result: Any, weight_of: Any = None) -> tuple[Any, Any, Any]:
    """Sums over all pairs of candidates: agreement, pairs separated by forecast, and by result.

    Two candidates at a time: a column of a million forecasts is faster to compare than the cube of
    all pairs, and fits in memory.
    """
    forecast_first = np.ascontiguousarray(np.moveaxis(forecast, -1, 0))
    true = np.ascontiguousarray(np.moveaxis(result, -1, 0))
    agreement: Any = 0.0
    separated_own: Any = 0.0
    separated_true: Any = 0.0
    for i in range(1, len(forecast_first)):
        for j in range(i):
            sign_own = (forecast_first[i] > forecast_first[j]) * np.int8(1) - (
                forecast_first[i] < forecast_first[j]
            ) * np.int8(1)
            sign_true = (true[i] > true[j]) * np.int8(1) - (true[i] < true[j]) * np.int8(1)
            weight = 1 if weight_of is None else weight_of[..., i] + weight_of[..., j]
            agreement = agreement + weight * (sign_own * sign_true)
            separated_own = separated_own + weight * abs(sign_own)
            separated_true = separated_true + weight * abs(sign_true)
    return agreement, separated_own, separated_true


def _pairwise_order(forecast: Any, result: Any) -> Any:
    agreement, _, separated = _compared(forecast, result)
    return where_defined(separated > 0, 0.5 * (agreement + separated), separated)


def _tau(agreement: Any, separated_own: Any, separated_true: Any) -> Any:
    product = separated_own * separated_true
    return where_defined(product > 0, agreement, np.sqrt(product))


def _tau_b(forecast: Any, result: Any) -> Any:
    return _tau(*_compared(forecast, result))


def _weighted_tau(forecast: Any, result: Any) -> Any:
    return _tau(*_compared(forecast, result, 1.0 / (in_place(result) + 1.0)))


@measure(
    title="pairwise order",
    unit="",
    orientation="higher",
    sign="1: every two candidates stand in the order of the vote; 0.5 is what a tie or a coin gives.",
    quantities=ORDERED,
    version=1,
    reference="",
    inputs="order",
    undefined="the result puts all candidates level",
)
def pairwise_order(forecast: Any, result: Any) -> Any:
    r"""Pairwise order: the share of pairs of candidates that stand as in the result.

    .. math:: \frac{C + T/2}{N}

    over the N pairs that the result separates: C in the right order, T level in the forecast. A
    pure number between 0 and 1; 1 = all right.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), higher = better placed; a rank negated.

    Returns
    -------
    array of shape (...). NaN where the result puts all candidates level.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a single candidate.

    Examples
    --------
    Filteris on the eve of the first round of 2017: three of six pairs.

    >>> result = np.array([24.01, 21.30, 20.01, 19.58])
    >>> float(pairwise_order(np.array([20.03, 22.7, 21.5, 21.3]), result))
    0.5
    """
    require_order(forecast, result, "pairwise_order")
    return _pairwise_order(forecast, result)


@measure(
    title="rank agreement (Kendall's tau-b)",
    unit="",
    orientation="higher",
    sign="1: the order of the vote; 0: no relation to it; -1: the order turned round.",
    quantities=ORDERED,
    version=1,
    reference="kendall1945",
    inputs="order",
    undefined=NO_ORDER,
)
def kendall_tau_b(forecast: Any, result: Any) -> Any:
    r"""Rank agreement (Kendall's tau-b) of the forecast with the result.

    .. math:: \tau_b = \frac{C - D}{\sqrt{(N - T_p)(N - T_v)}}

    over the N pairs of candidates: C in the same order, D in opposite order, :math:`T_p` level in
    the forecast, :math:`T_v` in the result. A pure number from -1 to 1; 1 = the same order.
    Rounded polls have ties, hence the b.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), higher = better placed; a rank negated.

    Returns
    -------
    array of shape (...). NaN where either side puts all candidates level.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a single candidate.

    Examples
    --------
    Filteris, then Elabe, before the first round of 2017.

    >>> result = np.array([24.01, 21.30, 20.01, 19.58])
    >>> kendall_tau_b(np.array([[20.03, 22.7, 21.5, 21.3], [24, 21.5, 20, 19.5]]), result)
    array([0., 1.])
    """
    require_order(forecast, result, "kendall_tau_b")
    return _tau_b(forecast, result)


@measure(
    title="weighted tau",
    unit="",
    orientation="higher",
    sign="1: the order of the vote; a swap near the top costs more than one near the bottom.",
    quantities=ORDERED,
    version=1,
    reference="vigna2015",
    inputs="order",
    undefined=NO_ORDER,
)
def weighted_tau(forecast: Any, result: Any) -> Any:
    r"""Weighted tau: agreement of two orders in which the top of the result counts more.

    .. math:: \tau_w = \frac{\sum_{i<j} w_{ij}\, s_{ij}(p)\, s_{ij}(v)}
        {\sqrt{\sum_{i<j} w_{ij}\, s_{ij}(p)^2 \; \sum_{i<j} w_{ij}\, s_{ij}(v)^2}},
        \qquad w_{ij} = \frac{1}{r_i} + \frac{1}{r_j}

    with s the sign of the difference and r the place in the result (1 = first). A pure number from
    -1 to 1; 1 = the same order.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), higher = better placed; a rank negated.

    Returns
    -------
    array of shape (...). NaN where either side puts all candidates level.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a single candidate.

    Notes
    -----
    The places are those of the result alone, because it is the truth; SciPy's default averages
    over the places in either order. Equals in the result are numbered in the order of the array,
    so they change the weights; vote counts have none.

    Examples
    --------
    The first two swapped, then the last two.

    >>> result = np.array([24.01, 21.30, 20.01, 19.58])
    >>> weighted_tau(np.array([[22, 23, 20, 19], [24, 22, 19, 20]]), result).round(3)
    array([0.52 , 0.813])
    """
    require_order(forecast, result, "weighted_tau")
    return _weighted_tau(forecast, result)
