"""Find elections and read what their ``election.toml`` says.

An election is its folder. A name is looked up among the shipped folders; a path is a folder of
the user's own, laid out like them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pollbench.errors import DataError, UnknownName

DESCRIPTION = "election.toml"


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
    law : which law the legal mentions of polls follow; empty if none is known.
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
    law: str
    candidate_sets: Mapping[str, Mapping[str, tuple[str, ...]]]
    silences: tuple[Silence, ...]


@cache
def datasets_folder() -> Path:
    """The folder of the shipped data."""
    return Path(str(resources.files("pollbench_datasets")))


def shipped_elections() -> tuple[str, ...]:
    """Ids of the elections that come with the package, sorted."""
    return tuple(sorted(path.parent.name for path in datasets_folder().glob(f"*/{DESCRIPTION}")))


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


def read_description(folder: Path) -> Election:
    """Read and verify the election.toml of ``folder``."""
    path = folder / DESCRIPTION
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(
            path,
            rule="is missing: an election folder holds an election.toml.",
            remedy="Write one like that of a shipped election: id, country, office, year, titles, revision.",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(path, rule=f"is not well-formed TOML: {error}.", remedy="Mend that line.") from None
    except OSError as error:
        raise DataError(
            path, rule=f"cannot be read ({error.strerror}).", remedy="Check its rights."
        ) from None
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
    silences = tuple(
        Silence(
            _field(path, each, "contest", str),
            _field(path, each, "from", date),
            _field(path, each, "to", date),
        )
        for each in content.get("silence", [])
    )
    sets = {
        contest: {name: tuple(candidates) for name, candidates in named.items()}
        for contest, named in content.get("candidate_sets", {}).items()
    }
    return Election(
        folder=folder,
        superseded_by=content.get("superseded_by"),
        law=content.get("law", ""),
        candidate_sets=sets,
        silences=silences,
        **fields,
    )


def _field(path: Path, content: Mapping[str, Any], name: str, kind: type) -> Any:
    if name not in content:
        raise DataError(path, column=name, rule="is missing.", remedy=f"Add a line: {name} = ...")
    value = content[name]
    if not isinstance(value, kind):
        raise DataError(
            path,
            column=name,
            value=str(value),
            rule=f"must be of type {kind.__name__}.",
            remedy="Dates stand bare (2017-04-22), texts in quotes.",
        )
    return value
