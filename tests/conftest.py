"""Fixtures that all tests share: the data are loaded once and only read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pollbench import cache
from pollbench.cli._job import run
from pollbench.data.store import Bench, load
from tests_support import SHARED, built_once

#: Names a cache for the tests that something else has filled, as `.ci/run` does with that of the main job.
CACHE_OF_TESTS = "POLLBENCH_TESTS_CACHE"
#: One folder for all tests of a session: their cache, that of the user being left alone, and what is built once for
#: all of them; worker processes inherit it.
OWN_FOLDER = None if "PYTEST_XDIST_WORKER" in os.environ else tempfile.mkdtemp(prefix="pollbench-tests-")
if OWN_FOLDER is not None:
    os.environ[SHARED] = OWN_FOLDER
    os.environ[cache.VARIABLE] = os.environ.get(CACHE_OF_TESTS) or str(Path(OWN_FOLDER) / "cache")

settings.register_profile("pollbench", deadline=None, max_examples=80, derandomize=True)
settings.load_profile("pollbench")


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    with load("fr-pres-2017") as opened:
        yield opened


@pytest.fixture(scope="session")
def all_elections() -> Iterator[Bench]:
    with load() as opened:
        yield opened


@pytest.fixture(scope="session")
def finished_run() -> Path:
    """What ``pollbench run fr-pres-2017`` writes, site included: made once for all workers, only read."""
    return built_once("run-of-2017", lambda folder: run(folder, ("fr-pres-2017",)))


def pytest_unconfigure() -> None:
    if OWN_FOLDER is not None:
        shutil.rmtree(OWN_FOLDER, ignore_errors=True)
