"""Frames of who moved between two rounds, and what polls found of it."""

from __future__ import annotations

import pandas as pd

from pollbench.errors import NothingToCompare
from pollbench_dashboards.frames.gathered import Gathered, frame


@frame
def transfer(all_frames: Gathered) -> pd.DataFrame:
    """Bounds, estimates, intervals and polls of every pair of options; empty where no votes by unit are known."""
    from pollbench.flows.table import COLUMNS, transfers_table

    try:
        return transfers_table(all_frames.bench)
    except NothingToCompare:
        return pd.DataFrame(columns=COLUMNS)


@frame
def polled_transfer(all_frames: Gathered) -> pd.DataFrame:
    """The printed figures of vote transfers: one row per poll, origin and destination."""
    from pollbench.flows.polls import polled

    pieces = [
        polled(all_frames.bench, contest).assign(contest_id=contest)
        for contest in all_frames["transfer"].contest_id.unique()
    ]
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame()


@frame
def register(all_frames: Gathered) -> pd.DataFrame:
    """The systems named in reports on a campaign that published no forecast."""
    return all_frames.bench.table("register")
