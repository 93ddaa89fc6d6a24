"""What smaller units add: the table shipped for the communes of an election beside the one of its departments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from pollbench.data.elections import datasets_folder
from pollbench.flows.story import Verdict, verdict
from pollbench.flows.table import HEADLINE, beside_polls

CELL = ["from_option", "to_option"]


@cache
def communes() -> pd.DataFrame:
    """The tables of communes as shipped, of all elections and methods; ``benchmark/calibration/communes.py`` writes them."""
    files = sorted((datasets_folder() / "transfers").glob("communes_*.csv"))
    return pd.concat([pd.read_csv(path) for path in files], ignore_index=True)


@dataclass(frozen=True)
class Finer:
    """How estimates and intervals change with smaller units, over the pairs that polls printed.

    Attributes
    ----------
    units, before : number of small units, and of the larger ones.
    width, width_before : median width of the intervals, points.
    moved : median of the absolute differences of the estimates, points.
    verdict : how the polls stand to the intervals by the small units.
    """

    units: int
    before: int
    width: float
    width_before: float
    moved: float
    verdict: Verdict


def finer(table: pd.DataFrame, polls: pd.DataFrame, method: str = HEADLINE) -> Finer | None:
    """Set the communes beside the larger units of one election; None where none are shipped or no poll printed a pair.

    Parameters
    ----------
    table : as ``transfers`` gives it for the larger units.
    polls : as ``polls.polled`` gives it for the same contest.
    method : whose estimates and intervals count.
    """
    counted = communes()
    counted = counted[counted.contest_id.isin(set(table.contest_id))]
    if counted.empty or polls.empty:
        return None
    small = beside_polls(counted, polls)
    now, before = (
        rows[(rows.method == method) & (rows.interval_kind == "known_truth") & (rows.polls > 0)].set_index(
            CELL
        )
        for rows in (small, table)
    )
    return Finer(
        int(now.units.iloc[0]),
        int(before.units.iloc[0]),
        float((now.high - now.low).median()),
        float((before.high - before.low).median()),
        float((now.share_pct - before.share_pct).abs().median()),
        verdict(small, method),
    )
