"""The bracket of ties and marks of recalled forecasts: on the charts exactly where they are true."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import pytest

from pollbench.data.bench import Bench
from pollbench.ranking.leaderboard import leaderboard
from pollbench.scoring.score import score
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing import tie_brackets as brackets
from pollbench_dashboards.drawing.chart import CARD, NARROW, WIDE, View
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.naming import room
from pollbench_dashboards.language.words import Words

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
def test_one_bracket_spans_the_rows_that_are_tied_with_the_closest(
    bench: Bench, frames: Gathered, name: str, contest: str
) -> None:
    board = leaderboard(score(bench, ["mae"], policy=frames.policy))
    board = board[board.contest_id == contest]
    drawing = registered()[name].draw(frames, View(contest_id=contest))
    who = dict(zip(drawing.data.forecast_id, drawing.data.who, strict=True))
    order = [who[each] for each in drawing.data.forecast_id]
    tied = sorted(order.index(who[each]) for each in board.forecast_id[board.tied_with_best == "yes"])
    assert tied == list(range(len(tied)))
    assert bracket_rows(drawing.bare()) == {(order[0], order[tied[-1]])}


def test_a_single_row_and_rows_beyond_the_range_have_no_bracket() -> None:
    table = pd.DataFrame({"who": list("abc"), "tied_with_best": ["yes", "no", "no"], "tie_range": 1.0})
    assert brackets.brackets(table, View(), Words("en"), alt.Y("who:N"), 100) == []
    assert brackets.width(table, View()) == 0


@pytest.mark.parametrize("name", BOARDS)
def test_nobody_is_bracketed_without_a_law(frames: Gathered, name: str) -> None:
    without = {**frames, "board": frames["board"].assign(tied_with_best="unknown", tie_range=float("nan"))}
    drawing = registered()[name].draw(without)
    assert bracket_rows(drawing.bare()) == set()
    assert "Bracket" not in drawing.caption


@pytest.mark.parametrize("name", BOARDS)
def test_the_caption_says_what_a_tie_rests_on(frames: Gathered, name: str) -> None:
    board = frames["board"].query("contest_id == 'fr-pres-2017-r1'")
    caption = registered()[name].draw(frames).caption
    reach = f"{board.tie_range.iloc[0]:.1f} points"
    assert f"Of {len(board)} equally good forecasters the furthest lies within {reach}" in caption
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
