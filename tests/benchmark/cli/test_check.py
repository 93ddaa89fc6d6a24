"""``pollbench check``: nothing to say of tables that come out again, exit 1 for a figure that moved."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pollbench.outputs import publish, published
from pollbench.outputs.published import PublishedTable
from tests_support import program, replace_once

FRAME = pd.DataFrame({"contest_id": ["fr-pres-2017-r1"] * 2, "who": ["elabe", "harris"], "value": [0.5, 1.5]})
TABLES = tuple(
    PublishedTable(name, lambda _: FRAME, ("contest_id", "who"), 1) for name in ("leaderboard", "claims")
)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bench) -> Path:
    """Two small tables of one election, published by the program itself."""
    for module in (publish, published):
        monkeypatch.setattr(module, "TABLES", TABLES)
        monkeypatch.setattr(module, "datasets_folder", lambda: tmp_path)
    headings = "".join(f"## {name}, revision {revision}\n" for name, revision in bench.revisions.items())
    (tmp_path / "CHANGELOG.md").write_text(headings, encoding="utf-8")
    monkeypatch.setattr("pollbench.data.store.load", lambda: nullcontext(bench))
    written = program("check", "--write")
    assert (written.returncode, written.stderr) == (0, "")
    assert written.stdout.splitlines() == [
        "fr-pres-2017/1/claims.csv",
        "fr-pres-2017/1/leaderboard.csv",
    ]
    return tmp_path / "published" / "fr-pres-2017" / "1"


def test_tables_that_come_out_again_are_as_published(shelf):
    answer = program("check")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines() == [
        "fr-pres-2017/1/leaderboard.csv: as published",
        "fr-pres-2017/1/claims.csv: as published",
    ]


def test_a_figure_that_moved_is_named_and_the_exit_is_1(shelf):
    replace_once(shelf / "claims.csv", "harris,1.5", "harris,1.6")
    answer = program("check")
    assert answer.returncode == 1
    assert "fr-pres-2017/1/claims.csv: 1 difference\n" in answer.stdout
    assert "harris, value: was '1.6', is '1.5'" in answer.stdout


def test_the_leaderboard_compares_its_own_table_alone(shelf):
    replace_once(shelf / "claims.csv", "harris,1.5", "harris,1.6")
    answer = program("leaderboard", "--check")
    assert (answer.returncode, answer.stdout) == (0, "fr-pres-2017/1/leaderboard.csv: as published\n")


def test_a_figure_that_moved_without_a_new_version_is_not_written(shelf, monkeypatch):
    moved = replace(TABLES[0], make=lambda _: FRAME.assign(value=[0.5, 1.7]))
    for module in (publish, published):
        monkeypatch.setattr(module, "TABLES", (moved,))
    before = (shelf / "leaderboard.csv").read_bytes()
    answer = program("check", "--write")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("pollbench: Published figures are not overwritten:")
    assert (shelf / "leaderboard.csv").read_bytes() == before
