"""What a newsroom asks of a chart: sizes, an editor's words, its own look, names that stand out, tables for Excel."""

from __future__ import annotations

import re
import struct
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from typer.testing import CliRunner

from colours import contrast
from pollbench.cli import app
from pollbench.errors import DataError, UnknownName
from pollbench_dashboards.charts import named, registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.drawing.own_theme import read_theme
from pollbench_dashboards.drawing.sizes import SIZES, extent
from pollbench_dashboards.drawing.theme import HOUSE, PALETTES
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.pages import export
from svg_reading import read


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["chart", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("size", [name for name, size in SIZES.items() if size.height])
def test_a_sheet_of_fixed_shape_has_its_pixels(tmp_path: Path, size: str) -> None:
    run("second-tour", "--size", size, "-o", str(tmp_path / "x.png"))
    width, height = struct.unpack(">II", (tmp_path / "x.png").read_bytes()[16:24])
    assert (width, height) == (SIZES[size].width, SIZES[size].height)


@pytest.mark.parametrize("name", ["claims-board", "who-was-closest"])
def test_a_tall_chart_fills_a_tall_sheet(tmp_path: Path, name: str) -> None:
    run(name, "--size", "story", "--locale", "fr", "-o", str(tmp_path / "x.svg"))
    inner = re.search(r'<svg x="[\d.]+" y="[\d.]+"[^>]*>', (tmp_path / "x.svg").read_text("utf-8"))
    assert inner is not None
    width, height = extent(inner.group())
    assert width * height > 0.7 * SIZES["story"].width * SIZES["story"].height


def test_a_pdf_for_a4_is_as_wide_as_the_text_of_the_page(tmp_path: Path) -> None:
    import re

    run("who-was-closest", "--size", "a4", "-o", str(tmp_path / "x.pdf"))
    box = re.search(rb"MediaBox \[0 0 ([\d.]+) ", (tmp_path / "x.pdf").read_bytes())
    assert box is not None
    assert float(box[1]) == pytest.approx(170 / 25.4 * 72, abs=0.5)


def test_the_words_of_an_editor_take_their_place(tmp_path: Path) -> None:
    words = [
        "--title",
        "Ours",
        "--subtitle",
        "Under it",
        "--note",
        "Mind this.",
        "--credit",
        "Graphic: The Paper",
    ]
    run("who-was-closest", *words, "--width", "1600", "-o", str(tmp_path / "x.svg"))
    svg = (tmp_path / "x.svg").read_text("utf-8")
    assert '<title id="svg-title">Ours</title>' in svg
    assert ">Ours<" in svg
    assert ">Under it<" in svg
    assert ">Mind this. " in svg
    assert "The Paper<" in svg


def test_who_stands_out_is_bold_and_ringed(frames: Gathered) -> None:
    kind = registered()["error_by_forecaster"]
    plain = export.to_svg(kind.draw(frames, View(locale="fr")))
    stressed = export.to_svg(kind.draw(frames, View(locale="fr", highlight=("filteris", "elabe"))))

    def bold(svg: str, name: str) -> bool:
        return 'font-weight="bold"' in svg[: svg.index(f">{name}</text>")].rpartition("<text")[2]

    for name, expected in (("Filteris", True), ("Elabe", True), ("Ipsos", False)):
        assert bold(stressed, name) is expected
        assert bold(plain, name) is False
    assert stressed.count('stroke-width="2.5"') - plain.count('stroke-width="2.5"') == 2
    # The others are grey, and no mark is seen through.
    assert stressed.count(f'fill="{HOUSE.recede}"') > plain.count(f'fill="{HOUSE.recede}"') + 10
    assert not re.search(r'[^-]opacity="0\.[1-9]', stressed)
    assert all(contrast(palette.recede, palette.paper) >= 3 for palette in PALETTES.values())


def test_who_stands_out_lies_over_the_others(frames: Gathered) -> None:
    drawing = registered()["campaign_timeline"].draw(frames, View(locale="fr", highlight=("elabe",)))
    marks = [item for item in read(export.to_svg(drawing)) if "mark-symbol" in item.role]
    polls = HOUSE.families[0]
    groups = [[item.fill for item in each] for _, each in groupby(marks, key=lambda item: item.path)]
    both = [fills for fills in groups if {polls, HOUSE.recede} <= set(fills)]
    assert both
    for fills in both:
        assert fills == sorted(fills, key=lambda fill: fill == polls)


def test_a_theme_of_ones_own_is_followed_to_the_last_letter(frames: Gathered, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        '[colours]\npoll = "#003366"\n[fonts]\ntext = "Liberation Serif"\ntitle = "DejaVu Sans"\n', "utf-8"
    )
    theme = read_theme(path)
    for name in ("error_by_forecaster", "campaign_timeline"):
        svg = export.to_svg(registered()[name].draw(frames, View(theme=theme)))
        faces = Counter(piece.split('"')[0] for piece in svg.split('font-family="')[1:])
        assert {face.split(",")[0] for face in faces} == {"Liberation Serif", "DejaVu Sans"}
        # Where none of these is installed the picture has letters all the same: it had none.
        assert all(face.endswith("sans-serif") for face in faces)
        assert "#003366" in svg


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[colours]\npole = '#000000'", "pole"),
        ("[colours]\npoll = 'blue'", "#1F4E8C"),
        ("base = 'mine'", "house"),
        ("[colour]\npoll = '#000000'", "colours"),
        ("[fonts]\nfolder = 'none'", "beside this file"),
        ("x = ", "TOML"),
    ],
)
def test_a_theme_with_a_mistake_is_refused_in_words(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(DataError, match=told):
        read_theme(path)


def test_a_picture_without_ground_has_none(frames: Gathered) -> None:
    drawing = registered()["error_by_forecaster"].draw(frames)
    assert 'fill="#FBF9F4"' in export.to_svg(drawing)
    assert 'fill="#FBF9F4"' not in export.to_svg(drawing, transparent=True)


def test_a_french_excel_reads_the_table(tmp_path: Path) -> None:
    run("who-was-closest", "-o", str(tmp_path / "x.csv"), "--csv", "excel-fr")
    content = (tmp_path / "x.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    head, first, *_ = content.decode("utf-8-sig").split("\r\n")
    row = dict(zip(head.split(";"), first.split(";"), strict=True))
    assert row["mae"].startswith("0,07")
    assert len(row["mae"]) <= 13


def test_a_picture_speaks_its_language_to_those_who_do_not_see_it(frames: Gathered) -> None:
    drawing = registered()["error_by_forecaster"].draw(frames, View(locale="fr"))
    svg = export.to_svg(drawing)
    assert drawing.title in svg
    assert "<desc" in svg
    assert "aria-label=" not in svg
    assert "aria-roledescription" not in svg


def test_every_name_leads_to_one_chart() -> None:
    names = [*registered(), *(alias for kind in registered().values() for alias in kind.aliases)]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert all(kind.aliases for kind in registered().values())
    for name, kind in registered().items():
        assert {named(alias).name for alias in (*kind.aliases, name)} == {name}


def test_a_name_that_is_nearly_right_is_answered_as_one_types_it() -> None:
    with pytest.raises(UnknownName, match="'error-by-forecaster'"):
        named("error_by_forecasters")


def test_polls_that_cost_the_same_are_one_row_that_counts_them(frames: Gathered) -> None:
    kind = registered()["break_even"]
    drawing = kind.draw(frames, View(locale="en"))
    panels = drawing.data[(drawing.data.family == "poll") & (drawing.data.mechanism == "panel_quota")]
    equal = len(panels)
    assert equal == 8
    assert panels.accounts.max() < 1.1 * panels.accounts.min()
    assert f">{equal} polls from panels</text>" in export.to_svg(drawing)
    one = str(panels.forecaster_id.iloc[0])
    assert f">{equal - 1} polls from panels</text>" in export.to_svg(
        kind.draw(frames, View(highlight=(one,)))
    )


def test_marks_that_recede_reach_three_to_one() -> None:
    from pollbench_dashboards.drawing.marks import PALE
    from pollbench_dashboards.drawing.theme import PALETTES

    def light(colour: list[float]) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    def channels(colour: str) -> list[float]:
        return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]

    for name in ("house", "dark", "print"):
        ground = channels(PALETTES[name].paper)
        for family in PALETTES[name].families:
            seen = [PALE * a + (1 - PALE) * b for a, b in zip(channels(family), ground, strict=True)]
            low, high = sorted((light(seen), light(ground)))
            assert (high + 0.05) / (low + 0.05) >= 3, (name, family)
