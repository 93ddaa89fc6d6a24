"""Units from files: polling stations or communes, in the ministry's layout or a plain one.

The ministry's files of 2017 and 2022 have one line per commune or polling station, separated by semicolons,
with a group of columns repeated for every candidate, of which the header may name only the first.
The plain layout is a CSV with the columns unit, registered, abstentions, blank and null_votes (or
blank_null), and one column per candidate id.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pandas as pd

from pollbench.errors import DataError
from pollbench.flows.units import ABSTENTION, BLANK, assembled, two_rounds

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.flows.units import Units

#: Columns of the ministry's layouts that together name a unit, each under the names it has had.
UNIT_COLUMNS = (
    ("Code du département",),
    ("Code de la commune",),
    ("Code du b.vote", "Bureau de vote", "Code du bureau de vote"),
)
COMMUNE_COLUMNS = ("Libellé de la commune", "Commune")
FIRST_OF_GROUP = "N°Panneau"
#: A town under its own code, and the same code followed by that of an arrondissement or a sector.
_SECTION = re.compile(r"^(.+?)(?:AR|SR)\d+$")
#: A town under its own name, and the same name followed by the number of an arrondissement.
_NUMBERED = re.compile(r"^(.+?)[ -]+(?:0?\d{1,2})(?:er|e|eme|ere)?(?: arrondissement| secteur)?$")


@dataclass(frozen=True)
class _Row:
    line: int
    unit: str
    name: str
    registered: int
    abstentions: int
    blank_null: int
    votes: dict[str, int]


def from_files(bench: Bench, election: str, first: Path, second: Path) -> Units:
    """The units of two files, one for each of the last two rounds of an election.

    Parameters
    ----------
    bench : the loaded elections; the files must not hold more votes than its results.
    election : id of an election with two rounds.
    first, second : the files of the rounds.

    Raises
    ------
    DataError : a file that cannot be read, a line that does not add up, a town that stands twice.
    NothingToCompare, DomainError : units or registers that do not meet.
    """
    contests = two_rounds(bench, election)
    rounds = [
        read_round(bench, contest, path) for contest, path in zip(contests, (first, second), strict=True)
    ]
    return assembled(election, contests[1], rounds[0], rounds[1], f"{first.name}, {second.name}")


def read_round(bench: Bench, contest: str, path: Path) -> pd.DataFrame:
    """One round by unit: index = unit; columns = candidates, blank_null, abstention; votes.

    Raises
    ------
    DataError : as for ``from_files``.
    """
    people = bench.frame(
        "SELECT c.candidate_id, p.name, r.votes FROM candidate c JOIN person p USING (candidate_id) "
        "JOIN result r USING (contest_id, candidate_id) WHERE c.contest_id = ? ORDER BY c.candidate_id",
        [contest],
    )
    lines = _lines(path)
    header = next(lines)[1]
    if FIRST_OF_GROUP in header:
        rows = list(
            _ministry_rows(path, header, lines, dict(zip(people.name, people.candidate_id, strict=True)))
        )
    elif "unit" in header and "registered" in header:
        rows = list(_plain_rows(path, header, lines, set(people.candidate_id)))
    else:
        raise DataError(
            path,
            line=1,
            value=",".join(header)[:60],
            rule="is neither a file of the ministry (N°Panneau, Inscrits, ...) nor a plain one (unit, registered, ...).",
            remedy="Give the file of results by commune or polling station as it was published.",
        )
    if not rows:
        raise DataError(path, rule="holds no unit.", remedy="Give a file with one line per unit.")
    _refuse_wrong_sums(path, rows)
    _refuse_towns_twice(path, rows)
    frame = (
        pd.DataFrame([row.votes for row in rows], index=[row.unit for row in rows]).fillna(0.0).astype(float)
    )
    _refuse_too_many(path, frame, people)
    frame[BLANK] = [float(row.blank_null) for row in rows]
    frame[ABSTENTION] = [float(row.abstentions) for row in rows]
    return frame


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(
            path, rule=f"cannot be read ({error.strerror}).", remedy="Name an existing file."
        ) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The ministry wrote Latin-1 in 2017 and 2022.
        text = content.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    for number, fields in enumerate(csv.reader(text.splitlines(), delimiter=separator), start=1):
        if any(field.strip() for field in fields):
            yield number, [field.strip() for field in fields]
    if not text.strip():
        raise DataError(path, rule="is empty.", remedy="Give a file with one line per unit.")


def _plain_rows(
    path: Path, header: list[str], lines: Iterator[tuple[int, list[str]]], candidates: set[str]
) -> Iterator[_Row]:
    missing = [name for name in ("unit", "registered", "abstentions") if name not in header]
    apart = {"blank", "null_votes"} <= set(header)
    if missing or not (apart or BLANK in header) or not candidates <= set(header):
        lacks = [*missing, *([] if apart or BLANK in header else [BLANK]), *sorted(candidates - set(header))]
        raise DataError(
            path,
            line=1,
            rule=f"lacks {', '.join(lacks)}.",
            remedy="Add them; a candidate without votes has 0.",
        )
    for number, fields in lines:
        cells = dict(zip(header, fields, strict=False))

        def count(name: str, cells: dict[str, str] = cells, number: int = number) -> int:
            return _count(path, number, name, cells.get(name, ""))

        yield _Row(
            number,
            PurePosixPath(cells["unit"]).stem,
            cells.get("commune", ""),
            count("registered"),
            count("abstentions"),
            count("blank") + count("null_votes") if apart else count(BLANK),
            {name: count(name) for name in sorted(candidates)},
        )


def _ministry_rows(
    path: Path, header: list[str], lines: Iterator[tuple[int, list[str]]], people: dict[str, str]
) -> Iterator[_Row]:
    start = header.index(FIRST_OF_GROUP)
    group = header[start:]
    if FIRST_OF_GROUP in group[1:]:
        group = group[: group.index(FIRST_OF_GROUP, 1)]
    needed = {name: _column(path, header, (name,)) for name in ("Inscrits", "Abstentions", "Blancs", "Nuls")}
    codes = [
        index for names in UNIT_COLUMNS if (index := _column(path, header, names, optional=True)) is not None
    ]
    commune = _column(path, header, COMMUNE_COLUMNS, optional=True)
    surname, votes = _column(path, group, ("Nom",)), _column(path, group, ("Voix",))
    assert surname is not None
    assert votes is not None
    known: dict[str, str] = {}
    for number, fields in lines:
        counts = {}
        for index in range(start, len(fields) - len(group) + 1, len(group)):
            name = fields[index + surname]
            if not name:
                continue
            if name not in known:
                known[name] = _candidate(path, number, name, people)
            counts[known[name]] = _count(path, number, "Voix", fields[index + votes])
        number_of = {
            name: _count(path, number, name, fields[index])
            for name, index in needed.items()
            if index is not None
        }
        yield _Row(
            number,
            "-".join(fields[index] for index in codes),
            fields[commune] if commune is not None else "",
            number_of["Inscrits"],
            number_of["Abstentions"],
            number_of["Blancs"] + number_of["Nuls"],
            counts,
        )


def _column(path: Path, header: Sequence[str], names: Sequence[str], optional: bool = False) -> int | None:
    for name in names:
        if name in header:
            return list(header).index(name)
    if optional:
        return None
    raise DataError(
        path,
        line=1,
        rule=f"lacks the column {names[0]}.",
        remedy="Give the file as the ministry published it.",
    )


def _count(path: Path, line: int, column: str, value: str) -> int:
    if not value.isdecimal():
        raise DataError(
            path,
            line=line,
            column=column,
            value=value,
            rule="is no number of people.",
            remedy="Write digits only.",
        )
    return int(value)


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return re.sub(r"[^a-z0-9]+", " ", letters.casefold()).strip()


def _candidate(path: Path, line: int, surname: str, people: dict[str, str]) -> str:
    matches = [key for name, key in people.items() if f" {_plain(name)}".endswith(f" {_plain(surname)}")]
    if len(matches) != 1:
        raise DataError(
            path,
            line=line,
            column="Nom",
            value=surname,
            rule="is not the family name of one candidate of this round.",
            remedy=f"There is: {', '.join(sorted(people))}. Are the files of the two rounds exchanged?",
        )
    return matches[0]


def _refuse_wrong_sums(path: Path, rows: list[_Row]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        total = row.abstentions + row.blank_null + sum(row.votes.values())
        if total != row.registered:
            raise DataError(
                path,
                line=row.line,
                column="registered",
                value=str(row.registered),
                rule=f"abstentions, blank and null ballots and votes of the unit add up to {total}.",
                remedy="Compare with the published file.",
            )
        if row.unit in seen:
            raise DataError(
                path,
                line=row.line,
                column="unit",
                value=row.unit,
                rule=f"stands on line {seen[row.unit]} too.",
                remedy="Leave one of the lines out.",
            )
        seen[row.unit] = row.line


def _refuse_towns_twice(path: Path, rows: list[_Row]) -> None:
    """A town that stands once as a whole and once by arrondissement counts its voters twice."""
    by_code = {row.unit: row for row in rows}
    by_name = {_plain(row.name): row for row in rows if row.name}
    twice = {}
    for row in rows:
        code = _SECTION.match(row.unit)
        name = _NUMBERED.match(row.name)
        whole = (code and by_code.get(code[1])) or (name and by_name.get(_plain(name[1])))
        if whole and whole is not row:
            twice[whole.unit] = whole
    if twice:
        towns = [f"{row.name or row.unit} ({row.unit}, line {row.line})" for row in twice.values()]
        raise DataError(
            path,
            rule=f"counts {' and '.join(towns)} twice: as a town and by arrondissement.",
            remedy="Leave out one of the two: the lines named, if all arrondissements are there; else the arrondissements.",
        )


def _refuse_too_many(path: Path, frame: pd.DataFrame, people: pd.DataFrame) -> None:
    official = people.set_index("candidate_id").votes
    totals = frame.sum()
    over = totals[totals > official.reindex(totals.index)]
    if len(over):
        name = str(over.index[0])
        raise DataError(
            path,
            column=name,
            value=f"{over.iloc[0]:.0f}",
            rule=f"is more than the {official[name]} votes of the official result: some voters stand twice.",
            remedy="Look for a town that stands as a whole and by arrondissement, or for a line of totals.",
        )
