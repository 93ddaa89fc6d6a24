"""The sentences of the overview: every number in them recomputed from the data by another way."""

from __future__ import annotations

import re
from math import comb

import pytest

from pollbench.data.bench import Bench
from pollbench.language.texts import templates
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import WIDE_RANGE, Answer, answers

CONTEST = "fr-pres-2017-r1"


@pytest.fixture(scope="module")
def said(frames: Gathered) -> dict[str, Answer]:
    return answers(frames, Words("en"))


def numbers(text: str) -> list[float]:
    return [float(each.replace(",", "")) for each in re.findall(r"\d[\d,.]*\d|\d", text)]


def test_no_answer_is_a_fixed_sentence() -> None:
    """Whatever an answer claims has a place that is filled; only what says that nothing is known has none."""
    for locale in ("en", "fr"):
        for key, text in templates(locale).items():
            if key.startswith("answer.") and not key.endswith(
                ("unknown", "nothing", "nothing_proved", "open", ".one")
            ):
                assert "{" in text, key


def test_what_one_vote_proves_about_skill(frames: Gathered, said: dict[str, Answer]) -> None:
    errors = frames["last_error"]
    shared = errors.common[(errors.contest_id == CONTEST) & errors.common.notna()].iloc[0]
    polls = frames["board"].query("contest_id == @CONTEST and family == 'poll' and kind != 'poll_average'")
    # As many independent polls as have a mean with the variance of these: 1 / ((1 + (n - 1) c) / n).
    number = len(polls)
    draws = number / (1 + (number - 1) * shared)
    assert numbers(said["right"].proves) == [round(100 * shared), number, round(draws, 1)]
    assert said["right"].proves.startswith("Little" if draws < number / 2 else "Something")


def test_what_the_differences_of_houses_prove(frames: Gathered, said: dict[str, Answer]) -> None:
    polls = frames["board"].query("contest_id == @CONTEST and family == 'poll' and kind != 'poll_average'")
    usual = frames["poll_board"].query("contest_id == @CONTEST").tie_range.iloc[0]
    spread = polls.value.max() - polls.value.min()
    assert spread < usual < frames["board"].query("contest_id == @CONTEST").tie_range.iloc[0]
    assert said["much"].proves.startswith("Nothing about single houses")
    assert numbers(said["much"].proves) == [len(polls), round(spread, 1), round(usual, 1), 95]


def test_a_spread_beyond_that_of_equals_proves_something(frames: Gathered) -> None:
    narrow = {**frames, "poll_board": frames["poll_board"].assign(tie_range=0.5)}
    proves = answers(narrow, Words("en"))["much"].proves  # type: ignore[arg-type]
    polls = (
        frames["board"].query("contest_id == @CONTEST and family == 'poll' and kind != 'poll_average'").value
    )
    assert numbers(proves) == [len(polls), round(polls.max() - polls.min(), 1), 95, 0.5]
    assert proves.startswith("Something about single houses")


def test_how_surely(frames: Gathered, said: dict[str, Answer]) -> None:
    board = frames["board"].query("contest_id == @CONTEST")
    polls = board[(board.family == "poll") & board.expected_low.notna()]
    lucky, number = int((polls.value < polls.expected_low).sum()), len(polls)
    by_chance = sum(comb(number, k) * 0.05**k * 0.95 ** (number - k) for k in range(lucky, number + 1))
    assert (board.tied_with_best == "yes").all()
    assert said["surely"].proves.startswith("No ranking")
    expected = [len(board), lucky, number, 95, number, lucky, round(100 * by_chance)]
    assert numbers(said["surely"].proves) == expected
    assert expected == [17, 2, 9, 95, 9, 2, 7]
    best, furthest = board.value.min(), board.value.max()
    assert numbers(said["surely"].answer) == [
        len(board) - 1, round(furthest - best, 1), len(board), round(board.tie_range.iloc[0], 1)
    ]  # fmt: skip


def test_a_field_that_is_not_tied_names_those_beyond(frames: Gathered) -> None:
    board = frames["board"]
    beyond = board.assign(tied_with_best=["yes" if value < 2 else "no" for value in board.value])
    answer = answers({**frames, "board": beyond}, Words("en"))["surely"]  # type: ignore[arg-type]
    assert answer.answer.startswith("One vote does not distinguish 13 of the other 16 from Elabe")
    assert "Filteris, Predict the President and Brand Analytics" in answer.answer
    assert answer.proves.startswith("3 of the other 16 lie further behind the closest")


def test_what_is_on_record(bench: Bench, said: dict[str, Answer]) -> None:
    rows = bench.frame(
        """
        SELECT count(DISTINCT operation) AS n, count(DISTINCT operation) FILTER (grade = 'documented') AS documented,
          count(*) FILTER (subject IN (SELECT forecaster_id FROM forecast WHERE contest_id = $contest)) AS concerned
        FROM evidence WHERE quantity_reported IS NOT NULL AND operation IS NOT NULL
        """,
        {"contest": CONTEST},
    ).iloc[0]
    assert rows.concerned == 0
    assert numbers(said["rigged"].happened) == [rows.n, rows.documented]
    assert "none is established" in said["rigged"].happened


def test_how_much_of_the_costs_nobody_knows(frames: Gathered, said: dict[str, Answer]) -> None:
    costs = frames["break_even_cost"]
    costs = costs[
        (costs.contest_id == CONTEST)
        & (costs.goal == "plus_1")
        & (costs.threat_model_id == "push-mobilised-7d")
        & (costs.target == frames["target"].target.iloc[0])
        & (costs.accounts > 0)
    ].set_index("forecaster_id")
    factors = costs.accounts_high / costs.accounts_low
    found = numbers(said["rigged"].proves)
    assert found[:3] == [(factors > WIDE_RANGE).sum(), len(costs), WIDE_RANGE]
    assert found[3] == pytest.approx(factors.max(), rel=0.05)
    assert costs.name[factors.idxmax()].split(" (")[0] in said["rigged"].proves


def test_the_french_answers_hold_the_same_numbers(frames: Gathered, said: dict[str, Answer]) -> None:
    french = answers(frames, Words("fr"))
    for key, answer in said.items():
        for field in ("happened", "proves"):
            text = re.sub(r"(?<=\d)\u202f(?=\d)", "", getattr(french[key], field)).replace(",", ".")
            assert sorted(numbers(text)) == sorted(numbers(getattr(answer, field))), (key, field)


def test_without_a_result_nothing_is_proved(frames: Gathered) -> None:
    empty = {name: table.iloc[0:0] if "forecaster_id" in table else table for name, table in frames.items()}
    for answer in answers(empty, Words("en")).values():  # type: ignore[arg-type]
        assert answer.proves == Words("en")("answer.nothing_proved")
