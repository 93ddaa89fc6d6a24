"""The two tables of FiveThirtyEight: which rows are polls of a race, and why others are left out."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from intake_cases import MADE
from pollbench.errors import DataError
from pollbench.intake.importers.fivethirtyeight import read
from pollbench.intake.model import Draft
from pollbench.intake.registry import Request

#: A row of each table in which every column is filled as the source fills it.
RATED, LISTED = (
    next(csv.DictReader((MADE / name).open(encoding="utf-8", newline="")))
    for name in ("raw-polls.csv", "president_polls.csv")
)


def drafted(tmp_path: Path, *rows: dict[str, str], race: str = "") -> Draft:
    path = tmp_path / "polls.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return read(path, Request(race=race))


@pytest.mark.parametrize("row", [RATED, LISTED])
def test_a_race_that_the_file_lacks_is_named_with_where_to_look(tmp_path, row):
    with pytest.raises(
        DataError, match=r"'Atlantis'.* holds no poll of such a race\. See the column race or state"
    ):
        drafted(tmp_path, row, race="Atlantis")


@pytest.mark.parametrize(
    ("row", "wish"), [(RATED, "2030 gov g"), (RATED, "aa"), (LISTED, "ohio"), (LISTED, "president")]
)
def test_a_race_is_chosen_by_any_of_its_names(tmp_path, row, wish):
    assert len(drafted(tmp_path, row, race=wish).questions) == 1


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"cand2_name": ""}, "'cand2_name' cannot be read"),
        ({"polldate": "soon"}, "'soon' cannot be read"),
        ({"electiondate": "2/30/2030"}, r"'2/30/2030' cannot be read"),
        ({"samplesize": "6e2"}, "'6e2' cannot be read"),
        ({"cand1_pct": "many"}, "'many' cannot be read"),
    ],
)
def test_a_rated_poll_that_cannot_be_read_is_left_out_with_its_line_and_value(tmp_path, cells, why):
    draft = drafted(tmp_path, RATED | cells, RATED)
    ((line, house, reason),) = draft.remarks.dropped
    assert (line, house) == ("polls.csv, line 2", "Alpha University")
    assert reason.endswith("cannot be read")
    assert why.split("'")[1].split("/")[0] in reason
    assert len(draft.questions) == 1


def test_generic_candidates_are_distinguished_by_their_party(tmp_path):
    draft = drafted(tmp_path, RATED | {"cand1_name": "Generic Candidate", "cand2_name": "Generic candidate"})
    assert [figure.name for figure in draft.questions[0].figures] == [
        "Generic Candidate (DEM)",
        "Generic candidate (REP)",
    ]


@pytest.mark.parametrize("actual", ["", "won"])
def test_a_race_without_both_results_has_none(tmp_path, actual):
    draft = drafted(tmp_path, RATED | {"cand2_actual": actual})
    assert draft.counted == []
    assert [race.day for race in draft.races.values()] == [date(2030, 11, 5)]


def test_a_share_that_is_not_printed_is_no_figure(tmp_path):
    (question,) = drafted(tmp_path, RATED | {"cand2_pct": ""}).questions
    assert [figure.name for figure in question.figures] == ["Ann Smith"]


def test_a_rated_poll_keeps_the_number_of_its_source_whatever_the_column_and_none_where_there_is_none(
    tmp_path,
):
    old = {name: cell for name, cell in RATED.items() if name not in ("poll_id", "question_id")}
    names = [
        (question.key, question.sample)
        for row in (RATED, old | {"pollno": "9"}, old)
        for question in drafted(tmp_path, row).questions
    ]
    assert names == [("538 11", "1"), ("538 9", ""), ("", "")]


def test_primaries_and_votes_on_no_day_are_left_out_by_name(tmp_path):
    draft = drafted(
        tmp_path,
        LISTED | {"stage": "Primary"},
        LISTED | {"election_date": "unknown"},
        LISTED | {"stage": "runoff"},
    )
    assert [why for _, _, why in draft.remarks.dropped] == [
        "stage Primary",
        "election_date 'unknown' is no day",
    ]
    assert [question.row for question in draft.questions] == ["polls.csv, line 4"]


@pytest.mark.parametrize(
    ("cells", "race"),
    [
        ({}, "2030 U.S. President Ohio"),
        ({"cycle": "", "election_date": "11/5/30"}, "2030 U.S. President Ohio"),
        ({"cycle": "", "election_date": "", "state": ""}, "U.S. President US"),
    ],
)
def test_a_race_is_named_by_year_office_and_state(tmp_path, cells, race):
    draft = drafted(tmp_path, LISTED | cells)
    assert list(draft.races) == [race]
    assert draft.races[race].day == (date(2030, 11, 5) if "2030" in race else None)


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        ({"pct": "most"}, "polls.csv, line 2: 'most' is no share"),
        ({"sample_size": "6e2"}, "'6e2' cannot be read"),
        ({"end_date": "soon"}, "'soon' cannot be read"),
    ],
)
def test_a_listed_poll_that_cannot_be_read_is_refused_with_its_value(tmp_path, cells, refused):
    (question,) = drafted(tmp_path, LISTED | cells).questions
    assert question.refused == refused


def test_an_answer_without_a_name_or_a_figure_is_none_and_a_hypothetical_question_says_so(tmp_path):
    draft = drafted(
        tmp_path,
        LISTED | {"hypothetical": "TRUE", "pct": ""},
        LISTED | {"hypothetical": "TRUE", "candidate_name": "", "answer": ""},
        LISTED | {"hypothetical": "TRUE", "candidate_name": "", "answer": "Smith"},
    )
    (question,) = draft.questions
    assert [figure.name for figure in question.figures] == ["Smith"]
    assert (question.scenario, question.population, question.notice_url) == (
        "hypothetical",
        "registered",
        "http://example.org/a",
    )
