"""Put a new import over a folder: what its owner changed by hand stays, what the source withdrew goes.

Three states are compared cell by cell: what the last import wrote, what stands in the folder now,
and what the source says today.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pollbench.errors import DataError
from pollbench.intake.layout import TABLES, Row, Rows, columns, key
from pollbench.intake.names import rows_of
from pollbench.intake.remarks import Remarks

#: What the last import wrote: kept beside the data, for the next one to compare with.
FILE = "import.json"
#: Changes that are listed one by one; the counts are always complete.
LISTED = 60

Key = tuple[str, ...]


@dataclass
class Base:
    """What the last import of a folder wrote.

    Attributes
    ----------
    kind : of importer; "" if nothing was imported into the folder.
    ids : key of a question in its source -> id of its forecast.
    rows : every row, as it was written.
    description : the text of election.toml.
    """

    kind: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    description: str = ""

    def to_json(self) -> str:
        """The text of the file, one row to a line, so that a version control shows what changed."""
        lines = [
            f'{{"kind": {json.dumps(self.kind)},\n"description": {json.dumps(self.description)},\n"ids": {{'
        ]
        lines.append(
            ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in sorted(self.ids.items()))
        )
        lines.append('},\n"rows": {')
        tables = []
        for stem, rows in sorted(self.rows.items()):
            ordered = sorted(rows, key=lambda row, stem=stem: _key(stem, row))  # type: ignore[misc]
            body = ",\n".join(
                json.dumps({k: v for k, v in row.items() if v}, ensure_ascii=False) for row in ordered
            )
            tables.append(f"{json.dumps(stem)}: [\n{body}]")
        lines.append(",\n".join(tables) + "}}\n")
        return "".join(lines)


def mark_of(folder: Path, kind: str) -> str:
    """What the names of the files beside the tables hold: "" for the kind imported first, else "-" and the kind."""
    first = read_base(folder / FILE).kind
    return f"-{kind}" if first and first != kind else ""


def marked(name: str, mark: str) -> str:
    """The name of a file with the mark of its kind.

    Examples
    --------
    >>> marked("import.md", "-wide"), marked("import.md", "")
    ('import-wide.md', 'import.md')
    """
    stem, _, suffix = name.rpartition(".")
    return f"{stem}{mark}.{suffix}"


def rows_of_others(folder: Path, mark: str) -> Rows:
    """The rows that imports of other kinds wrote into ``folder``."""
    rows: Rows = {}
    stem, _, suffix = FILE.rpartition(".")
    for path in sorted(folder.glob(f"{stem}*.{suffix}")):
        if path.name != marked(FILE, mark):
            for name, content in read_base(path).rows.items():
                rows.setdefault(name, []).extend(content)
    return rows


def read_base(path: Path) -> Base:
    """What the last import wrote, from its record at ``path``; nothing if there was none.

    Raises
    ------
    DataError : the record is damaged.
    """
    if not path.is_file():
        return Base()
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Base(
            str(content["kind"]), dict(content["ids"]), dict(content["rows"]), str(content["description"])
        )
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        raise DataError(
            path,
            rule="is not the record that an import writes.",
            remedy="Restore it, or remove it: then every row of the folder counts as made by hand and stays.",
        ) from None


def read_rows(folder: Path) -> Rows:
    """The rows that stand in ``folder`` now, by stem of their file."""
    standing = {stem: rows_of(folder / f"{stem}.csv") for stem in TABLES}
    return {stem: rows for stem, rows in standing.items() if rows}


def adopted(base: Base, current: Rows, fresh: Rows) -> Base:
    """What counts as the last import of a folder that no import wrote: what the source says of the rows it holds.

    So the rows of a folder that was made from the same source, by hand or shipped, follow that source from the
    second import on, cell by cell: where a cell differs from the source today, it is a correction that stays.
    """
    if base.kind:
        return base
    rows: Rows = {}
    for stem, content in fresh.items():
        here = {_key(stem, row) for row in current.get(stem, [])}
        if held := [row for row in content if _key(stem, row) in here]:
            rows[stem] = held
    return Base(base.kind, base.ids, rows, base.description)


def merge(base: Base, current: Rows, fresh: Rows, remarks: Remarks, others: Rows) -> Rows:
    """The rows that the folder holds afterwards; what changed goes into ``remarks``.

    Parameters
    ----------
    base : what the last import wrote.
    current : what stands in the folder.
    fresh : what the source says now.
    others : what imports of other kinds wrote: it stays, whatever this source says.
    """
    updating = bool(current)
    merged: Rows = {}
    counts: dict[str, list[str]] = {}
    # Forecasts made or removed by hand decide about their figures too.
    for stem in sorted({*base.rows, *current, *fresh}, key=lambda stem: (stem != "forecasts", stem)):
        held = {_key(stem, row) for row in others.get(stem, [])}
        held |= _needed(stem, current, fresh, merged.get("forecasts", []))
        merged[stem] = _merge_table(stem, base, current, fresh, held, counts)
    if updating:
        _report(counts, remarks)
    return {stem: rows for stem, rows in merged.items() if rows or stem in fresh}


def _needed(stem: str, current: Rows, fresh: Rows, forecasts: list[Row]) -> set[Key]:
    """The rows without which a forecast that stays, though the source lacks it, would be half a forecast."""
    lost = {row["forecast_id"] for row in forecasts} - {
        row["forecast_id"] for row in fresh.get("forecasts", [])
    }
    line_ups = {row.get("scenario", "") for row in forecasts if row["forecast_id"] in lost}
    return {
        _key(stem, row)
        for row in (current.get(stem, []) if stem != "forecasts" else [])
        if row.get("forecast_id") in lost or (stem == "scenarios" and row["scenario_id"] in line_ups)
    }


def _merge_table(
    stem: str, base: Base, current: Rows, fresh: Rows, held: Collection[Key], counts: dict[str, list[str]]
) -> list[Row]:
    before = {_key(stem, row): row for row in base.rows.get(stem, [])}
    here = {_key(stem, row): row for row in current.get(stem, [])}
    now = {_key(stem, row): row for row in fresh.get(stem, [])}
    by_hand = made_by_hand(base, current)
    removed = _removed_by_hand(base, current)
    rows = []
    for name, row in here.items():
        if name not in before:
            rows.append(row)
            if name in now and name not in held and (differing := _differing(stem, row, now[name])):
                counts.setdefault("kept", []).append(f"{stem} {'/'.join(name)}: {differing}")
        elif name in now:
            if before[name] is now[name] and (differing := _differing(stem, row, now[name])):
                counts.setdefault("kept", []).append(f"{stem} {'/'.join(name)}: {differing}")
            rows.append(_merge_row(stem, name, before[name], row, now[name], counts))
        elif name in held:
            rows.append(row)
        elif _same(stem, before[name], row):
            counts.setdefault("withdrawn", []).append(f"{stem} {'/'.join(name)}")
        else:
            rows.append(row)
            counts.setdefault("kept", []).append(
                f"{stem} {'/'.join(name)}: edited by hand, no longer in the source"
            )
    for name, row in now.items():
        if name in here:
            continue
        forecast = row.get("forecast_id", "")
        if name in before or forecast in removed:
            counts.setdefault("kept", []).append(f"{stem} {'/'.join(name)}: removed by hand, stays removed")
        elif forecast not in by_hand:
            rows.append(row)
            counts.setdefault("new", []).append(f"{stem} {'/'.join(name)}")
    return rows


def _merge_row(stem: str, name: Key, before: Row, here: Row, now: Row, counts: dict[str, list[str]]) -> Row:
    row = {}
    for column in columns(stem):
        old, ours, theirs = (version.get(column, "") for version in (before, here, now))
        row[column] = ours if ours != old else theirs
        if ours != old and theirs not in (old, ours):
            counts.setdefault("kept", []).append(
                f"{stem} {'/'.join(name)}, {column}: yours {ours!r}, the source now {theirs!r}"
            )
        elif ours == old and theirs != old:
            counts.setdefault("changed", []).append(
                f"{stem} {'/'.join(name)}, {column}: {old!r} to {theirs!r}"
            )
    return row


def made_by_hand(base: Base, current: Rows) -> set[str]:
    """Forecasts of the folder that no import wrote: the source adds no figures to them."""
    written = {row["forecast_id"] for row in base.rows.get("forecasts", [])}
    return {row["forecast_id"] for row in current.get("forecasts", [])} - written


def _removed_by_hand(base: Base, current: Rows) -> set[str]:
    standing = {row["forecast_id"] for row in current.get("forecasts", [])}
    return {row["forecast_id"] for row in base.rows.get("forecasts", [])} - standing


def _report(counts: dict[str, list[str]], remarks: Remarks) -> None:
    words = {
        "new": "new",
        "changed": "changed in the source, taken over",
        "withdrawn": "withdrawn by the source, removed",
        "kept": "yours, kept",
    }
    for name, word in words.items():
        lines = counts.get(name, [])
        forecasts = len({line.split(":")[0] for line in lines if line.startswith("forecasts ")})
        remarks.changes.append(f"{len(lines)} {word} ({forecasts} of them forecasts)")
        remarks.changes += [f"  {word}: {line}" for line in lines[:LISTED]]
        if len(lines) > LISTED:
            remarks.changes.append(f"  and {len(lines) - LISTED} more {word}")


def _differing(stem: str, ours: Row, theirs: Row) -> str:
    """The cells in which two rows differ where both say something."""
    pairs = ((name, ours.get(name, ""), theirs.get(name, "")) for name in columns(stem))
    return ", ".join(
        f"{name} yours {one!r}, the source {two!r}" for name, one, two in pairs if one and two and one != two
    )


def _same(stem: str, one: Row, two: Row) -> bool:
    return all(one.get(name, "") == two.get(name, "") for name in columns(stem))


def _key(stem: str, row: Row) -> Key:
    return tuple(row.get(name, "") for name in key(stem))
