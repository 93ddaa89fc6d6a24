"""The answers to the four questions, computed: a sentence, what happened, and what it proves.

What happened is a fact about one vote. What it proves is an inference, and on one vote it is little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pollbench_dashboards._chart import View, registered
from pollbench_dashboards.charts.chance_beside_error import finding as chance_finding
from pollbench_dashboards.charts.error_by_forecaster import finding as error_finding
from pollbench_dashboards.charts.error_by_forecaster import prepare as error_table
from pollbench_dashboards.charts.forecast_against_result import finding, leader_places
from pollbench_dashboards.charts.forecast_against_result import prepare as place_table
from pollbench_dashboards.marks import candidates_in_view, contest_row, of_contest
from pollbench_dashboards.naming import labelled
from pollbench_dashboards.words import Words, capitalised

if TYPE_CHECKING:
    from pollbench_dashboards.frames import Gathered


@dataclass(frozen=True)
class Answer:
    """One answer: the sentence, the fact, the inference."""

    answer: str
    happened: str
    proves: str


def answers(frames: Gathered, words: Words) -> dict[str, Answer]:
    """The four answers for the main contest; each says so where there is nothing to answer from."""
    view = View(locale=words.locale)
    contest = contest_row(frames, view)
    reason = "answer.open" if contest is not None and not contest.scored else "answer.nothing"
    nothing = Answer(words(reason), words(reason), words("answer.nothing_proved"))
    found = dict.fromkeys(("right", "much", "surely", "rigged"), nothing)
    table = of_contest(frames, "comparison", view)
    who = candidates_in_view(frames, view)
    table = table[table.candidate_id.isin(who.candidate_id)] if len(table) else table
    if len(table):
        found["right"] = _right(place_table(table, who, view, words), words)
        found["much"] = _much(error_table(frames, view, words), words)
        found["surely"] = _surely(frames, view, words)
    rigged = _rigged(frames, view, words)
    if rigged is not None:
        found["rigged"] = rigged
    return found


def _right(table: pd.DataFrame, words: Words) -> Answer:
    places = leader_places(table)
    polls = places[(places.family == "poll") & (places.kind != "poll_average")]
    others = places[places.family != "poll"]
    happened = words(
        "answer.right_happened",
        polls_right=int((polls.place == 1).sum()),
        polls=len(polls),
        others_right=int((others.place == 1).sum()),
        others=len(others),
        leader=str(places.candidate.iloc[0]),
    )
    return Answer(capitalised(finding(table, words)[0]) + ".", happened, words("answer.right_proves"))


def _much(table: pd.DataFrame, words: Words) -> Answer:
    polls = table[(table.family == "poll") & (table.kind != "poll_average")].mae
    others = table[table.family.isin(["buzz", "market"])].mae
    happened = words(
        "answer.much_happened",
        polls="–" if polls.empty else words.points(float(polls.median())),
        others="–" if others.empty else words.points(float(others.median())),
        houses=len(polls),
        readers=len(others),
    )
    return Answer(capitalised(error_finding(table, words)[0]) + ".", happened, words("answer.much_proves"))


def _surely(frames: Gathered, view: View, words: Words) -> Answer:
    board = of_contest(frames, "board", view)
    board = labelled(board[board.family != "baseline"], words).assign(tied=lambda rows: rows.tie_group == 1)
    board = board.sort_values(["value", "who"], ignore_index=True)
    scale = registered()["five_elections"].draw(frames, view)
    polls = board[(board.family == "poll") & board.expected_low.notna()]
    lucky = int((polls.value < polls.expected_low).sum())
    return Answer(
        f"{capitalised(chance_finding(board, words))}.",
        f"{scale.title}.",
        words("answer.surely_proves", lucky=lucky, polls=len(polls)),
    )


def _rigged(frames: Gathered, view: View, words: Words) -> Answer | None:
    drawing = registered()["break_even"].draw(frames, view)
    if "accounts" not in drawing.data:
        return None
    operations = frames["ruler"]
    return Answer(
        f"{drawing.title}.",
        words(
            "answer.rigged_happened",
            reported=len(operations),
            documented=int((operations.grade == "documented").sum()) if len(operations) else 0,
        ),
        words("answer.rigged_proves"),
    )
