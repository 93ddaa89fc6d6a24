"""MieuxVoter/presidentielle2027: polls.csv, polls/<id>.csv, candidats.csv and hypotheses.csv."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pollbench.errors import DataError
from pollbench.intake import printed
from pollbench.intake.importers._french import notice_url, question_of, refuse_by_name
from pollbench.intake.model import Draft, Figure, Person, Question
from pollbench.intake.names import fold
from pollbench.intake.registry import Expected, Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import Row, read_table

COLUMNS = (
    "poll_id",
    "hypothese",
    "nom_institut",
    "debut_enquete",
    "fin_enquete",
    "echantillon",
    "population",
    "tour",
)


def read(source: Path, request: Request) -> Draft:  # noqa: ARG001
    """Read the folder, or the polls.csv of it."""
    folder = source if source.is_dir() else source.parent
    remarks = Remarks()
    path = folder / "polls.csv"
    if not path.is_file():
        raise DataError(path, rule="is not there.", remedy="Name the folder that holds polls.csv and polls/.")
    table = read_table(path, remarks)
    table.require(*COLUMNS)
    draft = Draft(remarks)
    draft.people = _people(folder, remarks)
    lists = _hypotheses(folder, remarks)
    draft.scenarios = {name: comment for name, (_, comment) in lists.items()}
    for row in table.rows:
        question = _question(row, lists)
        try:
            question.figures = _figures(folder / "polls" / f"{row.get('poll_id')}.csv")
        except DataError as error:
            question.refused = question.refused or f"{Path(error.path).name} {error.rule}"
        draft.questions.append(question)
    if any(question.notice_url for question in draft.questions):
        remarks.guess("Addresses of notices are made from the names of their files, by the month in them.")
    for person in draft.people:
        if person.withdrew:
            remarks.said(f"{person.name} withdrew on {person.withdrew}.")
    return draft


def _question(row: Row, lists: dict[str, tuple[tuple[str, ...], str]]) -> Question:
    question = question_of(row, row.get("poll_id"))
    label = row.get("hypothese")
    question.scenario = label
    question.notice_url = notice_url(row.get("filename"), question.end)
    # One sample is put to several line-ups: the ids of its questions differ in the last part alone.
    question.sample = row.get("poll_id").rsplit("_", 1)[0]
    described = [row.get(f"sous_population{number}") for number in (1, 2, 3)]
    refuse_by_name(
        question, row.get("population"), *described, lists.get(label, ((), ""))[1], row.get("filename")
    )
    for number, population in enumerate(described, start=1):
        words = fold(population)
        try:
            size = printed.count(row.get(f"sous_echantillon{number}"))
        except ValueError:
            continue
        if size and "exprim" in words:
            question.expressing, question.expressing_basis = size, population
        elif size and "inscrits" in words and not question.population.startswith("subgroup:"):
            question.population = "registered"
    return question


def _figures(path: Path) -> list[Figure]:
    table = read_table(path, Remarks())
    table.require("candidat", "intentions")
    figures = []
    for row in table.rows:
        try:
            share = printed.share(row.get("intentions"))
        except ValueError as error:
            raise DataError(
                path, rule=f"line {row.line}: {str(error)!r} is no share.", remedy="Correct it."
            ) from None
        if share is not None and row.get("candidat"):
            figures.append(Figure(row.get("candidat"), share[0], share[1]))
    return figures


def _people(folder: Path, remarks: Remarks) -> list[Person]:
    path = folder / "candidats.csv"
    if not path.is_file():
        remarks.said("candidats.csv is not there: parties and withdrawals are not known.")
        return []
    table = read_table(path, remarks)
    table.require("complete_name")
    people = []
    for row in table.rows:
        text = row.get("retrait_candidature")
        try:
            withdrew = date.fromisoformat(text) if text else None
        except ValueError:
            remarks.guess(f"{row.place}: {text!r} is no day of withdrawal; left out.")
            withdrew = None
        people.append(Person(row.get("complete_name"), row.get("parti"), withdrew))
    return people


def _hypotheses(folder: Path, remarks: Remarks) -> dict[str, tuple[tuple[str, ...], str]]:
    """Hypothesis -> who stands in it, and its comment."""
    path = folder / "hypotheses.csv"
    if not path.is_file():
        remarks.said("hypotheses.csv is not there: line-ups have no titles.")
        return {}
    table = read_table(path, remarks)
    table.require("id_hypothese", "hypothese_complete")
    return {
        row.get("id_hypothese"): (
            tuple(name.strip() for name in row.get("hypothese_complete").split(",") if name.strip()),
            row.get("commentaire"),
        )
        for row in table.rows
    }


IMPORTER = Importer(
    name="mieuxvoter",
    title="MieuxVoter/presidentielle2027",
    reads="the folder of the repository: polls.csv, polls/*.csv, candidats.csv, hypotheses.csv",
    refuses="samples of a part of the electorate (LGBT+, the young), questions about wishes, polls without their file of shares",
    read=read,
    candidates="person",
    surnames=True,
    ballot="unknown",
    expected=Expected(
        "fr-pres-2027",
        country="FR",
        office="president",
        title="French presidential election 2027",
        law="fr-77-808",
        days=(date(2027, 4, 18), date(2027, 5, 2)),
        days_from="as announced after the Council of Ministers of 1 July 2026; the decree that calls the voters has not been seen",
    ),
    source={
        "publisher": "Mieux Voter",
        "url": "https://github.com/MieuxVoter/presidentielle2027",
        "licence": "MIT",
    },
)
