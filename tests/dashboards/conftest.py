"""Frames of the election of 2017, gathered once, and frames made up for the corner cases."""

from __future__ import annotations

import pytest

from pollbench.store import Bench
from pollbench_dashboards.frames import Gathered, gather


@pytest.fixture(scope="session")
def frames(bench: Bench) -> Gathered:
    return gather(bench)
