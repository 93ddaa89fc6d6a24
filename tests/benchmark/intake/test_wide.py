"""Wide tables as people write them: whatever the form, the figures that were printed come in."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pollbench.data.elections import find
from pollbench.intake.importers import eopaod
from pollbench.intake.importers.wide import read
from pollbench.intake.names import fold
from pollbench.intake.plan import Details
from pollbench.intake.registry import Request
from pollbench.intake.run import import_files

VOTE = date(2030, 6, 2)
NAMES = ["Ann Lee", "Béa", "Cid", "Dürr", "Eve"]


@st.composite
def tables(draw: st.DrawFn) -> tuple[bytes, list[dict[str, object]]]:
    """A table in one of the forms that spreadsheets write, and what it says."""
    names = NAMES[: draw(st.integers(2, 5))]
    separator = draw(st.sampled_from([",", ";", "\t", "|"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    end_of_line = draw(st.sampled_from(["\n", "\r\n"]))
    comma = draw(st.booleans())
    order = draw(st.permutations(range(3 + len(names))))
    rows = []
    for number in range(draw(st.integers(2, 5))):
        cuts = sorted(draw(st.lists(st.integers(0, 200), min_size=len(names) - 1, max_size=len(names) - 1)))
        halves = [high - low for low, high in zip([0, *cuts], [*cuts, 200], strict=True)]
        last = VOTE - timedelta(days=draw(st.integers(1, 60)) + 61 * number)
        rows.append(
            {
                "house": f"House {'ABCDE'[number]}",
                "start": last - timedelta(days=draw(st.integers(1, 5))),
                "end": last,
                "n": draw(st.integers(500, 20_000)),
                "shares": {name: half / 2 for name, half in zip(names, halves, strict=True)},
            }
        )
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end_of_line)
    header = ["Pollster", "Dates", "Sample size", *names]
    writer.writerow([header[position] for position in order])
    for row in rows:
        days = (
            f"{row['start']:%d/%m/%Y}–{row['end']:%d/%m/%Y}"
            if encoding != "cp1252"
            else f"{row['start']:%d/%m/%Y}-{row['end']:%d/%m/%Y}"
        )
        size = f"{row['n']:,}".replace(",", " ")
        figures = [f"{share:g}".replace(".", "," if comma else ".") for share in row["shares"].values()]
        cells = [row["house"], days, size, *figures]
        writer.writerow([cells[position] for position in order])
    return text.getvalue().encode(encoding), rows


@given(tables())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_form_of_a_table_gives_its_figures(
    tmp_path: Path, table: tuple[bytes, list[dict[str, object]]]
) -> None:
    content, rows = table
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    draft = read(path, Request(days=(VOTE,)))
    assert len(draft.questions) == len(rows)
    for question, row in zip(draft.questions, rows, strict=True):
        assert question.refused == ""
        assert (question.house, question.start, question.end, question.size) == (
            row["house"],
            row["start"],
            row["end"],
            row["n"],
        )
        found = {fold(figure.name): float(figure.value) for figure in question.figures}
        assert found == {fold(name): share for name, share in row["shares"].items()}


def questions(tmp_path: Path, text: str, **more: object) -> list:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return read(path, Request(days=(VOTE,), **more)).questions


def test_proportions_become_per_cent(tmp_path):
    found = questions(tmp_path, "House,Date,Ann,Bob\nA,2030-05-01,0.4,0.6\nB,2030-05-02,0.45,0.55\n")
    assert [[float(figure.value) for figure in question.figures] for question in found] == [
        [40, 60],
        [45, 55],
    ]


def test_one_row_of_proportions_among_per_cent_is_refused(tmp_path):
    found = questions(tmp_path, "House,Date,Ann,Bob\nA,2030-05-01,40,60\nB,2030-05-02,0.45,0.55\n")
    assert [question.refused for question in found] == ["", "proportions in a table of per cent"]


def test_a_name_behind_the_figure_is_the_candidate(tmp_path):
    found = questions(tmp_path, "House,Date,Left,Right\nA,2030-05-01,34 Bardella,66\n")
    assert [figure.name for figure in found[0].figures] == ["Bardella", "Right"]


def test_bounds_are_kept_as_printed(tmp_path):
    found = questions(tmp_path, "House,Date,Ann,Bob,Cid\nA,2030-05-01,52,48,<1\n")
    assert [(str(figure.value), figure.flag) for figure in found[0].figures][-1] == ("1", "lt")


def test_the_headings_of_several_languages_are_known(tmp_path):
    for header in (
        "Umfrageinstitut;Zeitraum;Befragte",
        "Institut de sondage;Dates de réalisation;Échantillon",
        "Polling firm;Fieldwork date;Sample size",
    ):
        found = questions(tmp_path, f"{header};SPD;CDU\nX;3.5.2030;1.000;40,5;59,5\n")
        assert (found[0].house, found[0].end, found[0].size) == ("X", date(2030, 5, 3), 1000)


def test_undecided_voters_in_the_base_are_said(tmp_path):
    found = questions(tmp_path, "House,Date,Ann,Bob,Undecided\nA,2030-05-01,41,27,32\n")
    assert "undecided voters are in the base" in found[0].base
    assert float(found[0].undecided) == 32


@pytest.mark.parametrize("number", range(2))
def test_the_row_of_the_vote_is_its_result_and_that_of_another_is_left_out(tmp_path, number):
    day = ("2030-06-02", "2025-06-01")[number]
    text = f"House,Date,Ann,Bob\nA,2030-05-01,40,60\nGeneral election,{day},45,55\n"
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    draft = read(path, Request(days=(VOTE,)))
    assert [float(counted.share) for counted in draft.counted] == ([45, 55], [])[number]
    assert len(draft.questions) == 1


def test_waves_that_overlap_are_a_rolling_survey(tmp_path):
    lines = [
        f"A,2030-05-{day:02}/2030-05-{day + 3:02},{40 + day % 2},{60 - day % 2}" for day in range(1, 9, 2)
    ]
    path = tmp_path / "t.csv"
    path.write_text("House,Dates,Ann,Bob\n" + "\n".join(lines) + "\n", encoding="utf-8")
    outcome = import_files("wide", path, tmp_path / "o", details=Details("xx-2030", (VOTE,)))
    text = (tmp_path / "o" / "forecasts.csv").read_text()
    assert text.count("a-xx-2030,true") == 2
    assert text.count("a-xx-2030,false") == 2
    assert any("rolling survey" in line for line in outcome.remarks.guesses)
    assert find(tmp_path / "o")


def test_the_year_of_the_fieldwork_follows_from_the_day_of_publication(tmp_path):
    # As wahlrecht.de prints it: the day of publication has no heading, the fieldwork no year, the size a method before it.
    text = ";CDU/CSU;SPD;Sonstige;Befragte;Zeitraum\n03.01.2029;40 %;55,5 %;4,5 %;T • 1.003;28.12.–02.01.\n29.01.2028;41 %;55 %;4 %;2.001;24.01.–26.01.\n"
    found = questions(tmp_path, text, house="Ein Institut")
    assert [(str(each.start), str(each.end), str(each.published), each.size) for each in found] == [
        ("2028-12-28", "2029-01-02", "2029-01-03", 1003),
        ("2028-01-24", "2028-01-26", "2028-01-29", 2001),
    ]


def test_a_size_that_is_none_does_not_cost_the_poll(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("House,Date,Size,Ann,Bob\nA,2030-05-01,500 to 600 each,40,60\n")
    draft = read(path, Request(days=(VOTE,)))
    assert (draft.questions[0].size, draft.questions[0].refused) == (None, "")
    assert "is no size" in draft.remarks.guesses[-1]


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("A,2030-05-01,2,40,60,1-2", "'1-2' is no figure"),
        ("A,2030-05-01,final,40,60,", "'final' is no figure"),
        ("A,soon,1,40,60,", "no day can be read from 'soon'"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_value(tmp_path, row, refused):
    text = f"House,Date,Round,Ann,Bob,Others\nB,2030-05-02,1,45,55,\nC,2030-05-03,1,46,54,\n{row}\n"
    assert [question.refused for question in questions(tmp_path, text)] == ["", "", refused]


def test_a_table_of_days_of_publication_ends_its_fieldwork_there_at_the_latest(tmp_path):
    (question,) = questions(tmp_path, "House,Published on,Ann,Bob\nA,2030-05-01,40,60\n")
    assert (str(question.end), str(question.published)) == ("2030-05-01", "2030-05-01")
    assert question.day_is == "publication_or_fieldwork_end"


def test_european_polls_are_taken_instead_of_national_ones_where_they_are_asked_for(tmp_path):
    text = (
        "Polling Firm,Commissioners,Fieldwork Start,Fieldwork End,Scope,Sample Size,Participation,Precision,Ann,Bob\n"
        "Alpha,A Paper,2030-05-01,2030-05-02,N,1000,N/A,1,40,60\n"
        ",,,,,,,,41,59\n"
        "Beta,,2030-05-01,2030-05-02,European,900,N/A,1,45,55\n"
    )
    path = tmp_path / "xx.csv"
    path.write_text(text, encoding="utf-8")
    for race, houses, left_out in (("", ["Alpha", "Alpha"], "european"), ("European", ["Beta"], "n")):
        draft = eopaod.read(path, Request(days=(VOTE,), race=race))
        assert [question.house for question in draft.questions] == houses
        assert {why for _, _, why in draft.remarks.dropped} == {f"asks about another vote (scope {left_out})"}
