"""Fixtures that all tests share: the data are loaded once and only read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings

from pollbench import cache
from pollbench.data.store import Bench, load

#: One cache for all tests of a session, that of the user being left alone; worker processes inherit it.
OWN_CACHE = None if "PYTEST_XDIST_WORKER" in os.environ else tempfile.mkdtemp(prefix="pollbench-tests-")
if OWN_CACHE is not None:
    os.environ[cache.VARIABLE] = OWN_CACHE

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


def pytest_unconfigure() -> None:
    if OWN_CACHE is not None:
        shutil.rmtree(OWN_CACHE, ignore_errors=True)
