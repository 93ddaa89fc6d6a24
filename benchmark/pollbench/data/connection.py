"""How DuckDB is opened: the only module that imports duckdb."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pollbench.errors import DatabaseError, OutputError

if TYPE_CHECKING:
    import pandas as pd

#: What DuckDB raises.
Failure = duckdb.Error
Connection = duckdb.DuckDBPyConnection
VERSION = duckdb.__version__

#: A database from elsewhere may hold views that read files or the network: both are forbidden, and the setting is locked.
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "lock_configuration": True,
    "threads": 1,
}
#: Thousands of small queries: a second thread would only wait for each of them.
ALONE: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "default_block_size": 16384}


def read_only(path: Path) -> Connection:
    """A connection that changes nothing and reaches nothing outside of the file."""
    return duckdb.connect(str(path), read_only=True, config=LOCKED)


def writable(path: Path) -> Connection:
    """A connection that fills a database of ours.

    Raises
    ------
    OutputError : what DuckDB says of the file, in one line.
    """
    try:
        return duckdb.connect(str(path), config=ALONE)
    except Failure as error:
        message = f"{path} cannot be written: {first_line(error)}"
        raise OutputError(message) from None


def in_memory() -> Connection:
    """A database of its own that is gone when it is closed."""
    return duckdb.connect()


def query_files(query: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
    """The rows of a query over files, on one thread: the caller may be one of many workers.

    Raises
    ------
    DatabaseError : what DuckDB says of the files, in one line.
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET enable_progress_bar = false")
        try:
            return connection.execute(query, parameters).df()
        except Failure as error:
            raise DatabaseError(first_line(error)) from None


def refused(error: Exception) -> DatabaseError:
    """What an opened database says to a question that it cannot answer."""
    if isinstance(error, duckdb.ConnectionException):
        return DatabaseError("The data set is closed. Load it again; a 'with' block closes it at its end.")
    return DatabaseError(f"The question cannot be answered: {first_line(error)}")


def first_line(error: Exception) -> str:
    """The message without what DuckDB adds below it."""
    return str(error).splitlines()[0]
