"""Write the tables as cited, and refuse to move a figure in silence.

A published figure may be overwritten only where its measure, its table or the revision of its
election has a new version, and the CHANGELOG of the data names it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pollbench.data.elections import datasets_folder
from pollbench.errors import PublishedError
from pollbench.files import write_text
from pollbench.outputs.published import (
    FOLDER,
    SHOWN,
    TABLES,
    VERSIONS,
    PublishedTable,
    as_text,
    differences,
    libraries,
    read,
    recompute,
    versions,
)

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench


def write_all(bench: Bench, root: Path | None = None) -> list[str]:
    """Write the tables as cited; refuse to move a figure without a version and a CHANGELOG line.

    Returns
    -------
    the paths that were written.

    Raises
    ------
    PublishedError : a published figure moved without a new version, or the CHANGELOG is silent about
        a version; no table is written then whose figures rest on the one that was refused.
    OutputError : the folder cannot be written to.
    """
    base = root or datasets_folder()
    folder = base / FOLDER
    before = versions(folder)
    changelog = (base / "CHANGELOG.md").read_text(encoding="utf-8")
    refused = [
        f"CHANGELOG.md has no heading '## {election}, revision {revision}'"
        for election, revision in bench.revisions.items()
        if f"## {election}, revision {revision}\n" not in changelog
    ]
    if refused:
        raise PublishedError(_message(refused))
    # The error model of every other table reads the errors as published: they go first.
    others = tuple(table.name for table in TABLES if table.name != "errors")
    written = _write(bench, folder, ("errors",), before, changelog)
    written += _write(bench, folder, others, before, changelog)
    now = {
        "libraries": libraries(),
        "tables": {table.name: table.version for table in TABLES},
    }
    write_text(folder / VERSIONS, json.dumps(now, indent=1, sort_keys=True) + "\n")
    return sorted(written)


def _write(
    bench: Bench, folder: Path, names: tuple[str, ...], before: Mapping[str, Any], changelog: str
) -> list[str]:
    """Write these tables, or none of them."""
    tables = recompute(bench, names)
    refused = [
        sentence
        for path, (table, frame) in tables.items()
        for sentence in unexplained(folder / path, table, frame, before, changelog)
    ]
    if refused:
        raise PublishedError(_message(refused))
    for path, (_, frame) in tables.items():
        write_text(folder / path, as_text(frame))
    return list(tables)


def _message(refused: list[str]) -> str:
    listed = "\n  ".join(refused[: 2 * SHOWN])
    more = f"\n  and {len(refused) - 2 * SHOWN} more" if len(refused) > 2 * SHOWN else ""
    return (
        f"Published figures are not overwritten:\n  {listed}{more}\n"
        "Raise the version of the measure or table, or the revision of the election, and say so in CHANGELOG.md."
    )


def unexplained(
    file: Path, table: PublishedTable, frame: pd.DataFrame, before: Mapping[str, Any], changelog: str
) -> list[str]:
    """Why a table may not be overwritten: what moved without a version or without a word.

    Parameters
    ----------
    file : the published table, which may not exist yet.
    table, frame : what it is now.
    before : the versions it was published with.
    changelog : the text of CHANGELOG.md.
    """
    if not file.is_file():
        return []
    old_text = file.read_text(encoding="utf-8")
    new_version = before.get("tables", {}).get(table.name) != table.version
    if new_version and f"{table.name}, version {table.version}" not in changelog:
        return [f"CHANGELOG.md does not say '{table.name}, version {table.version}'"]
    new_libraries = before.get("libraries") != libraries()
    moved = differences(old_text, as_text(frame), table, exactly=not new_libraries)
    if not moved or new_version:
        return []
    bumped = _bumped_measures(read(old_text, table), frame)
    silent = [
        f"CHANGELOG.md does not say '{name}, version {number}'"
        for name, number in bumped.items()
        if f"{name}, version {number}" not in changelog
    ]
    left = [line for line in moved if not any(f"/{name}" in line for name in bumped)]
    return [f"{file.parent.parent.name}/{file.parent.name}/{file.name}: {line}" for line in left] + silent


def _bumped_measures(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, int]:
    """Measures whose version was raised since, with the new version."""
    if "measure_version" not in old.columns:
        return {}
    was = {
        str(name): int(number) for name, number in zip(old["measure"], old["measure_version"], strict=True)
    }
    now = {
        str(name): int(number) for name, number in zip(new["measure"], new["measure_version"], strict=True)
    }
    return {name: number for name, number in sorted(now.items()) if was.get(name, number) < number}
