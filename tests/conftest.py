"""Fixtures that all tests share: the data are loaded once and only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from pollbench.data.store import Bench, load

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
