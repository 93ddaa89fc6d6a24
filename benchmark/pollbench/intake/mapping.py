"""mapping.toml: what an import decided, for its user to change and the next import to obey."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pollbench.errors import DataError

FILE = "mapping.toml"
HEADING = """\
# What `pollbench import` read and decided. Edit it and import again: what stands here is obeyed.
"""
#: Section -> what it says, in the order in which sections are written.
SECTIONS = {
    "election": "The election: its id, country (ISO), office, title, and the law on the mentions of its polls.",
    "source": "The row of sources.csv: title, publisher, url, licence, revision.",
    "columns": "What each column of the table is: house, dates, start, end, published, size, sponsor, mode, round,\n"
    '# undecided, others, ..., candidate, or "ignore".',
    "houses": 'Printed name = id of the forecaster. "" leaves its rows out.',
    "people": 'Printed name = id of the candidate. "" leaves the figures out.',
    "drop": "Rows that you leave out: key or place = reason.",
    "keep": "Rows that the importer leaves out and you count: key or place = reason.",
}
#: Key -> type of its value.
CONTEST_KEYS: dict[str, type] = {"round": int, "day": date, "advance": int, "ballot": list}
ELECTION_KEYS: dict[str, type] = {
    "election_id": str, "country": str, "office": str, "year": int, "title": str, "law": str, "since": date,
}  # fmt: skip
#: Type -> how a value of it is written.
FORMS = {
    int: "a whole number",
    date: "a day such as 2027-04-18, bare",
    list: "a list of ids in quotes",
    str: "a text in quotes",
}
SOURCE_KEYS = (
    "source_id",
    "title",
    "publisher",
    "url",
    "published_on",
    "licence",
    "revision",
    "accessed",
    "note",
)


@dataclass
class Mapping:
    """The content of a mapping file; each section maps names to what they stand for.

    Attributes
    ----------
    contests : one table for each round: round, day, advance, ballot (ids; empty = not known yet).
    """

    kind: str = ""
    election: dict[str, Any] = field(default_factory=dict)
    contests: list[dict[str, Any]] = field(default_factory=list)
    source: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    houses: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    drop: dict[str, str] = field(default_factory=dict)
    keep: dict[str, str] = field(default_factory=dict)

    def decided(self, section: dict[str, str], *names: str) -> str | None:
        """What a section says of the first of ``names`` that it holds; None if of none."""
        return next((section[name] for name in names if name and name in section), None)

    def to_toml(self) -> str:
        """The text of the mapping file."""
        lines = [HEADING, f"kind = {quoted(self.kind)}\n"]
        for name, says in SECTIONS.items():
            content = getattr(self, name)
            lines.append(f"\n# {says}\n[{name}]\n")
            lines += [f"{_key(key)} = {_value(value)}\n" for key, value in content.items()]
            if name == "election":
                lines += self._contests()
        return "".join(lines)

    def _contests(self) -> Iterable[str]:
        if self.contests:
            yield "\n# The rounds. ballot: who stands, by id; empty while it is not known.\n"
        for contest in self.contests:
            yield "[[contests]]\n"
            yield from (f"{key} = {_value(contest[key])}\n" for key in CONTEST_KEYS if key in contest)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises
    ------
    DataError : it is no TOML, holds a section that means nothing, or a value of another type.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            path, rule=f"is not well-formed TOML: {error}.", remedy="Correct that line."
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(path, rule=f"cannot be read ({reason}).", remedy="Name a file that exists.") from None
    known = {"kind", "contests", *SECTIONS}
    for name in content:
        if name not in known:
            raise _offence(
                path, name, "is no section of a mapping.", f"There is: {', '.join(sorted(known))}."
            )
    for name in SECTIONS:
        section = content.get(name, {})
        if not isinstance(section, dict):
            raise _offence(path, name, "must be a table.", f"Write [{name}], and below it one line per name.")
        for key, value in section.items():
            if name == "election":
                _check_typed(path, name, key, value, ELECTION_KEYS)
            elif name == "source" and key not in SOURCE_KEYS:
                raise _offence(
                    path, f"{name}.{key}", "means nothing.", f"There is: {', '.join(SOURCE_KEYS)}."
                )
            elif not isinstance(value, str) and not (name == "source" and isinstance(value, (int, date))):
                raise _offence(path, f"{name}.{key}", "must be a text.", "Put it in quotes.")
    contests = content.get("contests", [])
    if not isinstance(contests, list) or not all(isinstance(contest, dict) for contest in contests):
        raise _offence(path, "contests", "must be a list of tables.", "Write [[contests]].")
    for contest in contests:
        _check_contest(path, contest)
    if not isinstance(content.get("kind", ""), str):
        raise _offence(path, "kind", "must be a text.", "Put it in quotes.")
    return Mapping(**content)


def _check_contest(path: Path, contest: dict[str, Any]) -> None:
    for key, value in contest.items():
        _check_typed(path, "contests", key, value, CONTEST_KEYS)
    if "round" not in contest:
        raise _offence(path, "contests", "lacks the number of the round.", "Add a line: round = 1")


def _check_typed(path: Path, section: str, key: str, value: Any, kinds: dict[str, type]) -> None:
    """Refuse a key that means nothing, or a value of another type: true is no number, and a moment is no day."""
    if key not in kinds:
        raise _offence(path, f"{section}.{key}", "means nothing.", f"There is: {', '.join(kinds)}.")
    if type(value) is not kinds[key] or (
        isinstance(value, list) and not all(isinstance(item, str) for item in value)
    ):
        raise _offence(path, f"{section}.{key}", f"must be {FORMS[kinds[key]]}.", "Correct it.")


def _offence(path: Path, key: str, rule: str, remedy: str) -> DataError:
    return DataError(path, column=key, rule=rule, remedy=remedy)


def _key(name: str) -> str:
    return (
        name
        if name and all(mark.isascii() and (mark.isalnum() or mark in "-_") for mark in name)
        else quoted(name)
    )


def quoted(value: str) -> str:
    """``value`` as a string of TOML."""
    # A JSON string is a TOML string, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return quoted(str(value))
