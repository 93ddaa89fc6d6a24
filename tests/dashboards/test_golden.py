"""The specification of every chart, in both languages, as it was when it was last looked at.

To accept changed charts after looking at them: ``POLLBENCH_UPDATE_GOLDEN=1 python -m pytest
tests/dashboards/test_golden.py``. Kept are the specification without theme, and of the data the
names of the columns; numbers are cut to six digits, so that another processor makes no difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames.gathered import Gathered

FOLDER = Path(__file__).parent.parent / "golden"


def cut(node: Any) -> Any:
    """The specification without what may differ between machines, and with data by their columns."""
    if isinstance(node, dict):
        kept = {
            key: cut(value) for key, value in node.items() if key not in ("config", "datasets", "$schema")
        }
        if set(node) == {"name"} and str(node["name"]).startswith("data-"):
            return {"name": "data"}
        return kept
    if isinstance(node, list):
        return [cut(each) for each in node]
    if isinstance(node, float):
        return float(f"{node:.6g}")
    return node


def golden(frames: Gathered, name: str, locale: str) -> str:
    drawing = registered()[name].draw(frames, View(locale=locale))
    spec = drawing.framed()
    columns = sorted({" ".join(rows[0]) for rows in spec["datasets"].values() if rows})
    content = {
        "title": drawing.title,
        "subtitle": drawing.subtitle,
        "caption": drawing.caption,
        "columns": columns,
        "specification": cut(drawing.bare()),
    }
    content["specification"].pop("description")
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("name", sorted(registered()))
def test_the_chart_is_the_one_that_was_looked_at(frames: Gathered, name: str, locale: str) -> None:
    path = FOLDER / f"{name}.{locale}.json"
    now = golden(frames, name, locale)
    if os.environ.get("POLLBENCH_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert path.is_file(), f"{path.name} is missing; look at the chart, then see the head of this file"
    assert json.loads(now) == json.loads(path.read_text("utf-8")), (
        "look at the chart, then see the head of this file"
    )


def test_no_golden_file_is_left_of_a_chart_that_is_gone() -> None:
    expected = {f"{name}.{locale}.json" for name in registered() for locale in ("en", "fr")}
    assert {path.name for path in FOLDER.glob("*.json")} == expected


def test_drawing_twice_gives_the_same_bytes(frames: Gathered) -> None:
    for name in ("error_by_forecaster", "live_accounts", "five_elections"):
        assert golden(frames, name, "en") == golden(frames, name, "en")
