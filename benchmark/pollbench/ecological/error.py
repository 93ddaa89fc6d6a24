"""How far a table is from the truth, and how unlike the units are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.errors import DomainError

if TYPE_CHECKING:
    from pollbench.ecological._method import Votes


def index_of_error(table: Votes, truth: Votes) -> float:
    r"""Index of error: the voters who stand in the wrong cell.

    .. math:: 50 \sum_{jk} |\hat n_{jk} - n_{jk}| / \sum_{jk} n_{jk}

    In per cent of the voters; 0 is perfect.

    Parameters
    ----------
    table, truth : arrays (options of the first vote, options of the second), votes.

    Raises
    ------
    DomainError : shapes that do not meet.

    Examples
    --------
    >>> index_of_error(np.array([[50.0, 0.0], [0.0, 50.0]]), np.array([[40.0, 10.0], [10.0, 40.0]]))
    20.0
    """
    if table.shape != truth.shape:
        message = f"index_of_error: shapes {table.shape} and {truth.shape} do not meet. Give two tables of one shape."
        raise DomainError(message)
    return float(50 * np.abs(table - truth).sum() / truth.sum())


def heterogeneity(first: Votes, second: Votes, table: Votes) -> float:
    r"""Index of heterogeneity: the voters whom one table for all units leaves in the wrong option.

    .. math:: 50 \sum_{ik} \Big| y_{ik} - \sum_j x_{ij} p_{jk} \Big| / \sum_i n_i

    In per cent of the voters; 0 when one table explains every unit.

    Parameters
    ----------
    first, second : arrays (units, options) of each vote, votes.
    table : array (options of the first vote, options of the second), votes.

    Examples
    --------
    >>> heterogeneity(np.array([[50.0, 50.0]]), np.array([[60.0, 40.0]]), np.array([[5.0, 0.0], [0.0, 5.0]]))
    10.0
    """
    shares = table / table.sum(axis=1, keepdims=True)
    return float(50 * np.abs(second - first @ shares).sum() / first.sum())
