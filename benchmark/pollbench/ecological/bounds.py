"""What is certain whatever the voters did: the method of bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.ecological._method import transfer_method
from pollbench.ecological.margins import require_margins

if TYPE_CHECKING:
    from pollbench.ecological._method import Votes


@transfer_method(
    title="exact bounds",
    assumes="Nothing but the counts.",
    may_return="Bounds so wide that they say nothing; never bounds that are wrong.",
    kind="bounds",
    reference="Duncan and Davis (1953), doi:10.2307/2088122",
    version=1,
)
def bounds(first: Votes, second: Votes) -> Votes:
    r"""Exact bounds: the least and the most voters that may have gone from one option to another.

    .. math:: \sum_i \max(0, x_{ij} + y_{ik} - n_i) \le n_{jk} \le \sum_i \min(x_{ij}, y_{ik})

    In votes. Within the bounds of one cell every value is possible, not every table.

    Parameters
    ----------
    first, second : arrays (units, options) of each vote, votes, with equal totals in a unit.

    Returns
    -------
    array (2, options of the first vote, options of the second), votes: low, high.

    Raises
    ------
    DomainError : margins that do not meet, a unit without voters, an option without votes.

    Examples
    --------
    In a village of 100 electors 70 chose A, and 60 then chose B: at least 30 of them did both.

    >>> bounds(np.array([[70.0, 30.0]]), np.array([[60.0, 40.0]]))[:, 0, 0]
    array([30., 60.])
    """
    require_margins(first, second, "bounds", several_units=False)
    low = np.zeros((first.shape[1], second.shape[1]))
    high = np.zeros_like(low)
    totals = first.sum(axis=1)
    for option in range(first.shape[1]):
        members = first[:, option, None]
        low[option] = np.maximum(0, members + second - totals[:, None]).sum(axis=0)
        high[option] = np.minimum(members, second).sum(axis=0)
    return np.stack([low, high])
