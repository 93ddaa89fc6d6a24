"""A file that is not the database of this version is refused when it is opened, in one message."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

import pollbench
from pollbench.data.bench import open_database
from pollbench.data.database_version import refuse_other_schemas
from pollbench.data.elections import datasets_folder
from pollbench.data.store import build
from pollbench.errors import DatabaseError


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("built") / "p.duckdb"
    build(path, "fr-primary-left-2017")
    return path


def refused(path: Path, *words: str) -> str:
    with pytest.raises(DatabaseError) as caught:
        open_database(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    assert "pollbench build" in message
    for word in words:
        assert word in message
    return message


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "p.duckdb"
    refused(path, "no such file")
    refused(tmp_path, "cannot be read")
    path.write_text("nothing", encoding="utf-8")
    # It may be anything of the reader's: the message does not ask to write over it.
    assert "--output" not in refused(path, "not a DuckDB file")


def test_a_file_of_another_engine_is_refused_without_looking_for_an_extension(tmp_path):
    path = tmp_path / "p.duckdb"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE election (election_id TEXT)")
        connection.commit()
    refused(path, "not a DuckDB file")


@pytest.mark.parametrize("kept", [0.02, 0.9])
def test_a_database_cut_short_is_refused(tmp_path, database, kept):
    path = tmp_path / "p.duckdb"
    whole = database.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole))])
    refused(path, f"pollbench build --output {path}")


def test_a_database_cut_by_whole_blocks_is_refused_however_many_are_free(tmp_path, database):
    """``build`` leaves free blocks, and the last block of the file is in use: without it nothing can be read."""
    with closing(duckdb.connect(str(database), read_only=True)) as connection:
        total, size = connection.execute(
            "SELECT total_blocks, block_size FROM pragma_database_size()"
        ).fetchone()
    whole, path = database.read_bytes(), tmp_path / "p.duckdb"
    assert len(whole) == 3 * 4096 + total * size
    for blocks in range(1, total + 1):
        path.write_bytes(whole[: len(whole) - blocks * size])
        refused(path)


def test_blocks_that_are_missing_or_changed_give_a_message_and_never_other_rows(tmp_path, database):
    """Every block has a checksum that DuckDB verifies: a block of zeros, or one of another age, is not read."""
    with open_database(database) as bench:
        tables = {name: bench.table(name) for name in ("prediction", "forecast", "result")}
    path, whole = tmp_path / "p.duckdb", database.read_bytes()
    messages = []
    for start in range(3 * 4096, len(whole), 8 * 16384):
        path.write_bytes(whole[:start] + whole[start : start + 8] + bytes(16376) + whole[start + 16384 :])
        try:
            with open_database(path) as bench:
                for name, table in tables.items():
                    assert bench.table(name).equals(table)
        except DatabaseError as error:
            messages.append(str(error))
    assert messages
    assert not any("\n" in message for message in messages)


@pytest.mark.parametrize("statement", ["DROP TABLE written_by", "DELETE FROM written_by"])
def test_a_database_of_a_version_without_a_mark_is_refused(tmp_path, database, statement):
    path = altered(database, tmp_path / "p.duckdb", statement)
    refused(path, "older", f"pollbench build --output {path}")


def test_a_database_of_other_tables_is_refused_before_a_query_fails(tmp_path, database):
    path = altered(
        database, tmp_path / "p.duckdb", "UPDATE written_by SET version = '0.0.1', schema_digest = '0a1b2c'"
    )
    refused(path, "written by PollBench 0.0.1", "0a1b2c", f"pollbench build --output {path}")


def test_the_mark_follows_the_definitions_of_the_tables(database):
    with open_database(database) as bench:
        row = bench.table("written_by").iloc[0]
    texts = [path.read_bytes() for path in sorted((datasets_folder() / "sql").glob("*.sql"))]
    assert row.schema_digest == hashlib.sha256(b"".join(texts)).hexdigest()
    assert {b"CREATE TABLE forecast (" in text for text in texts} == {True, False}
    assert row.version == pollbench.__version__


def altered(database: Path, place: Path, statement: str) -> Path:
    """A copy of ``database`` at ``place`` after ``statement``."""
    shutil.copy(database, place)
    with duckdb.connect(str(place)) as connection:
        connection.execute(statement)
    return place


def test_an_opened_database_reads_no_other_file_and_its_settings_stay(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    path, other = tmp_path / "p.duckdb", tmp_path / "other.duckdb"
    build(path, "fr-primary-left-2017")
    duckdb.connect(str(other)).close()
    with open_database(path) as bench:
        for statement in (
            f"FROM read_csv('{secret}')",
            "SET enable_external_access = true",
            f"ATTACH '{other}' AS x",
        ):
            with pytest.raises(Exception, match=r"disabled|locked|Cannot change"):
                bench.frame(statement)
        with pytest.raises(Exception, match="does not exist"):
            bench.table('person" --')


def test_a_file_of_no_whole_number_of_blocks_is_cut_short(tmp_path):
    class Sized:
        """Says that the database has three blocks of 16 KiB, of which two are in use."""

        def execute(self, _):
            return self

        def fetchone(self):
            return 3, 2, 16_384

    path = tmp_path / "p.duckdb"
    whole = 3 * 4_096 + 3 * 16_384
    for size in (whole - 1, whole - 2 * 16_384):
        path.write_bytes(b"x" * size)
        with pytest.raises(
            DatabaseError, match=rf"is cut short: {size} bytes of {whole}\. .*pollbench build"
        ):
            refuse_other_schemas(Sized(), path)
