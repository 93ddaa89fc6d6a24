"""The legal mentions below a chart cover every poll it shows, in a few lines a house and in a full list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from clean_election import write
from clean_rows import clean_tables
from pollbench import cache
from pollbench.data.store import load
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import Drawing, View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import legal_mentions
from pollbench_dashboards.pages.legal_mentions import (
    WHOLE_CAMPAIGN,
    Mentions,
    mentions_of,
    mentions_of_forecasts,
)
from tests_support import replace_once, small_election

Draw = Callable[..., Drawing]


def made(frames: Gathered, drawn: Draw, folder: Path, name: str, locale: str = "en") -> Mentions:
    mentions = mentions_of(frames, drawn(name, locale), Words(locale), folder)
    assert mentions is not None
    return mentions


def polls_shown(frames: Gathered, drawing: Drawing) -> set[str]:
    rows = frames["notice_row"]
    return set(rows.forecast_id[rows.polled]) & set(drawing.data.forecast_id)


def test_every_poll_of_the_timeline_is_in_the_list_and_counted(
    frames: Gathered, drawn: Draw, tmp_path: Path
) -> None:
    mentions = made(frames, drawn, tmp_path, "campaign_timeline")
    shown = polls_shown(frames, drawn("campaign_timeline"))
    listed = pd.read_csv(tmp_path / mentions.file)
    assert len(shown) > 100
    assert set(listed.forecast_id) == shown
    assert mentions.polls == len(listed) == len(shown)
    assert [column for column in listed if column.startswith("mention_")] == [
        f"mention_{number}_{name}"
        for number, name in enumerate(
            ("house", "sponsor", "sample", "dates", "question", "error", "margins", "right"), start=1
        )
    ]
    assert not listed.isna().any(axis=None)


def test_the_timeline_says_it_house_by_house(frames: Gathered, drawn: Draw, tmp_path: Path) -> None:
    mentions = made(frames, drawn, tmp_path, "campaign_timeline", "fr")
    rows = frames["notice_row"]
    houses = (
        rows[rows.forecast_id.isin(polls_shown(frames, drawn("campaign_timeline")))].groupby("name").size()
    )
    headings = [f"{name}, {number} sondages" if number > 1 else name for name, number in houses.items()]
    assert sorted(house.heading for house in mentions.houses) == sorted(headings)
    # Six mentions a house, and the two that name nothing of a poll once for all.
    assert {len(house.lines) for house in mentions.houses} == {6}
    assert len(mentions.shared) == 2
    assert any("ne sont pas des sondages" in line for line in mentions.others)


@pytest.mark.parametrize("name", [name for name, kind in registered().items() if kind.polls])
def test_the_mentions_of_every_chart_cover_what_it_shows(
    name: str, frames: Gathered, drawn: Draw, tmp_path: Path
) -> None:
    mentions = made(frames, drawn, tmp_path, name)
    drawing = drawn(name)
    if "forecast_id" in drawing.data:
        assert mentions.polls == len(polls_shown(frames, drawing))
    elif name in WHOLE_CAMPAIGN:
        rows = frames["notice_row"]
        # Several questions to one sample are one poll.
        assert mentions.polls == rows.survey[rows.polled & (rows.contest_id == frames.focus)].nunique()
    elif drawing.forecasts:
        rows = frames["notice_row"]
        assert mentions.polls == len(drawing.forecasts & set(rows.forecast_id[rows.polled]))
    assert (mentions.file == "") == (mentions.polls == 0)
    assert not any("{" in line for house in mentions.houses for line in house.lines)


def test_the_mentions_of_the_live_chart_are_those_of_both_its_panels(frames: Gathered, drawn: Draw) -> None:
    drawing = drawn("live_accounts")
    names = {
        row["who"]
        for rows in drawing.bare()["datasets"].values()
        for row in rows
        if row["family"] == "poll" and "(recalled)" not in row["who"] and "average" not in row["who"]
    }
    mentions = mentions_of(frames, drawing, Words("en"))
    assert mentions is not None
    assert {house.heading for house in mentions.houses} == names
    assert mentions.polls == len(names) == 9


def test_polls_of_several_contests_name_theirs(frames: Gathered, drawn: Draw, tmp_path: Path) -> None:
    drawing = drawn("forecast_against_result")
    rows = frames["notice_row"]
    rows = rows[rows.polled & (rows.forecaster_id == "bva")].drop_duplicates("contest_id")
    both = Drawing(
        chart=drawing.chart,
        data=rows[["forecast_id"]],
        title="",
        subtitle="",
        caption="",
        alternative="",
        name="both",
        view=drawing.view,
    )
    mentions = mentions_of(frames, both, Words("en"), tmp_path)
    assert mentions is not None
    assert [house.heading for house in mentions.houses] == [
        "BVA – French presidential election 2017, first round",
        "BVA – French presidential election 2017, second round",
    ]


def test_without_a_law_nothing_is_asked_for_and_the_chart_says_so(tmp_path: Path) -> None:
    with load(write(tmp_path / "xx-2030", clean_tables())) as mine:
        frames = gather(mine)
        drawing = registered()["forecast_against_result"].draw(frames, View())
        mentions = mentions_of(frames, drawing, Words("en"), tmp_path)
    assert mentions is not None
    assert mentions.polls > 0
    assert (mentions.law, mentions.file, mentions.shared) == ("", "", ())
    assert all("names no law" in line for house in mentions.houses for line in house.lines)


def test_kept_mentions_are_those_that_are_made_and_other_rows_have_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    own = small_election(tmp_path)
    made: list[int] = []
    make = legal_mentions._make_mentions
    monkeypatch.setattr(legal_mentions, "_make_mentions", lambda *given: made.append(1) or make(*given))

    def of(forecast: str) -> Mentions | None:
        with load(own) as bench:
            return mentions_of_forecasts(gather(bench), [forecast], Words("fr"))

    poll, buzz = "pollco-2030-04-30-a", "buzzco-2030-05-01-a"
    first = [of(poll), of(buzz)]
    assert repr([of(poll), of(buzz)]) == repr(first)
    assert len(made) == 2
    replace_once(own / "forecasts.csv", ",1000,", ",1001,")
    with monkeypatch.context() as patched:
        patched.setenv(cache.VARIABLE, "off")
        expected = [of(poll), of(buzz)]
    assert expected != first
    made.clear()
    assert [of(poll), of(buzz)] == expected
    # Those of the other forecast rest on nothing that was changed.
    assert len(made) == 1
