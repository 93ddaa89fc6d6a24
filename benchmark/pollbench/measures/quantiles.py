"""Scores of forecasts given as quantiles or as an interval.

Quantiles have the shape (..., levels, candidates), with ``levels`` as proportions in rising order;
an interval is (..., 2, candidates), lower end first. All figures in per cent, errors in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.measures._domain import require_finite, require_shapes, require_values
from pollbench.measures._measure import SHARES, measure

CROSSED = "a quantile of a higher level lies below one of a lower level."


def _require_quantiles(forecast: Any, result: Any, levels: Sequence[float], name: str) -> Any:
    """Check all three; return the levels as an array."""
    values = np.asarray(levels, dtype=float)
    if values.ndim != 1 or not len(values) or not ((values > 0) & (values < 1)).all():
        message = f"{name}: levels must be proportions between 0 and 1, such as (0.1, 0.5, 0.9)."
        raise DomainError(message)
    if (np.diff(values) <= 0).any():
        message = f"{name}: levels must rise."
        raise DomainError(message)
    if forecast.ndim < 2 or forecast.shape[-2] != len(values):
        message = f"{name}: quantiles must have the shape (..., {len(values)} levels, candidates)."
        raise DomainError(message)
    require_shapes(forecast, result, name)
    require_finite(forecast, "forecast", name)
    require_finite(result, "result", name)
    steps = forecast[..., 1:, :] - forecast[..., :-1, :]
    require_values(steps, lambda values: values >= 0, name, CROSSED)
    return values


def _require_interval(forecast: Any, result: Any, level: float, name: str) -> tuple[Any, Any]:
    """Check all three; return the lower and the upper ends."""
    if not 0 < level < 1:
        message = f"{name}: level must be a proportion between 0 and 1, such as 0.95, not {level}."
        raise DomainError(message)
    if forecast.ndim < 2 or forecast.shape[-2] != 2:
        message = f"{name}: an interval must have the shape (..., 2, candidates), lower end first."
        raise DomainError(message)
    require_shapes(forecast, result, name)
    require_finite(forecast, "forecast", name)
    require_finite(result, "result", name)
    lower, upper = forecast[..., 0, :], forecast[..., 1, :]
    require_values(upper - lower, lambda values: values >= 0, name, "a lower end lies above its upper end.")
    return lower, upper


def _pinball(quantile: Any, result: Any, level: Any) -> Any:
    return ((result < quantile) * 1.0 - level) * (quantile - result)


@measure(
    title="quantile score",
    unit="points",
    orientation="lower",
    sign="0 is perfect; for the median it is half the absolute error.",
    quantities=SHARES,
    level="candidate",
    inputs="quantiles",
    needs=("levels",),
    version=1,
    reference="koenker1978",
)
def quantile_score(forecast: Any, result: Any, *, levels: Sequence[float]) -> Any:
    r"""Quantile score of every candidate, the mean over the levels.

    .. math:: \frac{1}{L} \sum_{l=1}^{L} (1\{v < q_l\} - \alpha_l)(q_l - v)

    In points; 0 is perfect. Some multiply by 2: ``crps_quantiles`` does.

    Parameters
    ----------
    forecast : array of shape (..., levels, candidates), per cent, rising along the levels.
    result : array of shape (..., candidates), per cent.
    levels : proportions, rising; give a single one to see it alone.

    Returns
    -------
    array of the broadcast shape (..., candidates), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, crossing quantiles, levels outside 0 to 1.

    Examples
    --------
    >>> quantile_score(np.array([[22.0]]), np.array([24.0]), levels=[0.5])
    array([1.])
    """
    alpha = _require_quantiles(forecast, result, levels, "quantile_score")
    return _pinball(forecast, result[..., None, :], alpha[:, None]).mean(axis=-2)


@measure(
    title="continuous ranked probability score of quantiles",
    unit="points",
    orientation="lower",
    sign="0 is perfect; with many levels it tends to the score of the distribution itself.",
    quantities=SHARES,
    level="candidate",
    inputs="quantiles",
    needs=("levels",),
    version=1,
    reference="gneiting2007",
)
def crps_quantiles(forecast: Any, result: Any, *, levels: Sequence[float]) -> Any:
    r"""Continuous ranked probability score of quantiles (CRPS, approximated), for every candidate.

    .. math:: \frac{2}{L} \sum_{l=1}^{L} (1\{v < q_l\} - \alpha_l)(q_l - v)

    In points; 0 is perfect. The levels should be spaced evenly, (i - 0.5) / L.

    Parameters
    ----------
    forecast : array of shape (..., levels, candidates), per cent, rising along the levels.
    result : array of shape (..., candidates), per cent.
    levels : proportions, rising.

    Returns
    -------
    array of the broadcast shape (..., candidates), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, crossing quantiles, levels outside 0 to 1.

    Examples
    --------
    >>> crps_quantiles(np.array([[22.0]]), np.array([24.0]), levels=[0.5])
    array([2.])
    """
    return 2 * quantile_score(forecast, result, levels=levels)


@measure(
    title="interval score",
    unit="points",
    orientation="lower",
    sign="0 is perfect; a narrow interval is rewarded, a result outside is punished.",
    quantities=SHARES,
    level="candidate",
    inputs="interval",
    needs=("level",),
    version=1,
    reference="winkler1972",
)
def interval_score(forecast: Any, result: Any, *, level: float) -> Any:
    r"""Winkler's interval score of every candidate.

    .. math:: (u - l) + \frac{2}{\alpha} (l - v)_+ + \frac{2}{\alpha} (v - u)_+,
        \quad \alpha = 1 - \text{level}

    In points; 0 is perfect.

    Parameters
    ----------
    forecast : array of shape (..., 2, candidates), lower and upper end, per cent.
    result : array of shape (..., candidates), per cent.
    level : the probability the interval was announced with, 0.95 for 95 %.

    Returns
    -------
    array of the broadcast shape (..., candidates), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, ends in the wrong order, a level outside 0
        to 1.

    Examples
    --------
    >>> interval_score(np.array([[22.0], [25.0]]), np.array([26.0]), level=0.5)
    array([7.])
    """
    lower, upper = _require_interval(forecast, result, level, "interval_score")
    return _interval_score(lower, upper, result, 1 - level)


def _interval_score(lower: Any, upper: Any, result: Any, alpha: float) -> Any:
    outside = np.maximum(lower - result, 0) + np.maximum(result - upper, 0)
    return (upper - lower) + 2 / alpha * outside


@measure(
    title="weighted interval score",
    unit="points",
    orientation="lower",
    sign="0 is perfect; the parts say whether width, too high or too low made it.",
    quantities=SHARES,
    level="candidate",
    inputs="quantiles",
    needs=("levels",),
    version=1,
    reference="bracher2021",
    components=("", "dispersion", "overprediction", "underprediction"),
)
def weighted_interval_score(
    forecast: Any, result: Any, *, levels: Sequence[float], median_weight: float = 0.5
) -> dict[str, Any]:
    r"""The weighted interval score (WIS) of every candidate, with its three parts.

    .. math:: \frac{1}{K + w_0} \left( w_0 |v - m| + \sum_{k=1}^{K} \frac{\alpha_k}{2}
        \left[ (u_k - l_k) + \tfrac{2}{\alpha_k} (l_k - v)_+ + \tfrac{2}{\alpha_k} (v - u_k)_+ \right] \right)

    over the K central intervals that the levels form, m the median, :math:`w_0` = 1/2. In points;
    0 is perfect.

    Parameters
    ----------
    forecast : array of shape (..., levels, candidates), per cent, rising along the levels.
    result : array of shape (..., candidates), per cent.
    levels : proportions, rising and symmetric about 0.5, 0.5 among them.
    median_weight : :math:`w_0`; 1 counts the median twice, as some do.

    Returns
    -------
    dict of arrays of the broadcast shape (..., candidates), points: "" the score, and its parts
    "dispersion" (width), "overprediction" (result below) and "underprediction" (result above).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, crossing quantiles, levels that are not
        symmetric or lack the median.

    Examples
    --------
    >>> parts = weighted_interval_score(np.array([[-1.0], [0], [1], [2], [3]]), np.array([1.0]),
    ...                                 levels=[0.1, 0.25, 0.5, 0.75, 0.9])
    >>> {name: round(float(value[0]), 2) for name, value in parts.items()}
    {'': 0.36, 'dispersion': 0.36, 'overprediction': 0.0, 'underprediction': 0.0}
    """
    alpha = _require_quantiles(forecast, result, levels, "weighted_interval_score")
    if len(alpha) % 2 == 0 or abs(alpha + alpha[::-1] - 1).max() > 1e-9:
        message = "weighted_interval_score: levels must be symmetric about 0.5 and hold the median."
        raise DomainError(message)
    middle = len(alpha) // 2
    median = forecast[..., middle, :]
    over = median_weight * np.maximum(median - result, 0)
    under = median_weight * np.maximum(result - median, 0)
    width: Any = 0.0 * over
    for k in range(middle):
        lower, upper = forecast[..., k, :], forecast[..., -1 - k, :]
        # Half the mass outside the interval is the level of its lower end.
        width = width + alpha[k] * (upper - lower)
        over = over + np.maximum(lower - result, 0)
        under = under + np.maximum(result - upper, 0)
    divisor = middle + median_weight
    return {
        "": (width + over + under) / divisor,
        "dispersion": width / divisor,
        "overprediction": over / divisor,
        "underprediction": under / divisor,
    }


@measure(
    title="coverage",
    unit="%",
    orientation="none",
    sign="To be held against the announced level: below it the intervals were too narrow.",
    quantities=SHARES,
    inputs="interval",
    needs=("level",),
    version=1,
    reference="bosse2022",
)
def coverage(forecast: Any, result: Any, *, level: float) -> Any:
    r"""Coverage: how many of the candidates ended within their interval.

    .. math:: \frac{100}{K} \sum_{k=1}^{K} 1\{l_k \le v_k \le u_k\}

    In per cent of the candidates; good if it comes near the level, over many votes.

    Parameters
    ----------
    forecast : array of shape (..., 2, candidates), lower and upper end, per cent.
    result : array of shape (..., candidates), per cent.
    level : the probability the intervals were announced with, 0.95 for 95 %.

    Returns
    -------
    array of shape (...), per cent.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, ends in the wrong order, a level outside 0
        to 1.

    Notes
    -----
    Candidates of one vote share their error, and so do houses: a confidence interval counts votes.
    An interval computed from n supposes a random sample, and French polls
    are quota samples: it is nominal.

    Examples
    --------
    >>> interval = np.array([[22.0, 19.0], [26.0, 21.0]])
    >>> float(coverage(interval, np.array([24.01, 21.30]), level=0.95))
    50.0
    """
    lower, upper = _require_interval(forecast, result, level, "coverage")
    return 100 * ((lower <= result) & (result <= upper)).mean(axis=-1)
