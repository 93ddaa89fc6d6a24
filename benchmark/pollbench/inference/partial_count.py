"""Partial counts: what a result that is half counted says if the rest follows the swing, and how surely.

Small places report first and vote otherwise than large ones, so that a raw partial share is biased; the
change since an earlier vote in the same places is far less so.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.randomness import SEED

#: Random counting orders of a replay; the seed is printed with every table that rests on them.
ORDERS = 400
#: Spread of the order, in natural logarithms of the size: 0 = strictly the smallest unit first.
SPREAD = 0.5


def raw_shares(votes: Any, counted: Any) -> np.ndarray:
    """Shares of what is counted, in per cent.

    Parameters
    ----------
    votes : array (U, K), votes of K options in U units.
    counted : array (..., U) of 0 and 1, which units have reported.

    Returns
    -------
    Array (..., K).

    Raises
    ------
    DomainError : negative votes, shapes that do not meet, or nothing counted.

    Examples
    --------
    >>> raw_shares([[30, 10], [10, 50]], [1, 0])
    array([75., 25.])
    """
    table, mask = _table(votes), _mask(counted)
    _require_units(table, mask)
    total = mask @ table
    valid = total.sum(axis=-1, keepdims=True)
    if np.any(valid <= 0):
        message = "Nothing is counted: a partial share needs one unit with a vote."
        raise DomainError(message)
    shares: np.ndarray = 100 * total / valid
    return shares


def swing_shares(votes: Any, reference: Any, counted: Any) -> np.ndarray:
    """Shares of the whole if the places still to come follow the swing of those that have reported.

    Formula: s_k = raw_k + R_k(all) - R_k(counted), R the shares of the same options in an earlier vote.
    In a run-off the earlier vote is the first round, on the finalists alone.

    Parameters
    ----------
    votes, counted : as for :func:`raw_shares`; rows of units that have not reported are not read.
    reference : array (U, K), votes of the same options in the earlier vote, in all units.

    Returns
    -------
    Array (..., K), per cent; adds up to 100.

    Raises
    ------
    DomainError : as for :func:`raw_shares`; the two tables differ in shape.

    Examples
    --------
    The small unit is 10 points above the whole in the earlier vote; it is held against it:

    >>> swing_shares([[30, 10], [0, 0]], [[26, 14], [110, 90]], [1, 0]).round(2)
    array([66.67, 33.33])
    """
    before = _table(reference)
    if before.shape != _table(votes).shape:
        message = f"The tables have the shapes {_table(votes).shape} and {before.shape}; units and options must meet."
        raise DomainError(message)
    everything = np.ones(before.shape[0])
    shares: np.ndarray = (
        raw_shares(votes, counted) + raw_shares(before, everything) - raw_shares(before, counted)
    )
    return shares


def counting_orders(
    sizes: Any, *, orders: int = ORDERS, spread: float = SPREAD, seed: int = SEED
) -> np.ndarray:
    """Orders in which units may report, small ones tending to come first.

    Units are sorted by log(size) + spread * N(0, 1).

    Parameters
    ----------
    sizes : array (U,), positive, such as registered voters.
    orders : how many.
    spread : how loosely size decides; 0 = the smallest first, always.
    seed : of the random numbers.

    Returns
    -------
    Array (orders, U) of unit numbers.

    Raises
    ------
    DomainError : a size that is not positive.
    """
    size = np.asarray(sizes, dtype=float)
    if size.ndim != 1 or np.any(~(size > 0)):
        message = "Sizes are one positive number for each unit."
        raise DomainError(message)
    noise = np.random.default_rng(seed).standard_normal((orders, size.size))
    return np.argsort(np.log(size) + spread * noise, axis=1, kind="stable")


def replay_errors(votes: Any, reference: Any, sizes: Any, orders: Any, fractions: Any) -> np.ndarray:
    """Errors of the swing estimate at parts counted of a vote that is known, in points.

    A unit counts from the moment at which the units before it and itself hold at most that part of all sizes.

    Parameters
    ----------
    votes, reference : arrays (U, K).
    sizes : array (U,).
    orders : array (O, U), as of :func:`counting_orders`.
    fractions : array (F,), parts counted in per cent, above 0.

    Returns
    -------
    Array (O, F, K): estimate - final share; NaN where no unit has reported yet.
    """
    table, before, size = _table(votes), _table(reference), np.asarray(sizes, dtype=float)
    order = np.asarray(orders)
    share = 100 * np.cumsum(size[order], axis=1) / size.sum()
    level = np.asarray(fractions, dtype=float)
    done = (share[:, None, :] <= level[None, :, None] + 1e-9).sum(axis=2)
    now = np.cumsum(table[order], axis=1)
    then = np.cumsum(before[order], axis=1)
    index = np.maximum(done - 1, 0)
    rows = np.arange(order.shape[0])[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        raw = _percent(now[rows, index])
        held = _percent(then[rows, index])
    errors: np.ndarray = raw - held + _percent(before.sum(axis=0)) - _percent(table.sum(axis=0))
    errors[done == 0] = np.nan
    return errors


def may_rank(half_width: float, gaps: Any) -> bool:
    """Whether partial results may rank forecasters: the half-width is below the smallest gap it would decide.

    Parameters
    ----------
    half_width : of the interval of the estimate, points.
    gaps : array of the differences between neighbouring figures of forecasters, points; 0 decides nothing.

    Examples
    --------
    >>> may_rank(0.4, [1.0, 0.5, 0.0]), may_rank(0.6, [1.0, 0.5])
    (True, False)
    """
    decided = np.asarray(gaps, dtype=float)
    decided = decided[decided > 0]
    return bool(decided.size and half_width < decided.min())


def _percent(votes: np.ndarray) -> np.ndarray:
    percent: np.ndarray = 100 * votes / votes.sum(axis=-1, keepdims=True)
    return percent


def _table(votes: Any) -> np.ndarray:
    table = np.asarray(votes, dtype=float)
    if table.ndim != 2 or np.any(~(table >= 0)):
        message = "Votes are a table of units and options, none negative and none missing."
        raise DomainError(message)
    return table


def _mask(counted: Any) -> np.ndarray:
    return np.asarray(counted, dtype=float)


def _require_units(table: np.ndarray, mask: np.ndarray) -> None:
    if mask.ndim < 1 or mask.shape[-1] != table.shape[0]:
        message = f"{mask.shape[-1:] or 'No'} marks of units for {table.shape[0]} units."
        raise DomainError(message)
