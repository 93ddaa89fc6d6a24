"""Ecological regression without limits: shares of the second vote regressed on shares of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.ecological._method import transfer_method
from pollbench.ecological.margins import require_margins
from pollbench.errors import DomainError

if TYPE_CHECKING:
    from pollbench.ecological._method import Votes


def require_rank(first: Votes, method: str) -> None:
    """Refuse units that are too few, or too alike, for a regression on all options of the first vote."""
    shares = first / first.sum(axis=1, keepdims=True)
    if (rank := int(np.linalg.matrix_rank(shares))) < first.shape[1]:
        message = (
            f"{method}: {len(first)} units tell {rank} options of the first vote apart, and there are "
            f"{first.shape[1]}. Give more units or merge options."
        )
        raise DomainError(message)


@transfer_method(
    title="Goodman's regression",
    assumes="One table for all units, up to errors that have nothing to do with how the unit voted first.",
    may_return="Shares below 0 or above 100.",
    reference="Goodman (1953), doi:10.2307/2088121; (1959), doi:10.1086/222597",
    version=1,
)
def goodman_free(first: Votes, second: Votes) -> Votes:
    r"""Goodman's regression: least squares of shares, weighted by the voters of the unit.

    .. math:: \min_P \sum_i n_i \| y_i / n_i - (x_i / n_i) P \|^2

    In votes, :math:`n_{jk} = p_{jk} \sum_i x_{ij}`. Rows add up to the first vote and, because of
    the weights, columns to the second; single cells may be negative or above their row.

    Parameters
    ----------
    first, second : arrays (units, options) of each vote, votes, with equal totals in a unit.

    Returns
    -------
    array (options of the first vote, options of the second), votes.

    Raises
    ------
    DomainError : margins that do not meet, one unit, fewer units than options.

    Examples
    --------
    >>> first = np.array([[60.0, 40.0], [20.0, 80.0], [50.0, 50.0]])
    >>> goodman_free(first, first @ np.array([[0.9, 0.1], [0.25, 0.75]])).round(6)
    array([[117. ,  13. ],
           [ 42.5, 127.5]])
    """
    require_margins(first, second, "goodman_free")
    require_rank(first, "goodman_free")
    weights = 1 / np.sqrt(first.sum(axis=1, keepdims=True))
    shares = np.linalg.lstsq(first * weights, second * weights, rcond=None)[0]
    values: Votes = first.sum(axis=0)[:, None] * shares
    return values
