"""The table of transfers: bounds, estimates, honest intervals and polls, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pollbench.arguments import checked
from pollbench.data.memo import memo_table
from pollbench.ecological import bootstrap, named, registered, row_shares
from pollbench.ecological.known_truth import LEVEL
from pollbench.errors import NothingToCompare, UnknownName
from pollbench.flows.known import interval
from pollbench.flows.polls import NEITHER, polled, ranges
from pollbench.flows.units import ABSTENTION, BLANK, from_departments, sizes_pct

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.ecological._method import TransferMethod, Votes
    from pollbench.flows.units import Units

#: The method whose intervals the polls are judged by: its median error is the smallest where the truth is known.
HEADLINE = "local_step"
SEED = 20170507
REPLICATES = 100
COLUMNS = [
    "election_id", "contest_id", "units", "from_option", "from_pct", "to_option", "method", "interval_kind",
    "share_pct", "low", "high", "possible", "polls", "poll_low", "poll_high", "polls_inside",
]  # fmt: skip


@checked
def transfers(
    bench: Bench,
    election: str,
    *,
    method: str | None = None,
    units: Units | None = None,
    replicates: int = 0,
    seed: int = SEED,
) -> pd.DataFrame:
    r"""Who moved where between the last two rounds: bounds, estimates, intervals and polls.

    .. math:: [\hat p_{jk} + q_{0.05}, \hat p_{jk} + q_{0.95}]

    In per cent of the voters of an option of the first round. The interval is not that of a
    resampling but what the same method errs in districts whose true tables are known; those are two
    votes of one day in New Zealand and Scotland, not two rounds a fortnight apart, so that it may be
    too kind or too harsh here.

    Parameters
    ----------
    bench : the loaded elections.
    election : id of an election with two rounds.
    method : a transfer method; all of them if None.
    units : votes by unit (``from_departments``, ``from_files``); the departments if None.
    replicates : draws of a bootstrap of the units, shown beside the interval of the method named (of the
        headline method, if none is); 0 = none.
    seed : of the draws.

    Returns
    -------
    one row per pair of options, method and kind of interval (bounds, known_truth, bootstrap). ``neither``
    is blank_null and abstention together; ``possible`` is false where the bounds exclude the estimate.

    Raises
    ------
    UnknownName : no such election or method.
    NothingToCompare : no two rounds, or no votes by unit.

    Examples
    --------
    >>> import pollbench as pb
    >>> bench = pb.load("fr-pres-2017")
    >>> flows = pb.transfers(bench, "fr-pres-2017", method="goodman_simplex")
    >>> cell = flows[(flows.from_option == "melenchon") & (flows.to_option == "macron")].iloc[-1]
    >>> print(f"{cell.share_pct:.0f} [{cell.low:.0f}; {cell.high:.0f}], polls {cell.poll_low:.0f} to {cell.poll_high:.0f}")
    54 [31; 68], polls 40 to 62
    """
    if election not in bench.elections:
        raise UnknownName.of(kind="election", name=election, known=bench.elections)
    chosen = list(registered().values()) if method is None else [named("bounds"), named(method)]
    given = units or from_departments(bench, election)
    bounds = _shares(named("bounds")(given.first, given.second), given)
    pieces = [_bounds_rows(bounds, given)]
    for entry in chosen:
        if entry.kind == "table":
            drawn = replicates if entry.name == (method or HEADLINE) else 0
            pieces += _method_rows(entry, bounds, given, drawn, seed)
    return beside_polls(pd.concat(pieces, ignore_index=True), polled(bench, given.contest_id))


def beside_polls(table: pd.DataFrame, polls: pd.DataFrame) -> pd.DataFrame:
    """The table with the number, the range and those within the interval of the polled figures of each pair.

    Parameters
    ----------
    table : bounds and estimates of one election, without the columns about polls.
    polls : as ``polled`` gives it.
    """
    table = table.merge(ranges(polls), how="left", on=["from_option", "to_option"], sort=False)
    table["polls"] = table.polls.fillna(0).astype(int)
    table["polls_inside"] = _inside(table, polls)
    return table[COLUMNS]


@memo_table
def transfers_table(bench: Bench) -> pd.DataFrame:
    """The transfers of every election loaded that has votes by department, with a bootstrap.

    Raises
    ------
    NothingToCompare : no election has two rounds with votes, abstentions and blank ballots by department.
    """
    pieces = []
    reasons = []
    for election in bench.elections:
        try:
            pieces.append(transfers(bench, election, replicates=REPLICATES))
        except NothingToCompare as error:
            reasons.append(str(error))
    if not pieces:
        raise NothingToCompare(" ".join(reasons))
    return pd.concat(pieces, ignore_index=True)


def _inside(table: pd.DataFrame, polls: pd.DataFrame) -> pd.Series:
    """How many of the polled figures of a cell lie between low and high."""
    pairs = (
        table[["from_option", "to_option", "low", "high"]]
        .reset_index()
        .merge(polls[["from_option", "to_option", "share_pct"]], on=["from_option", "to_option"])
    )
    held = (pairs.share_pct >= pairs.low - 1e-9) & (pairs.share_pct <= pairs.high + 1e-9)
    counts = held.groupby(pairs["index"]).sum()
    return counts.reindex(table.index, fill_value=0).astype(int)


def _shares(votes: Votes, units: Units) -> Votes:
    """Per cent of the row, with ``neither`` behind the options of the second round."""
    return _with_neither(100 * votes / units.first.sum(axis=0)[:, None], units)


def _with_neither(shares: Votes, units: Units) -> Votes:
    both = [units.options_second.index(BLANK), units.options_second.index(ABSTENTION)]
    return np.concatenate([shares, shares[..., both].sum(axis=-1, keepdims=True)], axis=-1)


def _bounds_rows(bounds: Votes, units: Units) -> pd.DataFrame:
    cells = _cells(units)
    unknown = pd.array([None] * len(cells), dtype="boolean")
    table = cells.assign(method="bounds", interval_kind="bounds", share_pct=np.nan, possible=unknown)
    return table.assign(low=bounds[0].ravel(), high=np.minimum(bounds[1], 100.0).ravel())


def _method_rows(
    method: TransferMethod, bounds: Votes, units: Units, replicates: int, seed: int
) -> list[pd.DataFrame]:
    estimate = _shares(method(units.first, units.second), units)
    size = np.broadcast_to(sizes_pct(units)[:, None], estimate.shape)
    low, high = interval(method.name, size, estimate, bounds[0], np.minimum(bounds[1], 100.0))
    possible = (estimate >= bounds[0] - 0.05) & (estimate <= bounds[1] + 0.05)
    cells = _cells(units).assign(
        method=method.name, share_pct=estimate.ravel(), possible=pd.array(possible.ravel(), dtype="boolean")
    )
    rows = [cells.assign(interval_kind="known_truth", low=low.ravel(), high=high.ravel())]
    if replicates:
        ends = bootstrap(
            method,
            units.first,
            units.second,
            replicates=replicates,
            seed=seed,
            level=LEVEL,
            read=lambda votes: _with_neither(row_shares(votes), units),
        )
        rows.append(cells.assign(interval_kind="bootstrap", low=ends[0].ravel(), high=ends[1].ravel()))
    return rows


def _cells(units: Units) -> pd.DataFrame:
    """One row per pair of options, with what is the same for all methods."""
    goes = [*units.options_second, NEITHER]
    return pd.DataFrame(
        {
            "election_id": units.election_id,
            "contest_id": units.contest_id,
            "units": len(units.first),
            "from_option": np.repeat(units.options_first, len(goes)),
            "from_pct": np.repeat(sizes_pct(units), len(goes)),
            "to_option": np.tile(goes, len(units.options_first)),
        }
    )
