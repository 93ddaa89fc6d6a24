"""A chart as a file: every format, and clear words where one cannot be written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pollbench.errors import OutputError, UnknownName
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import NARROW, Drawing, View
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.pages import export, pictures


def test_every_format_is_written(frames: Gathered, tmp_path: Path) -> None:
    drawing = registered()["error_by_forecaster"].draw(frames, View(locale="fr"))
    for kind in export.FORMATS:
        export.write(drawing, tmp_path / f"chart.{kind}")
    assert json.loads((tmp_path / "chart.json").read_text("utf-8"))["title"]
    assert "<svg" in (tmp_path / "chart.svg").read_text("utf-8")
    assert (tmp_path / "chart.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert "vegaEmbed" in (tmp_path / "chart.html").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "chart.csv").read_text("utf-8"))))
    assert len(rows) == len(drawing.data)


def test_a_french_picture_writes_numbers_the_french_way(frames: Gathered) -> None:
    svg = export.to_svg(registered()["error_by_forecaster"].draw(frames, View(locale="fr")))
    assert ">0,1<" in svg
    assert ">0.1<" not in svg


def test_the_width_is_kept(frames: Gathered) -> None:
    for width in (400, 760, 1200):
        svg = export.to_svg(registered()["error_by_forecaster"].draw(frames, View(width=width)))
        shown = float(svg.split('width="', 1)[1].split('"', 1)[0])
        assert width * 0.75 < shown < width * 1.1


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(registered()))
def test_every_chart_renders_as_svg_and_png(frames: Gathered, name: str) -> None:
    drawing = registered()[name].draw(frames)
    assert export.to_svg(drawing).count("<path") > 3
    assert len(pictures.png_of(export.to_svg(drawing), 1)) > 5000


def test_an_unknown_format_is_named(frames: Gathered, tmp_path: Path) -> None:
    drawing = registered()["error_by_forecaster"].draw(frames)
    with pytest.raises(UnknownName, match="svg"):
        export.write(drawing, tmp_path / "chart.svgg")


def test_a_folder_is_no_file(frames: Gathered, tmp_path: Path) -> None:
    drawing = registered()["error_by_forecaster"].draw(frames)
    with pytest.raises(OutputError):
        export.write(drawing, tmp_path, "svg")


def test_house_effects_stay_within_two_screens_of_a_telephone(drawn: Callable[..., Drawing]) -> None:
    drawing = drawn("house_effects", width=NARROW)
    svg = export.to_svg(drawing)
    width, height = (float(svg.split(f'{side}="', 1)[1].split('"', 1)[0]) for side in ("width", "height"))
    assert width <= NARROW
    assert height < 1000
    # Nothing is left out for it: a mark for each house and candidate, and every name whole, once a row of panels.
    points = re.findall(r'<g class="mark-symbol role-mark [^>]*>((?:<path[^>]*>)*)', svg)
    assert sum(group.count("<path") for group in points) == len(drawing.data)
    assert "…" not in svg
    panels = drawing.data.candidate.nunique()
    for name in set(drawing.data.who):
        assert svg.count(f">{name.split(' / ')[0]}<") == (panels + 1) // 2, name
