"""Read a CSV file as text, strictly: nothing is guessed, every offence is found and placed.

The rules: UTF-8, commas, a header of the columns of the table in their order, a line end at the end
(a file without one was cut off). A column that may be empty may be left out. What spreadsheets write
is read too: a byte order mark at the start, and lines that end with a carriage return and a line feed.
Values stay text here; ``store`` casts them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pollbench.errors import DataError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: How the files of spreadsheets start: a ZIP archive, or the older format.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
#: What spreadsheets put between values where the comma is the decimal sign.
SEPARATORS = {";": "semicolons", "\t": "tabs"}
#: Characters of the longest value; more is a quote that was left open.
LONGEST_FIELD = 131_072
AS_CSV = "In a spreadsheet, save it as 'CSV UTF-8' with commas; or bring it in with 'pollbench import wide'."


@dataclass(frozen=True)
class TextTable:
    """The rows of one CSV file as text, with the line on which each starts."""

    path: Path
    columns: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]


def read_text_table(
    path: Path, columns: tuple[str, ...], optional: Collection[str] = ()
) -> tuple[TextTable | None, list[DataError]]:
    """Read ``path``, whose header must be ``columns``, but for the ``optional`` ones that it leaves out.

    Returns
    -------
    The table, with all ``columns``, or None if its structure is broken, and every offence found.
    """
    text, offences = _decode(path)
    if text is None:
        return None, offences
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1
    # The limit belongs to the whole process, and other libraries lift it.
    limit = csv.field_size_limit(LONGEST_FIELD)
    try:
        header = next(reader)
        offences = list(_header_offences(path, header, columns, optional))
        if offences:
            return None, offences
        positions = [header.index(name) if name in header else None for name in columns]
        start = reader.line_num + 1
        for row in reader:
            if len(row) != len(header):
                offences.append(_width_offence(path, start, row, len(header)))
            else:
                rows.append(["" if position is None else row[position] for position in positions])
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
    finally:
        csv.field_size_limit(limit)
    return TextTable(path, columns, rows, lines), offences


def _decode(path: Path) -> tuple[str | None, list[DataError]]:
    if path.exists() and not (path.is_file() or path.is_dir()):
        # A pipe would be waited for.
        return None, [
            DataError(path, rule="cannot be read (no regular file).", remedy="Put a CSV file there.")
        ]
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
    if content.startswith(WORKBOOKS):
        return None, [DataError(path, rule="is a workbook of a spreadsheet, not CSV.", remedy=AS_CSV)]
    try:
        text = content.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        unreadable = content[error.start : error.start + 8].decode("latin-1")
        return None, [
            DataError(
                path, line=line, value=unreadable, rule="is not UTF-8.", remedy=f"Save it as UTF-8. {AS_CSV}"
            )
        ]
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        return None, [
            DataError(
                path,
                line=line,
                rule="holds a carriage return without a line feed.",
                remedy=f"Remove it, or save the file with the line ends of Unix or Windows. {AS_CSV}",
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


def _header_offences(
    path: Path, header: list[str], columns: tuple[str, ...], optional: Collection[str]
) -> Iterator[DataError]:
    if header == [name for name in columns if name in header or name not in optional]:
        return
    for sign, named in SEPARATORS.items():
        if len(header) == 1 and len(columns) > 1 and sign in header[0]:
            rule = f"the values are separated by {named}, not by commas."
            yield DataError(path, line=1, value=header[0][:120], rule=rule, remedy=AS_CSV)
            return
    missing = [name for name in columns if name not in header and name not in optional]
    extra = [name for name in header if name not in columns]
    if missing or extra:
        parts = [f"lacks {', '.join(missing)}"] if missing else []
        parts += [f"has the unknown {', '.join(repr(name) for name in extra)}"] if extra else []
        rule = f"the header {' and '.join(parts)}."
    elif len(set(header)) != len(header):
        rule = "the header names a column twice."
    else:
        rule = "the columns are not in their order."
    remedy = f"The header must be: {','.join(columns)}"
    if spare := [name for name in columns if name in optional]:
        remedy += f" (these may be left out: {', '.join(spare)})"
    yield DataError(path, line=1, value=",".join(header)[:120], rule=rule, remedy=f"{remedy}.")


def _width_offence(path: Path, line: int, row: list[str], width: int) -> DataError:
    if len(row) > width:
        remedy = "Quote values that hold a comma; write decimals with a point."
    else:
        remedy = "Fill the line up: an unknown value is an empty one, between its commas."
    return DataError(
        path,
        line=line,
        value=",".join(row)[:120],
        rule=f"has {len(row)} values where the header has {width} columns.",
        remedy=remedy,
    )
