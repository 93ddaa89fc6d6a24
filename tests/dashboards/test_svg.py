"""Every picture of the site, read from its SVG: contrast, room between texts, legends apart, axes that rise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from colours import contrast
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.theme import HOUSE, PALETTES, Palette
from svg_reading import Box, Item, read, width_of

#: Marks reach this contrast with the ground, texts that (WCAG 2.2, 1.4.11 and 1.4.3).
OF_MARKS, OF_TEXTS = 3.0, 4.5
#: Pixels between a legend and what stands above or below it.
AIR = 8.0
#: Time runs to the right, towards the vote: these axes count the days or weeks that are left.
COUNTED_DOWN = ("distance_by_day", "coverage_matrix")
PICTURES = [
    pytest.param(name, width, id=f"{name}-{width or 'wide'}")
    for name in sorted(registered())
    for width in ("", "narrow.")
]
EVERY = pytest.mark.parametrize(("name", "width"), PICTURES)


@pytest.fixture(scope="module")
def pictures(site: Path) -> dict[tuple[str, str], list[Item]]:
    """What stands in the French pictures of the site, whose words are the longer ones; each read once."""
    return {
        (name, width): read((site / "charts" / f"{name}.fr.{width}svg").read_text("utf-8"))
        for name in sorted(registered())
        for width in ("", "narrow.")
    }


def colours(palette: Palette) -> dict[str, str]:
    """Role -> colour."""
    known: dict[str, str] = {}
    for role in fields(palette):
        value = getattr(palette, role.name)
        if role.name == "families":
            known |= {f"family {number}": colour for number, colour in enumerate(value)}
        elif value.startswith("#"):
            known[role.name] = value
    return known


def mixed(colour: str, ground: str, opacity: float) -> str:
    """The colour that is seen through."""
    parts = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(over * opacity + under * (1 - opacity)):02X}" for over, under in parts)


def pale(items: list[Item], palette: Palette) -> list[tuple[str, str, float]]:
    """Texts and marks that neither their inside nor their edge lifts off the ground of a theme.

    The pictures of the site have the house theme; a theme changes nothing but colours, so another one is read by
    their roles. Grid lines are to be seen through. A square of a colour scale bears its number, which is read.
    """
    role_of = {colour.upper(): role for role, colour in colours(HOUSE).items()}
    own = colours(palette)
    texts = [item.box for item in items if item.text]
    edges = {item.box: (item.stroke, item.stroke_opacity) for item in items if item.stroke and not item.fill}
    found = []
    for item in items:
        if "role-axis-grid" in item.role or not (item.fill or item.stroke):
            continue
        parts = [(item.fill, item.fill_opacity), (item.stroke, item.stroke_opacity)]
        if item.box in edges and not item.stroke:
            # Its edge is a mark of its own, drawn over it.
            parts[1] = edges[item.box]
        if any(colour.startswith("rgb") for colour, _ in parts):
            if any(item.box.meets(box) for box in texts):
                continue
            parts = [(hexadecimal(colour), opacity) for colour, opacity in parts]
        best = max(
            contrast(
                mixed(
                    own[role_of[colour.upper()]] if colour.upper() in role_of else colour,
                    palette.paper,
                    opacity,
                ),
                palette.paper,
            )
            for colour, opacity in parts
            if colour
        )
        if best < (OF_TEXTS if item.text else OF_MARKS) - 0.005:
            found.append((item.role, item.text or item.fill or item.stroke, round(best, 2)))
    return found


def hexadecimal(colour: str) -> str:
    """``rgb(169, 123, 196)`` as ``#A97BC4``."""
    numbers = re.findall(r"\d+", colour) if colour.startswith("rgb") else []
    return "#" + "".join(f"{int(number):02X}" for number in numbers) if numbers else colour


def glued(items: list[Item]) -> list[tuple[str, float]]:
    """Texts closer to the legend than AIR, above or below it."""
    legend = [item.box for item in items if any("role-legend" in role for role in item.path)]
    if not legend:
        return []
    top, bottom = min(box.top for box in legend), max(box.bottom for box in legend)
    others = [item for item in items if item.text and not any("role-legend" in role for role in item.path)]
    gaps = [(item.text, max(item.box.top - bottom, top - item.box.bottom)) for item in others]
    return [(text, round(gap, 1)) for text, gap in gaps if gap < AIR]


def axes(items: list[Item]) -> Iterator[list[tuple[float, float, float]]]:
    """For every axis of numbers: value, x and y of each label."""
    labels: dict[tuple[str, ...], list[tuple[float, float, float]]] = {}
    for item in items:
        if "role-axis-label" not in item.role:
            continue
        number = item.text.replace("\u202f", "").replace("\xa0", "").replace("−", "-").replace(",", ".")
        match = re.fullmatch(r"[+]?(-?\d+(?:\.\d+)?)%?", number)
        if match:
            middle = ((item.box.left + item.box.right) / 2, (item.box.top + item.box.bottom) / 2)
            labels.setdefault(item.path, []).append((float(match[1]), *middle))
    yield from (axis for axis in labels.values() if len(axis) > 1)


@EVERY
def test_marks_reach_three_to_one_and_texts_more_on_every_ground(
    pictures: dict[tuple[str, str], list[Item]], name: str, width: str
) -> None:
    for theme in ("house", "dark", "print"):
        assert pale(pictures[name, width], PALETTES[theme]) == [], theme


@EVERY
def test_no_text_runs_into_another(
    pictures: dict[tuple[str, str], list[Item]], name: str, width: str
) -> None:
    texts = [item for item in pictures[name, width] if item.text]
    assert len(texts) > 1
    meeting = [(one.text, two.text) for one, two in combinations(texts, 2) if one.box.meets(two.box)]
    assert meeting == []


@EVERY
def test_a_legend_is_glued_to_nothing(
    pictures: dict[tuple[str, str], list[Item]], name: str, width: str
) -> None:
    assert glued(pictures[name, width]) == []


@EVERY
def test_low_values_are_left_and_below(
    pictures: dict[tuple[str, str], list[Item]], name: str, width: str
) -> None:
    for axis in axes(pictures[name, width]):
        level = max(y for _, _, y in axis) - min(y for _, _, y in axis) < 1
        along = [x if level else -y for _, x, y in sorted(axis)]
        falling = level and name in COUNTED_DOWN
        assert all((after < before) if falling else (after > before) for before, after in pairwise(along)), (
            axis
        )


@EVERY
def test_a_drawing_takes_the_width_that_it_has(
    site: Path, pictures: dict[tuple[str, str], list[Item]], name: str, width: str
) -> None:
    svg = (site / "charts" / f"{name}.fr.{width}svg").read_text("utf-8")
    whole = float(re.findall(r' width="([\d.]+)"', svg)[0])
    boxes = [item.box for item in pictures[name, width]]
    assert whole >= (280 if width else 640)
    drawn = max(box.right for box in boxes) - min(box.left for box in boxes)
    assert drawn >= 0.85 * whole


def test_the_page_asks_for_the_narrow_drawing_on_narrow_screens_only(site: Path) -> None:
    page = (site / "fr" / "time.html").read_text("utf-8")
    limits = {int(limit) for limit in re.findall(r'media="\(max-width: (\d+)px\)" srcset="[^"]*narrow', page)}
    # Padding and scroll bar off, the column of such a screen is about as wide as the narrow drawing is tall in letters.
    assert limits
    assert max(limits) < 560


def test_faults_that_are_planted_are_seen() -> None:
    text = Box(0, 0, 40, 9)
    legend = ("mark-group role-legend",)
    grey = Item("mark-symbol", (), text, fill="#DDD6C8")
    faint = Item("mark-text", (), text, "faint", fill="#1B1B1B", fill_opacity=0.5)
    named = Item("mark-text", (), Box(0, 14, 40, 23), "Elabe", fill="#1B1B1B")
    key = Item("mark-text", legend, text, "Sondages", fill="#1B1B1B")
    assert len(pale([grey, faint], HOUSE)) == 2
    assert glued([key, named]) == [("Elabe", 5.0)]
    assert text.meets(Box(38, 2, 60, 9))
    assert not text.meets(Box(40, 2, 60, 9))
    assert width_of("Été", 100) == pytest.approx(66.7 + 27.8 + 55.6)
