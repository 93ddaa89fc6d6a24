"""What a method's errors were where the true tables are known, by class of cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pollbench.ecological._method import Votes

#: Edges of the classes of rows: voters of the option of the first vote, per cent of the electorate.
#: Errors shrink as rows grow; four classes keep hundreds of cells in nearly all of them.
ROW_EDGES = (0.0, 6.0, 12.0, 30.0, 100.0)
#: Edges of the classes of estimates, per cent of the row. The ends are narrow because methods press
#: rows to exactly 0 and 100, where an estimate errs to one side only.
ESTIMATE_EDGES = (0.0, 2.0, 10.0, 30.0, 80.0, 98.0, 100.0)
#: Options below this share of the electorate are merged before a method is judged.
SMALLEST_PCT = 3.0
#: The share of errors between the ends of a printed interval.
LEVEL = 0.9


def class_of(values: Votes, edges: tuple[float, ...]) -> NDArray[np.int64]:
    """The class of every value: i where edge i <= value < edge i + 1, the last class closed.

    Values outside the edges belong to the class at that end.

    Parameters
    ----------
    values : array of any shape.
    edges : increasing.

    Examples
    --------
    >>> class_of(np.array([-5.0, 0.0, 6.0, 99.0, 100.0]), (0.0, 6.0, 12.0, 100.0))
    array([0, 0, 1, 2, 2])
    """
    return np.searchsorted(np.asarray(edges[1:-1]), values, side="right")


def kept_options(votes: Votes) -> NDArray[np.bool_]:
    """Which options keep a row of their own: those with 3 per cent of the electorate or more.

    Parameters
    ----------
    votes : array (units, options), votes.

    Examples
    --------
    >>> kept_options(np.array([[60.0, 39.0, 1.0]]))
    array([ True,  True, False])
    """
    totals = votes.sum(axis=0)
    large: NDArray[np.bool_] = totals >= SMALLEST_PCT / 100 * totals.sum()
    return large


def merged(votes: Votes, large: NDArray[np.bool_]) -> Votes:
    """The options that are kept, and behind them the sum of the others where there are any.

    Parameters
    ----------
    votes : array (..., options), votes.
    kept : array (options,), truth values.

    Examples
    --------
    >>> merged(np.array([[60.0, 1.0, 37.0, 2.0]]), np.array([True, False, True, False]))
    array([[60., 37.,  3.]])
    """
    if large.all():
        return votes
    rest: Votes = votes[..., ~large].sum(axis=-1, keepdims=True)
    return votes[..., large] if (rest == 0).all() else np.concatenate([votes[..., large], rest], axis=-1)


def error_interval(estimate: Votes, truth: Votes) -> tuple[float, float]:
    r"""What has to be added to an estimate to reach the truth in nine cells of ten.

    .. math:: q_{0.05}(t - e), \; q_{0.95}(t - e)

    In points; the two are not symmetric, because estimates near 0 err downwards and near 100 upwards.

    Parameters
    ----------
    estimate, truth : arrays of one shape, per cent of the row.

    Examples
    --------
    >>> error_interval(np.array([50.0, 50.0, 50.0]), np.array([40.0, 50.0, 60.0]))
    (-9.0, 9.0)
    """
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(truth - estimate, [tail, 1 - tail])
    return float(low), float(high)
