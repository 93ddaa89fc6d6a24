"""The frames that charts are drawn from: one function per frame, computed once and shared.

A frame holds all contests (column ``contest_id``); charts choose. Everything a chart prints is in a
frame, and every frame is offered for download.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench_dashboards.frames import accuracy, flows, manipulation, record, time
from pollbench_dashboards.frames.gathered import SHARES, Gathered, names

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.policy import Policy

__all__ = ["SHARES", "Gathered", "accuracy", "flows", "gather", "manipulation", "names", "record", "time"]


def gather(bench: Bench, policy: Policy | None = None, contest_id: str = "") -> Gathered:
    """The frames of ``bench`` under ``policy``, computed when first asked for."""
    return Gathered(bench, policy, contest_id)
