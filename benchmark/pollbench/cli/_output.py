"""Print a data frame for a person, or write it for a program."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pollbench.cli._options import Format
from pollbench.errors import OutputError

if TYPE_CHECKING:
    import pandas as pd


def show(
    frame: pd.DataFrame, form: Format, output: Path | None, digits: Mapping[str, int] | None = None
) -> None:
    """Print ``frame``, or write it to ``output``.

    Parameters
    ----------
    digits : decimals of a column in the form ``table``; two where nothing is said. The other forms
        keep all digits.
    """
    from pollbench.files import write_bytes

    if form is Format.parquet:
        if output is None and sys.stdout.isatty():
            message = "Parquet is not for a screen: name a file with --output."
            raise OutputError(message)
        content = to_parquet(frame)
    else:
        content = as_text(frame, form, digits or {}).encode("utf-8")
    if output is not None:
        write_bytes(output, content)
    elif form is Format.parquet:
        sys.stdout.buffer.write(content)
    else:
        typer.echo(content.decode("utf-8"), nl=False)


def as_text(frame: pd.DataFrame, form: Format, digits: Mapping[str, int]) -> str:
    """The frame as a table for the eye, CSV or JSON (a list of records)."""
    if form is Format.csv:
        from pollbench.files import csv_text

        return csv_text(frame)
    if form is Format.json:
        return (
            frame.to_json(orient="records", indent=1, date_format="iso", double_precision=15) or ""
        ) + "\n"
    if frame.empty:
        return "nothing\n"
    shown = frame.copy()
    for name in shown.columns:
        column = shown[name]
        if column.dtype.kind == "f":
            places = digits.get(str(name), 2)
            shown[name] = [
                "" if missing else f"{value:.{places}f}"
                for value, missing in zip(column, column.isna(), strict=True)
            ]
        elif column.dtype.kind == "M":
            shown[name] = column.dt.strftime("%Y-%m-%d").fillna("")
        else:
            shown[name] = column.astype("object").where(column.notna(), "").astype(str)
    numeric = {str(name) for name in frame.columns if frame[name].dtype.kind in "fiu"}
    widths = {name: max(len(str(name)), int(shown[name].str.len().max())) for name in shown.columns}
    lines = []
    for row in [list(shown.columns), *shown.itertuples(index=False)]:
        cells = [
            str(cell).rjust(widths[name]) if str(name) in numeric else str(cell).ljust(widths[name])
            for name, cell in zip(shown.columns, row, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def to_parquet(frame: pd.DataFrame) -> bytes:
    """The frame as the bytes of a Parquet file."""
    from pollbench.data.parquet import frame_to_parquet

    return frame_to_parquet(frame)
