"""What a database file says about who wrote it, so that a file of another version is refused at once.

``build`` marks the file with the digest of the definitions of its tables and views. A file without
the mark, with another one, cut short or of another kind gets one message when it is opened, not a
binder's when the first query meets a column that is not there.

Works on paths and on an open connection that is handed in; ``store`` makes and owns it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pollbench.data.elections import datasets_folder
from pollbench.data.schema import Connection
from pollbench.errors import DatabaseError
from pollbench.version import __version__

#: Where the format puts its name, and that name: other files are not handed to DuckDB, which would look for
#: an extension that reads them, on the network too.
_NAME_AT, _NAME = 8, b"DUCK"
#: What stands before the blocks: three headers of the format.
_HEADERS = 3 * 4096


def schema_digest() -> str:
    """SHA-256 of the files that define the tables and views, in hexadecimal."""
    files = sorted((datasets_folder() / "sql").glob("*.sql"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def mark(connection: Connection) -> None:
    """Write into the database which PollBench made it, by which definitions."""
    connection.execute((datasets_folder() / "sql" / "written_by.sql").read_text(encoding="utf-8"))
    connection.execute("INSERT INTO written_by VALUES (?, ?)", [__version__, schema_digest()])


def refuse_other_files(path: Path) -> None:
    """Refuse what is no DuckDB file: nothing at all, a folder, a file of another kind.

    Raises
    ------
    DatabaseError : names the path, what is wrong with it and what to do.
    """
    if not path.exists():
        message = f"{path}: there is no such file. {remedy(path)}"
        raise DatabaseError(message)
    try:
        with path.open("rb") as file:
            start = file.read(_NAME_AT + len(_NAME))
    except OSError as error:
        message = (
            f"{path} cannot be read ({error.strerror}). Name a database that 'pollbench build' has written."
        )
        raise DatabaseError(message) from None
    if start[_NAME_AT:] != _NAME:
        message = f"{path} is not a DuckDB file. Name a database that 'pollbench build' has written."
        raise DatabaseError(message)


def refuse_other_schemas(connection: Connection, path: Path) -> None:
    """Refuse the database at ``path`` if it is cut short, or if its tables are not those of this version.

    Raises
    ------
    DatabaseError : names the path, what is wrong with it and how to build it again.
    """
    # DuckDB itself may cut off free blocks at the end, which it goes on counting; but whole ones.
    blocks, used, size = connection.execute(
        "SELECT total_blocks, used_blocks, block_size FROM pragma_database_size() WHERE database_name = current_database()"
    ).fetchone()
    meant, size_found = _HEADERS + blocks * size, path.stat().st_size
    if size_found < _HEADERS + used * size or (size_found - _HEADERS) % size:
        message = f"{path} is cut short: {size_found} bytes of {meant}. {remedy(path)}"
        raise DatabaseError(message)
    marked = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'main' AND table_name = 'written_by'"
    ).fetchone()
    row = connection.execute("FROM written_by").fetchone() if marked else None
    if row is None:
        message = (
            f"{path} was not written by this version of PollBench ({__version__}), but by an older one or by "
            f"something else: a database says which definitions its tables follow. {remedy(path)}"
        )
        raise DatabaseError(message)
    version, digest = row
    if digest != schema_digest():
        message = (
            f"{path} was written by PollBench {version}, whose tables are not those of this installation "
            f"({__version__}): schema {digest[:12]}…, expected {schema_digest()[:12]}…. {remedy(path)}"
        )
        raise DatabaseError(message)


def remedy(path: Path) -> str:
    """How to get a sound database at ``path``."""
    return f"Build it with 'pollbench build --output {path}'."
