"""Fixtures that all tests share: the data are loaded once and only read."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pollbench import cache
from pollbench.cli._job import run
from pollbench.data.bench import Bench
from pollbench.data.store import load
from tests_support import SHARED, SmallRun, built_once, run_small

#: Names a cache for the tests that something else has filled, as `.ci/run` does with that of the main job.
CACHE_OF_TESTS = "POLLBENCH_TESTS_CACHE"
#: One folder for all tests of a session: their cache, that of the user being left alone, and what is built once for
#: all of them; worker processes inherit it.
OWN_FOLDER = None if "PYTEST_XDIST_WORKER" in os.environ else tempfile.mkdtemp(prefix="pollbench-tests-")
if OWN_FOLDER is not None:
    os.environ[SHARED] = OWN_FOLDER
    os.environ[cache.VARIABLE] = os.environ.get(CACHE_OF_TESTS) or str(Path(OWN_FOLDER) / "cache")

#: Files that take longest, the longest first, in seconds of a processor; a worker that is free takes the next file,
#: and with the long ones at the end it would idle while another has one in hand.
LONGEST = (
    "benchmark/cli/test_run.py",
    "dashboards/test_charts.py",
    "second_reader/test_every_page.py",
    "dashboards/test_browser.py",
    "dashboards/test_open_election.py",
    "benchmark/data/test_own_folders.py",
    "benchmark/intake/test_importers.py",
    "benchmark/test_own_elections.py",
    "benchmark/intake/test_update.py",
    "dashboards/test_each_election.py",
    "dashboards/test_kept_scenarios.py",
    "benchmark/test_odd_folders.py",
    "second_reader/test_pages.py",
    "benchmark/cli/test_answers.py",
    "craft/test_contributing.py",
    "benchmark/data/test_kept.py",
    "dashboards/test_imported.py",
    "datasets/test_checks.py",
    "benchmark/test_killed_anywhere.py",
    "dashboards/test_french.py",
    "benchmark/test_small_elections.py",
    "benchmark/data/test_collections.py",
    "benchmark/test_same_bytes.py",
    "benchmark/test_faults.py",
    "benchmark/cli/test_command_line.py",
    "benchmark/manipulation/study/test_odd_data.py",
    "benchmark/outputs/test_published.py",
    "benchmark/cli/test_stopping.py",
    "second_reader/test_texts.py",
    "benchmark/intake/test_bad_input.py",
    "benchmark/data/test_built_before.py",
    "dashboards/test_svg.py",
    "dashboards/test_kept_by_rows.py",
    "dashboards/test_kept_pages.py",
    "benchmark/data/test_questions.py",
    "benchmark/scoring/test_seats.py",
    "dashboards/test_export.py",
    "dashboards/test_newsroom.py",
    "second_reader/test_sentences.py",
    "benchmark/cli/test_import.py",
    "benchmark/cli/test_unchanged.py",
    "benchmark/test_bad_input.py",
    "benchmark/ecological/test_known_truth.py",
)

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


@pytest.fixture(scope="session")
def small_run() -> SmallRun:
    """What the program in a process of its own writes and prints for a small election: made once for all workers, only read."""
    return SmallRun(built_once("run-of-small", run_small))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What collecting makes, some 400,000 objects, stays to the end: no collection of garbage looks at it again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    # xdist would begin with the files of most tests.
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, then with those of most tests."""
    folder = Path(__file__).parent
    rank = {folder / name: place for place, name in enumerate(LONGEST)}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (rank.get(item.path, len(rank)), -tests[item.path]))


def pytest_unconfigure() -> None:
    gc.unfreeze()
    if OWN_FOLDER is not None:
        shutil.rmtree(OWN_FOLDER, ignore_errors=True)
