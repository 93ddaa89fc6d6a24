"""Find elections and read what their ``election.toml`` says.

An election is its folder. A name is looked up among the shipped folders; a path is a folder of
the user's own, laid out like them. A collection is a folder that holds many elections: a row of
``elections.csv`` each, where one election has its ``election.toml``.
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pollbench.data.csv_files import read_text_table
from pollbench.errors import DataError, UnknownName

DESCRIPTION = "election.toml"
COLLECTION = "elections.csv"
#: A year outside of these is a typing error.
FIRST_YEAR, LAST_YEAR = 1700, 2200
#: Types of fields in words.
KINDS = {str: "a text", int: "a whole number", date: "a day such as 2017-04-22"}


@dataclass(frozen=True)
class Silence:
    """Days on which no poll may appear before a contest."""

    contest_id: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Election:
    """An election folder and its description.

    Attributes
    ----------
    folder : where its files are.
    election_id, country, office, year, title, revision, superseded_by : the row of the
        table ``election``.
    law : which law the legal mentions of polls follow; None if none is known.
    candidate_sets : contest -> name of the set -> candidates.
    silences : days on which no poll may appear.
    line : in which line of ``elections.csv`` it stands; None if it has an ``election.toml``.
    unknown : keys of ``election.toml`` that mean nothing -> what to do about each.
    rows : name of a table's file -> number of its rows, where the description gives it.
    """

    folder: Path
    election_id: str
    country: str
    office: str
    year: int
    title: str
    revision: str
    superseded_by: str | None
    law: str | None
    candidate_sets: Mapping[str, Mapping[str, tuple[str, ...]]]
    silences: tuple[Silence, ...]
    line: int | None = None
    unknown: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The file that describes it."""
        return self.folder / (DESCRIPTION if self.line is None else COLLECTION)


#: The columns of ``elections.csv``, those of the table ``election``; the last two may be left out.
COLUMNS = (
    "election_id",
    "country",
    "office",
    "year",
    "title",
    "revision",
    "superseded_by",
    "law",
)
OPTIONAL = COLUMNS[-2:]
#: What election.toml must say, and of what type it is.
REQUIRED = {name: int if name == "year" else str for name in COLUMNS if name not in OPTIONAL}
#: What it may say besides.
TABLES = ("candidate_sets", "silence", "rows")


@cache
def datasets_folder() -> Path:
    """The folder of the shipped data."""
    return Path(str(resources.files("pollbench_datasets")))


def shipped_elections() -> tuple[str, ...]:
    """Ids of the elections that come with the package, sorted."""
    return tuple(sorted(path.parent.name for path in datasets_folder().glob(f"*/{DESCRIPTION}")))


def shipped_collections() -> tuple[str, ...]:
    """Names of the folders of many elections that come with the package, sorted."""
    return tuple(sorted(path.parent.name for path in datasets_folder().glob(f"*/{COLLECTION}")))


def known_laws() -> tuple[str, ...]:
    """Ids of the laws whose mentions the package can write, sorted; "none" says that there is none."""
    return tuple(sorted({path.name.split(".")[0] for path in (datasets_folder() / "laws").glob("*.toml")}))


def find(name_or_folder: str | Path) -> list[Election]:
    """The election of that id among the shipped ones, or those of that folder: one, or a collection.

    Raises
    ------
    UnknownName : no shipped election or collection has that name and there is no such folder.
    DataError : its election.toml or elections.csv is missing or says something impossible, or its path is not UTF-8.
    """
    shipped = (*shipped_elections(), *shipped_collections())
    named = str(name_or_folder) in shipped
    folder = datasets_folder() / str(name_or_folder) if named else Path(name_or_folder)
    if not folder.is_dir():
        raise UnknownName.of(kind="election", name=str(name_or_folder), known=shipped)
    _refuse_undecodable(folder)
    if not (folder / COLLECTION).exists():
        return [read_description(folder)]
    if (folder / DESCRIPTION).exists():
        raise DataError(
            folder / DESCRIPTION,
            rule=f"stands beside {COLLECTION}: a folder holds one election or a collection.",
            remedy="Remove one of the two.",
        )
    return read_collection(folder)


def _refuse_undecodable(folder: Path) -> None:
    """Refuse a folder whose path is no UTF-8: findings name it, and the database holds texts."""
    try:
        str(folder.absolute()).encode("utf-8")
    except UnicodeEncodeError:
        raise DataError(
            folder,
            rule="has a path with bytes that are not UTF-8.",
            remedy="Rename the folder.",
        ) from None


def find_all(names_or_folders: Iterable[str | Path]) -> list[Election]:
    """The elections of these ids or folders; one that is named twice counts once.

    Raises
    ------
    UnknownName, DataError : as for ``find``; DataError also if two folders hold one election id.
    """
    known: dict[str, Election] = {}
    for election in (election for name in names_or_folders for election in find(name)):
        earlier = known.setdefault(election.election_id, election)
        if earlier.folder.resolve() != election.folder.resolve():
            raise DataError(
                election.path,
                line=election.line,
                column="election_id",
                value=election.election_id,
                rule=f"is also the id of the election in {earlier.folder}.",
                remedy="Give one of them its own id, or load only one.",
            )
    return list(known.values())


def read_description(folder: Path) -> Election:
    """Read and verify the election.toml of ``folder``."""
    path = folder / DESCRIPTION
    content = _parsed(path)
    missing = [name for name in REQUIRED if name not in content]
    if missing:
        lines = "; ".join(f"{name} = ..." for name in missing)
        raise DataError(
            path,
            column=", ".join(missing),
            rule=f"{'is' if len(missing) == 1 else 'are'} missing.",
            remedy=f"Add a line for each: {lines}",
        )
    fields = {name: _field(path, content, name, kind) for name, kind in REQUIRED.items()}
    if not FIRST_YEAR <= fields["year"] <= LAST_YEAR:
        raise _impossible_year(path, str(fields["year"]))
    return Election(
        folder=folder,
        superseded_by=_field(path, content, "superseded_by", str) if "superseded_by" in content else None,
        law=_field(path, content, "law", str) if "law" in content else None,
        candidate_sets=_candidate_sets(path, content),
        silences=_silences(path, content),
        unknown=_unknown(content),
        rows=_rows(path, content),
        **fields,
    )


def read_collection(folder: Path) -> list[Election]:
    """Read and verify the elections.csv of ``folder``, one row per election."""
    path = folder / COLLECTION
    table, offences = read_text_table(path, COLUMNS, OPTIONAL)
    if table is None or offences:
        raise offences[0]
    if not table.rows:
        raise DataError(path, rule="has no row.", remedy="Write a row for each election of the folder.")
    lines: dict[str, int] = {}
    elections = []
    for row, line in zip(table.rows, table.lines, strict=True):
        fields: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
        for name in COLUMNS:
            if not fields[name] and name not in OPTIONAL:
                raise DataError(path, line=line, column=name, rule="must not be empty.", remedy="Fill it in.")
        year = fields["year"]
        if not (
            year.isascii() and year.isdigit() and len(year) <= 4 and FIRST_YEAR <= int(year) <= LAST_YEAR
        ):
            raise _impossible_year(path, year, line)
        earlier = lines.setdefault(fields["election_id"], line)
        if earlier != line:
            raise DataError(
                path,
                line=line,
                column="election_id",
                value=fields["election_id"],
                rule=f"is also the id of line {earlier}.",
                remedy="Remove one of the two rows, or give one its own id.",
            )
        optional = {name: fields[name] or None for name in OPTIONAL}
        described = fields | optional | {"year": int(year)}
        elections.append(Election(folder=folder, candidate_sets={}, silences=(), line=line, **described))
    return elections


def line_of_key(path: Path, key: str) -> int | None:
    """The line of a TOML file on which ``key`` stands, None if it stands on no line of its own."""
    lines = path.read_text(encoding="utf-8").splitlines()
    named = (number for number, text in enumerate(lines, start=1) if text.split("=")[0].strip(" \"'") == key)
    return next(named, None)


def _impossible_year(path: Path, value: str, line: int | None = None) -> DataError:
    return DataError(
        path,
        line=line,
        column="year",
        value=value,
        rule=f"must be a year between {FIRST_YEAR} and {LAST_YEAR}.",
        remedy="Write the year of the vote, such as 2017.",
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        if path.exists() and not path.is_file():
            raise DataError(
                path,
                rule="cannot be read (no regular file).",
                remedy="Put a file there: an election folder holds one.",
            )
        content = path.read_bytes()
        if content.startswith(codecs.BOM_UTF8):
            raise DataError(
                path,
                line=1,
                rule="starts with a byte order mark; files are UTF-8 without one.",
                remedy="Save it as 'UTF-8', not as 'UTF-8 with BOM'.",
            )
        return tomllib.loads(content.decode("utf-8"))
    except FileNotFoundError:
        raise DataError(
            path,
            rule="is missing: an election folder holds an election.toml.",
            remedy="Write one like that of a shipped election: id, country, office, year, titles, revision.",
        ) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(path, line=line, rule="is not UTF-8.", remedy="Save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise DataError(
            path, rule=f"is not well-formed TOML: {error}.", remedy="Correct that line."
        ) from None
    except (ValueError, RecursionError):
        rule = "is not well-formed TOML: a number is too long, or brackets stand in brackets too deeply."
        raise DataError(path, rule=rule, remedy="Write it like that of a shipped election.") from None
    except OSError as error:
        raise DataError(
            path, rule=f"cannot be read ({error.strerror}).", remedy="Check the path and its rights."
        ) from None


def _unknown(content: Mapping[str, Any]) -> dict[str, str]:
    """The keys that mean nothing, each with what to do about it."""
    known = (*COLUMNS, *TABLES)
    unknown = {}
    for key in content.keys() - set(known):
        close = get_close_matches(key, known, n=1, cutoff=0.75)
        unknown[key] = f"Did you mean {close[0]!r}?" if close else f"Remove it; there is: {', '.join(known)}."
    for silence in content.get("silence", []):
        for key in silence.keys() - {"contest", "from", "to", "sources"}:
            unknown[key] = "Remove it; a silence has contest, from, to and sources."
    return dict(sorted(unknown.items()))


def _silences(path: Path, content: Mapping[str, Any]) -> tuple[Silence, ...]:
    listed = content.get("silence", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise DataError(
            path,
            column="silence",
            value=str(listed),
            rule="must be a list of tables.",
            remedy="Write [[silence]], and under it contest, from and to.",
        )
    return tuple(
        Silence(
            _field(path, entry, "contest", str),
            _field(path, entry, "from", date),
            _field(path, entry, "to", date),
        )
        for entry in listed
    )


def _candidate_sets(path: Path, content: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    sets = content.get("candidate_sets", {})

    def lists_texts(value: Any) -> bool:
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)

    if not isinstance(sets, dict) or not all(
        isinstance(named, dict) and all(lists_texts(entry) for entry in named.values())
        for named in sets.values()
    ):
        raise DataError(
            path,
            column="candidate_sets",
            value=str(sets),
            rule="must hold lists of candidates under contests.",
            remedy='Write [candidate_sets.<contest>], and under it main = ["one", "another"].',
        )
    return {
        contest: {name: tuple(candidates) for name, candidates in named.items()}
        for contest, named in sets.items()
    }


def _rows(path: Path, content: Mapping[str, Any]) -> dict[str, int]:
    numbers = content.get("rows", {})
    if not isinstance(numbers, dict) or not all(type(number) is int for number in numbers.values()):
        raise DataError(
            path,
            column="rows",
            value=str(numbers),
            rule="must hold numbers of rows under names of files.",
            remedy="Write [rows], and under it claims = 34 for a claims.csv of 34 rows.",
        )
    return dict(numbers)


def _field(path: Path, content: Mapping[str, Any], name: str, kind: type) -> Any:
    value = content[name]
    # To Python a bool is an int and a point of time is a day; here neither is.
    if not isinstance(value, kind) or isinstance(value, (bool, datetime)):
        raise DataError(
            path,
            column=name,
            value=str(value),
            rule=f"must be {KINDS[kind]}.",
            remedy="Days and numbers stand bare, texts in quotes.",
        )
    return value
