"""The main job, whole: one folder, twice the same, never half."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from pollbench import cache, workers
from pollbench.cli._job import run
from pollbench.data.bench import open_database
from pollbench.data.store import load
from pollbench.errors import OutputError
from pollbench.files import csv_text
from pollbench.outputs.tables import TABLES
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy
from tests_support import program, small_election, validated


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without processes of their own, which import every library anew; ``finished_run`` and ``small_run`` have theirs."""
    monkeypatch.setattr(workers, "MOST_WORKERS", 0)


@pytest.fixture(scope="module")
def written(finished_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a finished run that a test may run again."""
    return Path(shutil.copytree(finished_run, tmp_path_factory.mktemp("run") / "output"))


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
    # Every table, chart and page of an election alone; test_each_election.py draws the others.
    assert manifest["failed"] == {}


def test_the_data_package_describes_every_column_of_every_table(written):
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {
        f"tables/{path.name}" for path in (written / "tables").iterdir()
    }
    found = validated(written / "datapackage.json")
    assert found.valid, found.flatten(["name", "type", "message"])[:5]


def test_a_run_that_was_touched_is_made_again_with_the_same_bytes_by_one_process_as_by_several(written):
    def files() -> dict[str, str]:
        return {
            path.relative_to(written).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in written.rglob("*")
            if path.is_file()
        }

    before = files()
    (written / "tables" / "scores.csv").write_text("changed\n", encoding="utf-8")
    answer = program("run", "fr-pres-2017", "-o", str(written))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith((written / "summary.txt").read_text(encoding="utf-8"))
    assert "Made earlier" not in answer.stdout
    assert files() == before
    assert [path.name for path in written.parent.iterdir()] == ["output"]


def test_without_a_cache_every_table_of_the_run_comes_out_with_the_same_bytes(finished_run, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, "off")
    policy = Policy(missing="drop")
    with open_database(finished_run / "pollbench.duckdb") as bench:
        for path in sorted((finished_run / "tables").iterdir()):
            again = csv_text(TABLES[path.stem].make(bench, policy))
            assert again.encode("utf-8") == path.read_bytes(), path.name


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
    from pollbench.outputs import tables

    before = (written / "manifest.json").read_bytes()

    def fail(*_):
        raise OutputError("the disk is full")

    failing = dataclasses.replace(tables.TABLES["leaderboard"], function=fail)
    monkeypatch.setitem(tables.TABLES, "leaderboard", failing)
    with pytest.raises(OutputError, match="disk is full"):
        run(written, ("fr-pres-2017",))
    assert (written / "manifest.json").read_bytes() == before
    assert [path.name for path in written.parent.iterdir()] == ["output"]


def test_a_table_and_a_chart_that_fail_are_named_and_the_rest_is_whole(tmp_path, monkeypatch):
    from pollbench.outputs import tables
    from pollbench_dashboards.frames import gathered

    def fail(*_):
        raise ZeroDivisionError("division by zero")

    failing = dataclasses.replace(tables.TABLES["leaderboard"], function=fail)
    monkeypatch.setitem(tables.TABLES, "leaderboard", failing)
    monkeypatch.setitem(gathered._FRAMES, "published", fail)
    folder = str(small_election(tmp_path))
    result = program("run", folder, "-o", str(tmp_path / "output"))
    assert result.returncode == 1
    assert "Failed: table leaderboard. ZeroDivisionError: division by zero" in result.stdout
    manifest = json.loads((tmp_path / "output" / "manifest.json").read_text(encoding="utf-8"))
    assert {"table leaderboard", "chart coverage_matrix.en", "chart coverage_matrix.fr"} <= set(
        manifest["failed"]
    )
    assert all(name.startswith(("table ", "chart ", "page ")) for name in manifest["failed"])
    site = tmp_path / "output" / "site"
    assert "could not be made" in (site / "charts" / "coverage_matrix.en.svg").read_text(encoding="utf-8")
    from pollbench_dashboards.pages.page import PAGES

    assert {path.stem for path in site.glob("*.html")} >= set(PAGES)
    assert (tmp_path / "output" / "tables" / "scores.csv").is_file()
    assert not (tmp_path / "output" / "checksums.txt").exists()


def test_before_the_vote_what_needs_no_result_is_written_and_the_rest_named(tmp_path):
    folder = small_election(tmp_path, results=False)
    answer = program("run", str(folder), "-o", str(tmp_path / "output"))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Nobody has voted yet in xx-2030-r1: what needs no result is written." in answer.stdout
    assert "Not written: scores, leaderboard" in answer.stdout
    # No vote of these data is counted in seats: their table is not missed.
    assert "seats" not in answer.stdout
    # The leaderboard, which comes first where there is one.
    assert answer.stdout.startswith("Nobody has voted yet")
    manifest = json.loads((tmp_path / "output" / "manifest.json").read_text(encoding="utf-8"))
    not_made = {Path(name).stem for name in manifest["not_made"]}
    written = {path.stem for path in (tmp_path / "output" / "tables").iterdir()}
    assert {"coverage", "trends", "herding", "claims", "probabilities", "robustness"} <= written
    assert {"scores", "leaderboard", "comparison", "bounds", "effective_samples"} <= not_made
    assert written.isdisjoint(not_made)
    assert written | not_made == set(TABLES)
    assert "Nobody has voted yet in xx-2030" in manifest["not_made"]["leaderboard.csv"]
    for path in (tmp_path / "output" / "tables").iterdir():
        # Every table that is there has a header.
        pd.read_csv(path)
    with open_database(tmp_path / "output" / "pollbench.duckdb") as bench:
        assert bench.elections == ("xx-2030",)
    assert (tmp_path / "output" / "site" / "index.html").is_file()


def test_an_election_of_few_figures_is_run_to_its_page(small_run):
    assert "Nobody has voted yet" not in small_run.stdout
    assert "Failed" not in small_run.stdout
    assert (small_run.output / "tables" / "leaderboard.csv").is_file()
    assert (small_run.output / "site" / "fr" / "index.html").is_file()


def test_an_election_without_a_law_is_run_to_its_page(tmp_path):
    outcome = run(tmp_path / "output", ("fr-primary-left-2017",))
    assert outcome.leaderboard is None
    assert (outcome.open_contests, outcome.failed) == ([], {})
    assert (tmp_path / "output" / "site" / "fr" / "index.html").is_file()


def test_an_election_to_come_beside_one_that_was_held_hides_neither(tmp_path):
    folder = small_election(tmp_path, results=False)
    with load("fr-pres-2002", folder) as bench:
        scores = score(bench, ["mae"], Policy(missing="drop"))
        assert set(scores.frame.contest_id) == {"fr-pres-2002-r1", "fr-pres-2002-r2"}
        assert "xx-2030-r1: nobody has voted yet." in scores.refused
        assert len(TABLES["bounds"].make(bench, Policy(missing="drop")))
