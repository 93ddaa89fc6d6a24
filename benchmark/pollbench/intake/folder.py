"""Write an election folder: whole, valid, or not at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from pollbench.data.checks import Finding
from pollbench.data.elections import COLLECTION, DESCRIPTION
from pollbench.data.store import validate
from pollbench.errors import DataError, OutputError, PollbenchError
from pollbench.files import filled_folder, write_text
from pollbench.intake.layout import Rows, to_csv
from pollbench.intake.mapping import quoted
from pollbench.intake.model import Draft
from pollbench.intake.plan import Planned
from pollbench.intake.remarks import Remarks
from pollbench.temporary import room

#: Files that an import writes beside the tables.
REPORT = "import.md"
#: Rounds of leaving out what the checks refuse; a second one finds what the first uncovered.
ROUNDS = 4


class NotWritten(PollbenchError):
    """An import whose folder would not be valid."""

    exit_code = 1


def refuse_strange_folder(folder: Path) -> None:
    """Refuse a place that holds something else than an election folder.

    Raises
    ------
    OutputError : it is a file, or a folder of other files.
    """
    if folder.exists() and not folder.is_dir():
        message = f"{folder} is a file; name a folder to write to."
        raise OutputError(message)
    holds = folder.is_dir() and any(path for path in folder.iterdir() if not path.name.startswith("."))
    if holds and not any((folder / name).is_file() for name in (DESCRIPTION, COLLECTION)):
        message = (
            f"{folder} holds files and no {DESCRIPTION}: it is no election folder, and is left alone. "
            "Name a new or empty folder, or one that an import wrote."
        )
        raise OutputError(message)


def fit_to(folder: Path, source: Path, draft: Draft) -> None:
    """Have a source with many elections meet a folder that holds one: a single race is that election.

    Raises
    ------
    DataError : one of the two holds many elections, the other one.
    """
    one = (folder / DESCRIPTION).is_file() and not (folder / COLLECTION).is_file()
    if one and len(draft.races) == 1:
        (race,) = draft.races
        draft.remarks.guess(
            f"{race!r}, the only race of {source.name}, is taken for the election of the folder."
        )
        draft.races = {}
        for question in draft.questions:
            question.race = ""
        draft.counted = [replace(counted, race="") for counted in draft.counted]
    elif one and draft.races:
        raise DataError(
            source,
            value=", ".join(list(draft.races)[:4]),
            rule=f"is about {len(draft.races)} elections, and {folder} holds one ({DESCRIPTION}).",
            remedy="Name one of them with --race, or another folder with -o: every verb takes several folders.",
        )
    elif (folder / COLLECTION).is_file() and not draft.races:
        raise DataError(
            source,
            rule=f"is about one election, and {folder} holds many ({COLLECTION}).",
            remedy="Name another folder with -o: every verb takes several folders.",
        )


def without_refused(
    folder: Path, rows: Rows, description: str, imported: Collection[str], remarks: Remarks
) -> tuple[Rows, set[str]]:
    """The rows without the forecasts that the checks of the data refuse, and the ids of those.

    Each is reported with its rule.

    Parameters
    ----------
    imported : ids of the forecasts that come from the source: no other is left out.

    Raises
    ------
    NotWritten : the checks refuse something that is no forecast.
    """
    out: set[str] = set()
    known = set(imported)
    for _ in range(ROUNDS):
        errors = _errors(folder, rows, description)
        if not errors:
            return rows, out
        refused: dict[str, Finding] = {}
        for finding in errors:
            identity = finding.row_key.split("/")[0]
            if identity not in known:
                identity = next((name for name in known if finding.row_key.startswith(f"{name}-")), "")
            if identity:
                refused.setdefault(identity, finding)
        if not refused:
            break
        for identity, finding in sorted(refused.items()):
            remarks.drop(identity, finding.value, f"{finding.rule} ({finding.check})")
        out |= refused.keys()
        rows = without(rows, out)
    first = "\n".join(str(finding) for finding in errors[:5])
    message = f"The folder would not be valid, so that nothing was written: {len(errors)} errors, the first of them:\n{first}"
    raise NotWritten(message)


def without(rows: Rows, forecasts: Collection[str]) -> Rows:
    """The rows without those of the forecasts of these ids."""
    return {
        stem: [row for row in content if row.get("forecast_id") not in forecasts]
        for stem, content in rows.items()
    }


def _errors(folder: Path, rows: Rows, description: str) -> list[Finding]:
    with room() as temporary:
        trial = temporary / folder.resolve().name
        trial.mkdir()
        _write(trial, rows, description)
        errors = validate(trial).errors
    return [_moved(finding, str(trial), str(folder)) for finding in errors]


def _moved(finding: Finding, trial: str, folder: str) -> Finding:
    return replace(finding, file=finding.file.replace(trial, folder))


def write(folder: Path, rows: Rows, description: str, texts: dict[str, str]) -> None:
    """Write tables, description and further texts into ``folder``: all of them, or none."""
    with filled_folder(folder) as fresh:
        _write(fresh, rows, description)
        for name, text in texts.items():
            write_text(fresh / name, text)


def _write(folder: Path, rows: Rows, description: str) -> None:
    for stem, content in rows.items():
        write_text(folder / f"{stem}.csv", to_csv(stem, content))
    if description:
        write_text(folder / DESCRIPTION, recounted(description, rows))


def recounted(description: str, rows: Rows) -> str:
    """The text of election.toml with the numbers of rows, where it states them, as they are now.

    Examples
    --------
    >>> recounted("[rows]\\nforecasts = 3\\nclaims = 1\\n", {"forecasts": [{}]})
    '[rows]\\nforecasts = 1\\nclaims = 1\\n'
    """
    head, section, stated = description.partition("[rows]\n")
    numbers, following, rest = stated.partition("\n[")
    for stem, content in rows.items():
        numbers = re.sub(rf"(?m)^({stem} *= *)\d+", rf"\g<1>{len(content)}", numbers)
    return head + section + numbers + following + rest


def describe(planned: Planned) -> str:
    """The text of election.toml for an imported election."""
    lines = ["# Written by `pollbench import`; change it freely: the next import keeps what you changed.\n\n"]
    for name, value in planned.row.items():
        lines.append(f"{name} = {value if isinstance(value, int) else quoted(str(value))}\n")
    shipped = planned.shipped
    if shipped is None:
        return "".join(lines)
    for contest, sets in shipped.candidate_sets.items():
        lines.append(f"\n[candidate_sets.{quoted(contest)}]\n")
        lines += [f"{quoted(name)} = {_listed(names)}\n" for name, names in sets.items()]
    for silence in shipped.silences:
        lines.append(
            f"\n[[silence]]\ncontest = {quoted(silence.contest_id)}\nfrom = {silence.first_day}\nto = {silence.last_day}\n"
        )
    return "".join(lines)


def _listed(names: Iterable[str]) -> str:
    return "[" + ", ".join(quoted(name) for name in names) + "]"
