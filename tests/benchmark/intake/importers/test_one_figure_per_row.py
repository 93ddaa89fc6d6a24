"""Tables with one figure to a row: shares (tidy) and probabilities of winning, and cells that are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pollbench.errors import DataError
from pollbench.intake.importers import probabilities, tidy
from pollbench.intake.mapping import Mapping
from pollbench.intake.model import Question
from pollbench.intake.registry import Request

TIDY = "house,end,candidate,value,lower,upper,flag,n,round\n"
ODDS = "date,model,state,candidate,win_prob,est_share\n"


def questions(importer, tmp_path: Path, text: str, **request: object) -> list[Question]:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return importer.read(path, Request(**request)).questions


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("A,2030-04-01,Ann,most,,,,,", "t.csv, line 2: 'most' is no figure"),
        ("A,2030-04-01,Ann,40,low,,,,", "t.csv, line 2: 'low' is no figure"),
        ("A,2030-04-01,Ann,40,,,,,final", "'final' is no figure"),
        ("A,soon,Ann,40,,,,,", "no day can be read from 'soon'"),
    ],
)
def test_a_figure_that_cannot_be_read_refuses_its_question_with_line_and_value(tmp_path, row, refused):
    (question,) = questions(tidy, tmp_path, f"{TIDY}{row}\n")
    assert question.refused == refused


def test_bounds_and_flags_come_in_and_a_row_without_a_figure_is_none(tmp_path):
    rows = "A,2030-04-01,Ann,40,38,42,about,,\nA,2030-04-01,Bob,–,,,,,\nA,2030-04-01,Cid,60,,,guess,,\n"
    (question,) = questions(tidy, tmp_path, TIDY + rows)
    read = [(row.name, float(row.value), row.flag, row.lower, row.upper) for row in question.figures]
    assert read == [("Ann", 40, "about", 38, 42), ("Cid", 60, "", None, None)]


@pytest.mark.parametrize(
    ("header", "lacking"),
    [
        ("house,end,candidate\n", "value"),
        ("house,candidate,value\n", "end"),
        ("end,candidate,value\n", "house"),
        ("house,end,value\n", "candidate"),
    ],
)
def test_a_table_of_figures_without_a_column_it_needs_says_which(tmp_path, header, lacking):
    with pytest.raises(DataError, match=rf"line 1.* has no column that can be read as {lacking}\. Say what"):
        questions(tidy, tmp_path, f"{header}a,b,c\n")


def test_the_day_of_publication_stands_for_the_end_of_fieldwork_where_there_is_no_other(tmp_path):
    (question,) = questions(tidy, tmp_path, "published on,candidate,value\n2030-04-01,Ann,40\n", house="A")
    assert (question.house, question.end, question.day_is) == (
        "A",
        date(2030, 4, 1),
        "publication_or_fieldwork_end",
    )


def test_a_folder_without_a_table_of_probabilities_is_named(tmp_path):
    with pytest.raises(DataError, match=r"holds no CSV file\. Name a table of probabilities\."):
        probabilities.read(tmp_path, Request())


@pytest.mark.parametrize(
    ("header", "lacking"),
    [
        ("model,candidate,win_prob\n", "published"),
        ("date,candidate,win_prob\n", r"house \(or give --house\)"),
        ("date,model,state\n", "candidate, value"),
    ],
)
def test_a_table_of_probabilities_without_a_column_it_needs_says_which(tmp_path, header, lacking):
    with pytest.raises(
        DataError, match=rf"has no column that can be read as {lacking}\. A probability stands under"
    ):
        questions(probabilities, tmp_path, f"{header}a,b,c\n")


def test_the_mapping_says_which_column_holds_the_probability(tmp_path):
    text = "date,model,candidate,value,odds\n2030-10-01,m,Ann,3,0.25\n2030-10-01,m,Bob,1,0.75\n"
    (question,) = questions(probabilities, tmp_path, text, mapping=Mapping(columns={"odds": "value"}))
    assert [float(figure.value) for figure in question.figures] == [25, 75]


def test_a_probability_that_cannot_be_read_refuses_its_question_and_not_the_share_beside_it(tmp_path):
    won, share = questions(probabilities, tmp_path, f"{ODDS}2030-10-01,m,Ohio,Ann,likely,0.48\n")
    assert (won.quantity, won.refused) == ("win_probability", "t.csv, line 2: 'likely' is no probability")
    assert (share.quantity, share.refused, float(share.figures[0].value)) == ("vote_share", "", 48)


@pytest.mark.parametrize(
    ("cell", "value", "flag"), [("<1", 1, "lt"), (">99", 99, "gt"), ("30 %", 30, ""), ("2e-05", 2e-05, "")]
)
def test_a_probability_is_read_as_printed(tmp_path, cell, value, flag):
    rows = f"{ODDS}2030-10-01,m,Ohio,Ann,{cell},\n2030-10-01,m,Ohio,Bob,70,\n2030-10-01,m,Ohio,,5,\n"
    (question,) = questions(probabilities, tmp_path, rows)
    assert [(row.name, float(row.value), row.flag) for row in question.figures] == [
        ("Ann", value, flag),
        ("Bob", 70, ""),
    ]


def test_of_many_contests_the_one_that_is_asked_for_is_read(tmp_path):
    rows = f"{ODDS}2030-10-01,m,Ohio,Ann,0.3,\n2030-10-01,m,Utah,Ann,0.4,\n"
    assert [question.race for question in questions(probabilities, tmp_path, rows, race="utah")] == ["Utah"]
