"""What forecasters and candidates are called: short, distinct, in the language of the reader, and marked if recalled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import pandas as pd

from pollbench_dashboards.language.words import Words

#: Mean advance of a letter of a label and the air beside the longest one, pixels.
LETTER, AIR = 6.7, 12
#: Names never take less or more room than this beside the marks, pixels.
LEAST_ROOM, MOST_ROOM = 80, 262


def short_name(forecaster_id: str, name: str, words: Words) -> str:
    """The name without what explains it; names that are descriptions are said in the reader's language.

    Examples
    --------
    >>> short_name("filteris", "Filteris (BuzzPol)", Words("fr"))
    'Filteris'
    >>> short_name("fivethirtyeight-average", "FiveThirtyEight poll average", Words("fr"))
    'Moyenne FiveThirtyEight'
    """
    key = f"short_name.{forecaster_id}"
    return words(key) if words.has(key) else str(name).split(" (")[0].split(", ")[0]


def short_names(table: pd.DataFrame, words: Words) -> list[str]:
    """The short name of each row, from its columns ``forecaster_id`` and ``name``."""
    return [
        short_name(str(who), str(name), words)
        for who, name in zip(table["forecaster_id"], table["name"], strict=True)
    ]


def with_names(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The table with a column ``who``: one short name per forecaster, distinct, marked where it is ``recalled``."""
    names = distinct_names(list(zip(table["forecaster_id"], short_names(table, words), strict=True)))
    return table.assign(
        who=marked(table, [names[forecaster] for forecaster in table["forecaster_id"]], words)
    )


def labelled(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The table with a column ``who``: one short, distinct label per forecast, marked where it is ``recalled``."""
    labels = distinct_names(list(zip(table["forecast_id"], short_names(table, words), strict=True)))
    return table.assign(
        who=marked(table, [labels[forecast_id] for forecast_id in table["forecast_id"]], words)
    )


def marked(table: pd.DataFrame, labels: Iterable[str], words: Words) -> list[str]:
    """One label per row, with the mark of what is known only from a text written after the vote."""
    labels = list(labels)
    if "recalled" not in table:
        return labels
    return [
        words("label.recalled", name=label) if recalled else label
        for label, recalled in zip(labels, table["recalled"].fillna(False).astype(bool), strict=True)
    ]


def recalled_sentence(table: pd.DataFrame, words: Words) -> str:
    """What the mark of a recalled forecast means; empty where there is none."""
    return words("caption.recalled") if "recalled" in table and table["recalled"].any() else ""


def sorted_names(table: pd.DataFrame, words: Words) -> list[str]:
    """The short names of a table in alphabetical order, each once."""
    known = table[table["name"].notna()]
    return sorted(set(short_names(known, words)), key=str.casefold)


def room(labels: Iterable[str]) -> int:
    """Pixels that the longest label needs beside the marks, in letters of the usual size.

    Examples
    --------
    >>> room(["BVA"]), room(["World Election Forecast (recalled)"]), room(["x" * 99])
    (80, 239, 262)
    """
    longest = max((len(label) for label in labels), default=0)
    return min(MOST_ROOM, max(LEAST_ROOM, int(LETTER * longest) + AIR))


def slug(text: str) -> str:
    """Lower case letters and digits joined by hyphens, without accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def surname(name: str, candidate_id: str) -> str:
    """The part of a full name that the id stands for; the full name if they do not meet.

    Examples
    --------
    >>> surname("Nicolas Dupont-Aignan", "dupont-aignan"), surname("Marine Le Pen", "le-pen")
    ('Dupont-Aignan', 'Le Pen')
    """
    parts = name.split(" ")
    for start in range(len(parts)):
        tail = " ".join(parts[start:])
        if slug(tail) == candidate_id:
            return tail
    return name


def distinct_names(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Label for each id of ``(id, name)``; names shared by several ids get the id in brackets.

    Examples
    --------
    >>> distinct_names([("a", "Ifop"), ("b", "Ifop"), ("c", "BVA")])
    {'a': 'Ifop (a)', 'b': 'Ifop (b)', 'c': 'BVA'}
    """
    unique = dict(pairs)
    names = list(unique.values())
    return {key: f"{name} ({key})" if names.count(name) > 1 else name for key, name in unique.items()}
