"""Read tables of other people: encoding, separator, byte order mark and line ends are found out and said."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pollbench.errors import DataError
from pollbench.intake.names import fold
from pollbench.intake.remarks import Remarks

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
#: A cell longer than this is no cell of a table of polls: a quote was left open.
LONGEST_CELL = 10_000
#: Starts of files that are no text, with what they are.
KINDS = {
    b"PK\x03\x04": "a spreadsheet or an archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"%PDF": "a PDF file",
    b"\x1f\x8b": "a compressed file",
    b"PAR1": "a Parquet file",
}


@dataclass(frozen=True)
class Row:
    """One row of a foreign table: its line, and its cells by column."""

    file: str
    line: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.file}, line {self.line}"

    def get(self, column: str) -> str:
        """The cell under ``column``, without spaces around it; "" where there is no such column."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True)
class Table:
    """A foreign table: its columns in order and its rows."""

    path: Path
    columns: tuple[str, ...]
    rows: list[Row]

    def require(self, *columns: str) -> None:
        """Refuse a table that lacks one of ``columns``."""
        missing = [column for column in columns if column not in self.columns]
        if missing:
            raise DataError(
                self.path,
                line=1,
                value=", ".join(self.columns)[:160],
                rule=f"lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.",
                remedy="Name the right file, or another kind: 'pollbench list importers' says what each reads.",
            )


def read_table(path: Path, remarks: Remarks) -> Table:
    """Read a table whose form is not known.

    Raises
    ------
    DataError : the file is no table: empty, binary, cut off, without rows.
    """
    text = read_text(path, remarks)
    separator = _separator(path, text)
    marks = [f"separated by {SEPARATORS[separator]}s"]
    if "\r\n" in text:
        marks.append("lines end as under Windows (CRLF)")
    remarks.said(f"{path.name}: {', '.join(marks)}.")
    lines = _rows(path, text, separator)
    head = _header_line(lines)
    header = _unique([cell.strip() for cell in lines[head][1]])
    while header and not header[-1]:
        header = header[:-1]
    header = [name or f"column {number}" for number, name in enumerate(header, start=1)]
    rows = []
    for line, cells in lines[head + 1 :]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise DataError(
                path,
                line=line,
                value=separator.join(cells)[:120],
                rule=f"has {len(cells)} values where the header has {len(header)} columns.",
                remedy="Quote values that hold the separator.",
            )
        rows.append(Row(path.name, line, dict(zip(header, cells, strict=False))))
    if not rows:
        raise DataError(path, rule="holds a header and no rows.", remedy="Name a file that holds polls.")
    return Table(path, tuple(column for column in header if column), rows)


def read_json(path: Path, remarks: Remarks) -> Any:
    """Read a JSON file; DataError if it is none, or cut off."""
    text = read_text(path, remarks)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(
            path,
            line=error.lineno,
            value=text.splitlines()[error.lineno - 1][:80] if text.splitlines()[error.lineno - 1 :] else "",
            rule=f"is not well-formed JSON ({error.msg}): the file seems cut off or is of another kind.",
            remedy="Fetch it again, whole.",
        ) from None
    except RecursionError:
        raise DataError(
            path, rule="is nested too deeply to be a list of polls.", remedy="Name another file."
        ) from None


def read_text(path: Path, remarks: Remarks) -> str:
    """The text of a file, whatever its encoding; DataError if it holds none."""
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise DataError(
            path, rule="is a folder; this kind reads a file.", remedy="Name a file of it."
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(
            path, rule=f"cannot be read ({reason}).", remedy="Check the path and its rights."
        ) from None
    if not content.strip():
        raise DataError(path, rule="is empty.", remedy="Name a file that holds polls.")
    for start, kind in KINDS.items():
        if content.startswith(start):
            raise DataError(
                path, rule=f"is {kind}, not text.", remedy="Save it as 'CSV UTF-8' and import that."
            )
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            remarks.said(f"{path.name}: {encoding.removesuffix('-sig')} with a byte order mark.")
            return _decoded(path, content, encoding)
    if b"\x00" in content:
        raise DataError(path, rule="holds NUL bytes: it is not text.", remedy="Save it as 'CSV UTF-8'.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        remarks.said(f"{path.name}: not UTF-8; read as Windows-1252. Look at the accents in the names below.")
        return _decoded(path, content, "cp1252", "replace")


def _decoded(path: Path, content: bytes, encoding: str, errors: str = "strict") -> str:
    try:
        return content.decode(encoding, errors)
    except UnicodeDecodeError:
        raise DataError(
            path, rule=f"starts like {encoding} and is not.", remedy="Save it as 'CSV UTF-8'."
        ) from None


def _separator(path: Path, text: str) -> str:
    """The separator that cuts most lines into the same number of cells, two at least."""
    # The reader refuses a cell of 131,072 characters: 60 lines of this length hold none.
    lines = [line[:2_000] for line in text.splitlines() if line.strip()][:60]
    best: tuple[int, int, str] = (0, 0, "")
    for separator in SEPARATORS:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=separator) if len(cells) > 1)
        if widths:
            width, alike = widths.most_common(1)[0]
            best = max(best, (alike, width, separator))
    if not best[2]:
        raise DataError(
            path,
            line=1,
            value=lines[0][:80],
            rule="is no table: no line has two cells separated by a comma, semicolon, tab or bar.",
            remedy="Name another file, or another kind.",
        )
    return best[2]


def _rows(path: Path, text: str, separator: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = []
    start = 1
    try:
        for cells in reader:
            longest = max(cells, key=len, default="")
            if len(longest) > LONGEST_CELL:
                raise _open_quote(path, start, longest[:60], f"{len(longest):,}")
            rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        raise _open_quote(path, start, "", f"more than {csv.field_size_limit():,}") from None
    return rows


def _open_quote(path: Path, line: int, value: str, length: str) -> DataError:
    return DataError(
        path,
        line=line,
        value=value,
        rule=f"has a cell of {length} characters: a quote seems to be left open.",
        remedy="Close the quote, or double the quotes inside a cell.",
    )


def _header_line(rows: list[tuple[int, list[str]]]) -> int:
    """Which row is the header: the first with as many filled cells as most rows have."""
    widths = Counter(sum(bool(cell.strip()) for cell in cells) for _, cells in rows[:60])
    usual = max(widths, key=lambda width: (widths[width] if width > 1 else 0, width))
    for number, (_, cells) in enumerate(rows):
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) >= max(2, usual - 2) and any(not _is_number(cell) for cell in filled):
            return number
    return 0


def _is_number(text: str) -> bool:
    return text.strip().replace(".", "", 1).replace(",", "", 1).isdigit()


def _unique(header: list[str]) -> list[str]:
    """Column names, a repeated one numbered: "Other", "Other (2)"."""
    seen: Counter[str] = Counter()
    names = []
    for name in header:
        seen[fold(name) or name] += 1
        number = seen[fold(name) or name]
        names.append(name if number == 1 or not name else f"{name} ({number})")
    return names
