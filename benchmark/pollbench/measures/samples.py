"""Scores of forecasts given as samples: CRPS, energy, variogram, and where the result falls.

``forecast`` has shape (..., samples, candidates), ``result`` shape (..., candidates), both in per
cent. The errors of the candidates of one vote are dependent: average the values of the candidates
into one number a forecast before any test.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from pollbench.errors import DomainError
from pollbench.measures._arrays import by_blocks
from pollbench.measures._distances import mean_distance
from pollbench.measures._domain import require_finite, require_shapes
from pollbench.measures._measure import SHARES, measure

Estimator = Literal["ensemble", "fair"]
#: Blocks that are sorted at a time: few passes go over them, so that fewer and larger ones are faster (measured).
SORTED = 4


def _require_samples(
    forecast: Any, result: Any, name: str, least: int = 1, *, finite_later: bool = False
) -> int:
    """Check both arrays; return the number of samples. Whether samples are finite may be left to who sorts them."""
    if forecast.ndim < 2:
        message = f"{name}: samples must have the shape (..., samples, candidates)."
        raise DomainError(message)
    require_shapes(forecast, result, name)
    if not (finite_later and np.isfinite(result).all()):
        require_finite(forecast, "forecast", name)
        require_finite(result, "result", name)
    samples = int(forecast.shape[-2])
    if samples < least:
        message = f"{name}: needs at least {least} samples, there is {samples}."
        raise DomainError(message)
    return samples


def _weights(weights: Any, samples: int, name: str) -> Any:
    """One weight a sample, above or equal to 0, rescaled to 1."""
    values = np.asarray(weights, dtype=float)
    if values.shape != (samples,) or not np.isfinite(values).all() or (values < 0).any() or not values.sum():
        message = f"{name}: weights must be {samples} numbers, none negative, not all 0."
        raise DomainError(message)
    return values / values.sum()


def _pairs_divisor(samples: int, estimator: Estimator, name: str) -> int:
    if estimator not in ("ensemble", "fair"):
        message = f"{name}: estimator {estimator!r} is unknown; it is 'ensemble' or 'fair'."
        raise DomainError(message)
    return samples * (samples - 1 if estimator == "fair" else samples)


@measure(
    title="continuous ranked probability score of samples",
    unit="points",
    orientation="lower",
    sign="0 is perfect; for a single figure it is the absolute error.",
    quantities=SHARES,
    level="candidate",
    inputs="samples",
    version=1,
    reference="gneiting2007",
)
def crps_samples(
    forecast: Any, result: Any, *, estimator: Estimator = "ensemble", weights: Any = None
) -> Any:
    r"""Continuous ranked probability score of samples (CRPS), for every candidate.

    .. math:: \frac{1}{M} \sum_i |x_i - v| - \frac{1}{2 M^2} \sum_{i,j} |x_i - x_j|

    In points; 0 is perfect. The fair form divides by :math:`2 M (M - 1)` instead: it judges the
    distribution behind the samples, not the samples as they are.

    Parameters
    ----------
    forecast : array of shape (..., samples, candidates), per cent.
    result : array of shape (..., candidates), per cent.
    estimator : "ensemble" or "fair".
    weights : one weight a sample, for "ensemble" only; rescaled to 1.

    Returns
    -------
    array of the broadcast shape (..., candidates), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, fewer than two samples for the fair form,
        weights that are not one a sample or that come with the fair form.

    Examples
    --------
    >>> crps_samples(np.array([[23.0], [25.0]]), np.array([24.0]))
    array([0.5])
    """
    least = 2 if estimator == "fair" else 1
    samples = _require_samples(forecast, result, "crps_samples", least, finite_later=weights is None)
    divisor = _pairs_divisor(samples, estimator, "crps_samples")
    if weights is not None:
        if estimator == "fair":
            message = "crps_samples: weights have no fair form; use estimator='ensemble'."
            raise DomainError(message)
        return _weighted_crps(forecast, result, _weights(weights, samples, "crps_samples"))
    coefficients = (2 * np.arange(1, samples + 1) - samples - 1) / divisor

    def score(block: Any, true: Any) -> Any:
        # Candidate by candidate, so that the samples of one stand side by side.
        ordered = block.swapaxes(-1, -2).astype(np.result_type(block, true), order="C")
        ordered.sort(axis=-1)
        # Infinity and NaN are sorted to the ends: no pass over all samples is needed to see them.
        require_finite(ordered[..., [0, -1]], "forecast", "crps_samples")
        spread = np.einsum("...m,m->...", ordered, coefficients)
        return _from_result(ordered, true).mean(axis=-1) - spread

    return by_blocks(score, forecast, result, core=(2, 1), size=SORTED)


def _from_result(samples: Any, true: Any) -> Any:
    """Distance of samples (..., candidates, samples) from the result, written over them where they meet one result."""
    shape = np.broadcast_shapes(samples.shape, true[..., None].shape)
    error = np.subtract(samples, true[..., None], out=samples if shape == samples.shape else None)
    return np.abs(error, out=error)


def _weighted_crps(forecast: Any, result: Any, weights: Any) -> Any:
    order = np.argsort(forecast, axis=-2)
    ordered = np.take_along_axis(forecast, order, axis=-2)
    ordered_weights = np.take_along_axis(np.broadcast_to(weights[:, None], forecast.shape), order, axis=-2)
    below = np.cumsum(ordered_weights, axis=-2) - ordered_weights
    distance = (ordered_weights * abs(ordered - result[..., None, :])).sum(axis=-2)
    return distance - (ordered_weights * ordered * (2 * below + ordered_weights - 1)).sum(axis=-2)


@measure(
    title="energy score",
    unit="points",
    orientation="lower",
    sign="0 is perfect; for a single figure it is the distance of the two vectors.",
    quantities=SHARES,
    inputs="samples",
    version=1,
    reference="gneiting2008",
)
def energy_score(
    forecast: Any, result: Any, *, estimator: Estimator = "ensemble", weights: Any = None
) -> Any:
    r"""Energy score of all candidates at once.

    .. math:: E \|X - v\| - \tfrac{1}{2} E \|X - X'\|

    with the Euclidean norm over the candidates, X and X' two of the samples. In points; 0 is
    perfect. The fair form leaves out the pairs of a sample with itself.

    Parameters
    ----------
    forecast : array of shape (..., samples, candidates), per cent.
    result : array of shape (..., candidates), per cent.
    estimator : "ensemble" or "fair".
    weights : one weight a sample, for "ensemble" only; rescaled to 1.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, fewer than two samples for the fair form,
        weights that are not one a sample or that come with the fair form.

    Examples
    --------
    >>> float(energy_score(np.array([[23.0, 22.0]]), np.array([20.0, 18.0])))
    5.0
    """
    samples = _require_samples(forecast, result, "energy_score", 2 if estimator == "fair" else 1)
    divisor = _pairs_divisor(samples, estimator, "energy_score")
    if weights is not None and estimator == "fair":
        message = "energy_score: weights have no fair form; use estimator='ensemble'."
        raise DomainError(message)
    sample_weights = (
        np.full(samples, 1 / samples) if weights is None else _weights(weights, samples, "energy_score")
    )
    correction = samples**2 / divisor

    def distance(block: Any, true: Any) -> Any:
        return np.sqrt(((block - true[..., None, :]) ** 2).sum(axis=-1)) @ sample_weights

    spread = correction * mean_distance(forecast, sample_weights) / 2
    return by_blocks(distance, forecast, result, core=(2, 1)) - spread


@measure(
    title="variogram score",
    unit="points",
    orientation="lower",
    sign="0 is perfect; it judges the gaps between candidates and is blind to a shift of them all.",
    quantities=SHARES,
    inputs="samples",
    version=1,
    reference="scheuerer2015",
)
def variogram_score(
    forecast: Any, result: Any, *, order: float = 0.5, pair_weights: Any = None, weights: Any = None
) -> Any:
    r"""Variogram score: are the gaps between candidates right?

    .. math:: \sum_{i,j} w_{ij} \left( |v_i - v_j|^q - E |X_i - X_j|^q \right)^2

    over the ordered pairs of candidates. In points at q = 0.5 (else to
    the power 2q); 0 is perfect.

    Parameters
    ----------
    forecast : array of shape (..., samples, candidates), per cent.
    result : array of shape (..., candidates), per cent.
    order : q, 0.5 or 1.
    pair_weights : array of shape (candidates, candidates), 1 if left out.
    weights : one weight a sample; rescaled to 1.

    Returns
    -------
    array of shape (...).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, an order that is not above 0, weights that
        are not one a sample, pair weights of another shape.

    Notes
    -----
    Use it beside ``energy_score``: all candidates two points too high leave it at 0.

    Examples
    --------
    >>> float(variogram_score(np.array([[26.0, 22.0]]), np.array([24.0, 20.0])))
    0.0
    """
    samples = _require_samples(forecast, result, "variogram_score")
    if not order > 0:
        message = f"variogram_score: the order must be above 0, not {order}."
        raise DomainError(message)
    count = result.shape[-1]
    pairs = np.ones((count, count)) if pair_weights is None else np.asarray(pair_weights, dtype=float)
    if pairs.shape != (count, count):
        message = f"variogram_score: pair_weights must have the shape ({count}, {count})."
        raise DomainError(message)
    sample_weights = (
        np.full(samples, 1 / samples) if weights is None else _weights(weights, samples, "variogram_score")
    )
    power = np.sqrt if order == 0.5 else lambda base: base**order
    total: Any = 0.0
    for i in range(count - 1):
        expected = (
            power(abs(forecast[..., i + 1 :] - forecast[..., i : i + 1])) * sample_weights[:, None]
        ).sum(axis=-2)
        true = power(abs(result[..., i + 1 :] - result[..., i : i + 1]))
        both = pairs[i, i + 1 :] + pairs[i + 1 :, i]
        total = total + (both * (true - expected) ** 2).sum(axis=-1)
    return total


@measure(
    title="bias of samples",
    unit="",
    orientation="zero",
    sign="Positive: more of the samples lie above the result than below it.",
    quantities=SHARES,
    level="candidate",
    inputs="samples",
    version=1,
    reference="funk2019",
)
def sample_bias(forecast: Any, result: Any) -> Any:
    r"""Bias of samples, for every candidate.

    .. math:: 1 - P(X < v) - P(X \le v)

    A pure number from -1 to 1; 0 = the result is the median of the samples.

    Parameters
    ----------
    forecast : array of shape (..., samples, candidates), per cent.
    result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of the broadcast shape (..., candidates).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity.

    Examples
    --------
    >>> sample_bias(np.array([[25.0], [26.0], [27.0], [23.0]]), np.array([24.0]))
    array([0.5])
    """
    _require_samples(forecast, result, "sample_bias")
    below, at = _below_and_at(forecast, result)
    return 1 - 2 * below - at


@measure(
    title="probability integral transform of samples",
    unit="",
    orientation="none",
    sign="Where the result fell in the forecast: 0 below all of it, 1 above all of it.",
    quantities=SHARES,
    level="candidate",
    inputs="samples",
    version=1,
    reference="dawid1984",
)
def pit_samples(forecast: Any, result: Any, *, within: Any = 0.5) -> Any:
    r"""Probability integral transform of samples: where in the forecast the result fell.

    .. math:: P(X < v) + u \, P(X = v)

    A pure number from 0 to 1. Over many votes it is uniform for a calibrated forecaster.

    Parameters
    ----------
    forecast : array of shape (..., samples, candidates), per cent.
    result : array of shape (..., candidates), per cent.
    within : u, where to stand among samples equal to the result: 0.5, or uniform draws of shape
        (..., candidates) for the randomised version.

    Returns
    -------
    array of the broadcast shape (..., candidates).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity.

    Examples
    --------
    >>> pit_samples(np.array([[23.0], [24.0], [24.0], [27.0]]), np.array([24.0]))
    array([0.5])
    """
    _require_samples(forecast, result, "pit_samples")
    below, at = _below_and_at(forecast, result)
    return below + within * at


def _below_and_at(forecast: Any, result: Any) -> tuple[Any, Any]:
    true = result[..., None, :]
    return (forecast < true).mean(axis=-2), (forecast == true).mean(axis=-2)
