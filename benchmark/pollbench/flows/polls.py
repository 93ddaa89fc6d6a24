"""What polls found of the voters of one round at the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pollbench.flows.units import ABSTENTION, BLANK

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: Blank, null and abstention together, as most polls print them.
NEITHER = "neither"
_WAVE = ["forecaster_id", "measured_from", "measured_to", "published_on", "from_option"]


def polled(bench: Bench, contest: str) -> pd.DataFrame:
    """The transfers that polls printed: one row per poll, origin and destination.

    Where a poll prints abstention and blank votes apart, their sum stands as ``neither`` beside them.

    Parameters
    ----------
    bench : the loaded elections.
    contest : the round that the voters went to.
    """
    rows = bench.frame(
        "SELECT t.transfer_id, t.forecaster_id, f.name, t.question, t.measured_from, t.measured_to, t.published_on, "
        "t.sample_size, t.from_option, t.to_option, t.share_pct::DOUBLE AS share_pct, t.base, t.sources "
        "FROM transfer t JOIN forecaster f USING (forecaster_id) WHERE t.contest_id = ? ORDER BY t.transfer_id",
        [contest],
    )
    apart = rows[rows.to_option.isin([BLANK, ABSTENTION])]
    both = apart.groupby(_WAVE, dropna=False, sort=True).filter(lambda group: len(group) == 2)
    if both.empty:
        return rows
    first = both.groupby(_WAVE, dropna=False, sort=True).first().reset_index()
    sums = both.groupby(_WAVE, dropna=False, sort=True).share_pct.sum().to_numpy()
    first = first.assign(to_option=NEITHER, share_pct=sums)[rows.columns]
    return pd.concat([rows, first], ignore_index=True).sort_values(
        ["transfer_id", "to_option"], ignore_index=True
    )


def ranges(table: pd.DataFrame) -> pd.DataFrame:
    """For every pair of options how many polls printed it, the lowest and the highest figure."""
    grouped = table.groupby(["from_option", "to_option"], sort=True).share_pct
    return grouped.agg(polls="size", poll_low="min", poll_high="max").reset_index()
