"""What resampling of the units says about an estimate: how it moves, not how wrong it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.ecological.margins import row_shares
from pollbench.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pollbench.ecological._method import Votes


def bootstrap(
    method: Callable[[Votes, Votes], Votes],
    first: Votes,
    second: Votes,
    *,
    replicates: int,
    seed: int,
    level: float = 0.9,
    read: Callable[[Votes], Votes] = row_shares,
) -> Votes:
    """Interval of the row shares of a table when the units are drawn anew.

    In per cent of the row. It holds what chance in the choice of units would do to the method;
    an error that all units share stays unseen, so the interval is far too short.

    Parameters
    ----------
    method : a transfer method that returns a table.
    first, second : arrays (units, options) of each vote, votes, with equal totals in a unit.
    replicates : how many times the units are drawn.
    seed : of the random numbers.
    level : the share of draws between the ends.
    read : what is read from the table of a draw; the row shares if nothing is said.

    Returns
    -------
    array (2, options of the first vote, options of the second), per cent: low, high.

    Raises
    ------
    DomainError : hardly any draw that the method accepts.

    Examples
    --------
    >>> from pollbench.ecological.independence import independence
    >>> first, second = np.array([[60.0, 40.0], [20.0, 80.0]]), np.array([[50.0, 50.0], [30.0, 70.0]])
    >>> bootstrap(independence, first, second, replicates=50, seed=1)[:, 0, 0].round(1)
    array([30., 50.])
    """
    generator = np.random.default_rng(seed)
    draws = []
    for _ in range(replicates):
        chosen = generator.integers(len(first), size=len(first))
        try:
            draws.append(read(method(first[chosen], second[chosen])))
        except DomainError:
            # A draw may lack the voters of an option, or hold too few different units.
            continue
    if len(draws) < 0.8 * replicates:
        message = (
            f"bootstrap: the method accepts {len(draws)} of {replicates} draws of the {len(first)} units. "
            "Give more units or merge options with few votes."
        )
        raise DomainError(message)
    ends = [(1 - level) / 2, (1 + level) / 2]
    return np.quantile(np.stack(draws), ends, axis=0)
