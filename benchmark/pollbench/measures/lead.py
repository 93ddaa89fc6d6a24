"""Errors on the lead: the two who came first in the vote, against each other."""

from __future__ import annotations

from typing import Any

from pollbench.measures._arrays import in_place
from pollbench.measures._domain import require_candidates, require_domain, where_defined
from pollbench.measures._measure import SHARES, measure


def of_the_two(values: Any, result: Any) -> tuple[Any, Any]:
    """``values`` of the first and of the second of ``result``; equals in the order of the array."""
    rank = in_place(result)
    return (values * (rank == 0)).sum(axis=-1), (values * (rank == 1)).sum(axis=-1)


def _require_lead(forecast: Any, result: Any, name: str) -> None:
    require_domain(forecast, result, name)
    require_candidates(result, 2, name, "a lead")


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
    r"""Signed error on the lead of the first over the second of the result.

    .. math:: (p_1 - p_2) - (v_1 - v_2)

    In points; positive = the error on the lead flatters the winner. Its absolute value is
    Mosteller's measure 5.

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

    >>> import numpy as np
    >>> round(float(margin_error(np.array([63.0, 37.0]), np.array([66.10, 33.90]))), 1)
    -6.2
    """
    _require_lead(forecast, result, "margin_error")
    first, second = of_the_two(forecast, result)
    true_first, true_second = of_the_two(result, result)
    return (first - second) - (true_first - true_second)


@measure(
    title="absolute margin error",
    unit="points",
    orientation="lower",
    sign="0 is perfect; 6 means the gap between the first two was six points too wide or too narrow.",
    quantities=SHARES,
    version=1,
    reference="mosteller1949",
)
def absolute_margin_error(forecast: Any, result: Any) -> Any:
    r"""Absolute margin error (Mosteller's measure 5, FiveThirtyEight's "error").

    .. math:: |(p_1 - p_2) - (v_1 - v_2)|

    In points; 0 is perfect.

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
    >>> import numpy as np
    >>> round(float(absolute_margin_error(np.array([63.0, 37.0]), np.array([66.10, 33.90]))), 1)
    6.2
    """
    return abs(margin_error(forecast, result))


@measure(
    title="half margin error",
    unit="points",
    orientation="lower",
    sign="0 is perfect; in a duel it is the miss on either candidate.",
    quantities=SHARES,
    version=1,
    reference="ncpp",
)
def half_margin_error(forecast: Any, result: Any) -> Any:
    r"""Half margin error: the error a candidate (NCPP), half of ``absolute_margin_error``.

    .. math:: \tfrac{1}{2} |(p_1 - p_2) - (v_1 - v_2)|

    In points; 0 is perfect.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent; at least two candidates.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, a single candidate.

    Notes
    -----
    The NCPP rounds all figures to whole per cent first; to reproduce its tables, round before.

    Examples
    --------
    Ifop before the second round of 2017:

    >>> import numpy as np
    >>> round(float(half_margin_error(np.array([63.0, 37.0]), np.array([66.10, 33.90]))), 1)
    3.1
    """
    return abs(margin_error(forecast, result)) / 2


@measure(
    title="two-candidate share error",
    unit="points",
    orientation="zero",
    sign="Positive: the winner's part of the votes for the first two was overstated.",
    quantities=SHARES,
    version=1,
    reference="shirani-mehr2018",
    undefined="the forecast gives nothing to either of the first two",
)
def two_candidate_share_error(forecast: Any, result: Any) -> Any:
    r"""Signed two-candidate share error: the first two of the result, rescaled to 100.

    .. math:: 100 \left( \frac{p_1}{p_1 + p_2} - \frac{v_1}{v_1 + v_2} \right)

    In points; positive = the winner was overestimated against the second. It does not depend on
    how the undecided were left out.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), per cent; at least two candidates.

    Returns
    -------
    array of shape (...), points. NaN where the forecast gives both candidates 0.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a negative share, a single candidate.

    Examples
    --------
    An invented duel with 4 per cent undecided, 48 to 48, against 52 to 48:

    >>> import numpy as np
    >>> round(float(two_candidate_share_error(np.array([48.0, 48.0]), np.array([52.0, 48.0]))), 1)
    -2.0
    """
    _require_lead(forecast, result, "two_candidate_share_error")
    first, second = of_the_two(forecast, result)
    true_first, true_second = of_the_two(result, result)
    of_forecast = where_defined(first + second > 0, first, first + second)
    of_result = where_defined(true_first + true_second > 0, true_first, true_first + true_second)
    return 100 * (of_forecast - of_result)
