"""Which questions count: every one that is left out has its reason, and names become ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pollbench.errors import DataError
from pollbench.intake.ids import Names
from pollbench.intake.mapping import Mapping
from pollbench.intake.model import Band, Draft, Figure, Level, Question, Race
from pollbench.intake.plan import Contest, Planned
from pollbench.intake.registry import named
from pollbench.intake.remarks import Remarks
from pollbench.intake.screening import check_sums, is_whole, screen

VOTE = date(2030, 4, 14)
BEFORE = date(2030, 4, 1)


def figure(name: str = "Ann", value: str = "40", flag: str = "") -> Figure:
    return Figure(name, Decimal(value), flag)


def question(**cells: object) -> Question:
    given = {"row": "t.csv, line 2", "house": "Alpha", "figures": [figure()], "end": BEFORE} | cells
    return Question(**given)


def screened(asked: Question, mapping: Mapping | None = None, since: date | None = None):
    """What counts of one question, and why it is left out if it is."""
    mapping = mapping or Mapping()
    draft = Draft(Remarks(), [asked])
    plan = Planned("", {"election_id": "xx-2030"}, {1: Contest(1, VOTE, 1)}, since=since)
    names = Names(named("tidy"), mapping, draft.remarks, {}, "XX", "s")
    counted = screen(draft, {"": plan}, names, mapping, draft.remarks)
    return counted, [why for _, _, why in draft.remarks.dropped]


REASONS: dict[str, tuple[Callable[[], Question], str]] = {
    "refused": (lambda: question(refused="no share"), "no share"),
    "race": (lambda: question(race="Ohio"), "the race 'Ohio' is not imported"),
    "round": (lambda: question(round=2), "round 2 has no day: give --day once for each round"),
    "no day": (lambda: question(end=None), "no day can be read"),
    "published late": (lambda: question(end=None, published=VOTE), "ends on 2030-04-14, the vote is on 2030-04-14"),
    "early": (lambda: question(end=date(2029, 12, 31)), "before 2030-01-01"),
    "start": (lambda: question(start=date(2030, 4, 2)), "starts on 2030-04-02, after its end on 2030-04-01"),
    "no figure": (lambda: question(figures=[]), "no figure"),
    "no candidate": (lambda: question(figures=[figure(" ")]), "a figure without a candidate"),
    "no candidate of a band": (
        lambda: question(figures=[], bands=[Band("", Decimal(0), Decimal(50), Decimal(1))]),
        "a figure without a candidate",
    ),
    "no house": (lambda: question(house=" "), "no house"),
    "twice": (lambda: question(figures=[figure("Ann"), figure("ANN", "41")]), "two figures for ann (40, 41)"),
}  # fmt: skip


@pytest.mark.parametrize("why", REASONS)
def test_a_question_that_does_not_count_says_why(why):
    make, reason = REASONS[why]
    assert screened(make(), since=date(2030, 1, 1)) == ([], [reason])


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        (Mapping(drop={"t.csv, line 2": "a test"}), "mapping.toml: a test"),
        (Mapping(drop={"k": ""}), "mapping.toml: no reason given"),
        (Mapping(houses={"Alpha": ""}), "mapping.toml leaves this house out"),
        (Mapping(people={"Ann": ""}), "mapping.toml leaves all its candidates out"),
    ],
)
def test_what_the_mapping_leaves_out_names_the_mapping(mapping, reason):
    assert screened(question(key="k"), mapping) == ([], [reason])


def test_what_the_importer_refuses_counts_where_the_mapping_keeps_it():
    counted, dropped = screened(question(refused="no share", key="k"), Mapping(keep={"k": "checked"}))
    assert (len(counted), dropped) == (1, [])


def test_of_a_candidate_whom_the_mapping_leaves_out_nothing_stays():
    half, whole = Decimal("0.5"), Decimal(50)
    asked = question(
        figures=[figure("Ann"), figure("Bob")],
        levels=[Level(name, half, whole) for name in ("Ann", "Bob", "Cleo")],
        bands=[Band(name, Decimal(0), whole, whole) for name in ("Ann", "Bob")],
    )
    ((counted,), dropped) = screened(asked, Mapping(people={"Bob": ""}))
    assert dropped == []
    # A distribution without a figure beside it belongs to nothing.
    assert [row.name for row in counted.figures] == ["ann"]
    assert [row.name for row in counted.levels] == ["ann"]
    assert [row.name for row in counted.bands] == ["ann"]
    assert counted.house == "alpha"


def test_one_name_in_several_races_is_said_to_be_taken_for_one_candidate():
    draft = Draft(Remarks(), races={name: Race(name) for name in ("Ohio", "Utah")})
    names = Names(named("tidy"), Mapping(), draft.remarks, {}, "XX", "s")
    assert screen(draft, {}, names, Mapping(), draft.remarks) == []
    assert draft.remarks.guesses == ["One name in several races is taken for one candidate."]


@pytest.mark.parametrize(
    ("shares", "others", "whole"),
    [
        (["60", "40"], None, True),
        (["60", "41.5"], None, False),
        (["60", "38.5"], None, False),
        (["60", "39"], "1", False),
        (["60", "40"], "0", True),
        (["60", "39.5", "<1"], None, True),
    ],
)
def test_a_list_is_whole_if_its_shares_add_up_to_100_within_a_point(shares, others, whole):
    figures = [figure("x", share.lstrip("<"), "lt" if "<" in share else "") for share in shares]
    asked = question(figures=figures, others=others and Decimal(others))
    assert is_whole(asked) is whole


def draft_of(sums: list[int]) -> Draft:
    return Draft(Remarks(), [question(figures=[figure("Ann", str(total))]) for total in sums])


def test_one_row_that_adds_up_to_too_much_is_refused_and_a_table_of_them_was_read_wrongly():
    draft = draft_of([102, 100, 101])
    check_sums(Path("t.csv"), draft)
    assert [asked.refused for asked in draft.questions] == ["its shares add up to 102", "", ""]
    with pytest.raises(DataError, match=r"2 of 4 rows add up to more than 101; this one to 102\."):
        check_sums(Path("t.csv"), draft_of([102, 100, 103, 99]))
    # What is refused already, and what is no share, is not added up.
    refused = draft_of([150, 150, 100])
    refused.questions[0].refused = "by name"
    refused.questions[1] = replace(refused.questions[1], quantity="seats")
    check_sums(Path("t.csv"), refused)
    assert [asked.refused for asked in refused.questions] == ["by name", "", ""]
