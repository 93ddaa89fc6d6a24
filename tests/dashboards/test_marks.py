"""One sign, one meaning: what is hollow on a chart is not a share of votes, and the chart says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import NARROW, WIDE, Drawing
from pollbench_dashboards.drawing.theme import VOTES
from pollbench_dashboards.language.words import Words

Draw = Callable[..., Drawing]
#: What keeps everything but shares of votes.
NOT_VOTES = {"not": {"field": "quantity", "equal": VOTES}}
#: Shapes that have an inside.
WITH_INSIDE = ("point", "circle", "square", "bar", "rect", "area")


def units(node: Any, data: str = "") -> Iterator[tuple[dict[str, Any], str]]:
    """Every single mark of a specification with the name of its data."""
    if isinstance(node, list):
        for item in node:
            yield from units(item, data)
    elif isinstance(node, dict):
        data = node.get("data", {}).get("name", data)
        if "mark" in node:
            yield node, data
        for key in ("layer", "hconcat", "vconcat", "concat", "spec"):
            if key in node:
                yield from units(node[key], data)


def is_hollow(unit: dict[str, Any]) -> bool:
    """Whether a mark has a solid outline and no inside; a dashed outline is a sign of its own."""
    mark = unit["mark"] if isinstance(unit["mark"], dict) else {"type": unit["mark"]}
    if mark["type"] not in WITH_INSIDE or "strokeDash" in mark:
        return False
    return mark.get("filled") is False or mark.get("fillOpacity") == 0 or mark.get("fill") == "transparent"


def unlawful(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Hollow marks that may stand for a share of votes."""
    return [
        unit["mark"]
        for unit, _ in units(spec)
        if is_hollow(unit) and {"filter": NOT_VOTES} not in unit.get("transform", [])
    ]


@pytest.mark.parametrize("name", sorted(registered()))
def test_a_hollow_mark_is_no_share_of_votes_on_any_chart(drawn: Draw, name: str) -> None:
    for locale, width in (("en", WIDE), ("fr", NARROW)):
        drawing = drawn(name, locale, width)
        spec = drawing.bare()
        assert not unlawful(spec)
        hollow = any(
            row.get("quantity") not in (None, VOTES)
            for unit, data in units(spec)
            if is_hollow(unit)
            for row in spec["datasets"].get(data, [])
        )
        # Where one is drawn its key stands below; where none is, nothing speaks of one.
        assert (Words(locale)("caption.hollow") in drawing.caption) == hollow


def test_a_hollow_mark_of_another_meaning_is_noticed(drawn: Draw) -> None:
    assert any(is_hollow(unit) for unit, _ in units(drawn("error_by_forecaster").bare()))
    planted = {
        "layer": [{"mark": {"type": "point", "filled": False}, "transform": [{"filter": "!datum.clear"}]}]
    }
    assert unlawful(planted)
    dashed = {"mark": {"type": "point", "filled": False, "strokeDash": [2, 2]}}
    assert not unlawful(dashed)
