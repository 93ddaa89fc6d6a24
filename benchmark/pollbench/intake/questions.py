"""What the tables of several kinds share: days, sizes, populations and proportions of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from pollbench.intake import dates, printed
from pollbench.intake.model import Figure, Question
from pollbench.intake.names import fold
from pollbench.intake.remarks import Remarks

#: Words in a description of those asked -> code, the narrower first.
POPULATIONS = (
    ("certain", ("certain", "certains", "surs d aller voter", "sv", "definite")),
    ("likely", ("likely", "lv", "probable", "probables")),
    ("registered", ("registered", "rv", "inscrits", "inscrites", "listes electorales", "wahlberechtigte", "electorate", "i")),
    ("adults", ("adults", "adult", "a", "18 ans et plus", "18 ans", "residents", "population francaise", "bevolkerung")),
)  # fmt: skip
#: Words that say that a part of the electorate was asked.
SUBGROUPS = {
    "lgbt": "lgbt", "jeunes": "young", "young voters": "young", "18 24": "young", "18 30": "young", "etudiants": "students",
    "catholiques": "catholics", "musulmans": "muslims", "agriculteurs": "farmers", "fonctionnaires": "public-servants",
    "militaires": "military", "sympathisants": "sympathisers", "salaries": "employees", "outre mer": "overseas",
    "francais de l etranger": "abroad", "women only": "women",
}  # fmt: skip
#: Words that say that something else than a vote was asked.
WISHES = (
    "souhait", "souhaite", "wish", "pronostic", "favourability", "popularite", "cote de", "vainqueur", "potentiel", "primaire",
)  # fmt: skip


def population_of(text: str) -> str:
    """The code of those asked, "" if the words say none.

    Examples
    --------
    >>> [population_of(text) for text in ("Inscrits sur les listes électorales", "lv", "personnes LGBT+", "??")]
    ['registered', 'likely', 'subgroup:lgbt', '']
    """
    words = f" {fold(text)} "
    for mark, group in SUBGROUPS.items():
        if f" {mark} " in words:
            return f"subgroup:{group}"
    for code, marks in POPULATIONS:
        if any(f" {mark} " in words for mark in marks):
            return code
    return ""


def asks_something_else(*texts: str) -> str:
    """The word by which a question is no voting intention; "" if there is none."""
    words = " ".join(f" {fold(text)} " for text in texts)
    return next((wish for wish in WISHES if f" {wish} " in words), "")


@dataclass
class Days:
    """Reads the days of the rows of one table, and remembers what had to be guessed."""

    reading: dates.Reading
    remarks: Remarks
    name: str

    def fill(self, question: Question, start: str, end: str, both: str, published: str) -> None:
        """Put the days of a row into ``question``; a cell that holds none makes it refused."""
        try:
            if published and not printed.is_nothing(published):
                question.published = self._period(published, self.reading)[1]
            # What was published on a day was measured by then, whatever the year.
            by_then = question.published and question.published + timedelta(days=1)
            reading = replace(self.reading, before=by_then or self.reading.before)
            if both and not printed.is_nothing(both):
                question.start, question.end = self._period(both, reading)
            if end and not printed.is_nothing(end):
                question.end = self._period(end, reading)[1]
            if start and not printed.is_nothing(start):
                begins = self._period(start, replace(reading, before=question.end or reading.before))
                question.start = begins[0] or begins[1]
        except dates.Undated as error:
            question.refused = question.refused or f"no day can be read from {str(error)!r}"

    def _period(self, text: str, reading: dates.Reading) -> tuple[date | None, date]:
        start, end, guessed = dates.period(text, reading)
        if guessed:
            by = f"the vote on {self.reading.before}" if reading == self.reading else "the day beside them"
            self.remarks.guess(
                f"{self.name}: days without a year are taken for the last such days before {by}."
            )
        return start, end


def days_of(texts: Iterable[str], before: date | None, country: str, remarks: Remarks, name: str) -> Days:
    """How the days of a table are read: which of day and month stands first is decided by all of them."""
    texts = list(texts)
    first = dates.month_first(texts)
    slashes = any(re.search(r"\d{1,2}/\d{1,2}", text) for text in texts)
    if first is None and slashes:
        first = country == "US"
        order = "month before day" if first else "day before month"
        remarks.guess(f"{name}: no date decides; they are read {order}.")
    elif slashes:
        remarks.said(f"{name}: dates are read {'month before day' if first else 'day before month'}.")
    return Days(dates.Reading(month_first=bool(first), before=before), remarks, name)


def scale_proportions(questions: Iterable[Question], remarks: Remarks, name: str) -> None:
    """Turn proportions into per cent where the whole table holds proportions; refuse lone rows of them."""
    dated = [question for question in questions if question.quantity == "vote_share" and question.figures]
    small = [
        question for question in dated if _sum(question) <= Decimal("1.02") and len(question.figures) > 1
    ]
    if small and len(small) == len([question for question in dated if len(question.figures) > 1]):
        remarks.guess(f"{name}: all rows add up to about 1: read as proportions, times 100.")
        for question in dated:
            question.figures = [_times_100(figure) for figure in question.figures]
            question.others = None if question.others is None else question.others * 100
            question.undecided = None if question.undecided is None else question.undecided * 100
        return
    for question in small:
        if _sum(question) > Decimal("0.9"):
            question.refused = question.refused or "proportions in a table of per cent"


def _sum(question: Question) -> Decimal:
    return sum((figure.value for figure in question.figures), Decimal(0))


def _times_100(figure: Figure) -> Figure:
    def times(value: Decimal | None) -> Decimal | None:
        return None if value is None else value * 100

    return Figure(figure.name, figure.value * 100, figure.flag, times(figure.lower), times(figure.upper))


def size_of(text: str, row: str, remarks: Remarks) -> int | None:
    """The number of people that a cell prints; a cell that prints none is said, and its poll counts without a size."""
    try:
        return printed.count(text)
    except ValueError:
        remarks.guess(f"{row}: {text!r} is no size; the poll counts without one.")
        return None


def round_of(text: str, default: int) -> int:
    """The number of a round: "1er Tour", "Second round", "2"; ``default`` where the text is empty.

    Raises
    ------
    ValueError : it says something else.

    Examples
    --------
    >>> [round_of(text, 1) for text in ("1er Tour", "2nd Tour", "Deuxième tour", "")]
    [1, 2, 2, 1]
    """
    words = fold(text)
    if not words:
        return default
    for number, marks in (
        (1, ("premier", "first", "1er", "1st", "erster")),
        (2, ("deuxieme", "second", "2nd", "2eme", "2e", "runoff", "zweiter", "stichwahl")),
    ):
        if set(marks) & set(words.split()):
            return number
    if match := re.search(r"\d", words):
        return int(match[0])
    raise ValueError(text)


def sponsors_of(text: str) -> str:
    """Sponsors as a list with semicolons.

    Examples
    --------
    >>> sponsors_of("BFMTV, La Tribune Dimanche")
    'BFMTV; La Tribune Dimanche'
    """
    if printed.is_nothing(text):
        return ""
    return "; ".join(population.strip() for population in re.split(r"[,;|]| / ", text) if population.strip())
