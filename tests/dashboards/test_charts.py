"""Every chart, in both languages: valid, true to its data, and sound at the edges."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import altair as alt
import pandas as pd
import pytest
from jsonschema import Draft7Validator

from pollbench.data.store import load
from pollbench.errors import DataError, UnknownName
from pollbench_dashboards.charts import named, registered
from pollbench_dashboards.charts.forecast_against_result import panel_header
from pollbench_dashboards.drawing.chart import NARROW, WIDE, Drawing, View
from pollbench_dashboards.drawing.theme import LABEL, PALETTES
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered

CHARTS = sorted(registered())
EVERY = pytest.mark.parametrize("name", CHARTS)
LOCALE = pytest.mark.parametrize("locale", ["en", "fr"])
Frames = dict[str, pd.DataFrame]
Draw = Callable[..., Drawing]
Change = Callable[[Callable[[pd.DataFrame], pd.DataFrame]], Frames]


def fields_used(node: Any) -> Iterator[str]:
    """Names of the fields that encodings and transforms of a specification read."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("datasets", "config", "transform"):
                continue
            if key == "field" and isinstance(value, str):
                yield value
            yield from fields_used(value)
    elif isinstance(node, list):
        for each in node:
            yield from fields_used(each)


def fields_made(node: Any) -> Iterator[str]:
    """Names of the fields that transforms of a specification make."""
    if isinstance(node, dict):
        for step in node.get("transform", []):
            if "as" in step:
                yield from [step["as"]] if isinstance(step["as"], str) else step["as"]
            for aggregate in step.get("aggregate", []) if isinstance(step.get("aggregate"), list) else []:
                yield aggregate["as"]
        for key, value in node.items():
            if key not in ("datasets", "config"):
                yield from fields_made(value)
    elif isinstance(node, list):
        for each in node:
            yield from fields_made(each)


@cache
def schema() -> Draft7Validator:
    """The schema of Vega-Lite, which knows nested concatenations."""
    return Draft7Validator(alt.load_schema())


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a specification, from the outside in."""
    if isinstance(node, dict):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from objects(each)


def faults(spec: dict[str, Any]) -> list[str]:
    """Where a specification breaks the schema."""
    return [error.message for error in schema().iter_errors(spec)]


def test_a_mark_and_a_channel_that_do_not_exist_break_the_schema(drawn: Draw) -> None:
    sound = {"mark": "bar", "data": {"name": "data"}, "encoding": {"x": {"field": "a", "type": "nominal"}}}
    assert faults(sound) == []
    assert faults(sound | {"mark": "barr"})
    assert faults(sound | {"encoding": {"x": {"field": "a", "type": "nominal", "nonsense": 1}}})
    nested = json.loads(json.dumps(drawn("campaign_timeline").framed()))
    next(unit for unit in objects(nested) if "mark" in unit)["mark"] = {"type": "barr"}
    assert faults(nested)


# The two languages differ in words, the two widths in layout: each is checked against the schema once.
@EVERY
@pytest.mark.parametrize(("locale", "width"), [("en", WIDE), ("fr", NARROW)])
def test_a_chart_is_valid_vega_lite_and_survives_json(
    drawn: Draw, name: str, locale: str, width: int
) -> None:
    drawing = drawn(name, locale, width)
    spec = drawing.framed()
    again = json.loads(json.dumps(spec, allow_nan=False))
    assert again == spec
    assert faults(again) == []


@EVERY
def test_every_field_of_a_chart_exists_in_its_data(drawn: Draw, name: str) -> None:
    spec = drawn(name).bare()
    held = {column for rows in spec["datasets"].values() for row in rows for column in row}
    unknown = set(fields_used(spec)) - held - set(fields_made(spec))
    assert unknown == set()


@EVERY
@LOCALE
def test_every_chart_has_its_texts(drawn: Draw, name: str, locale: str) -> None:
    drawing = drawn(name, locale)
    for text in (drawing.title, drawing.caption, drawing.alternative):
        assert len(text) > 10
        assert "{" not in text
        assert "nan" not in text.lower().split()
    assert drawing.title[0] == drawing.title[0].upper()
    assert "PollBench" in drawing.caption
    assert len(drawing.data) > 0


@EVERY
def test_a_title_is_a_finding_not_a_name_of_axes(drawn: Draw, name: str) -> None:
    title = drawn(name).title
    assert (
        any(character.isdigit() for character in title)
        or " no " in f" {title.lower()} "
        or len(title.split()) >= 6
    )


@EVERY
def test_charts_give_roles_and_leave_colours_to_the_theme(drawn: Draw, name: str) -> None:
    drawing = drawn(name)
    text = json.dumps(
        {key: value for key, value in drawing.bare().items() if key not in ("config", "datasets")}
    )
    for palette in PALETTES.values():
        for colour in (*palette.families, palette.ink, palette.paper, palette.recede):
            assert colour not in text


@pytest.mark.parametrize("name", ["bias_heat_map", "campaign_timeline", "live_accounts"])
@pytest.mark.parametrize("theme", sorted(PALETTES))
def test_every_theme_changes_the_colours_only(frames: Gathered, name: str, theme: str) -> None:
    kind = registered()[name]
    themed, house = kind.draw(frames, View(theme=theme)).bare(), kind.draw(frames).bare()
    assert themed.pop("config")["background"] == PALETTES[theme].paper
    house.pop("config")
    assert themed == house


@EVERY
def test_nobody_to_draw_gives_a_sentence(changed: Change, name: str) -> None:
    none = changed(lambda table: table.iloc[0:0])
    drawing = registered()[name].draw(none, View(locale="fr"))
    assert len(drawing.title) > 10
    assert json.dumps(drawing.framed(), allow_nan=False)


@EVERY
def test_one_forecaster_is_enough(changed: Change, name: str) -> None:
    for who in ("elabe", "filteris", "gov"):
        one = changed(
            lambda table, who=who: table[table.forecaster_id.isin([who, "flat"])].reset_index(drop=True)
        )
        for locale in ("en", "fr"):
            drawing = registered()[name].draw(one, View(locale=locale))
            assert len(drawing.title) > 10
        assert faults(drawing.framed()) == []


@EVERY
def test_fifty_forecasters_fit(changed: Change, name: str) -> None:
    def multiply(table: pd.DataFrame) -> pd.DataFrame:
        copies = [table]
        for number in range(3):
            copy = table.copy()
            for column in ("forecast_id", "forecaster_id", "name"):
                if column in copy:
                    copy[column] = copy[column].astype(str) + f" {number}"
            copies.append(copy)
        return pd.concat(copies, ignore_index=True)

    drawing = registered()[name].draw(changed(multiply))
    assert json.dumps(drawing.framed(), allow_nan=False)
    if name == "error_by_forecaster":
        assert drawing.data.who.nunique() >= 50


@EVERY
def test_an_odd_name_is_text(changed: Change, name: str) -> None:
    odd = '<script>alert(1)</script> O\'Neill "x" \\ {y} Institut ' + "très " * 40 + "long"

    def rename(table: pd.DataFrame) -> pd.DataFrame:
        if "name" not in table:
            return table
        return table.assign(name=table["name"].where(table.forecaster_id != "filteris", odd))

    drawing = registered()[name].draw(changed(rename), View(locale="fr"))
    assert faults(json.loads(json.dumps(drawing.framed()))) == []


def test_the_highlighted_forecaster_is_the_one_that_stays_strong(frames: Gathered) -> None:
    spec = registered()["error_by_forecaster"].draw(frames, View(highlight=("bva",))).bare()
    written = json.dumps(spec)
    # The marks and the name of the chosen one, and of no other.
    assert json.dumps('indexof(["bva"], datum.forecaster_id) >= 0')[1:-1] in written
    assert json.dumps('indexof(["BVA"], datum.value) >= 0')[1:-1] in written
    assert 'indexof([\\"elabe\\"]' not in written


def test_candidates_are_shown_in_the_order_of_the_result(frames: Gathered) -> None:
    data = registered()["forecast_against_result"].draw(frames, View(candidates=("fillon", "macron"))).data
    assert list(dict.fromkeys(data.candidate)) == ["Macron", "Fillon"]


def test_another_contest_can_be_drawn(frames: Gathered) -> None:
    drawing = registered()["error_by_forecaster"].draw(frames, View(contest_id="fr-pres-2017-r2"))
    assert set(drawing.data.contest_id) == {"fr-pres-2017-r2"}


def test_a_chart_without_its_frame_says_which() -> None:
    with pytest.raises(DataError, match="contest"):
        registered()["error_by_forecaster"].draw({})


def test_an_unknown_chart_gets_close_names() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'error-by-forecaster'"):
        named("error-by-forecasters")


def test_a_theme_of_ones_own_is_used(frames: Gathered) -> None:
    @alt.theme.register("newsroom", enable=False)
    def newsroom() -> alt.theme.ThemeConfig:
        return alt.theme.ThemeConfig({"config": {"background": "#ABCDEF"}})

    drawing = registered()["error_by_forecaster"].draw(frames, View(theme="newsroom"))
    assert drawing.bare()["config"]["background"] == "#ABCDEF"


def test_headers_of_panels_are_whole() -> None:
    with load("fr-pres-2022") as bench:
        frames = gather(bench)
        for width in (640, WIDE):
            drawing = registered()["forecast_against_result"].draw(frames, View(locale="fr", width=width))
            column = drawing.bare()["facet"]["column"]
            labels, limit = column["sort"], column["header"]["labelLimit"]
            broken = "labelExpr" in column["header"]
            lines = [line for label in labels for line in (label.rpartition(" ")[::2] if broken else [label])]
            assert "Mélenchon" in " ".join(lines)
            # As wide as letters of the widest font run.
            assert max(len(line) for line in lines) * 0.54 * LABEL <= limit


def test_headers_wider_than_a_panel_stand_in_two_lines() -> None:
    assert "labelExpr" not in panel_header(["Mélenchon 22,0 %"], 124).to_dict()
    header = panel_header(["Dupont-Aignan 22,0 %", "Macron 27,8 %"], 124).to_dict()
    assert header["labelExpr"].startswith("[slice(datum.label, 0, lastindexof(datum.label, ' '))")
