"""Sampling error as it is printed: margins of error, and how far real errors go beyond them.

All of it supposes a simple random sample. French polls are quota samples, for which no such formula
holds: their margins are conventional, a way of saying n.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.measures._domain import require_domain, require_sizes, require_values, where_defined
from pollbench.measures._door import together
from pollbench.measures._measure import SHARES, measure
from pollbench.measures._normal import NORMAL_95
from pollbench.measures.lead import margin_error, of_the_two


def _require(shares: tuple[Any, ...], n: Any, name: str) -> None:
    require_sizes(n, name)
    for stated in shares:
        message = "a share must lie between 0 and 100."
        require_values(stated, lambda share: (share >= 0) & (share <= 100), name, message)


def share_margin(share: Any, n: Any, *, z: float = NORMAL_95) -> Any:
    r"""Nominal margin of error of a share, :math:`100 z \sqrt{p (1 - p) / n}`, in points.

    Conventional under quotas. With z = 2 it is 100 over the root of n at 50 per cent, as French
    tables have it. ``share`` in per cent and ``n`` broadcast.

    Raises
    ------
    DomainError : a share outside 0 to 100, n of 0 or below.

    Examples
    --------
    >>> round(float(share_margin(40.0, 1000)), 1)
    3.0
    """
    share, n, z = together("share_margin", share=share, n=n, z=z)
    _require((share,), n, "share_margin")
    return z * np.sqrt(share * (100 - share) / n)


def lead_margin(first: Any, second: Any, n: Any, *, z: float = NORMAL_95) -> Any:
    r"""Nominal margin of error of a lead, :math:`100 z \sqrt{(p_1 + p_2 - (p_1 - p_2)^2) / n}`, in points.

    Conventional under quotas. Nearly twice that of a share: what one loses the other often wins.
    Shares in per cent and ``n`` broadcast.

    Raises
    ------
    DomainError : a share outside 0 to 100, n of 0 or below.

    Examples
    --------
    >>> round(float(lead_margin(50.0, 50.0, 1000)), 1)
    6.2
    """
    first, second, n, z = together("lead_margin", first=first, second=second, n=n, z=z)
    _require((first, second), n, "lead_margin")
    return z * np.sqrt((100 * (first + second) - (first - second) ** 2) / n)


@measure(
    title="miss outside the margin of error",
    unit="",
    orientation="lower",
    sign="1: the error on the gap of the first two went beyond its nominal margin; 0: it did not.",
    quantities=SHARES,
    needs_n=True,
    version=2,
    reference="fivethirtyeight2023",
)
def outside_margin(forecast: Any, result: Any, *, n: Any) -> Any:
    r"""Miss outside the margin of error of the lead, as FiveThirtyEight counts it.

    .. math:: 1 \text{ if } |(p_1 - p_2) - (v_1 - v_2)| > 1.96
        \sqrt{\frac{p_1 + p_2 - (p_1 - p_2)^2}{n}}, \text{ else } 0

    A pure number, 0 or 1; an unbiased random sample has 1 in one case of twenty.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent; at least two candidates.
    n : array of shape (...), respondents who state an intention.

    Returns
    -------
    array of shape (...).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, a single candidate, n of 0.

    Notes
    -----
    Conventional under quotas.

    Examples
    --------
    Ifop before the second round of 2017:

    >>> float(outside_margin(np.array([63.0, 37.0]), np.array([66.10, 33.90]), n=1185))
    1.0
    """
    miss = abs(margin_error(forecast, result))
    require_sizes(n, "outside_margin")
    first, second = of_the_two(forecast, result)
    return (miss > lead_margin(first, second, n)) * 1.0


@measure(
    title="excess over simple random sampling",
    unit="",
    orientation="lower",
    sign="1: the errors of random samples; 2: twice as large, as if with a quarter of the respondents.",
    quantities=SHARES,
    level="set",
    needs_n=True,
    undefined="the result leaves nothing to chance: every candidate has 0 or 100",
    version=2,
    reference="shirani-mehr2018",
)
def sampling_excess(forecast: Any, result: Any, *, n: Any) -> Any:
    r"""Excess over simple random sampling of a set of forecasts.

    .. math:: \sqrt{ \frac{\sum_{i,k} (p_{ik} - v_{ik})^2}{\sum_{i,k} v_{ik} (1 - v_{ik}) / n_i} }

    A pure number; 1 = as good as unbiased random samples of the same sizes, on average.

    Parameters
    ----------
    forecast : array of shape (..., forecasts, candidates), per cent.
    result : array of shape (..., forecasts, candidates) or (candidates,), per cent.
    n : array of shape (..., forecasts), respondents who state an intention.

    Returns
    -------
    array of shape (...). NaN where every candidate has 0 or 100 in the result.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, n of 0 or below.

    Notes
    -----
    Conventional under quotas. The forecasts of one vote share most of their error.

    Examples
    --------
    Ifop and Ipsos before the second round of 2017, both 63 to 37:

    >>> polls = np.array([[63.0, 37.0], [63.0, 37.0]])
    >>> float(sampling_excess(polls, np.array([66.10, 33.90]), n=np.array([1185, 5331])).round(1))
    2.9
    """
    require_domain(forecast, result, "sampling_excess")
    require_sizes(n, "sampling_excess")
    squared = ((forecast - result) ** 2).sum(axis=(-2, -1))
    size = n[..., None] if getattr(n, "ndim", 0) else n
    expected = (result * (100 - result) / size + 0 * forecast).sum(axis=(-2, -1))
    return np.sqrt(where_defined(expected > 0, squared, expected))
