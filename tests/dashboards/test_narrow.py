"""Drawings for a narrow screen: names above their marks, clear of the grid and of what else is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import NARROW, WIDE, Drawing
from pollbench_dashboards.drawing.free_spot import ends, free_spot

Draw = Callable[..., Drawing]


def encodings(node: Any) -> Iterator[dict[str, Any]]:
    """Every encoding of a specification."""
    if isinstance(node, list):
        for item in node:
            yield from encodings(item)
    elif isinstance(node, dict):
        if "encoding" in node:
            yield node["encoding"]
        for key in ("layer", "hconcat", "vconcat", "spec"):
            yield from encodings(node.get(key))


@pytest.mark.parametrize("name", sorted(registered()))
def test_no_line_of_the_grid_runs_through_the_names_above_the_marks(drawn: Draw, name: str) -> None:
    found = list(encodings(drawn(name, "fr", NARROW).bare()))
    above = [
        axis
        for encoding in found
        if (axis := encoding.get("y", {}).get("axis")) and axis.get("labelBaseline") == "bottom"
    ]
    for encoding in found if above else []:
        x = encoding.get("x", {})
        if x.get("type") == "quantitative" and x.get("axis") is not None and x["axis"].get("grid", True):
            dash, gap = x["axis"]["gridDash"]
            # A row is a dash behind the marks and a gap as tall as a name.
            assert gap >= 13
            assert dash > 12


def test_a_wide_drawing_keeps_its_grid(drawn: Draw) -> None:
    axes = [
        encoding["x"].get("axis") or {}
        for encoding in encodings(drawn("error_by_forecaster", "fr", WIDE).bare())
        if "x" in encoding
    ]
    assert axes
    assert not any("gridDash" in axis for axis in axes)


def test_whiskers_and_bands_beside_the_results_are_drawn_whole(drawn: Draw) -> None:
    drawing = drawn("forecast_against_result", "fr", WIDE)
    spec = drawing.bare()
    [domain] = {
        tuple(encoding["x"]["scale"]["domain"])
        for encoding in encodings(spec)
        if "domain" in encoding["x"].get("scale", {})
    }
    table = drawing.data
    for low, high in (("nominal_low", "nominal_high"), ("real_low", "real_high"), ("forecast", "forecast")):
        assert domain[0] <= table[low].min()
        assert domain[1] >= table[high].max()


def test_a_label_takes_the_spot_that_covers_least_and_stays_in_the_drawing() -> None:
    wall = [(float(x), float(y)) for x in range(0, 101, 4) for y in range(40, 101, 4)]
    spot = free_spot("Filteris", (90, 50), wall, 100, 100)
    (left, middle), (right, _) = ends("Filteris", (90, 50), spot)
    assert middle < 40 - 5
    assert left >= 0
    assert right <= 105
