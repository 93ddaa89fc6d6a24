"""The sentences of the overview: every number in them recomputed from the data by another way."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from pollbench.data.store import Bench
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words, templates
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
                ("unknown", "nothing", "nothing_proved", "open")
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
    usual = polls.tie_range.min()
    apart = sum(abs(first - second) > usual for first, second in combinations(polls.value, 2))
    assert apart == 0
    assert said["much"].proves.startswith("Nothing about single houses")
    assert numbers(said["much"].proves) == [len(polls), 95, round(usual, 1)]


def test_differences_beyond_the_usual_are_counted(frames: Gathered) -> None:
    board = frames["board"]
    narrow = {**frames, "board": board.assign(tie_range=0.5)}
    proves = answers(narrow, Words("en"))["much"].proves  # type: ignore[arg-type]
    polls = board.query("contest_id == @CONTEST and family == 'poll' and kind != 'poll_average'").value
    gaps = [abs(first - second) for first, second in combinations(polls, 2)]
    apart = sum(gap > 0.5 for gap in gaps)
    assert numbers(proves) == [apart, len(gaps), 95, 0.5]
    assert proves.startswith("Little" if apart < len(gaps) / 2 else "Something")


def test_how_surely(frames: Gathered, said: dict[str, Answer]) -> None:
    board = frames["board"].query("contest_id == @CONTEST")
    polls = board[(board.family == "poll") & board.expected_low.notna()]
    lucky = (polls.value < polls.expected_low).sum()
    assert numbers(said["surely"].proves) == [board.tie_group.nunique(), len(board), lucky, len(polls), 95]
    assert ("luck, quotas" in said["surely"].proves) == (lucky > 0.05 * len(polls))


def test_what_is_on_record(bench: Bench, said: dict[str, Answer]) -> None:
    rows = bench.frame(
        """
        SELECT count(*) AS n, count(*) FILTER (grade = 'documented') AS documented,
          count(*) FILTER (subject IN (SELECT forecaster_id FROM forecast WHERE contest_id = $contest)) AS concerned
        FROM evidence WHERE quantity_reported IS NOT NULL
        """,
        {"contest": CONTEST},
    ).iloc[0]
    assert numbers(said["rigged"].happened) == [rows.n, rows.documented, rows.concerned]


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
