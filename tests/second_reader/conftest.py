"""Charts are drawn for their texts here: the tests of the charts hold every drawing to Altair's schema."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pollbench_dashboards.drawing.schema import unchecked


@pytest.fixture(scope="package", autouse=True)
def _without_schema() -> Iterator[None]:
    with unchecked():
        yield
