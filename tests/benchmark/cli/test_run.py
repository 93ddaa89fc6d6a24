"""The main job, whole: one folder, twice the same, never half."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pollbench.cli._job import run
from pollbench.errors import OutputError


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "output"
    run(folder, ("fr-pres-2017",))
    return folder


def test_a_run_writes_database_tables_page_and_manifest(written):
    for name in (
        "pollbench.duckdb",
        "manifest.json",
        "site/index.html",
        "tables/scores.csv",
        "tables/leaderboard.csv",
    ):
        assert (written / name).stat().st_size > 500, name


def test_the_manifest_holds_the_hash_of_every_table(written):
    manifest = json.loads((written / "manifest.json").read_text(encoding="utf-8"))
    tables = {path.name for path in (written / "tables").iterdir()}
    assert set(manifest["tables"]) == tables
    for name, digest in manifest["tables"].items():
        assert hashlib.sha256((written / "tables" / name).read_bytes()).hexdigest() == digest
    assert manifest["dataset_revisions"].keys() == {"fr-pres-2017"}
    assert manifest["seed"] > 0
    assert "duckdb" in manifest["libraries"]


def test_a_second_run_gives_the_same_bytes(written):
    before = (written / "manifest.json").read_bytes()
    run(written, ("fr-pres-2017",))
    assert (written / "manifest.json").read_bytes() == before
    assert [path.name for path in written.parent.iterdir()] == ["output"]


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match="left alone"):
        run(tmp_path, ("fr-pres-2017",))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_output_that_is_a_file_is_refused(tmp_path):
    target = tmp_path / "output"
    target.write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        run(target, ("fr-pres-2017",))


def test_a_run_that_fails_leaves_the_old_output_whole(written, monkeypatch):
    from pollbench import tables

    before = (written / "manifest.json").read_bytes()

    def fail(*_):
        raise OutputError("the disk is full")

    monkeypatch.setitem(tables.TABLES, "leaderboard", tables.Table("fails", fail))
    with pytest.raises(OutputError, match="disk is full"):
        run(written, ("fr-pres-2017",))
    assert (written / "manifest.json").read_bytes() == before
    assert [path.name for path in written.parent.iterdir()] == ["output"]
