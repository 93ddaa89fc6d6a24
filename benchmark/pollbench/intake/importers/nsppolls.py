"""nsppolls/nsppolls: presidentielle.csv, the polls before the French presidential election of 2022."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pollbench.intake import printed
from pollbench.intake.importers._french import question_of, refuse_by_name
from pollbench.intake.model import Draft, Figure, Person, Question
from pollbench.intake.registry import Expected, Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import Row, read_table

COLUMNS = (
    "candidat",
    "intentions",
    "id",
    "nom_institut",
    "debut_enquete",
    "fin_enquete",
    "echantillon",
    "tour",
    "hypothese",
)


def read(source: Path, request: Request) -> Draft:  # noqa: ARG001
    """Read the table: one row per candidate of a question; rows of one id, round and hypothesis are one."""
    remarks = Remarks()
    table = read_table(source, remarks)
    table.require(*COLUMNS)
    draft = Draft(remarks)
    grouped: dict[str, Question] = {}
    parties: dict[str, str] = {}
    for row in table.rows:
        # An empty hypothesis is the only list that was asked in that round.
        key = " ".join(word for word in (row.get("id"), row.get("tour"), row.get("hypothese")) if word)
        if key not in grouped:
            grouped[key] = _question(row, key)
        _add(grouped[key], row)
        if row.get("parti"):
            parties.setdefault(row.get("candidat"), row.get("parti"))
    draft.questions = list(grouped.values())
    draft.people = [Person(name, party) for name, party in parties.items()]
    return draft


def _question(row: Row, key: str) -> Question:
    question = question_of(row, key)
    question.sample = row.get("id")
    question.scenario = row.get("hypothese")
    refuse_by_name(question, row.get("population"), row.get("hypothese"))
    try:
        question.expressing = printed.count(row.get("sous_echantillon"))
    except ValueError as error:
        question.refused = question.refused or f"{str(error)!r} is no size"
    question.expressing_basis = "sub-sample as listed" if question.expressing else ""
    return question


def _add(question: Question, row: Row) -> None:
    try:
        share = printed.share(row.get("intentions"))
    except ValueError as error:
        question.refused = question.refused or f"{row.place}: {str(error)!r} is no share"
        return
    if share is None:
        return
    figure = Figure(printed.clean(row.get("candidat")), share[0], share[1])
    same = [other for other in question.figures if other.name == figure.name]
    if same and same[0] != figure:
        question.refused = (
            question.refused or f"two figures for {figure.name} ({same[0].value}, {figure.value})"
        )
    elif not same:
        question.figures.append(replace(figure))


IMPORTER = Importer(
    name="nsppolls",
    title="nsppolls/nsppolls, presidentielle.csv",
    reads="presidentielle.csv: candidat, intentions, id, nom_institut, debut_enquete, fin_enquete, echantillon, rolling, tour, hypothese",
    refuses="samples of a part of the electorate, two figures for one candidate",
    read=read,
    candidates="person",
    surnames=True,
    expected=Expected("fr-pres-2022", country="FR"),
    source={"publisher": "NSPPolls", "url": "https://github.com/nsppolls/nsppolls"},
)
