"""Names and ids: the same name in other letters is the same name; an id that is taken is never taken again."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pollbench.data.elections import datasets_folder

#: Small letters that do not come apart into a plain letter and an accent.
LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
#: Words between a first name and a surname that the ids of people leave out.
PARTICLES = ("de", "d", "du", "von", "van", "der", "den", "ten")
POLLS = ("quota_poll", "random_poll")


def fold(text: str) -> str:
    """``text`` in the form in which names are compared: no accents, no case, one space between words.

    Examples
    --------
    >>> fold("  MÉLENCHON,  Jean-Luc ") == fold("Me\\u0301lenchon Jean Luc")
    True
    """
    # Twice: small letters of compatibility signs come apart in their turn.
    for _ in range(2):
        text = unicodedata.normalize(
            "NFKD", unicodedata.normalize("NFKD", text).casefold().translate(LETTERS)
        )
        text = "".join(mark for mark in text if not unicodedata.combining(mark))
    return " ".join(re.findall(r"[^\W_]+", text))


def slug(text: str) -> str:
    """An id made of a name: folded words joined by hyphens.

    Examples
    --------
    >>> slug("Alternative für Deutschland")
    'alternative-fur-deutschland'
    """
    return fold(text).replace(" ", "-")


def surname(name: str) -> str:
    """What stands behind the first name, without particles; the whole name where there is one word.

    Examples
    --------
    >>> [surname(name) for name in ("Marine Le Pen", "Dominique de Villepin", "Jean-Luc Mélenchon", "Obama")]
    ['Le Pen', 'Villepin', 'Mélenchon', 'Obama']
    """
    words = name.split()
    rest = words[1:]
    while len(rest) > 1 and fold(rest[0]) in PARTICLES:
        rest = rest[1:]
    return " ".join(rest or words)


class Register:
    """Names that have an id: what printed names are looked up in, and new ids are kept apart from.

    Parameters
    ----------
    rows : id -> the names under which it is known.
    taken : further ids that a new name may not get.
    """

    def __init__(self, rows: Mapping[str, Iterable[str]], taken: Iterable[str] = ()) -> None:
        self.ids = set(rows)
        self.taken = self.ids | set(taken)
        self._names: dict[str, str] = {}
        for identity, names in rows.items():
            for name in names:
                self._names.setdefault(_squeezed(name), identity)

    def find(self, name: str, by_id: bool = True) -> tuple[str, str]:
        """The id of a printed name and how it was found; two empty texts if it is new.

        Parameters
        ----------
        by_id : whether the id itself counts as a name (a surname, a column heading).
        """
        for text, how in (
            (name, ""),
            (re.sub(r"\s*\([^)]*\)\s*$", "", name), " without what stands in brackets"),
        ):
            if identity := self._names.get(_squeezed(text)):
                return identity, "known name" + how
            if by_id and slug(text) in self.ids:
                return slug(text), "known id" + how
        return "", ""

    def add(self, name: str, wish: str) -> str:
        """Give a new name an id: ``wish``, or what is free beside it."""
        identity = wish or slug(name) or "unnamed"
        number = 2
        while identity in self.taken:
            identity = (
                slug(name)
                if number == 2 and slug(name) not in self.taken
                else f"{wish or 'unnamed'}-{number}"
            )
            number += 1
        self.taken.add(identity)
        self.ids.add(identity)
        self._names[_squeezed(name)] = identity
        return identity


def people(folder_rows: Iterable[Mapping[str, str]] = ()) -> Register:
    """The register of everyone in the shipped data, and in the rows of a folder."""
    rows = [*shipped_rows("people"), *folder_rows]
    return Register({row["candidate_id"]: [row["name"]] for row in rows})


def houses(kinds: Iterable[str], folder_rows: Iterable[Mapping[str, str]] = ()) -> Register:
    """The register of the forecasters of these kinds; the ids of all others are taken."""
    rows = [*shipped_rows("forecasters"), *folder_rows]
    wanted = set(kinds)
    known: dict[str, list[str]] = {
        row["forecaster_id"]: [row["name"]] for row in rows if row["kind"] in wanted
    }
    return Register(known, taken=(row["forecaster_id"] for row in rows))


@cache
def shipped_rows(stem: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a table that all shipped elections share."""
    return tuple(rows_of(datasets_folder() / f"{stem}.csv"))


@cache
def shipped_ids(stem: str) -> frozenset[str]:
    """The ids of a table that all shipped elections share; the id is its first column."""
    return frozenset(next(iter(row.values())) for row in shipped_rows(stem))


def shipped_forecasts(without: str) -> set[str]:
    """The ids of every shipped forecast but those of the election ``without``."""
    return {row["forecast_id"] for name, row in _shipped_forecasts() if name != without}


def shipped_surveys(without: str) -> set[str]:
    """The surveys of every shipped election but ``without``."""
    return {row["survey"] for name, row in _shipped_forecasts() if name != without and row.get("survey")}


@cache
def _shipped_forecasts() -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Election folder and row of every shipped forecast."""
    paths = sorted(datasets_folder().glob("*/forecasts.csv"))
    return tuple((path.parent.name, row) for path in paths for row in rows_of(path))


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of an election folder; none if it does not stand there."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _squeezed(name: str) -> str:
    return fold(name).replace(" ", "")
