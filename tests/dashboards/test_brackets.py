"""Brackets of ties and marks of recalled forecasts: on the charts exactly where they are true."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from pollbench.data.store import Bench
from pollbench.ranking.leaderboard import leaderboard
from pollbench.scoring.score import score
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import CARD, NARROW, WIDE, View
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.naming import room
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.draw_all import tie_brackets as brackets

BOARDS = ["error_by_forecaster", "chance_beside_error"]


def bracket_rows(spec: dict[str, Any]) -> set[tuple[str, str]]:
    """First and last row of every bracket that a specification draws."""
    return {
        (row["who"], row["until"])
        for rows in spec["datasets"].values()
        for row in rows
        if {"who", "until"} <= set(row)
    }


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize("contest", ["fr-pres-2017-r1", "fr-pres-2017-r2"])
def test_a_bracket_spans_the_rows_of_each_tie_group(
    bench: Bench, frames: Gathered, name: str, contest: str
) -> None:
    board = leaderboard(score(bench, ["mae"], policy=frames.policy))
    board = board[board.contest_id == contest]
    drawing = registered()[name].draw(frames, View(contest_id=contest))
    who = dict(zip(drawing.data.forecast_id, drawing.data.who, strict=True))
    order = [who[each] for each in drawing.data.forecast_id]
    expected = set()
    for _, rows in board.groupby("tie_group"):
        places = sorted(order.index(who[each]) for each in rows.forecast_id)
        if len(places) > 1:
            assert places == list(range(places[0], places[-1] + 1))
            expected.add((order[places[0]], order[places[-1]]))
    assert bracket_rows(drawing.bare()) == expected
    assert expected


def test_a_broken_group_has_a_bracket_for_each_of_its_runs() -> None:
    table = pd.DataFrame({"who": list("abcde"), "tie_group": [1, 2, 1, 1, 2]})
    import altair as alt

    layers = brackets.brackets(table, View(), Words("en"), alt.Y("who:N"), 100)
    text = json.dumps(alt.layer(*layers, data=table).to_dict())
    lines = [json.loads(text)["datasets"]]
    spans = {
        (row["tie_group"], row["who"], row["until"])
        for sets in lines
        for rows in sets.values()
        for row in rows
        if "until" in row
    }
    assert spans == {(1, "a", "a"), (1, "c", "d"), (2, "b", "b"), (2, "e", "e")}
    # Two groups beside the same rows stand in two lanes.
    assert {110, 118} <= {layer.to_dict()["encoding"]["x"]["value"] for layer in layers}


@pytest.mark.parametrize("name", BOARDS)
def test_nobody_is_bracketed_without_a_law(frames: Gathered, name: str) -> None:
    without = {**frames, "board": frames["board"].assign(tie_group=0, tie_range=float("nan"))}
    drawing = registered()[name].draw(without)
    assert bracket_rows(drawing.bare()) == set()
    assert "Bracket" not in drawing.caption


@pytest.mark.parametrize("name", BOARDS)
def test_the_caption_says_what_a_tie_rests_on(frames: Gathered, name: str) -> None:
    ranges = frames["board"].query("contest_id == 'fr-pres-2017-r1'").tie_range
    caption = registered()[name].draw(frames).caption
    assert f"within {ranges.min():.1f} points of each other (two polls) or {ranges.max():.1f}" in caption
    assert "95% of votes" in caption
    assert "earlier elections" in caption


SHOWING = [
    "error_by_forecaster",
    "chance_beside_error",
    "forecast_against_result",
    "bias_heat_map",
    "effective_sample",
    "second_round",
    "robust_rank",
]


@pytest.mark.parametrize("name", SHOWING)
@pytest.mark.parametrize(("locale", "mark"), [("en", " (recalled)"), ("fr", " (a posteriori)")])
def test_recalled_forecasts_are_marked_and_no_others(
    bench: Bench, frames: Gathered, name: str, locale: str, mark: str
) -> None:
    drawing = registered()[name].draw(frames, View(locale=locale))
    recalled = set(bench.frame("SELECT forecaster_id FROM forecast WHERE recalled").forecaster_id)
    marked = set(drawing.data.forecaster_id[drawing.data.who.str.endswith(mark)])
    assert marked == {"world-election-forecast"}
    assert marked <= recalled
    assert {"en": "Recalled: ", "fr": "A posteriori"}[locale] in drawing.caption


def test_nothing_recalled_is_on_the_time_lines(bench: Bench, frames: Gathered) -> None:
    recalled = set(bench.frame("SELECT forecast_id FROM forecast WHERE recalled").forecast_id)
    for name in ("campaign_timeline", "distance_by_day", "closest_by_day"):
        assert not recalled & set(registered()[name].draw(frames).data.forecast_id)


@pytest.mark.parametrize("width", [WIDE, CARD, NARROW])
def test_the_brackets_stay_within_the_drawing(frames: Gathered, width: int) -> None:
    drawing = registered()["error_by_forecaster"].draw(frames, View(width=width))
    places = [
        layer["encoding"]["x"]["value"]
        for layer in drawing.bare()["layer"]
        if layer["mark"].get("style") == "bracket"
    ]
    beside = 0 if width == NARROW else room(drawing.data.who) + brackets.LABEL_ROOM
    assert places
    assert beside + max(places) <= width - 16
