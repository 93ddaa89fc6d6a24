"""The world record as one folder, ready for deposit: CSV, Parquet, DuckDB, their descriptions, a codebook and how to cite it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pollbench.data.parquet import frames_to_parquet
from pollbench.errors import OutputError
from pollbench.files import csv_text, write_bytes, write_text
from pollbench.outputs.croissant import of_tables
from pollbench.outputs.datapackage import DATAPACKAGE, LICENCE, of_record
from pollbench.outputs.table import TABLES
from pollbench.version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.outputs.columns import Column
    from pollbench.outputs.table import Table

TITLE = "The world record: digital, machine and market predictions of votes, 2010 to 2027"
CREATOR = "The PollBench founders"
DATABASE = "record.duckdb"


def record_tables() -> dict[str, Table]:
    """The tables of the record, by name."""
    from pollbench.outputs import tables  # noqa: F401

    return {name: table for name, table in TABLES.items() if name.startswith("record_")}


def deposit(bench: Bench, folder: Path) -> list[str]:
    """Write the record into a folder that is empty or does not exist: nothing is overwritten.

    Parameters
    ----------
    bench : opened data with releases.
    folder : where to.

    Returns
    -------
    names of the files, sorted.

    Raises
    ------
    OutputError : the folder holds something.
    """
    from pollbench.records.record import record_beside

    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        message = f"{folder} holds something; name a folder that is empty or does not exist."
        raise OutputError(message)
    write_described(bench, folder)
    shutil.copyfile(record_beside(bench).bench.path, folder / DATABASE)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def write_described(bench: Bench, folder: Path) -> None:
    """Write the tables of the record as CSV and Parquet, and the files that describe them, into a folder."""
    from pollbench.selection.policy import Policy

    frames = {name: table.make(bench, Policy()) for name, table in record_tables().items()}
    digests = {}
    for name, frame in frames.items():
        content = csv_text(frame).encode("utf-8")
        digests[name] = hashlib.sha256(content).hexdigest()
        write_bytes(folder / "tables" / f"{name}.csv", content)
    for name, file in frames_to_parquet(frames).items():
        write_bytes(folder / "tables" / f"{name}.parquet", file)
    for path, text in descriptions(digests, frames).items():
        write_text(folder / path, text)


def descriptions(digests: dict[str, str], frames: dict[str, pd.DataFrame]) -> dict[str, str]:
    """The files that describe the tables, by path: Data Package, Croissant, codebook, how to cite and deposit."""
    tables = record_tables()
    described = {name: tables[name] for name in frames}
    return {
        DATAPACKAGE: _json(of_record(digests)),
        "croissant.json": _json(of_tables(TITLE, described, digests)),
        "CODEBOOK.md": codebook(described),
        ".zenodo.json": _json(zenodo()),
        "CITATION.cff": citation(),
    }


def codebook(tables: dict[str, Table]) -> str:
    """A sentence for each column and what its sign or empty cell means, table by table."""
    lines = [
        f"# Codebook: {TITLE}",
        "",
        "An empty cell is unknown or does not apply. Shares are per cent, errors are points.",
        "",
    ]
    for name, table in tables.items():
        lines += [f"## {name}.csv", "", table.meaning, "", f"A row is named by: {', '.join(table.key)}.", ""]
        lines += [f"* `{column.name}` ({_kind(column)}): {column.meaning}" for column in table.columns]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _kind(column: Column) -> str:
    return f"{column.type}, {column.unit}" if column.unit else column.type


def zenodo() -> dict[str, Any]:
    """What Zenodo asks for with a deposit."""
    return {
        "title": TITLE,
        "upload_type": "dataset",
        "version": __version__,
        "creators": [{"name": CREATOR}],
        "license": LICENCE["name"],
        "access_right": "open",
        "language": "eng",
        "keywords": ["elections", "forecast verification", "big data", "prediction markets", "opinion polls"],
        "description": (
            "Every digital, machine and market prediction of an election or referendum, 2010 to 2027, that could be seen printed "
            "in a stored page, with the position of each figure in its source, results and polls of the day. Coded by two readers "
            "in part; the coding rules can be changed."
        ),
    }


def citation() -> str:
    """The entry of the record for reference managers (Citation File Format)."""
    return (
        "cff-version: 1.2.0\n"
        "message: If you use this collection, please cite it.\n"
        "type: dataset\n"
        f'title: "{TITLE}"\n'
        "authors:\n"
        f'  - name: "{CREATOR}"\n'
        f'version: "{__version__}"\n'
        f"license: {LICENCE['name']}\n"
        "keywords:\n  - elections\n  - forecast verification\n  - big data\n"
    )


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
