"""What the French lists of polls have in common: their columns, rounds and notices."""

from __future__ import annotations

import re
from datetime import date

from pollbench.intake import printed
from pollbench.intake.model import Question
from pollbench.intake.names import fold
from pollbench.intake.questions import asks_something_else, population_of, round_of, sponsors_of
from pollbench.intake.tables import Row

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
NOTICES = "http://www.commission-des-sondages.fr/notices/files/notices"


def question_of(row: Row, key: str) -> Question:
    """The question that a row describes; its figures stand elsewhere."""
    question = Question(row.place, printed.clean(row.get("nom_institut")), [], key=key)
    try:
        question.round = round_of(row.get("tour"), 1)
        question.start = _day(row.get("debut_enquete"))
        question.end = _day(row.get("fin_enquete"))
        question.size = printed.count(row.get("echantillon"))
    except ValueError as error:
        question.refused = f"{str(error)!r} cannot be read"
    question.size_basis = "interviewed" if question.size else ""
    question.sponsors = sponsors_of(row.get("commanditaire"))
    question.base = printed.clean(row.get("population"))
    question.population = population_of(row.get("population"))
    if row.get("rolling"):
        question.rolling = fold(row.get("rolling")) in ("true", "vrai", "1", "oui", "yes")
    if fold(row.get("media")) in ("false", "faux", "0", "non", "no"):
        question.note = "not published by a news medium"
    return question


def refuse_by_name(question: Question, *texts: str) -> None:
    """Refuse what asks a part of the electorate, or something else than a vote."""
    group = next((code for text in texts if (code := population_of(text)).startswith("subgroup:")), "")
    if group:
        question.population = group
        question.refused = (
            question.refused or f"asked {group.removeprefix('subgroup:')} only, not the electorate"
        )
    if wish := asks_something_else(*texts):
        question.refused = question.refused or f"asks no voting intention ({wish!r} in its description)"


def notice_url(name: str, end: date | None) -> str:
    """The address of a notice of the Commission des sondages, from the name of its file; "" if it holds no month.

    Examples
    --------
    >>> notice_url("9925-pres-odoxa-public-senat-29-avril.pdf", date(2025, 4, 24))[-60:]
    'notices/2025/avril/9925-pres-odoxa-public-senat-29-avril.pdf'
    """
    if name.startswith("http"):
        return name
    months = [word for word in re.findall(r"[a-z]+", fold(name)) if word in MONTHS]
    if not months or end is None or not name.lower().endswith(".pdf"):
        return ""
    month = MONTHS.index(months[-1]) + 1
    year = end.year + (month < end.month)
    return f"{NOTICES}/{year}/{months[-1]}/{name}"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
