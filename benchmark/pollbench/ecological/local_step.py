"""The local step: from one table for all units to a table of its own for every unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.ecological._method import transfer_method
from pollbench.ecological.lphom import lphom

if TYPE_CHECKING:
    from pollbench.ecological._method import Votes


def tables_of_units(first: Votes, second: Votes, shares: Votes) -> Votes:
    r"""The table of every unit that has its margins and moves the fewest voters from a common table.

    With :math:`m_{ijk} = x_{ij} p_{jk}` and the discrepancy :math:`r_{ik} = y_{ik} - \sum_j m_{ijk}`,
    no table with the margins of unit i is nearer to m than :math:`\sum_k |r_{ik}|` voters. Many
    tables are that near. This one takes the voters of an option with too many from all rows in
    proportion to what the rows hold there, and gives them to the options with too few in
    proportion to what is missing.

    In votes.

    Parameters
    ----------
    first, second : arrays (units, options) of each vote, votes, with equal totals in a unit.
    shares : array (options of the first vote, options of the second), rows adding up to 1.

    Returns
    -------
    array (units, options of the first vote, options of the second), votes.

    Examples
    --------
    >>> tables_of_units(np.array([[60.0, 40.0]]), np.array([[70.0, 30.0]]), np.eye(2))
    array([[[60.,  0.],
            [10., 30.]]])
    """
    tables = first[:, :, None] * shares
    given = tables.sum(axis=1)
    gap = second - given
    surplus, missing = np.clip(-gap, 0, None), np.clip(gap, 0, None)
    fraction = np.divide(surplus, given, out=np.zeros_like(given), where=given > 0)
    taken = tables * fraction[:, None, :]
    sums = missing.sum(axis=1, keepdims=True)
    handed = np.divide(missing, sums, out=np.zeros_like(missing), where=sums > 0)
    result: Votes = tables - taken + taken.sum(axis=2, keepdims=True) * handed[:, None, :]
    return result


@transfer_method(
    title="lphom with its local step",
    assumes="Every unit has a table as near to the common table of lphom as its margins allow.",
    may_return="Rows close to 0 or 100 in the common table, softened by the units.",
    reference="Pavía and Romero (2024), doi:10.1177/00491241221092725 (first stage; ties are shared in proportion)",
    version=1,
)
def local_step(first: Votes, second: Votes) -> Votes:
    r"""Lphom with its local step: the sum of the tables of the units.

    .. math:: n_{jk} = \sum_i n_{ijk}, \; n_i \;\text{nearest to}\; x_{ij} p_{jk}
              \;\text{with the margins of unit i}

    In votes.

    Parameters
    ----------
    first, second : arrays (units, options) of each vote, votes, with equal totals in a unit.

    Returns
    -------
    array (options of the first vote, options of the second), votes.

    Raises
    ------
    DomainError : margins that do not meet, one unit, a unit without voters, an option without votes.

    Examples
    --------
    >>> first = np.array([[60.0, 40.0], [20.0, 80.0], [50.0, 50.0]])
    >>> local_step(first, first @ np.array([[0.9, 0.1], [0.25, 0.75]])).round(6)
    array([[117. ,  13. ],
           [ 42.5, 127.5]])
    """
    common = lphom(first, second)
    shares = common / common.sum(axis=1, keepdims=True)
    table = np.zeros_like(shares)
    # Blocks of units keep the memory small however many units there are.
    for start in range(0, len(first), 4096):
        block = slice(start, start + 4096)
        table += tables_of_units(first[block], second[block], shares).sum(axis=0)
    values: Votes = table
    return values
