"""dawum.de: the JSON of its interface (surveys, institutes, parties), one parliament at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pollbench.errors import DataError
from pollbench.intake.importers import wide
from pollbench.intake.model import Draft, Figure, Question
from pollbench.intake.names import fold
from pollbench.intake.registry import Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import read_json, read_text

SECTIONS = ("Surveys", "Institutes", "Parties", "Parliaments")
OTHERS = ("0", "sonstige")


def read(source: Path, request: Request) -> Draft:
    """Read the JSON, or a table such as wahlrecht.de prints it (a column per party)."""
    if read_text(source, Remarks()).lstrip()[:1] not in ("{", "["):
        return wide.read(source, request)
    remarks = Remarks()
    content = read_json(source, remarks)
    if not isinstance(content, dict) or not all(isinstance(content.get(name), dict) for name in SECTIONS):
        raise DataError(
            source,
            rule=f"is no file of dawum: it needs {', '.join(SECTIONS)}.",
            remedy="Fetch https://api.dawum.de/ once more, or name another kind.",
        )
    wanted = _parliament(source, content, request)
    draft = Draft(remarks)
    draft.source = _source(content)
    for identity, survey in sorted(content["Surveys"].items(), key=lambda item: (len(item[0]), item[0])):
        if not isinstance(survey, dict) or str(survey.get("Parliament_ID")) != wanted:
            continue
        draft.questions.append(_question(source.name, identity, survey, content))
    return draft


def _parliament(source: Path, content: dict[str, Any], request: Request) -> str:
    """The id of the parliament whose polls are wanted: --race, else the Bundestag, else the only one."""
    short = {
        identity: _text(content, "Parliaments", identity, "Shortcut") for identity in content["Parliaments"]
    }
    names = {
        identity: " ".join(
            [shortcut, *(_text(content, "Parliaments", identity, name) for name in ("Name", "Election"))]
        )
        for identity, shortcut in short.items()
    }
    wish = fold(request.race or "Bundestag")
    matches = [identity for identity, name in names.items() if wish in fold(name)]
    exact = [identity for identity, shortcut in short.items() if wish in (fold(shortcut), identity)]
    if len(names) == 1 and not request.race:
        matches = list(names)
    if len(exact or matches) != 1:
        listed = ", ".join(sorted(filter(None, short.values())))
        raise DataError(
            source,
            value=request.race or "Bundestag",
            rule="names no parliament of the file, or several.",
            remedy=f"Give --race with one of {listed}.",
        )
    return str((exact or matches)[0])


def _question(file: str, identity: str, survey: dict[str, Any], content: dict[str, Any]) -> Question:
    def name_of(section: str, key: str) -> str:
        return _text(content, section, str(survey.get(key)), "Name")

    question = Question(
        f"{file}, survey {identity}", name_of("Institutes", "Institute_ID"), [], key=f"dawum {identity}"
    )
    try:
        period = survey.get("Survey_Period") or {}
        question.start = date.fromisoformat(period["Date_Start"]) if period.get("Date_Start") else None
        question.end = date.fromisoformat(period["Date_End"]) if period.get("Date_End") else None
        question.published = date.fromisoformat(survey["Date"]) if survey.get("Date") else None
        question.size = int(survey.get("Surveyed_Persons") or 0) or None
        for party, value in (survey.get("Results") or {}).items():
            short = _text(content, "Parties", str(party), "Shortcut") or str(party)
            if str(party) == OTHERS[0] or fold(short) == OTHERS[1]:
                question.others = Decimal(str(value))
            else:
                question.figures.append(Figure(short, Decimal(str(value))))
    except (ValueError, TypeError, AttributeError, ArithmeticError) as error:
        question.refused = f"cannot be read ({error})"
    if question.end is None and question.published:
        question.end, question.day_is = question.published, "publication_or_fieldwork_end"
    question.sponsors = name_of("Taskers", "Tasker_ID")
    question.mode = name_of("Methods", "Method_ID")
    return question


def _text(content: dict[str, Any], section: str, identity: str, field: str) -> str:
    """A field of the entry ``identity`` of a section; "" where the file lacks it."""
    return str(_table(_table(content.get(section)).get(identity)).get(field, ""))


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _source(content: dict[str, Any]) -> dict[str, str]:
    """Publisher, licence and state of the file, where it says them."""
    database = _table(content.get("Database"))
    licence = _table(database.get("License"))
    source = {
        "publisher": str(database.get("Publisher") or "dawum.de"),
        "url": "https://dawum.de/",
        "licence": str(licence.get("Name") or licence.get("Shortcut") or ""),
        "revision": str(database.get("Last_Update") or ""),
    }
    return {name: value for name, value in source.items() if value}


IMPORTER = Importer(
    name="dawum",
    title="dawum.de",
    reads="the JSON of api.dawum.de (--race names the parliament, else the Bundestag), or a table such as those of wahlrecht.de",
    refuses="surveys of other parliaments",
    read=read,
    candidates="party",
)
