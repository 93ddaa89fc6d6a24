"""A database is built whole or not at all, describes itself, and is read only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pollbench.data.bench import open_database
from pollbench.data.store import build
from pollbench.errors import OutputError
from spoilt_copy import ELABE
from tests_support import copy_of, replace_once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("fr-pres-2017", tmp_path)


def test_a_build_onto_a_folder_or_into_a_file_is_refused(tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        build(tmp_path, "fr-primary-left-2017")
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        build(file / "p.duckdb", "fr-primary-left-2017")
    assert file.read_text(encoding="utf-8") == "x"


def test_a_failed_build_leaves_the_old_file_and_nothing_else(tmp_path, folder):
    target = tmp_path / "p.duckdb"
    build(target, "fr-primary-left-2017")
    before = target.read_bytes()
    replace_once(folder / "predictions.csv", f"\n{ELABE}\n", "\nelabe-2017-04-20-a,macron,22.555,,,\n")
    with pytest.raises(Exception, match=r"22\.555"):
        build(target, folder)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fr-pres-2017", "p.duckdb"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path):
    place = tmp_path / "closed"
    place.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="closed"):
        build(place / "p.duckdb", "fr-primary-left-2017")


def test_two_builds_at_once_both_end_whole(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    target = tmp_path / "p.duckdb"
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: build(target, "fr-primary-left-2017"), range(2)))
    with open_database(target) as bench:
        assert bench.elections == ("fr-primary-left-2017",)
    assert [path.name for path in tmp_path.iterdir()] == ["p.duckdb"]


def test_an_opened_database_cannot_be_changed(bench):
    with pytest.raises(Exception, match="read-only"):
        bench.execute("DELETE FROM result")


def test_every_table_and_column_says_what_it_means(bench):
    dictionary = bench.dictionary()
    assert len(dictionary) > 150
    assert dictionary.meaning.str.len().min() > 3
    assert dictionary.table_meaning.str.len().min() > 10
    views = bench.frame("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal AND NOT temporary")
    assert views.comment.notna().all()
