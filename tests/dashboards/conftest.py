"""Frames of the election of 2017, gathered once, the frames of corner cases, and one site for all page tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pollbench.store import Bench
from pollbench_dashboards.frames import Gathered, gather
from pollbench_dashboards.page import build_site

Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="session")
def frames(bench: Bench) -> Gathered:
    return gather(bench)


@pytest.fixture(scope="session")
def changed(frames: Gathered) -> Callable[[Callable[[pd.DataFrame], pd.DataFrame]], Frames]:
    """All frames, those about forecasters changed by a function."""

    def change(function: Callable[[pd.DataFrame], pd.DataFrame]) -> Frames:
        return {
            name: function(table) if "forecaster_id" in table and name != "forecaster" else table
            for name, table in frames.items()
        }

    return change


@pytest.fixture(scope="session")
def site(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the election of 2017."""
    folder = tmp_path_factory.mktemp("site")
    build_site(bench, folder)
    return folder
