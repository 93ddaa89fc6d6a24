"""Distances between compositions: a forecast and a result as two ways of cutting one cake.

Loosemore-Hanby and Gallagher take the shares as published, in points. All others rescale both
sides to 1 over the candidates scored, so that on a subset they compare the parts of that subset.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.measures._domain import proportions, require_domain, require_positive
from pollbench.measures._measure import SHARES, measure


@measure(
    title="Loosemore-Hanby distance",
    unit="points",
    orientation="lower",
    sign="0 is perfect; the part of the electorate that would have to be moved.",
    quantities=SHARES,
    version=1,
    reference="loosemore1971",
)
def loosemore_hanby(forecast: Any, result: Any) -> Any:
    r"""Loosemore-Hanby distance, also called total variation.

    .. math:: \tfrac{1}{2} \sum_{k=1}^{K} |p_k - v_k|

    In points, 0 to 100; 0 is perfect. Half of ``total_absolute_error``.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent, taken as published.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    The example of the R package politicsR, in per cent:

    >>> round(float(loosemore_hanby(np.array([18.0, 17, 65]), np.array([20.0, 20, 60]))), 6)
    5.0
    """
    require_domain(forecast, result, "loosemore_hanby")
    return abs(forecast - result).sum(axis=-1) / 2


@measure(
    title="Gallagher index",
    unit="points",
    orientation="lower",
    sign="0 is perfect; a few large misses weigh more than many small ones.",
    quantities=SHARES,
    version=1,
    reference="gallagher1991",
)
def gallagher(forecast: Any, result: Any) -> Any:
    r"""Gallagher index of least squares.

    .. math:: \sqrt{\tfrac{1}{2} \sum_{k=1}^{K} (p_k - v_k)^2}

    In points, 0 to 100; 0 is perfect.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent, taken as published.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    >>> round(float(gallagher(np.array([48.0, 28, 18, 6]), np.array([42.0, 31, 17, 10]))), 6)
    5.567764
    """
    require_domain(forecast, result, "gallagher")
    return np.sqrt(((forecast - result) ** 2).sum(axis=-1) / 2)


@measure(
    title="Sainte-Laguë index",
    unit="",
    orientation="lower",
    sign="0 is perfect; a miss counts in proportion to the size of the candidate.",
    quantities=SHARES,
    zeros="allowed in the forecast, refused in the result",
    version=1,
    reference="gallagher1991",
)
def sainte_lague(forecast: Any, result: Any) -> Any:
    r"""Sainte-Laguë index: Pearson's chi-squared for each respondent.

    .. math:: \sum_{k=1}^{K} \frac{(p_k - v_k)^2}{v_k}

    on shares rescaled to 1. A pure number; 0 is perfect. Times n it is ``pearson_test``.

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
    >>> float(sainte_lague(np.array([60.0, 40.0]), np.array([50.0, 50.0])).round(6))
    0.04
    """
    require_domain(forecast, result, "sainte_lague")
    require_positive(result, "result", "sainte_lague", "the index divides by it")
    share, true = proportions(forecast), proportions(result)
    return ((share - true) ** 2 / true).sum(axis=-1)


@measure(
    title="Kullback-Leibler divergence",
    unit="nats",
    orientation="lower",
    sign="0 is perfect; infinite when a candidate with votes was given nothing.",
    quantities=SHARES,
    zeros="refused in the forecast: the divergence is infinite; see replace_zeros",
    version=1,
    reference="kullback1951",
)
def kl_divergence(forecast: Any, result: Any) -> Any:
    r"""Kullback-Leibler divergence of the result from the forecast.

    .. math:: \sum_{k=1}^{K} v_k \ln \frac{v_k}{p_k}

    on shares rescaled to 1. In nats; 0 is perfect. The result comes first inside: it is what
    happened, the forecast is what is being judged.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent; no 0 in the forecast.

    Returns
    -------
    array of shape (...), nats.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, a forecast of 0.

    Examples
    --------
    >>> float(kl_divergence(np.array([60.0, 40.0]), np.array([50.0, 50.0])).round(6))
    0.020411
    """
    require_domain(forecast, result, "kl_divergence")
    require_positive(forecast, "forecast", "kl_divergence", "the divergence is infinite")
    return _kl(proportions(result), proportions(forecast))


def _kl(one: Any, other: Any) -> Any:
    from scipy.special import xlogy

    return xlogy(one, one / other).sum(axis=-1)


@measure(
    title="Jensen-Shannon divergence",
    unit="nats",
    orientation="lower",
    sign="0 is perfect; 0.69 means the two have nothing in common.",
    quantities=SHARES,
    version=1,
    reference="lin1991",
)
def jensen_shannon(forecast: Any, result: Any) -> Any:
    r"""Jensen-Shannon divergence, which stays finite where a share is 0.

    .. math:: \tfrac{1}{2} KL(v \| m) + \tfrac{1}{2} KL(p \| m), \quad m = \tfrac{1}{2}(p + v)

    on shares rescaled to 1. In nats, 0 to ln 2; 0 is perfect. SciPy's ``jensenshannon`` returns
    its square root.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of shape (...), nats.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    >>> float(jensen_shannon(np.array([100.0, 0.0]), np.array([0.0, 100.0])).round(4))
    0.6931
    """
    require_domain(forecast, result, "jensen_shannon")
    share, true = proportions(forecast), proportions(result)
    # Where both are 0 the middle is 0 too, and the candidate adds nothing: any middle will do.
    middle = np.where(share + true > 0, (share + true) / 2, 1.0)
    return (_kl(true, middle) + _kl(share, middle)) / 2


@measure(
    title="Hellinger distance",
    unit="",
    orientation="lower",
    sign="0 is perfect; 1 means the two have nothing in common.",
    quantities=SHARES,
    version=1,
    reference="hellinger1909",
)
def hellinger(forecast: Any, result: Any) -> Any:
    r"""Hellinger distance between the two compositions.

    .. math:: \sqrt{\tfrac{1}{2} \sum_{k=1}^{K} (\sqrt{p_k} - \sqrt{v_k})^2}

    on shares rescaled to 1. A pure number, 0 to 1; 0 is perfect.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent.

    Returns
    -------
    array of shape (...).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity or a negative share.

    Examples
    --------
    >>> float(hellinger(np.array([100.0, 0.0]), np.array([0.0, 100.0])).round(6))
    1.0
    """
    require_domain(forecast, result, "hellinger")
    gap = np.sqrt(proportions(forecast)) - np.sqrt(proportions(result))
    return np.sqrt((gap**2).sum(axis=-1) / 2)
