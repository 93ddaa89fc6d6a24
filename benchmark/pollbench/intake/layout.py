"""The files of an election folder, as the schema lays them out: columns and keys of each table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from functools import cache

from pollbench.data.elections import datasets_folder
from pollbench.data.table_files import PER_COLLECTION, PER_ELECTION, SHARED

Row = dict[str, str]
Rows = dict[str, list[Row]]

#: Stem of a file -> its table. elections.csv describes the elections of a collection.
TABLES = {
    stem: table
    for table, stem in (SHARED | PER_ELECTION | PER_COLLECTION | {"election": "elections"}).items()
}


@cache
def columns(stem: str) -> tuple[str, ...]:
    """The columns of the file ``stem``.csv, in their order."""
    return tuple(
        words[0] for words in _lines(stem) if words[0].islower() and words[0] not in ("primary", "foreign")
    )


@cache
def key(stem: str) -> tuple[str, ...]:
    """The columns that name a row of the file ``stem``.csv."""
    text = next(line for words in _lines(stem) if "PRIMARY KEY" in (line := " ".join(words)))
    listed = re.match(r"PRIMARY KEY \(([^)]*)\)", text)
    return tuple(listed[1].split(", ")) if listed else (text.split()[0],)


def to_csv(stem: str, rows: Iterable[Mapping[str, str]], header: Iterable[str] = ()) -> str:
    """The text of the file: the columns that hold something or are required, in the order of the schema."""
    rows = list(rows)
    filled = {name for row in rows for name, value in row.items() if value} | set(header)
    required = {words[0] for words in _lines(stem) if "NOT NULL" in " ".join(words) or "PRIMARY KEY" in words}
    needed = filled | required | set(key(stem))
    header = [name for name in columns(stem) if name in needed]
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: tuple(row.get(name, "") for name in key(stem))))
    return text.getvalue()


@cache
def _lines(stem: str) -> tuple[tuple[str, ...], ...]:
    text = (datasets_folder() / "sql" / "schema.sql").read_text(encoding="utf-8")
    body = text.partition(f"CREATE TABLE {TABLES[stem]} (\n")[2].partition("\n);")[0]
    return tuple(tuple(line.strip().rstrip(",").split()) for line in body.strip().splitlines())
