"""The JSON of dawum: one parliament at a time, and entries of another form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from intake_cases import MADE
from pollbench.errors import DataError
from pollbench.intake.importers.dawum import read
from pollbench.intake.model import Draft
from pollbench.intake.registry import Request

WHOLE: dict[str, Any] = json.loads((MADE / "dawum.json").read_text(encoding="utf-8"))


def drafted(tmp_path: Path, content: dict[str, Any], race: str = "") -> Draft:
    path = tmp_path / "dawum.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return read(path, Request(race=race))


def surveyed(tmp_path: Path, **cells: Any) -> Any:
    survey = {name: value for name, value in (WHOLE["Surveys"]["7"] | cells).items() if value is not None}
    (question,) = drafted(tmp_path, WHOLE | {"Surveys": {"7": survey}}).questions
    return question


@pytest.mark.parametrize(
    ("race", "surveys"), [("", ["7", "8"]), ("Bundestag", ["7", "8"]), ("bayern", ["9"]), ("1", ["9"]), ("Landtag", ["9"])]
)  # fmt: skip
def test_a_parliament_is_named_by_its_short_name_its_number_or_a_part_of_its_name(tmp_path, race, surveys):
    assert [question.key for question in drafted(tmp_path, WHOLE, race).questions] == [
        f"dawum {key}" for key in surveys
    ]


def test_the_only_parliament_of_a_file_needs_no_name(tmp_path):
    only = WHOLE | {"Parliaments": {"1": WHOLE["Parliaments"]["1"]}}
    assert [question.key for question in drafted(tmp_path, only).questions] == ["dawum 9"]


@pytest.mark.parametrize("race", ["Hessen", "tag"])
def test_no_parliament_or_several_are_answered_with_those_there_are(tmp_path, race):
    with pytest.raises(
        DataError,
        match=r"names no parliament of the file, or several\. Give --race with one of Bayern, Bundestag",
    ):
        drafted(tmp_path, WHOLE, race)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Date": "gestern"}, "cannot be read (Invalid isoformat string: 'gestern')"),
        ({"Surveyed_Persons": "viele"}, "cannot be read"),
        ({"Results": {"1": "viel"}}, "cannot be read"),
        ({"Results": [40]}, "cannot be read"),
        ({"Survey_Period": "Mai"}, "cannot be read"),
    ],
)
def test_a_survey_that_cannot_be_read_is_refused(tmp_path, cells, words):
    assert words in surveyed(tmp_path, **cells).refused


def test_a_survey_without_its_period_ends_at_the_latest_on_the_day_of_its_publication(tmp_path):
    question = surveyed(tmp_path, Survey_Period=None, Surveyed_Persons=None)
    assert (str(question.end), question.day_is, question.size) == (
        "2029-02-12",
        "publication_or_fieldwork_end",
        None,
    )
    undated = surveyed(tmp_path, Survey_Period=None, Date=None)
    assert (undated.end, undated.refused) == (None, "")


def test_what_the_file_does_not_name_keeps_its_number_or_stays_empty(tmp_path):
    question = surveyed(tmp_path, Institute_ID="99", Tasker_ID="99", Results={"77": 40, "0": 60})
    assert (question.house, question.sponsors, question.mode) == ("", "", "Telefon")
    assert [(figure.name, float(figure.value)) for figure in question.figures] == [("77", 40)]
    assert float(question.others) == 60


def test_entries_of_another_form_are_passed_over(tmp_path):
    odd = {
        "Database": "dawum", "Taskers": ["x"], "Methods": None, "Institutes": {"1": "INSA"},
        "Parties": WHOLE["Parties"] | {"1": []}, "Parliaments": WHOLE["Parliaments"] | {"5": "Hessen"},
        "Surveys": WHOLE["Surveys"] | {"10": "no survey"},
    }  # fmt: skip
    draft = drafted(tmp_path, WHOLE | odd)
    assert [question.house for question in draft.questions] == ["", ""]
    assert [figure.name for figure in draft.questions[0].figures] == ["1", "SPD", "Grüne"]
    assert draft.source == {"publisher": "dawum.de", "url": "https://dawum.de/"}
