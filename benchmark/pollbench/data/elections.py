"""Find elections and read what their ``election.toml`` says.

An election is its folder. A name is looked up among the shipped folders; a path is a folder of
the user's own, laid out like them.
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pollbench.errors import DataError, UnknownName

DESCRIPTION = "election.toml"
#: Outside of these a year is a slip of the keyboard.
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
    election_id, country, office, year, title, title_fr, revision, superseded_by : the row of the
        table ``election``.
    law : which law the legal mentions of polls follow; None if none is known.
    candidate_sets : contest -> name of the set -> candidates.
    silences : days on which no poll may appear.
    """

    folder: Path
    election_id: str
    country: str
    office: str
    year: int
    title: str
    title_fr: str
    revision: str
    superseded_by: str | None
    law: str | None
    candidate_sets: Mapping[str, Mapping[str, tuple[str, ...]]]
    silences: tuple[Silence, ...]


@cache
def datasets_folder() -> Path:
    """The folder of the shipped data."""
    return Path(str(resources.files("pollbench_datasets")))


def shipped_elections() -> tuple[str, ...]:
    """Ids of the elections that come with the package, sorted."""
    return tuple(sorted(path.parent.name for path in datasets_folder().glob(f"*/{DESCRIPTION}")))


def known_laws() -> tuple[str, ...]:
    """Ids of the laws whose mentions the package can write, sorted; "none" says that there is none."""
    return tuple(sorted(path.stem for path in (datasets_folder() / "laws").glob("*.toml")))


def find(name_or_folder: str | Path) -> Election:
    """The election of that id among the shipped ones, or of that folder.

    Raises
    ------
    UnknownName : no shipped election has that id and there is no such folder.
    DataError : its election.toml is missing or says something impossible.
    """
    shipped = datasets_folder() / str(name_or_folder)
    if str(name_or_folder) in shipped_elections():
        return read_description(shipped)
    folder = Path(name_or_folder)
    if folder.is_dir():
        return read_description(folder)
    raise UnknownName.of(kind="election", name=str(name_or_folder), known=shipped_elections())


def find_all(names_or_folders: Iterable[str | Path]) -> list[Election]:
    """The elections of these ids or folders; one that is named twice counts once.

    Raises
    ------
    UnknownName, DataError : as for ``find``; DataError also if two folders hold one election id.
    """
    found: dict[str, Election] = {}
    for name in names_or_folders:
        election = find(name)
        earlier = found.setdefault(election.election_id, election)
        if earlier.folder.resolve() != election.folder.resolve():
            raise DataError(
                election.folder / DESCRIPTION,
                column="election_id",
                value=election.election_id,
                rule=f"is also the id of the election in {earlier.folder}.",
                remedy="Give one of them its own id, or load only one.",
            )
    return list(found.values())


def read_description(folder: Path) -> Election:
    """Read and verify the election.toml of ``folder``."""
    path = folder / DESCRIPTION
    content = _parsed(path)
    fields = {
        name: _field(path, content, name, kind)
        for name, kind in {
            "election_id": str,
            "country": str,
            "office": str,
            "year": int,
            "title": str,
            "title_fr": str,
            "revision": str,
        }.items()
    }
    if not FIRST_YEAR <= fields["year"] <= LAST_YEAR:
        raise DataError(
            path,
            column="year",
            value=str(fields["year"]),
            rule=f"must lie between {FIRST_YEAR} and {LAST_YEAR}.",
            remedy="Write the year of the vote, such as 2017.",
        )
    return Election(
        folder=folder,
        superseded_by=_field(path, content, "superseded_by", str) if "superseded_by" in content else None,
        law=_field(path, content, "law", str) if "law" in content else None,
        candidate_sets=_candidate_sets(path, content),
        silences=_silences(path, content),
        **fields,
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
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
        raise DataError(path, rule=f"is not well-formed TOML: {error}.", remedy="Mend that line.") from None
    except OSError as error:
        raise DataError(
            path, rule=f"cannot be read ({error.strerror}).", remedy="Check the path and its rights."
        ) from None


def _silences(path: Path, content: Mapping[str, Any]) -> tuple[Silence, ...]:
    listed = content.get("silence", [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise DataError(
            path,
            column="silence",
            value=str(listed),
            rule="must be a list of tables.",
            remedy="Write [[silence]], and under it contest, from and to.",
        )
    return tuple(
        Silence(
            _field(path, each, "contest", str),
            _field(path, each, "from", date),
            _field(path, each, "to", date),
        )
        for each in listed
    )


def _candidate_sets(path: Path, content: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    sets = content.get("candidate_sets", {})

    def lists_texts(value: Any) -> bool:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)

    if not isinstance(sets, dict) or not all(
        isinstance(named, dict) and all(lists_texts(each) for each in named.values())
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


def _field(path: Path, content: Mapping[str, Any], name: str, kind: type) -> Any:
    if name not in content:
        raise DataError(path, column=name, rule="is missing.", remedy=f"Add a line: {name} = ...")
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
