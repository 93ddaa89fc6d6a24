"""The French lists of polls: cells that cannot be read, files that lack, questions that are no voting intention."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from intake_cases import MADE
from pollbench.errors import DataError
from pollbench.intake.importers import mieuxvoter, nsppolls, pollsposition
from pollbench.intake.importers._french import notice_url
from pollbench.intake.model import Draft, Question
from pollbench.intake.registry import Request
from tests_support import replace_once

NSPPOLLS = next(csv.DictReader((MADE / "nsppolls.csv").open(encoding="utf-8", newline="")))
FIRST = "20260601_0602_if_A"


def listed(tmp_path: Path, *rows: dict[str, str]) -> list[Question]:
    """What nsppolls makes of its first row with other cells."""
    path = tmp_path / "presidentielle.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NSPPOLLS.keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(NSPPOLLS | row for row in rows)
    return nsppolls.read(path, Request()).questions


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        ({"sous_echantillon": "6e2"}, "'6e2' is no size"),
        ({"intentions": "beaucoup"}, "presidentielle.csv, line 2: 'beaucoup' is no share"),
        ({"debut_enquete": "01/04/2022"}, "01/04/2022"),
        ({"tour": "finale"}, "'finale' cannot be read"),
        ({"population": "LGBT+"}, "asked lgbt only, not the electorate"),
        ({"hypothese": "souhait"}, "asks no voting intention ('souhait' in its description)"),
    ],
)
def test_a_row_that_cannot_be_read_or_asks_something_else_is_refused_with_its_value(tmp_path, cells, refused):
    (question,) = listed(tmp_path, cells)
    assert refused in question.refused


def test_the_first_reason_to_refuse_a_question_is_the_one_that_is_said(tmp_path):
    (question,) = listed(
        tmp_path, {"population": "LGBT+", "sous_echantillon": "6e2", "intentions": "beaucoup"}
    )
    assert question.refused == "asked lgbt only, not the electorate"


def test_the_same_figure_twice_is_one_and_another_one_refuses_the_question(tmp_path):
    same, twice = {"id": "a"}, {"id": "b"}
    first, second, empty = listed(
        tmp_path,
        same,
        same,
        twice,
        twice | {"intentions": "24"},
        {"id": "c", "intentions": "", "sous_echantillon": ""},
    )
    assert ([float(figure.value) for figure in first.figures], first.refused) == ([23], "")
    assert second.refused == "two figures for Marine Le Pen (23.0, 24)"
    assert (empty.figures, empty.refused, empty.expressing_basis) == ([], "", "")


def test_what_no_medium_published_says_so(tmp_path):
    notes = [question.note for question in listed(tmp_path, {"id": "a", "media": "False"}, {"id": "b"})]
    assert notes == ["not published by a news medium", ""]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The made folder of MieuxVoter, to be spoilt."""
    return Path(shutil.copytree(MADE / "mieuxvoter", tmp_path / "mieuxvoter"))


def polls(folder: Path) -> tuple[Draft, dict[str, Question]]:
    draft = mieuxvoter.read(folder, Request())
    return draft, {question.key: question for question in draft.questions}


def test_a_folder_without_its_list_of_polls_is_named(tmp_path):
    with pytest.raises(DataError, match=r"polls\.csv.* is not there\. Name the folder that holds polls\.csv"):
        mieuxvoter.read(tmp_path, Request())


def test_lists_of_people_and_line_ups_may_lack_and_that_is_said(folder):
    (folder / "candidats.csv").unlink()
    (folder / "hypotheses.csv").unlink()
    draft, questions = polls(folder)
    assert (draft.people, draft.scenarios) == ([], {})
    assert "candidats.csv is not there: parties and withdrawals are not known." in draft.remarks.read
    assert "hypotheses.csv is not there: line-ups have no titles." in draft.remarks.read
    assert questions[FIRST].scenario == "H1"


def test_a_day_of_withdrawal_that_is_none_is_left_out_and_said(folder):
    replace_once(folder / "candidats.csv", "2026-06-20", "20 juin")
    draft, _ = polls(folder)
    assert [person.withdrew for person in draft.people] == [None, None, None]
    assert "candidats.csv, line 4: '20 juin' is no day of withdrawal; left out." in draft.remarks.guesses


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        ("candidat,intentions\nMarine Le Pen,beaucoup\n", f"{FIRST}.csv line 2: 'beaucoup' is no share."),
        ("candidat,part\nMarine Le Pen,44\n", f"{FIRST}.csv lacks the column intentions."),
        (None, f"{FIRST}.csv cannot be read"),
    ],
)
def test_a_poll_whose_file_of_shares_cannot_be_used_is_refused_and_the_others_count(folder, content, refused):
    path = folder / "polls" / f"{FIRST}.csv"
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    _, questions = polls(folder)
    assert refused in questions[FIRST].refused
    assert questions["20260601_0602_if_B"].refused == ""


def test_a_line_without_a_share_or_a_name_is_no_figure(folder):
    path = folder / "polls" / f"{FIRST}.csv"
    path.write_text("candidat,intentions\nMarine Le Pen,44\nAbstention,\n,12\n", encoding="utf-8")
    _, questions = polls(folder)
    assert [(figure.name, float(figure.value)) for figure in questions[FIRST].figures] == [
        ("Marine Le Pen", 44)
    ]


def test_a_sub_sample_whose_size_is_none_is_passed_over(folder):
    replace_once(
        folder / "polls.csv",
        'A,H1,IFOP,"Un journal, Une radio",2026-06-01,2026-06-02,1200,',
        "A,H1,IFOP,,2026-06-01,2026-06-02,1200,",
    )
    text = (folder / "polls.csv").read_text(encoding="utf-8")
    (folder / "polls.csv").write_text(text.replace(",1119,", ",6e2,", 1), encoding="utf-8")
    _, questions = polls(folder)
    assert (questions[FIRST].population, questions[FIRST].expressing) == ("adults", 727)
    assert questions["20260601_0602_if_B"].population == "registered"


@pytest.mark.parametrize(
    ("name", "end", "address"),
    [
        ("https://example.org/n.pdf", None, "https://example.org/n.pdf"),
        ("9999-pres-ifop-4-janvier.pdf", date(2026, 12, 30), "2027/janvier/9999-pres-ifop-4-janvier.pdf"),
        ("9999-pres-ifop-4-janvier.pdf", None, ""),
        ("9999-pres-ifop.pdf", date(2026, 12, 30), ""),
        ("9999-4-janvier.docx", date(2026, 12, 30), ""),
    ],
)
def test_the_address_of_a_notice_follows_from_the_month_in_its_name(name, end, address):
    assert notice_url(name, end).endswith(address)
    assert bool(notice_url(name, end)) == bool(address)


SURVEY = {
    "institut": "Ifop",
    "date_debut": "2022-04-01",
    "date_fin": "2022-04-04",
    "interroges": 1501,
    "premier_tour": [{"intentions": {"Macron": 27, "Le Pen": 23.5, "Abstention": 26}}],
}


def surveyed(tmp_path: Path, content: object) -> list[Question]:
    path = tmp_path / "presidentielles_2022.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return pollsposition.read(path, Request()).questions


@pytest.mark.parametrize("content", [[], {"sondages": []}, {"a": 1}])
def test_a_json_without_surveys_says_which_file_to_name(tmp_path, content):
    with pytest.raises(DataError, match=r"holds no surveys under their ids\. Name one of"):
        surveyed(tmp_path, content)


def test_a_json_without_questions_of_a_round_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"holds no survey with premier_tour or second_tour\."):
        surveyed(tmp_path, {"sondages": {"a": {"institut": "Ifop"}}})


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        ({"date_fin": "hier"}, "cannot be read"),
        ({"date_fin": None}, "cannot be read"),
        ({"premier_tour": ["27"]}, "cannot be read"),
        ({"premier_tour": [{"intentions": {"Macron": "beaucoup"}}]}, "cannot be read"),
        ({"premier_tour": [{"intentions": {"Abstention": 26}}]}, "s1 holds no figure"),
        ({"premier_tour": [{"base": "LGBT+", "intentions": {"Macron": 60}}]}, "asked lgbt only"),
    ],
)
def test_a_survey_that_cannot_be_read_is_refused_and_the_others_count(tmp_path, cells, refused):
    spoilt, whole = surveyed(tmp_path, {"s1": SURVEY | cells, "s2": SURVEY})
    assert refused in spoilt.refused
    assert whole.refused == ""
    assert [(figure.name, float(figure.value)) for figure in whole.figures] == [
        ("Macron", 27),
        ("Le Pen", 23.5),
    ]


def test_what_a_survey_says_of_its_base_and_those_in_doubt_is_taken_over(tmp_path):
    said = {
        "base": "SV", "nspp": 12, "certitude": {"ensemble": 71}, "intentions_exprimees": 980, "hypothese": "H1",
        "intentions": {"Macron": 55},
    }  # fmt: skip
    entry = SURVEY | {"date_publication": "2022-04-05", "lien": "http://example.org/a", "methode": "internet"}
    (question,) = surveyed(tmp_path, {"s1": entry | {"date_debut": "", "premier_tour": {"a": said}}})
    assert (question.base, question.population, question.scenario) == ("certain to vote", "certain", "H1")
    assert (float(question.undecided), float(question.certain), question.expressing) == (12, 71, 980)
    assert (question.start, question.published) == (None, date(2022, 4, 5))
    assert (question.notice_url, question.mode, question.key) == (
        "http://example.org/a",
        "internet",
        "s1 premier_tour H1",
    )
