"""pollsposition/data: sondages/presidentielles_*.json, the polls of French presidential elections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pollbench.errors import DataError
from pollbench.intake.importers._french import refuse_by_name
from pollbench.intake.model import Draft, Figure, Question
from pollbench.intake.names import fold
from pollbench.intake.questions import population_of
from pollbench.intake.registry import Expected, Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import read_json

ROUNDS = {"premier_tour": 1, "second_tour": 2}
#: Answers that are no candidate.
NO_CANDIDATE = ("abstention", "blanc", "nul", "ne se prononcent pas", "nspp")
BASES = {"SV": "certain to vote", "I": "registered voters", "C": "certain to vote"}


def read(source: Path, request: Request) -> Draft:  # noqa: ARG001
    """Read the JSON: one entry per survey, with its questions of both rounds."""
    remarks = Remarks()
    content = read_json(source, remarks)
    surveys = content.get("sondages", content) if isinstance(content, dict) else None
    if not isinstance(surveys, dict) or not all(isinstance(entry, dict) for entry in surveys.values()):
        raise DataError(
            source,
            rule="holds no surveys under their ids.",
            remedy="Name one of sondages/presidentielles_*.json.",
        )
    if not any(ROUNDS.keys() & entry.keys() for entry in surveys.values()):
        raise DataError(
            source, rule="holds no survey with premier_tour or second_tour.", remedy="Name another file."
        )
    draft = Draft(remarks)
    for identity, entry in surveys.items():
        draft.questions += _questions(source.name, identity, entry)
    return draft


def _questions(file: str, identity: str, entry: dict[str, Any]) -> Iterator[Question]:
    for name, number in ROUNDS.items():
        asked = entry.get(name) or []
        labels = entry.get("hypotheses") if isinstance(entry.get("hypotheses"), dict) else {}
        listed = list(asked.items()) if isinstance(asked, dict) else list(enumerate(asked, start=1))
        for mark, content in listed:
            row = f"{file}, {identity}, {name} {mark}"
            question = Question(row, str(entry.get("institut", "")), [], round=number, sample=identity)
            try:
                _fill(question, identity, entry, content)
            except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as error:
                question.refused = f"cannot be read ({error})"
            label = content.get("hypothese") if isinstance(content, dict) else ""
            question.scenario = str(label or (labels or {}).get(mark, ""))
            question.key = f"{identity} {name} {label or mark}"
            refuse_by_name(question, question.base, question.scenario)
            yield question


def _fill(question: Question, identity: str, entry: dict[str, Any], content: dict[str, Any]) -> None:
    question.start = date.fromisoformat(entry["date_debut"]) if entry.get("date_debut") else None
    question.end = date.fromisoformat(entry["date_fin"])
    if entry.get("date_publication"):
        question.published = date.fromisoformat(entry["date_publication"])
    size = entry.get("interroges") or entry.get("echantillon")
    question.size = int(size) if size else None
    question.size_basis = "interviewed" if size else ""
    if content.get("intentions_exprimees"):
        question.expressing = int(content["intentions_exprimees"])
        question.expressing_basis = "intentions expressed, as listed"
    if content.get("nspp") is not None:
        question.undecided = Decimal(str(content["nspp"]))
    certain = content.get("certitude") or {}
    if isinstance(certain, dict) and certain.get("ensemble") is not None:
        question.certain = Decimal(str(certain["ensemble"]))
    base = str(content.get("base") or entry.get("population") or "")
    question.base = BASES.get(base, base)
    question.population = population_of(question.base)
    question.mode = str(entry.get("methode", ""))
    question.sponsors = "; ".join(str(name) for name in entry.get("commanditaires") or [])
    link = str(entry.get("source") or entry.get("lien") or "")
    question.notice_url = link if link.startswith("http") else ""
    for name, value in content["intentions"].items():
        if not any(word in fold(name) for word in NO_CANDIDATE):
            question.figures.append(Figure(str(name), Decimal(str(value))))
    if not question.figures:
        question.refused = f"{identity} holds no figure"


IMPORTER = Importer(
    name="pollsposition",
    title="pollsposition/data, sondages",
    reads="sondages/presidentielles_*.json; --election fr-pres-2017 for another year than 2022",
    refuses="abstention and blank votes among the answers, samples of a part of the electorate",
    read=read,
    candidates="person",
    surnames=True,
    expected=Expected("fr-pres-2022", country="FR"),
    source={"publisher": "PollsPosition", "url": "https://github.com/pollsposition/data"},
)
