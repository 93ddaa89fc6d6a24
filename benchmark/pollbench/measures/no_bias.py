"""Tests of no bias: could an unbiased sample of this size have given these shares?

``n`` is the number of respondents on whom the per cent were taken; the tests count those in the
scored categories by their shares, without rounding to whole persons.
"""

from __future__ import annotations

from typing import Any

from pollbench.measures._domain import (
    proportions,
    require_candidates,
    require_domain,
    require_positive,
    require_sizes,
)
from pollbench.measures._measure import SHARES, measure
from pollbench.measures.predictive_accuracy import respondents_in


@measure(
    title="Pearson test of no bias",
    unit="",
    orientation="lower",
    sign="0 is perfect; p is the chance that an unbiased sample strays this far or farther.",
    quantities=SHARES,
    zeros="allowed in the forecast, refused in the result",
    needs_n=True,
    version=1,
    reference="arzheimer2014",
    components=("", "p"),
)
def pearson_test(forecast: Any, result: Any, *, n: Any) -> dict[str, Any]:
    r"""Pearson test of no bias: chi-squared of the respondents against the result.

    .. math:: \chi^2 = n \sum_{k=1}^{K} \frac{(p_k - v_k)^2}{v_k}

    with both vectors rescaled to 1 and K - 1 degrees of freedom. A pure number; 0 is perfect.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent; no 0 in the result.
    n : array of shape (...), respondents on whom the per cent were taken; those in the scored
        categories are counted by the forecast's shares.

    Returns
    -------
    dict of arrays of shape (...): "" the statistic, "p" its upper tail probability.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, a result of 0, n of 0.

    Notes
    -----
    Supposes a simple random sample. Quotas shrink and rounding widens the error: conventional.

    Examples
    --------
    CBS and the New York Times, 2012, the authors' example; their 563 are the 99 per cent printed:

    >>> import numpy as np
    >>> test = pearson_test(np.array([46.0, 48, 5]), np.array([47.6, 48.8, 3.6]), n=563 / 0.99)
    >>> round(float(test[""]), 5), round(float(test["p"]), 5)
    (3.45429, 0.17779)
    """
    share, true, size = _tested(forecast, result, n, "pearson_test")
    return _chi_squared(size * ((share - true) ** 2 / true).sum(axis=-1), result.shape[-1])


@measure(
    title="likelihood-ratio test of no bias",
    unit="",
    orientation="lower",
    sign="0 is perfect; p is the chance that an unbiased sample strays this far or farther.",
    quantities=SHARES,
    zeros="allowed in the forecast, refused in the result",
    needs_n=True,
    version=1,
    reference="arzheimer2014",
    components=("", "p"),
)
def likelihood_ratio_test(forecast: Any, result: Any, *, n: Any) -> dict[str, Any]:
    r"""Likelihood-ratio test of no bias: deviance of the respondents from the result.

    .. math:: G = 2 n \sum_{k=1}^{K} p_k \ln \frac{p_k}{v_k}

    with both vectors rescaled to 1 and K - 1 degrees of freedom. A pure number; 0 is perfect.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent; no 0 in the result.
    n : array of shape (...), respondents on whom the per cent were taken; those in the scored
        categories are counted by the forecast's shares.

    Returns
    -------
    dict of arrays of shape (...): "" the statistic, "p" its upper tail probability.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, a result of 0, n of 0.

    Examples
    --------
    CBS and the New York Times, 2012, the authors' example; their 563 are the 99 per cent printed:

    >>> import numpy as np
    >>> test = likelihood_ratio_test(np.array([46.0, 48, 5]), np.array([47.6, 48.8, 3.6]), n=563 / 0.99)
    >>> round(float(test[""]), 5), round(float(test["p"]), 5)
    (3.08563, 0.21378)
    """
    from scipy.special import xlogy

    share, true, size = _tested(forecast, result, n, "likelihood_ratio_test")
    return _chi_squared(2 * size * xlogy(share, share / true).sum(axis=-1), result.shape[-1])


def _tested(forecast: Any, result: Any, n: Any, name: str) -> tuple[Any, Any, Any]:
    require_domain(forecast, result, name)
    require_candidates(result, 2, name, "a test of shares")
    require_positive(result, "result", name, "the test divides by it")
    require_sizes(n, name)
    return proportions(forecast), proportions(result), respondents_in(forecast, n)


def _chi_squared(statistic: Any, categories: int) -> dict[str, Any]:
    from scipy.special import chdtrc

    return {"": statistic, "p": chdtrc(categories - 1, statistic)}
