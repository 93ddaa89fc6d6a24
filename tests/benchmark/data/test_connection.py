"""What DuckDB refuses is one line of ours; what is written as Parquet is read back."""

from __future__ import annotations

import tempfile

import duckdb
import pandas as pd
import pytest

from pollbench import cache
from pollbench.data import loading, store
from pollbench.data.connection import in_memory, query_files, refused, writable
from pollbench.data.csv_files import TextTable
from pollbench.data.descriptions import unread_tables
from pollbench.data.elections import datasets_folder
from pollbench.data.parquet import PARQUET, frame_to_parquet, frames_to_parquet
from pollbench.errors import DatabaseError, OutputError, PolicyError


def test_a_database_that_cannot_be_written_is_named_in_one_line(tmp_path):
    with pytest.raises(OutputError, match=r"cannot be written: ") as error:
        writable(tmp_path)
    assert str(error.value).startswith(str(tmp_path))
    assert "\n" not in str(error.value)


def test_a_database_that_fails_while_it_is_filled_is_no_traceback(tmp_path, monkeypatch):
    def full(*_):
        message = "IO Error: could not write\nmore"
        raise duckdb.IOException(message)

    monkeypatch.setenv(cache.VARIABLE, cache.OFF)
    monkeypatch.setattr(loading, "fill", full)
    with pytest.raises(OutputError, match=r"p\.duckdb cannot be built: .*could not write$"):
        store.build(tmp_path / "p.duckdb", "fr-primary-left-2017")
    assert list(tmp_path.iterdir()) == []


def test_files_that_cannot_be_queried_say_so_in_one_line():
    assert query_files("SELECT ? + 1 AS n", [2]).n.tolist() == [3]
    with pytest.raises(DatabaseError) as error:
        query_files("FROM 'no-such-file.parquet'")
    assert "no-such-file.parquet" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_question_that_fails_and_one_to_closed_data_have_messages_of_their_own():
    connection = in_memory()
    with pytest.raises(duckdb.Error) as wrong:
        connection.execute("SELEC 1")
    assert str(refused(wrong.value)).startswith("The question cannot be answered: ")
    connection.close()
    with pytest.raises(duckdb.Error) as closed:
        connection.execute("SELECT 1")
    assert str(refused(closed.value)).startswith("The data set is closed. Load it again")


def test_a_table_as_parquet_is_read_back_and_made_once(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    frames = {"a": pd.DataFrame({"x": [1, 2], "y": ["a", None]}), "b": pd.DataFrame({"x": [0.5]})}
    first = frames_to_parquet({"a": frames["a"]})
    both = frames_to_parquet(frames)
    assert both["a"] == first["a"]
    assert len(list((tmp_path / "cache" / PARQUET).iterdir())) == 2
    for name, frame in frames.items():
        (tmp_path / f"{name}.parquet").write_bytes(both[name])
        back = query_files(f"FROM '{tmp_path / name}.parquet'")
        pd.testing.assert_frame_equal(back, frame, check_dtype=False)
    assert frame_to_parquet(frames["b"]) == both["b"]
    assert frames_to_parquet({}) == {}


def test_the_folder_of_all_shipped_elections_is_not_one_of_an_election(tmp_path):
    assert list(unread_tables(datasets_folder(), ())) == []
    for name in ("forecast.csv", "notes.tsv", ".hidden.csv", "readme.txt"):
        (tmp_path / name).touch()
    found = {offence.path.name: offence.remedy for offence in unread_tables(tmp_path, ["forecasts.csv"])}
    assert found["forecast.csv"] == "Rename it to forecasts.csv."
    assert set(found) == {"forecast.csv", "notes.tsv"}


def test_rows_that_another_file_repeats_word_for_word_are_the_same_rows(tmp_path):
    first = TextTable(tmp_path / "a.csv", ("id",), [["x"], ["y"]], [2, 3])
    second = TextTable(tmp_path / "b.csv", ("id",), [["y"], ["z"]], [2, 3])
    again = TextTable(tmp_path / "c.csv", ("id",), [["x"], ["z"]], [2, 3])
    kept = loading._without_repeats([first, second, again])
    assert [(table.path.name, table.rows, table.lines) for table in kept] == [
        ("a.csv", [["x"], ["y"]], [2, 3]),
        ("b.csv", [["z"]], [3]),
    ]


def test_scenarios_that_cannot_stand_leave_no_copy_of_the_data(bench, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(
        PolicyError, match="The ballot is known: scenario no-such-scenario cannot stand in for it"
    ):
        bench.under("no-such-scenario")
    assert list(tmp_path.iterdir()) == []
