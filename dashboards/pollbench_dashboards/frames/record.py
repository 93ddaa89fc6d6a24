"""Frames of the world record: who led, every coding, calibration."""

from __future__ import annotations

import pandas as pd

from pollbench_dashboards.frames.gathered import Gathered, frame


@frame
def record_calls(all_frames: Gathered) -> pd.DataFrame:
    """How often the leader of the figures led the vote, by coders, time and group."""
    from pollbench.records.record import record_beside

    return record_beside(all_frames.bench).leader_calls


@frame
def record_codings(all_frames: Gathered) -> pd.DataFrame:
    """Known before the vote against told afterwards, under every coding."""
    from pollbench.records.record import record_beside

    return record_beside(all_frames.bench).before_after


@frame
def record_calibration(all_frames: Gathered) -> pd.DataFrame:
    """Printed chances and how often they came true, recalibrated, with their Brier terms."""
    from pollbench.records.record import record_beside

    record = record_beside(all_frames.bench)
    return record.calibration.merge(record.corp, on="who")


@frame
def record_murphy(all_frames: Gathered) -> pd.DataFrame:
    """Mean elementary scores of printed chances by threshold."""
    from pollbench.records.record import record_beside

    return record_beside(all_frames.bench).murphy


@frame
def record_held(all_frames: Gathered) -> pd.DataFrame:
    """Digital figures of the French elections held in full."""
    from pollbench.records.elections_held import held_table

    return held_table(all_frames.bench)
