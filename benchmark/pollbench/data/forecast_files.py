"""Forecasts in Parquet files that need not fit in memory: read by blocks of rows, each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pollbench.data.connection import query_files
from pollbench.errors import DatabaseError, DataError, DomainError


@dataclass(frozen=True)
class RowBlock:
    """Rows of one Parquet file: from ``first``, before ``last``, the first row being 0."""

    path: str
    first: int
    last: int

    def __str__(self) -> str:
        """The file and the rows, counted from 1."""
        return f"{self.path}, rows {self.first + 1:,} to {self.last:,}"


def row_blocks(paths: Sequence[str | Path], columns: Sequence[str], rows: int) -> list[RowBlock]:
    """Blocks of at most ``rows`` rows, file by file; every file must have the columns.

    Raises
    ------
    DataError : a file that is missing or no Parquet, or that lacks a column.
    """
    blocks = []
    for path in map(str, paths):
        _require_file(path)
        try:
            there = query_files("DESCRIBE SELECT * FROM read_parquet(?)", [path])["column_name"].tolist()
            count = int(query_files("SELECT count(*) AS count FROM read_parquet(?)", [path])["count"].iloc[0])
        except DatabaseError as error:
            rule = f"This is no readable Parquet file ({error})."
            raise DataError(path, rule, "Name Parquet files.") from None
        lacking = [name for name in columns if name not in there]
        if lacking:
            rule = f"The file has no such column; it has {', '.join(there)}."
            raise DataError(path, rule, "Name one of these.", value=lacking[0])
        blocks += [RowBlock(path, first, min(first + rows, count)) for first in range(0, count, rows)]
    return blocks


def read_numbers(block: RowBlock, columns: Sequence[str]) -> np.ndarray:
    """The columns as an array (rows, columns) of floating-point numbers.

    Raises
    ------
    DomainError : an empty cell or a text, with its file, row and column.
    """
    cast = ", ".join(
        f"TRY_CAST({_quoted(name)} AS DOUBLE) AS c{number}" for number, name in enumerate(columns)
    )
    numbers = query_files(*_query(cast, block)).to_numpy(dtype=float)
    empty = np.isnan(numbers)
    if empty.any():
        row, column = np.argwhere(empty)[0]
        message = (
            f"{block.path}, row {block.first + int(row) + 1:,}, column {columns[column]}: "
            "this is no number. Leave out rows that lack one."
        )
        raise DomainError(message)
    return numbers


def read_groups(block: RowBlock, column: str) -> tuple[np.ndarray, list[str]]:
    """Codes of the rows and the texts that they stand for, in the order in which they first occur; "" where empty."""
    text = f"coalesce(CAST({_quoted(column)} AS VARCHAR), '') AS text"
    codes, names = query_files(*_query(text, block))["text"].factorize()
    return codes, [str(name) for name in names]


def _require_file(path: str) -> None:
    """Refuse what is no single file: rows are numbered file by file."""
    if not Path(path).is_file() or set(path) & set("*?[{"):
        remedy = "Name every file, without wildcards (in Python: sorted(Path(folder).glob('*.parquet')))."
        raise DataError(path, "There is no such file.", remedy)


def _query(what: str, block: RowBlock) -> tuple[str, list[str | int]]:
    query = (
        f"SELECT {what} FROM read_parquet(?, file_row_number = true) "
        "WHERE file_row_number >= ? AND file_row_number < ? ORDER BY file_row_number"
    )
    return query, [block.path, block.first, block.last]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
