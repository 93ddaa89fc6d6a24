"""Subtitles, captions and alternative texts: every number that is filled in, beside a recomputation, in both languages.

The texts that are filled while a chart is drawn are noted with what is put into them. A text that ends up on the
chart with a number and has no second reader fails.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import readers_of_record  # noqa: F401  (registers its readers)
import readers_of_texts
import recomputed as again
import recomputed_time as time
from parsing import numbers
from readers_of_texts import COMMON, READERS_OF_TEXTS

from pollbench.language import words as language
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import Drawing, View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.legal_mentions import mentions_of

LOCALES = ("en", "fr")
#: Simulated on both sides: per cents to a few tenths.
DRAWN = {"chart.house_effects.closeness": 0.6, "caption.tied": 0.1, "chart.detection_power.alternative": 0.1}
#: Texts that name some of the rows only.
AMONG = {"coverage_matrix/charts.values"}

Filled = tuple[str, dict[str, Any], str]


@pytest.fixture(scope="module")
def frames(bench) -> Gathered:
    return gather(bench)


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[Filled]:
    """Every text that is filled from here on: its key, the values, the outcome."""
    notes: list[Filled] = []
    fill = language.Words.__call__

    def noting(self: language.Words, key: str, **values: object) -> str:
        outcome = fill(self, key, **values)
        notes.append((key, values, outcome))
        return outcome

    monkeypatch.setattr(language.Words, "__call__", noting)
    return notes


def texts_of(drawing: Drawing) -> tuple[str, str, str]:
    """What stands around a chart besides its title, which has readers of its own."""
    whole = drawing.name == "second_round"
    return (
        drawing.subtitle,
        drawing.caption,
        drawing.alternative if whole else drawing.alternative.removeprefix(drawing.title),
    )


def outermost(notes: list[Filled], text: str) -> list[Filled]:
    """The noted texts that stand in a printed one and in no other noted one, those with a number only."""
    standing: list[Filled] = []
    for note in sorted(notes, key=lambda note: -len(note[2])):
        if len(note[2]) > 1 and note[2] in text and not any(note[2] in other[2] for other in standing):
            standing.append(note)
    return [note for note in standing if any(re.search(r"\d", str(value)) for value in note[1].values())]


def check(name: str, key: str, values: dict[str, Any], locale: str) -> None:
    """Compare what is put into a text with its readers; KeyError where there is none."""
    said: list[float] = []
    for placeholder, value in values.items():
        if placeholder in COMMON:
            assert sorted(numbers(str(value), locale)) == sorted(COMMON[placeholder]), (name, key, value)
        else:
            said += numbers(str(value), locale)
    if not said:
        return
    own = f"{name}/{key}"
    own = own if own in READERS_OF_TEXTS else key
    expected = READERS_OF_TEXTS[own]()
    near = DRAWN.get(own, 0.0501)
    if own in AMONG:
        remaining = list(expected[0])
        for number in said:
            assert number in remaining, (own, locale, number)
            remaining.remove(number)
        return
    assert any(alike(said, one, near, drawn=own in DRAWN) for one in expected), (own, locale, said, expected)


def alike(said: list[float], expected: list[float], near: float, *, drawn: bool) -> bool:
    """Whether these are the same numbers: counts exactly, decimals as printed."""
    if len(said) != len(expected):
        return False
    pairs = zip(sorted(said), sorted(map(float, expected)), strict=True)
    return all(abs(one - two) <= (1e-9 if two == int(two) and not drawn else near) for one, two in pairs)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", sorted(registered()))
def test_every_number_in_the_texts_around_a_chart_is_recomputed(
    frames: Gathered, noted: list[Filled], name: str, locale: str
) -> None:
    drawing = registered()[name].draw(frames, View(locale=locale))
    for text in texts_of(drawing):
        for key, values, _ in outermost(noted, text):
            check(name, key, values, locale)


def test_no_reader_of_texts_is_left_over(frames: Gathered, noted: list[Filled]) -> None:
    used = set()
    for name, kind in registered().items():
        noted.clear()
        drawing = kind.draw(frames, View())
        for text in texts_of(drawing):
            used |= {each for key, *_ in outermost(noted, text) for each in (key, f"{name}/{key}")}
    assert set(READERS_OF_TEXTS) - used == set()


def test_a_text_without_a_reader_and_a_wrong_number_are_noticed() -> None:
    with pytest.raises(KeyError):
        check("any", "caption.nobody_reads", {"number": 3}, "en")
    with pytest.raises(AssertionError):
        check("any", "chart.claims_board.subtitle", {"number": 33}, "en")
    with pytest.raises(AssertionError):
        check("any", "caption.source", {"revision": 99}, "en")


def polls_shown(drawing: Drawing) -> int:
    """The polls that a drawing rests on, counted in the CSV: several questions to one sample are one."""
    rows = again.dated()
    rows = rows[(rows.family == "poll") & (rows.kind != "poll_average")]
    if drawing.name == "coverage_matrix":
        rows = rows[rows.contest_id == again.FIRST]
    elif drawing.name == "house_effects":
        rows = time.compared_polls()
    elif "forecast_id" in drawing.data:
        rows = rows[rows.forecast_id.isin(set(drawing.data.forecast_id))]
    else:
        last = again.board(again.FIRST)
        if "forecaster_id" in drawing.data:
            last = last[last.forecaster_id.isin(set(drawing.data.forecaster_id))]
        rows = rows[rows.forecast_id.isin(set(last.forecast_id))]
    return int(rows.survey.fillna(rows.forecast_id).nunique())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", sorted(name for name, kind in registered().items() if kind.polls))
def test_legal_mentions_count_the_polls_that_are_drawn(frames: Gathered, name: str, locale: str) -> None:
    drawing = registered()[name].draw(frames, View(locale=locale))
    mentions = mentions_of(frames, drawing, Words(locale))
    assert mentions is not None
    expected = polls_shown(drawing)
    assert mentions.polls == expected
    counted = [numbers(house.heading.rpartition(",")[2], locale) for house in mentions.houses]
    assert sum(int(each[-1]) if each else 1 for each in counted) == expected


def test_the_reader_of_texts_knows_no_more_than_the_csv() -> None:
    assert not {name for name in vars(readers_of_texts) if name.startswith("pollbench")}
