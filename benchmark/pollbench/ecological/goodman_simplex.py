"""Ecological regression whose rows are shares: none negative, adding up to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.ecological._method import transfer_method
from pollbench.ecological.goodman_free import require_rank
from pollbench.ecological.margins import fitted, require_margins
from pollbench.errors import DomainError

if TYPE_CHECKING:
    from pollbench.ecological._method import Votes

#: Weight of the equations that must hold beside those that may be missed: they then hold to about
#: the square of its inverse, and what is left is taken away by proportional fitting.
_EXACT = 1e4


def simplex_least_squares(
    design: Votes, response: Votes, *, margins: tuple[Votes, Votes] | None = None
) -> Votes:
    r"""Least squares over tables whose rows are shares.

    .. math:: \min_P \| Y - X P \|^2 \;\text{with}\; p_{jk} \ge 0, \; \sum_k p_{jk} = 1

    Pure numbers; solved as a non-negative problem with heavily weighted equations.

    Parameters
    ----------
    design : array (rows, options of the first vote).
    response : array (rows, options of the second vote).
    margins : None, or the totals of the options of the first and of the second vote, which the
        table must then meet too.

    Returns
    -------
    array (options of the first vote, options of the second), shares.

    Raises
    ------
    DomainError : a problem that the solver gives up on.

    Examples
    --------
    >>> simplex_least_squares(np.eye(2), np.array([[1.2, -0.2], [0.3, 0.7]])).round(6)
    array([[1. , 0. ],
           [0.3, 0.7]])
    """
    from scipy.optimize import nnls

    options, columns = design.shape[1], response.shape[1]
    orthogonal, triangle = np.linalg.qr(design)
    scale = np.abs(triangle).max()
    blocks = [np.kron(triangle / scale, np.eye(columns)), _EXACT * np.kron(np.eye(options), np.ones(columns))]
    target = [(orthogonal.T @ response / scale).ravel(), np.full(options, _EXACT)]
    if margins is not None:
        rows, sums = margins
        blocks.append(_EXACT * np.kron(rows / rows.sum(), np.eye(columns)))
        target.append(_EXACT * sums / rows.sum())
    try:
        shares = nnls(np.vstack(blocks), np.concatenate(target), maxiter=100 * options * columns)[0]
    except RuntimeError as error:
        message = "goodman_simplex: the least squares problem did not settle. Merge options with few votes."
        raise DomainError(message) from error
    table: Votes = shares.reshape(options, columns)
    values: Votes = table / table.sum(axis=1, keepdims=True)
    return values


@transfer_method(
    title="Goodman's regression on the simplex",
    assumes="One table for all units, up to errors that have nothing to do with how the unit voted first.",
    may_return="Rows pressed to exactly 0 or 100 where the free regression leaves the possible.",
    reference="McCarthy and Ryan (1977), doi:10.2307/2287051; Judge, Miller and Cho (2004), ISBN 9780521542807",
    version=1,
)
def goodman_simplex(first: Votes, second: Votes) -> Votes:
    r"""Goodman's regression on the simplex: no negative share, all margins met.

    .. math:: \min_P \sum_i n_i \| y_i / n_i - (x_i / n_i) P \|^2 \;\text{with}\; p_{jk} \ge 0,\;
              \sum_k p_{jk} = 1,\; \sum_{ij} x_{ij} p_{jk} = \sum_i y_{ik}

    In votes.

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
    >>> goodman_simplex(first, first @ np.array([[1.0, 0.0], [0.25, 0.75]])).round(3)
    array([[130. ,   0. ],
           [ 42.5, 127.5]])
    """
    require_margins(first, second, "goodman_simplex")
    require_rank(first, "goodman_simplex")
    rows, columns = first.sum(axis=0), second.sum(axis=0)
    weights = 1 / np.sqrt(first.sum(axis=1, keepdims=True))
    shares = simplex_least_squares(first * weights, second * weights, margins=(rows, columns))
    return fitted(rows[:, None] * shares, rows, columns)
