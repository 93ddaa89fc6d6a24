"""The margins of the tables: what a method may be given, and how two registers are balanced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.errors import DomainError

if TYPE_CHECKING:
    from pollbench.ecological._method import Votes

#: How far the totals of a unit may differ and still count as equal, as a fraction: rounding of floats.
TOLERANCE = 1e-9
#: How far the two registers may differ, summed over units, in per cent of the first: beyond it
#: the two votes are not of one electorate. Between two French rounds it is below 0.2.
LARGEST_IMBALANCE_PCT = 2.0


def require_margins(first: Votes, second: Votes, method: str, *, several_units: bool = True) -> None:
    """Refuse margins from which ``method`` can infer nothing, in one sentence that says why.

    Parameters
    ----------
    first : array (units, options of the first vote), votes.
    second : array (units, options of the second vote), votes.
    method : the name for the message.
    several_units : whether one unit is too few.

    Raises
    ------
    DomainError : shapes that do not meet, a negative or missing number of votes, a unit without
        voters, an option without votes, totals of a unit that differ, one unit only.

    Examples
    --------
    >>> require_margins(np.array([[2.0, 1.0]]), np.array([[1.0, 2.0]]), "lphom")
    Traceback (most recent call last):
    pollbench.errors.DomainError: lphom: there is 1 unit; one unit fits any table within the bounds. Give the votes of at least two units.
    """
    for name, votes in (("first", first), ("second", second)):
        if votes.ndim != 2 or 0 in votes.shape:
            _refuse(
                method, f"the votes of the {name} vote have the shape {votes.shape}", "Give units x options."
            )
        if not np.isfinite(votes).all() or (votes < 0).any():
            unit, option = np.argwhere(~np.isfinite(votes) | (votes < 0))[0]
            _refuse(
                method,
                f"unit {unit} has {votes[unit, option]} votes for option {option} of the {name} vote",
                "Votes are numbers from 0 on.",
            )
    if len(first) != len(second):
        _refuse(method, f"{len(first)} units voted first and {len(second)} second", "Give the same units.")
    if several_units and len(first) == 1:
        _refuse(
            method,
            "there is 1 unit; one unit fits any table within the bounds",
            "Give the votes of at least two units.",
        )
    for name, votes in (("first", first), ("second", second)):
        if (empty := votes.sum(axis=1) == 0).any():
            _refuse(
                method,
                f"unit {int(np.argmax(empty))} has no voter at the {name} vote",
                "Leave out units without voters.",
            )
        if (unused := votes.sum(axis=0) == 0).any():
            _refuse(
                method,
                f"no voter chose option {int(np.argmax(unused))} at the {name} vote",
                "Leave the option out or merge it.",
            )
    gap = np.abs(first.sum(axis=1) - second.sum(axis=1))
    if (gap > TOLERANCE * first.sum(axis=1)).any():
        unit = int(np.argmax(gap))
        _refuse(
            method,
            f"the margins do not meet: unit {unit} has {first[unit].sum():g} voters at the first vote and "
            f"{second[unit].sum():g} at the second",
            "Count abstentions and blank votes as options, then balance the registers (balanced).",
        )


def _refuse(method: str, finding: str, remedy: str) -> None:
    message = f"{method}: {finding}. {remedy}"
    raise DomainError(message)


def imbalance_pct(first: Votes, second: Votes) -> float:
    r"""How far the registers of the units differ between the two votes.

    .. math:: 100 \sum_i |n_{i1} - n_{i2}| / \sum_i n_{i1}

    In per cent of the first register; 0 when no voter came or left.

    Parameters
    ----------
    first, second : arrays (units, options) of each vote, votes.

    Examples
    --------
    >>> round(imbalance_pct(np.array([[60.0, 40.0]]), np.array([[50.0, 51.0]])), 3)
    1.0
    """
    totals = first.sum(axis=1)
    return float(100 * np.abs(totals - second.sum(axis=1)).sum() / totals.sum())


def balanced(first: Votes, second: Votes) -> Votes:
    """The second vote with the register of the first in every unit.

    Between two rounds a few electors come and go. Every option of the second vote of a unit is
    multiplied by one factor, so that the unit has the number of electors it had at the first:
    who came and left is taken to be like the unit.

    Parameters
    ----------
    first, second : arrays (units, options) of each vote, votes.

    Returns
    -------
    array of the shape of ``second``.

    Raises
    ------
    DomainError : registers that differ by more than 2 per cent, or a unit without voters.

    Examples
    --------
    >>> balanced(np.array([[600.0, 400.0]]), np.array([[502.0, 502.0]]))
    array([[500., 500.]])
    """
    if len(first) != len(second):
        _refuse(
            "balanced", f"{len(first)} units voted first and {len(second)} second", "Give the same units."
        )
    totals = second.sum(axis=1, keepdims=True)
    if (totals == 0).any():
        _refuse(
            "balanced",
            f"unit {int(np.argmax(totals[:, 0] == 0))} has no voter at the second vote",
            "Leave out units without voters.",
        )
    if (gap := imbalance_pct(first, second)) > LARGEST_IMBALANCE_PCT:
        _refuse(
            "balanced",
            f"the margins do not meet: the registers of the units differ by {gap:.1f} per cent between the votes",
            f"Up to {LARGEST_IMBALANCE_PCT:g} per cent can be balanced; check that abstentions and blank votes are "
            "among the options and that the units are the same.",
        )
    values: Votes = second * (first.sum(axis=1, keepdims=True) / totals)
    return values


def row_shares(table: Votes) -> Votes:
    r"""What became of the voters of every option of the first vote.

    .. math:: p_{jk} = 100 \, n_{jk} / \sum_k n_{jk}

    In per cent of the voters of option j; a row adds up to 100.

    Parameters
    ----------
    table : array (..., options of the first vote, options of the second), votes.

    Examples
    --------
    >>> row_shares(np.array([[30.0, 10.0], [5.0, 15.0]]))
    array([[75., 25.],
           [25., 75.]])
    """
    shares: Votes = 100 * table / table.sum(axis=-1, keepdims=True)
    return shares


def fitted(table: Votes, rows: Votes, columns: Votes) -> Votes:
    """The table nearest to ``table`` that has these margins, by iterative proportional fitting.

    Zeros stay zero. It is for tables that already nearly meet their margins.

    Parameters
    ----------
    table : array (options 1, options 2), votes, none negative.
    rows, columns : arrays (options 1,) and (options 2,), votes, of one total.

    Raises
    ------
    DomainError : zeros of the table that leave no way to meet the margins.

    Examples
    --------
    >>> fitted(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([3.0, 1.0]), np.array([2.0, 2.0]))
    array([[1.5, 1.5],
           [0.5, 0.5]])
    """
    result = table.copy()
    scale = rows.sum()
    for _ in range(10_000):
        sums = result.sum(axis=0)
        result = result * np.divide(columns, sums, out=np.zeros_like(sums), where=sums > 0)
        sums = result.sum(axis=1)
        result = result * np.divide(rows, sums, out=np.zeros_like(sums), where=sums > 0)[:, None]
        gap = np.abs(result.sum(axis=0) - columns).max() + np.abs(result.sum(axis=1) - rows).max()
        if gap <= TOLERANCE * scale:
            values: Votes = result
            return values
    message = (
        "fitted: the zeros of the table leave no way to meet the margins. Start from a table without them."
    )
    raise DomainError(message)
