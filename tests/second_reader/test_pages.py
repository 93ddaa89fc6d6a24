"""Sentences of the pages that set all elections side by side, beside recomputations that do not know the package."""

from __future__ import annotations

from typing import Any
from unittest.mock import sentinel

import pandas as pd
import pytest
import recomputed as again
import recomputed_open as to_come
import recomputed_transfers as flows
from parsing import numbers

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import flows as flow_pages
from pollbench_dashboards.pages.answers import answers
from pollbench_dashboards.pages.moved import moved
from pollbench_dashboards.pages.open_election import NEWEST, content
from pollbench_dashboards.pages.scenarios import Standing, standings

FIRST_ROUNDS = tuple(f"{election}-r1" for election in to_come.FINISHED)
LOCALES = pytest.mark.parametrize("locale", ["en", "fr"])


@pytest.fixture(scope="module")
def frames(all_elections) -> Gathered:
    return gather(all_elections)


@pytest.fixture(scope="module")
def every(frames: Gathered) -> list[Standing]:
    return standings(frames)


def same(said: list[float], expected: list[float], near: float = 0.0501) -> bool:
    """Whether a sentence holds these numbers: counts exactly, decimals as printed."""
    pairs = zip(sorted(said), sorted(map(float, expected)), strict=True)
    return len(said) == len(expected) and all(
        abs(one - two) <= (1e-9 if two == int(two) else near) for one, two in pairs
    )


def surname_in(candidate: str, sentence: str) -> bool:
    """Whether a sentence holds the name of a person without the first name."""
    return to_come.full_name(candidate).split(" ", 1)[1] in sentence


def said_of(frames: Gathered, shown: Standing, every: list[Standing], words: Words) -> dict[str, Any]:
    """What the page of one scenario says; its picture, which says nothing here, is not drawn."""
    return content(frames, shown, every, words, {"campaign_timeline": sentinel.figure})


@LOCALES
def test_the_page_of_the_vote_to_come_says_what_its_csv_says(
    frames: Gathered, every: list[Standing], locale: str
) -> None:
    words = Words(locale)
    assert {standing.contest_id for standing in every} == {"fr-pres-2027-r1", "fr-pres-2027-r2"}
    for standing in every:
        shown = said_of(frames, standing, every, words)
        day, newest = to_come.vote(standing.contest_id), to_come.newest_day()
        days = [day.day, day.year, (day - newest).days, newest.day, newest.year]
        assert same(numbers(shown["lead"], locale), days), shown["lead"]
        houses, means = to_come.means_of_houses(standing.contest_id, standing.scenario_id)
        board = shown["polls"]
        assert same(numbers(board["finding"], locale), [houses, *means.iloc[:2]]), board["finding"]
        assert all(surname_in(name, board["finding"]) for name in means.index[:2])
        assert len(board["houses"]) == houses
        assert same([numbers(each, locale)[0] for each in board["means"]], list(means))
        elections, number, high, middle = to_come.band(1 if len(means) > 2 else 2)
        expected = [elections, number, high, middle]
        # French has its spelled numbers read too: nine in ten.
        spelled = [9, 10] if locale == "fr" else []
        assert same(numbers(board["band"], locale), [*expected, *spelled]), board["band"]
        names, low, high = to_come.widest_difference(standing.contest_id, standing.scenario_id)
        if len(names) == 1:
            assert same(numbers(board["differ"], locale), [low, high]), board["differ"]
            assert surname_in(*names, board["differ"])
        if standing.default:
            assert standing.scenario_id in to_come.default_scenario(standing.contest_id)


@LOCALES
def test_the_newest_releases_and_the_surveys_of_each_line_up_are_counted(
    frames: Gathered, every: list[Standing], locale: str
) -> None:
    words = Words(locale)
    shown = said_of(frames, every[0], every, words)
    expected = to_come.newest_releases(NEWEST)
    assert len(shown["newest"]) == len(expected)
    for row, (day, name, number) in zip(shown["newest"], expected, strict=True):
        assert (row["day"], row["name"]) == (words.day(day), name)
        # One reading is written as a word.
        assert numbers(row["what"], locale) in ([number], [] if number == 1 else [number]), row
        assert "{" not in row["what"]
    links = [link for each in shown["choices"] for link in each["links"]]
    for standing, link in zip(every, links, strict=True):
        assert link["surveys"] == to_come.asked(standing.contest_id, standing.scenario_id).survey.nunique()


@LOCALES
def test_what_is_said_beside_the_polls_are_the_last_readings(
    frames: Gathered, every: list[Standing], locale: str
) -> None:
    words = Words(locale)
    for standing in {each.contest_id: each for each in every}.values():
        shown = said_of(frames, standing, every, words)["beside"]
        groups = to_come.last_readings(standing.contest_id).groupby(["forecaster_id", "quantity"], sort=False)
        expected = sorted(
            (own["name"].iloc[0], words.day(own.public_on.iloc[0]), words.number(float(own.value.iloc[0])))
            for _, own in groups
        )
        first = [words.number(numbers(row["figures"], locale)[0]) for row in shown]
        assert (
            sorted(zip((row["name"] for row in shown), (row["day"] for row in shown), first, strict=True))
            == expected
        )


@LOCALES
def test_the_people_who_would_move_each_figure_follow_from_the_formula_and_the_assumptions(
    frames: Gathered, every: list[Standing], locale: str
) -> None:
    words = Words(locale)
    for standing in every:
        shown = moved(standing.frames, standing.contest_id, words)
        assert shown is not None
        _, means = to_come.means_of_houses(standing.contest_id, standing.scenario_id)
        # The first who would not advance: two go on from the first round, one from the second.
        target = str(means.index[2 if standing.contest_id.endswith("r1") else 1])
        assert shown["target"] == to_come.full_name(target).split(" ", 1)[1]
        expected = to_come.people_for_a_point(standing.contest_id, standing.scenario_id, target)
        assert {row["name"] for row in shown["rows"]} == set(expected)
        for row in shown["rows"]:
            low, middle, high = (words.rounded(number) for number in expected[row["name"]])
            assert (row["accounts"], row["range"]) == (middle, words("open.range", low=low, high=high)), row
        ordered = sorted(expected.values(), key=lambda people: people[1])
        for people in (ordered[0], ordered[-1]):
            assert all(words.rounded(number) in shown["finding"] for number in people), shown["finding"]
        assert not any(name in shown["without"] for name in expected)


def _in_order(said: list[float], districts: int) -> list[float]:
    """The numbers of a sentence without that of the districts, which must stand in it."""
    assert districts in said
    return [each for each in said if each != districts]


@LOCALES
def test_the_sentences_about_transfers_repeat_the_departments_and_the_polls(
    frames: Gathered, locale: str
) -> None:
    interval, polls, communes, contradict, _ = flow_pages.transfers(frames, {}, Words(locale))["sentences"]
    cells = flows.cells()
    districts, coverage = flows.known_districts()
    width, drawn, draws, truth, stated = _in_order(numbers(interval, locale), districts)
    assert width == pytest.approx(float((cells.high - cells.low).median()), abs=0.0501)
    # A hundred draws of other numbers give 14.5 to 17.6 points.
    assert drawn == pytest.approx(flows.drawn_width(int(draws)), abs=4)
    assert (draws, truth, stated) == (100, round(coverage), 90)
    assert same(numbers(polls, locale), [int(cells.polls.sum()), int(cells.inside.sum())])
    meet_before = int(((cells.poll_low <= cells.high) & (cells.poll_high >= cells.low)).sum())
    assert same(numbers(communes, locale), [*flows.by_communes(), meet_before]), communes
    sizes = cells.start.map(flows.flows().sizes)
    largest = cells.assign(size=sizes).sort_values(["polls", "size", "poll_high"], ascending=False).iloc[0]
    ends = flows.contradicting(float(largest["size"]), float(largest.poll_high))
    assert same(numbers(contradict, locale), [largest.poll_high, *ends]), contradict
    assert surname_in(largest.start, contradict)
    assert surname_in(largest.goal, contradict)


def test_the_register_page_shows_every_system_of_the_csv(frames: Gathered) -> None:
    systems = flow_pages.register(frames, Words("en"))["systems"]
    written = pd.read_csv(again.DATA / "register.csv").fillna("")
    shown = [row._asdict() if hasattr(row, "_asdict") else row for row in systems]
    assert [row["system_id"] for row in shown] == list(written.system_id)
    for column in ("name", "claim", "test", "tested"):
        assert [str(row[column]) for row in shown] == list(written[column].astype(str))


@LOCALES
def test_what_the_polls_of_all_first_rounds_had_in_common(frames: Gathered, locale: str) -> None:
    common = pd.Series({contest: again.common_error(contest) for contest in FIRST_ROUNDS})
    polls = len(again.polls(again.board(again.FIRST)))
    without_one = [common.drop(contest).mean() for contest in common.index]
    percent = [common.min(), common.max(), common.mean(), min(without_one), max(without_one)]
    draws = [polls / (1 + (polls - 1) * each) for each in common]
    expected = [len(common), *(round(100 * each) for each in percent), polls, min(draws), max(draws)]
    sentence = answers(frames, Words(locale))["right"].proves
    assert same(numbers(sentence, locale), expected), (sentence, expected)


@LOCALES
def test_how_the_first_rounds_stand_beside_the_buzz(frames: Gathered, locale: str) -> None:
    median, errors = {}, []
    for contest in FIRST_ROUNDS:
        names = again.main_candidates(contest)
        rows = again.polls(again.board(contest, "near-final"))
        printed = again.figures_as_read(again.election_of(contest))
        wide = printed.pivot(index="forecast_id", columns="candidate_id", values="value")
        wide = wide.loc[rows.forecast_id, names]
        own = (wide - again.shares(contest)[names]).abs().mean(axis=1)
        median[contest], errors = float(own.median()), [*errors, *own]
    assert min(median, key=lambda contest: median[contest]) == again.FIRST
    buzz = again.errors(again.FIRST, 4).query("family == 'buzz'").mae
    worse = sum(error >= buzz.min() for error in errors)
    expected = [2017, len(FIRST_ROUNDS), worse, len(errors), buzz.min(), buzz.max()]
    title = registered()["five_elections"].draw(frames, View(locale=locale)).title
    # The year stands twice.
    assert same(numbers(title, locale), [*expected, 2017]), (title, expected)
