"""Read a CSV file as text, strictly: nothing is guessed, every offence is found and placed.

The rules are those of ``datasets/``: UTF-8 without a mark at the start, line feeds, commas, a
header that is exactly the columns of the table, a line feed at the end (a file without one was
cut off). Values stay text here; ``store`` casts them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pollbench.errors import DataError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class TextTable:
    """The rows of one CSV file as text, with the line on which each starts."""

    path: Path
    columns: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]


def read_text_table(path: Path, columns: tuple[str, ...]) -> tuple[TextTable | None, list[DataError]]:
    """Read ``path``, whose header must be ``columns``.

    Returns
    -------
    The table, or None if its structure is broken, and every offence found.
    """
    text, offences = _decode(path)
    if text is None:
        return None, offences
    offences = list(_header_offences(path, text, columns))
    if offences:
        return None, offences
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    next(reader)
    start = reader.line_num + 1
    try:
        for row in reader:
            if len(row) != len(columns):
                offences.append(_width_offence(path, start, row, columns))
            else:
                rows.append(row)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        offences.append(
            DataError(
                path=path,
                line=start,
                rule=f"this line is not well-formed CSV ({error}).",
                remedy="Quote a value that holds a comma or a quote, and double the quotes inside it.",
            )
        )
        return None, offences
    return TextTable(path, columns, rows, lines), offences


def _decode(path: Path) -> tuple[str | None, list[DataError]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return None, [
            DataError(path, rule=f"cannot be read ({reason}).", remedy="Check the path and its rights.")
        ]
    if not content:
        return None, [
            DataError(path, rule="is empty.", remedy="A table without rows still has its header line.")
        ]
    if content.startswith(BYTE_ORDER_MARK):
        return None, [
            DataError(
                path,
                line=1,
                rule="starts with a byte order mark; files are UTF-8 without one.",
                remedy="Save it as 'UTF-8', not as 'UTF-8 with BOM' ('CSV UTF-8' in a spreadsheet).",
            )
        ]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = content[error.start : error.start + 8].decode("latin-1")
        return None, [
            DataError(path, line=line, value=found, rule="is not UTF-8.", remedy="Save the file as UTF-8.")
        ]
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        return None, [
            DataError(
                path,
                line=line,
                rule="ends its lines with a carriage return; lines end with a line feed alone.",
                remedy="Save it with Unix line ends.",
            )
        ]
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        return None, [DataError(path, line=line, rule="holds a NUL byte.", remedy="Restore the file.")]
    if not text.endswith("\n"):
        return None, [
            DataError(
                path,
                line=text.count("\n") + 1,
                value=text[text.rfind("\n") + 1 :][:60],
                rule="does not end with a line feed: the file seems cut off.",
                remedy="Restore the end of the file, or end its last line.",
            )
        ]
    return text, []


def _header_offences(path: Path, text: str, columns: tuple[str, ...]) -> Iterator[DataError]:
    first = text[: text.index("\n")]
    found = next(csv.reader([first]))
    if tuple(found) == columns:
        return
    missing = [name for name in columns if name not in found]
    extra = [name for name in found if name not in columns]
    expected = ",".join(columns)
    if missing or extra:
        parts = [f"lacks {', '.join(missing)}"] if missing else []
        parts += [f"has the unknown {', '.join(repr(name) for name in extra)}"] if extra else []
        rule = f"the header {' and '.join(parts)}."
    elif len(found) != len(columns):
        rule = "the header names a column twice."
    else:
        rule = "the columns are not in their order."
    yield DataError(path, line=1, value=first[:120], rule=rule, remedy=f"The header must be: {expected}")


def _width_offence(path: Path, line: int, row: list[str], columns: tuple[str, ...]) -> DataError:
    if len(row) > len(columns):
        remedy = "Quote values that hold a comma; write decimals with a point."
    else:
        remedy = "Fill the line up: an unknown value is an empty one, between its commas."
    return DataError(
        path,
        line=line,
        value=",".join(row)[:120],
        rule=f"has {len(row)} values where the header has {len(columns)} columns.",
        remedy=remedy,
    )
