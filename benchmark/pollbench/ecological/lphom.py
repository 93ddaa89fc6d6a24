"""Linear programming under homogeneity: the one table that misses the units by the fewest voters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.ecological._method import transfer_method
from pollbench.ecological.margins import fitted, require_margins
from pollbench.errors import DomainError

if TYPE_CHECKING:
    from pollbench.ecological._method import Votes


def least_absolute_discrepancy(first: Votes, second: Votes) -> Votes:
    r"""The shares of lphom, from the dual of its linear programme.

    .. math:: \max_{d,u,v} \sum_{ik} y_{ik} d_{ik} + \sum_j u_j + \sum_k v_k Y_k \;\text{with}\;
              |d_{ik}| \le 1,\; \sum_i x_{ij} d_{ik} + u_j + X_j v_k \le 0

    Pure numbers. The programme has two variables and an equation for every unit and option; its dual
    has one inequality for every cell of the table, however many units there are, and the shares
    are the prices of these inequalities.

    Parameters
    ----------
    first, second : arrays (units, options) of each vote, votes, with equal totals in a unit.

    Returns
    -------
    array (options of the first vote, options of the second), rows adding up to 1.

    Raises
    ------
    DomainError : a programme that the solver gives up on.

    Examples
    --------
    >>> first = np.array([[60.0, 40.0], [20.0, 80.0], [50.0, 50.0]])
    >>> least_absolute_discrepancy(first, first @ np.array([[0.9, 0.1], [0.25, 0.75]])).round(6)
    array([[0.9 , 0.1 ],
           [0.25, 0.75]])
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, eye_array, hstack, kron

    units, options = first.shape
    columns = second.shape[1]
    total, size = first.sum(), first.sum() / units
    rows, sums = first.sum(axis=0) / total, second.sum(axis=0) / total
    cells = hstack(
        [
            kron(csr_array(first.T / size), eye_array(columns)),
            kron(eye_array(options), np.ones((columns, 1))),
            kron(csr_array(rows[:, None]), eye_array(columns)),
        ],
        format="csc",
    )
    gain = np.concatenate([(second / size).ravel(), np.ones(options), sums])
    limit = np.concatenate([np.ones(units * columns), np.full(options + columns, np.inf)])
    solution = linprog(
        -gain,
        A_ub=cells,
        b_ub=np.zeros(options * columns),
        bounds=np.column_stack([-limit, limit]),
        method="highs-ds",
    )
    if solution.x is None:
        message = (
            f"lphom: the linear programme has no solution ({solution.message}). Merge options with few votes."
        )
        raise DomainError(message)
    prices: Votes = -solution.ineqlin.marginals.reshape(options, columns)
    shares = np.clip(prices, 0, None)
    values: Votes = shares / shares.sum(axis=1, keepdims=True)
    return values


@transfer_method(
    title="linear programming under homogeneity (lphom)",
    assumes="One table for all units; what units depart from it adds up to as few voters as possible.",
    may_return="Rows pressed to exactly 0 or 100.",
    reference="Romero, Pavía, Martín and Romero (2020), doi:10.1080/02664763.2020.1804842",
    version=1,
)
def lphom(first: Votes, second: Votes) -> Votes:
    r"""Linear programming under homogeneity (lphom): least absolute discrepancy of the units.

    .. math:: \min_P \sum_{ik} \Big| y_{ik} - \sum_j x_{ij} p_{jk} \Big| \;\text{with}\; p_{jk} \ge 0,\;
              \sum_k p_{jk} = 1,\; \sum_{ij} x_{ij} p_{jk} = \sum_i y_{ik}

    In votes. A sparse linear programme, solved by HiGHS through its dual.

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
    >>> lphom(first, first @ np.array([[0.9, 0.1], [0.25, 0.75]])).round(6)
    array([[117. ,  13. ],
           [ 42.5, 127.5]])
    """
    require_margins(first, second, "lphom")
    rows, sums = first.sum(axis=0), second.sum(axis=0)
    shares = least_absolute_discrepancy(first, second)
    return fitted(rows[:, None] * shares, rows, sums)
