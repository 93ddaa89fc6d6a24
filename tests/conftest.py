"""What many tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pollbench.store import Bench, load


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    """The election of 2017, verified, validated and loaded once."""
    with load("fr-pres-2017") as opened:
        yield opened
