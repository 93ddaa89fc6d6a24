"""The null: in every unit, what was chosen first says nothing about what was chosen second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.ecological._method import transfer_method
from pollbench.ecological.margins import require_margins

if TYPE_CHECKING:
    from pollbench.ecological._method import Votes


@transfer_method(
    title="independence within units",
    assumes="In every unit the voters of all options of the first vote split alike at the second.",
    may_return="A table that no electorate of partisans has: supporters leave their own candidate.",
    reference="the null model of contingency tables; Goodman (1953), doi:10.2307/2088121",
    version=1,
)
def independence(first: Votes, second: Votes) -> Votes:
    r"""Independence within units: the table of an electorate without loyalties.

    .. math:: n_{jk} = \sum_i x_{ij} y_{ik} / n_i

    In votes; the yardstick that a method has to beat.

    Parameters
    ----------
    first, second : arrays (units, options) of each vote, votes, with equal totals in a unit.

    Returns
    -------
    array (options of the first vote, options of the second), votes.

    Raises
    ------
    DomainError : margins that do not meet, a unit without voters, an option without votes.

    Examples
    --------
    >>> import numpy as np
    >>> independence(np.array([[70.0, 30.0]]), np.array([[60.0, 40.0]]))
    array([[42., 28.],
           [18., 12.]])
    """
    require_margins(first, second, "independence", several_units=False)
    table: Votes = (first / first.sum(axis=1, keepdims=True)).T @ second
    return table
