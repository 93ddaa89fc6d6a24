"""The sentences of the start page, which is about all elections, beside recomputations that do not know the package."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import recomputed_open as to_come
import recomputed_start as again
from parsing import numbers

import pollbench_dashboards
from pollbench.data.store import load
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import start

LOCALES = pytest.mark.parametrize("locale", ["en", "fr"])
TEXTS = Path(str(pollbench_dashboards.__file__)).parent / "text" / "en"
#: Filled sentences of the page whose numbers are recomputed here.
READ = {
    "start.lead",
    "start.lead_year",
    "start.right_polls",
    "start.single",
    "start.single_none",
    "start.much",
    "start.surely_hardly",
    "start.alike",
}
#: Those that no data shipped here make: formulas, held to small tables in the tests of the pages.
ELSEWHERE = {"start.right_buzz", "start.right_mixed", "start.surely"}


@pytest.fixture(scope="module")
def frames(all_elections) -> Gathered:
    return gather(all_elections)


@pytest.fixture(scope="module")
def one_vote() -> Iterator[Gathered]:
    with load("fr-pres-2022") as bench:
        yield gather(bench)


def said(frames: Gathered, locale: str) -> dict[str, dict[str, str]]:
    return {each["name"]: each for each in start.questions(frames, Words(locale))}


@LOCALES
def test_who_was_right_by_how_much_and_how_surely_over_all_elections(frames: Gathered, locale: str) -> None:
    sentences, rows = said(frames, locale), again.middles()
    closer = int((rows.poll_error < rows.buzz_error).sum())
    assert closer == len(rows) > 1
    assert numbers(sentences["right"]["answer"], locale) == [len(rows)]
    number, better = again.better_than_the_polls()
    assert len(better) == 1
    note = sentences["right"]["note"]
    assert numbers(note, locale)[0] == number
    assert better[0].split(",")[0] in note
    gaps = rows.buzz_error - rows.poll_error
    expected = [len(rows), rows.poll_error.mean(), rows.buzz_error.mean(), gaps.min(), gaps.max()]
    assert numbers(sentences["much"]["answer"], locale) == pytest.approx(expected, abs=0.0501)
    chance = round(100 * again.as_often(closer, len(rows)))
    assert numbers(sentences["surely"]["answer"], locale) == [len(rows), chance]
    few = next(n for n in range(1, 20) if again.as_often(n, n) < 0.05)
    assert numbers(sentences["surely"]["note"], locale) == [few, 5, round(100 * again.as_often(few, few))]


@LOCALES
def test_the_rows_of_the_rounds_hold_the_middle_errors(frames: Gathered, locale: str) -> None:
    rows = again.middles().set_index("contest")
    shown = start.content(frames, {}, Words(locale))["rounds"]
    assert {row["page"] for row in shown} == {f"vote-{contest}" for contest in rows.index}
    for row in shown:
        expected = rows.loc[row["page"].removeprefix("vote-")]
        assert (row["polls"], row["buzz"]) == (expected.polls, expected.buzz)
        assert row["poll_error"] == pytest.approx(expected.poll_error)
        assert row["buzz_error"] == pytest.approx(expected.buzz_error)


@LOCALES
def test_the_lead_counts_rounds_and_elections(frames: Gathered, one_vote: Gathered, locale: str) -> None:
    rounds = again.rounds_with_a_board()
    elections = {contest.rpartition("-r")[0] for contest in rounds}
    years = sorted(int(election.rpartition("-")[2]) for election in elections)
    lead = start.content(frames, {}, Words(locale))["description"]
    assert numbers(lead, locale) == [len(rounds), len(elections), years[0], years[-1]]
    alone = start.content(one_vote, {}, Words(locale))["description"]
    assert numbers(alone, locale) == [len([each for each in rounds if "2022" in each]), 2022]


@LOCALES
def test_one_election_alone_claims_no_more_than_its_rounds(one_vote: Gathered, locale: str) -> None:
    sentences = said(one_vote, locale)
    rows = again.middles("fr-pres-2022-r1", "fr-pres-2022-r2")
    number, better = again.better_than_the_polls("fr-pres-2022-r1", "fr-pres-2022-r2")
    assert (len(rows), number, better) == (1, 1, [])
    row = rows.iloc[0]
    expected = [row.poll_error, row.buzz_error, row.buzz_error - row.poll_error]
    assert numbers(sentences["much"]["answer"], locale) == pytest.approx(expected, abs=0.0501)
    assert again.as_often(1, 1) == 1
    assert not numbers(sentences["surely"]["answer"], locale)


@LOCALES
def test_the_vote_to_come_is_counted_from_the_newest_figure(frames: Gathered, locale: str) -> None:
    shown = start.coming(frames, Words(locale))
    assert shown is not None
    contest = "fr-pres-2027-r1"
    day, newest = to_come.vote(contest), to_come.newest_day()
    assert numbers(shown["lead"], locale) == [
        day.day, day.year, (day - newest).days, newest.day, newest.year
    ]  # fmt: skip
    readings = to_come.last_said(contest)
    groups = readings.groupby(["forecaster_id", "quantity"])
    assert len(shown["readings"]) == groups.ngroups
    first = groups.value.max().round(1)
    assert {numbers(row["figures"], locale)[0] for row in shown["readings"]} == set(first)
    said = {(row["name"], numbers(row["day"], locale)[0]) for row in shown["readings"]}
    assert said == {(name, day.day) for name, day in zip(readings.name, readings.public_on, strict=True)}
    # A market is quoted once, as it stood last: older quotes of the other question are not news.
    assert [row["name"] for row in shown["readings"]].count("Polymarket") == 1


def test_every_filled_sentence_of_the_page_has_a_second_reader() -> None:
    texts = tomllib.loads((TEXTS / "start.toml").read_text(encoding="utf-8"))["start"]
    filled = {
        f"start.{key}"
        for key, value in texts.items()
        for text in (value.values() if isinstance(value, dict) else [value])
        if re.search(r"\{\w+\}", text) and text.endswith(".")
    }
    filled |= {"start.alike"}
    assert filled == READ | ELSEWHERE
