"""The interval of an estimate: what the same method errs where the true tables are known."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pollbench.data.elections import datasets_folder
from pollbench.ecological.known_truth import ESTIMATE_EDGES, ROW_EDGES, class_of

if TYPE_CHECKING:
    from pollbench.ecological._method import Votes


@cache
def known_truth() -> pd.DataFrame:
    """The table of errors as shipped: one row per method, class of rows and class of estimates."""
    table = pd.read_csv(datasets_folder() / "transfers" / "known_truth.csv")
    whole = (table.row_to - table.row_from == 100) & (table.estimate_to - table.estimate_from == 100)
    return table.assign(whole=whole)


@cache
def known_districts() -> pd.DataFrame:
    """The index of error of every method in every district whose true table is known."""
    return pd.read_csv(datasets_folder() / "transfers" / "known_districts.csv")


def known_errors(method: str) -> Votes:
    """What has to be added to an estimate, as an array (classes of rows, classes of estimates, low and high), points.

    A class in which the method put no cell takes the errors of the nearest class of its row that has cells.

    Examples
    --------
    >>> known_errors("goodman_simplex")[2, 3].round(1)
    array([-23.5,  14.4])
    """
    table = known_truth()
    of_method = table[(table.method == method) & ~table.whole]
    shape = (len(ROW_EDGES) - 1, len(ESTIMATE_EDGES) - 1)
    errors = np.full((*shape, 2), np.nan)
    rows = class_of(of_method.row_from.to_numpy(), ROW_EDGES)
    estimates = class_of(of_method.estimate_from.to_numpy(), ESTIMATE_EDGES)
    errors[rows, estimates] = of_method[["low", "high"]].to_numpy()
    empty = np.isnan(errors[..., 0])
    for row, estimate in np.argwhere(empty):
        held = np.flatnonzero(~empty[row])
        errors[row, estimate] = errors[row, held[np.abs(held - estimate).argmin()]]
    return errors


def interval(method: str, size: Votes, estimate: Votes, low: Votes, high: Votes) -> tuple[Votes, Votes]:
    """The interval in which nine true values of ten lie, cut to what is possible.

    Parameters
    ----------
    method : a transfer method whose errors are known.
    size : voters of the option of the first vote, per cent of the electorate.
    estimate : per cent of the row, of the shape of ``size``.
    low, high : exact bounds, per cent of the row.

    Returns
    -------
    low, high : per cent of the row.
    """
    errors = known_errors(method)[class_of(size, ROW_EDGES), class_of(estimate, ESTIMATE_EDGES)]
    lower = np.clip(estimate + errors[..., 0], low, high)
    upper = np.clip(estimate + errors[..., 1], low, high)
    return lower, upper


def contradicting(method: str, size: float, poll: float) -> tuple[float | None, float | None]:
    """Which estimates would contradict a poll: those at or below the first value, at or above the second.

    Parameters
    ----------
    method : a transfer method whose errors are known.
    size : voters of the option of the first vote, per cent of the electorate.
    poll : what the poll found, per cent of the row.

    Returns
    -------
    below, above : per cent of the row; None where no estimate on that side would do.

    Examples
    --------
    >>> contradicting("goodman_simplex", 14.8, 52.0)
    (37.5, 75.5)
    """
    grid = np.arange(0.0, 100.01, 0.5)
    lower, upper = interval(
        method, np.full_like(grid, size), grid, np.zeros_like(grid), np.full_like(grid, 100.0)
    )
    below = [value for value, end in zip(grid, upper, strict=True) if value < poll and end < poll]
    above = [value for value, end in zip(grid, lower, strict=True) if value > poll and end > poll]
    return (float(max(below)) if below else None, float(min(above)) if above else None)
