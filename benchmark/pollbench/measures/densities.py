"""Scores of forecasts given as a distribution: Normal, or Dirichlet over all candidates.

A Dirichlet is given by its concentrations, shape (..., candidates): mean share times the number of
effective respondents. Its marginals are Beta; the rest of the candidates must be one of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.measures._domain import proportions, require_finite, require_shapes, require_values
from pollbench.measures._measure import SHARES, measure


def _require_normal(forecast: Any, result: Any, deviation: Any, name: str) -> None:
    require_shapes(forecast, result, name)
    require_finite(forecast, "forecast", name)
    require_finite(result, "result", name)
    values = np.asanyarray(deviation) if isinstance(deviation, int | float) else deviation
    require_values(values, lambda values: values > 0, name, "a standard deviation must be above 0.")


def _require_dirichlet(forecast: Any, result: Any, name: str) -> None:
    require_shapes(forecast, result, name)
    require_finite(forecast, "forecast", name)
    require_finite(result, "result", name)
    require_values(forecast, lambda values: values > 0, name, "a concentration must be above 0.")
    message = "the result must be shares between 0 and 100."
    require_values(result, lambda values: (values >= 0) & (values <= 100), name, message)


@measure(
    title="continuous ranked probability score of a Normal",
    unit="points",
    orientation="lower",
    sign="0 is perfect; about a quarter of the standard deviation if the mean is right.",
    quantities=SHARES,
    level="candidate",
    inputs="parameters",
    needs=("deviation",),
    version=1,
    reference="gneiting2007",
)
def crps_normal(forecast: Any, result: Any, *, deviation: Any) -> Any:
    r"""Continuous ranked probability score of a Normal (CRPS), for every candidate.

    .. math:: s \left[ z (2 \Phi(z) - 1) + 2 \varphi(z) - \pi^{-1/2} \right], \quad z = (v - m) / s

    In points; 0 is perfect.

    Parameters
    ----------
    forecast : array of shape (..., candidates), means m, per cent.
    result : array of shape (..., candidates), per cent.
    deviation : s, standard deviations that broadcast with the means, points, above 0.

    Returns
    -------
    array of the broadcast shape (..., candidates), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a standard deviation of 0 or below.

    Examples
    --------
    >>> crps_normal(np.array([0.0]), np.array([-3.0]), deviation=1.0).round(6)
    array([2.436575])
    """
    from scipy.special import ndtr

    _require_normal(forecast, result, deviation, "crps_normal")
    z = (result - forecast) / deviation
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return deviation * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi))


@measure(
    title="Dawid-Sebastiani score",
    unit="",
    orientation="lower",
    sign="Lower is better; it looks at nothing but the mean and the standard deviation.",
    quantities=SHARES,
    level="candidate",
    inputs="parameters",
    needs=("deviation",),
    version=1,
    reference="dawid1999",
)
def dawid_sebastiani(forecast: Any, result: Any, *, deviation: Any) -> Any:
    r"""Dawid-Sebastiani score of every candidate.

    .. math:: \frac{(v - m)^2}{s^2} + 2 \ln s

    A pure number without a fixed best value; lower is better.

    Parameters
    ----------
    forecast : array of shape (..., candidates), means m, per cent.
    result : array of shape (..., candidates), per cent.
    deviation : s, standard deviations that broadcast with the means, points, above 0.

    Returns
    -------
    array of the broadcast shape (..., candidates).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a standard deviation of 0 or below.

    Examples
    --------
    >>> dawid_sebastiani(np.array([24.0]), np.array([26.0]), deviation=2.0).round(3)
    array([2.386])
    """
    _require_normal(forecast, result, deviation, "dawid_sebastiani")
    return ((result - forecast) / deviation) ** 2 + 2 * np.log(deviation)


@measure(
    title="joint Dawid-Sebastiani score",
    unit="",
    orientation="lower",
    sign="Lower is better; it looks at the means, the spreads and how candidates move together.",
    quantities=SHARES,
    inputs="parameters",
    needs=("covariance",),
    version=1,
    reference="dawid1999",
)
def dawid_sebastiani_joint(forecast: Any, result: Any, *, covariance: Any) -> Any:
    r"""Joint Dawid-Sebastiani score of all candidates at once.

    .. math:: (v - m)^T \Sigma^{-1} (v - m) + \ln \det \Sigma

    A pure number without a fixed best value; lower is better. Shares that sum to 100 have a
    singular covariance: leave one candidate out of all three arrays; which one changes nothing.

    Parameters
    ----------
    forecast : array of shape (..., candidates), means m, per cent.
    result : array of shape (..., candidates), per cent.
    covariance : array of shape (candidates, candidates) or (..., candidates, candidates), points
        squared, positive definite.

    Returns
    -------
    array of shape (...).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a covariance that is singular or of
        another shape.

    Examples
    --------
    >>> covariance = np.array([[4.0, -1.0], [-1.0, 4.0]])
    >>> score = dawid_sebastiani_joint(np.array([24.0, 21.0]), np.array([24.0, 21.0]), covariance=covariance)
    >>> round(float(score), 3)
    2.708
    """
    name = "dawid_sebastiani_joint"
    require_shapes(forecast, result, name)
    require_finite(forecast, "forecast", name)
    require_finite(result, "result", name)
    count = result.shape[-1]
    sigma = np.asarray(covariance, dtype=float)
    if sigma.shape[-2:] != (count, count):
        message = f"{name}: the covariance must have the shape (..., {count}, {count})."
        raise DomainError(message)
    values = np.linalg.eigvalsh(sigma)
    if not (values[..., 0] > 1e-12 * values[..., -1]).all():
        message = (
            f"{name}: the covariance is singular or not positive; leave one candidate out of all arrays."
        )
        raise DomainError(message)
    gap = result - forecast
    turned = (np.linalg.inv(sigma) * gap[..., None, :]).sum(axis=-1)
    return (gap * turned).sum(axis=-1) + np.log(values).sum(axis=-1)


@measure(
    title="continuous ranked probability score of Beta marginals",
    unit="points",
    orientation="lower",
    sign="0 is perfect; a wide distribution pays for its width even when its mean is right.",
    quantities=SHARES,
    level="candidate",
    inputs="parameters",
    version=1,
    reference="taillardat2016",
)
def crps_dirichlet(forecast: Any, result: Any) -> Any:
    r"""Continuous ranked probability score of Beta marginals (CRPS) of a Dirichlet, by candidate.

    .. math:: v (2 F_{a,b}(v) - 1) + \frac{a}{a + b} \left[ 1 - 2 F_{a+1,b}(v)
        - \frac{2 B(2a, 2b)}{a B(a, b)^2} \right]

    with a the concentration of the candidate, b that of all others. In points; 0 is perfect.

    Parameters
    ----------
    forecast : array of shape (..., candidates), concentrations above 0.
    result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of the broadcast shape (..., candidates), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a concentration of 0 or below.

    Notes
    -----
    The Beta functions under- and overflow at a + b of about 1,000, the size of a poll: their ratio
    is taken by logarithms. Both common libraries fail there.

    Examples
    --------
    An unbiased poll of 1,000 in a duel:

    >>> crps_dirichlet(np.array([661.0, 339.0]), np.array([66.1, 33.9])).round(3)
    array([0.35, 0.35])
    """
    from scipy.special import betainc, betaln

    _require_dirichlet(forecast, result, "crps_dirichlet")
    a = forecast * 1.0
    b = a.sum(axis=-1, keepdims=True) - a
    share = result / 100
    ratio = np.exp(betaln(2 * a, 2 * b) - 2 * betaln(a, b))
    mean = a / (a + b)
    inner = 1 - 2 * betainc(a + 1, b, share) - 2 * ratio / a
    return 100 * (share * (2 * betainc(a, b, share) - 1) + mean * inner)


@measure(
    title="log score of a Dirichlet",
    unit="nats",
    orientation="lower",
    sign="Lower is better; one candidate far out of range decides it.",
    quantities=SHARES,
    inputs="parameters",
    zeros="refused in the result: the density is 0 or infinite there",
    version=1,
    reference="good1952",
)
def dirichlet_log_score(forecast: Any, result: Any) -> Any:
    r"""Log score of a Dirichlet for the shares of all candidates at once.

    .. math:: -\ln Dir(v; \alpha) = \sum_k \ln \Gamma(\alpha_k) - \ln \Gamma \Big( \sum_k \alpha_k \Big)
        - \sum_k (\alpha_k - 1) \ln v_k

    with the result rescaled to 1. In nats, negative where the density exceeds 1; lower is better.

    Parameters
    ----------
    forecast : array of shape (..., candidates), concentrations above 0.
    result : array of shape (..., candidates), per cent, above 0.

    Returns
    -------
    array of shape (...), nats.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a concentration or a result of 0 or below.

    Examples
    --------
    >>> float(dirichlet_log_score(np.array([1.0, 1.0]), np.array([66.1, 33.9])).round(6))
    0.0
    """
    from scipy.special import gammaln

    _require_dirichlet(forecast, result, "dirichlet_log_score")
    message = "the result holds a share of 0, where the density is 0 or infinite."
    require_values(result, lambda values: values > 0, "dirichlet_log_score", message)
    density = gammaln(forecast.sum(axis=-1)) - gammaln(forecast).sum(axis=-1)
    density = density + ((forecast - 1) * np.log(proportions(result))).sum(axis=-1)
    return -density + 0.0


@measure(
    title="probability integral transform of a Normal",
    unit="",
    orientation="none",
    sign="Where the result fell in the forecast: 0 below all of it, 1 above all of it.",
    quantities=SHARES,
    level="candidate",
    inputs="parameters",
    needs=("deviation",),
    version=1,
    reference="dawid1984",
)
def pit_normal(forecast: Any, result: Any, *, deviation: Any) -> Any:
    r"""Probability integral transform of a Normal: where in the forecast the result fell.

    .. math:: \Phi \left( \frac{v - m}{s} \right)

    A pure number from 0 to 1. Over many votes it is uniform for a calibrated forecaster.

    Parameters
    ----------
    forecast : array of shape (..., candidates), means m, per cent.
    result : array of shape (..., candidates), per cent.
    deviation : s, standard deviations that broadcast with the means, points, above 0.

    Returns
    -------
    array of the broadcast shape (..., candidates).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a standard deviation of 0 or below.

    Examples
    --------
    >>> pit_normal(np.array([24.0]), np.array([24.0]), deviation=1.3)
    array([0.5])
    """
    from scipy.special import ndtr

    _require_normal(forecast, result, deviation, "pit_normal")
    return ndtr((result - forecast) / deviation)


@measure(
    title="probability integral transform of Beta marginals",
    unit="",
    orientation="none",
    sign="Where the result fell in the forecast: 0 below all of it, 1 above all of it.",
    quantities=SHARES,
    level="candidate",
    inputs="parameters",
    version=1,
    reference="dawid1984",
)
def pit_dirichlet(forecast: Any, result: Any) -> Any:
    r"""Probability integral transform of Beta marginals of a Dirichlet: where the result fell.

    .. math:: F_{a,b}(v)

    with a the concentration of the candidate, b that of all others. A pure number from 0 to 1.

    Parameters
    ----------
    forecast : array of shape (..., candidates), concentrations above 0.
    result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of the broadcast shape (..., candidates).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a concentration of 0 or below.

    Examples
    --------
    >>> pit_dirichlet(np.array([500.0, 500.0]), np.array([50.0, 50.0])).round(6)
    array([0.5, 0.5])
    """
    from scipy.special import betainc

    _require_dirichlet(forecast, result, "pit_dirichlet")
    a = forecast * 1.0
    return betainc(a, a.sum(axis=-1, keepdims=True) - a, result / 100)
