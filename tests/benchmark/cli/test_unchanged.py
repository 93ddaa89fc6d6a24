"""A folder that holds what a run would write is compared and left; anything else about it is a reason to compute."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pollbench.cli import _unchanged
from pollbench.cli._unchanged import checksums, is_whole, made_from
from tests_support import program, small_election

ORIGIN = "0" * 64


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "tables").mkdir(parents=True)
    (folder / "tables" / "scores.csv").write_text("measure,value\nmae,0.5\n", encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({"made_from": ORIGIN}), encoding="utf-8")
    (folder / "checksums.txt").write_text(checksums(folder), encoding="utf-8")
    return folder


def test_a_run_that_is_as_it_was_is_whole(kept):
    assert is_whole(kept, ORIGIN)


def change_a_byte(folder: Path) -> None:
    (folder / "tables" / "scores.csv").write_text("measure,value\nmae,0.6\n", encoding="utf-8")


def lose_a_file(folder: Path) -> None:
    (folder / "tables" / "scores.csv").unlink()


def add_a_file(folder: Path) -> None:
    (folder / "tables" / "mine.csv").write_text("x\n", encoding="utf-8")


def edit_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text(json.dumps({"made_from": ORIGIN, "seed": 1}), encoding="utf-8")


def break_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"made_from": ', encoding="utf-8")


def make_the_manifest_a_list(folder: Path) -> None:
    (folder / "manifest.json").write_text("[1]", encoding="utf-8")


def lose_the_checksums(folder: Path) -> None:
    (folder / "checksums.txt").unlink()


@pytest.mark.parametrize(
    "harm",
    [
        change_a_byte,
        lose_a_file,
        add_a_file,
        edit_the_manifest,
        break_the_manifest,
        make_the_manifest_a_list,
        lose_the_checksums,
        shutil.rmtree,
    ],
)
def test_a_run_that_was_touched_is_not_whole(kept, harm):
    harm(kept)
    assert not is_whole(kept, ORIGIN)


def test_a_run_made_from_something_else_is_not_whole(kept):
    assert not is_whole(kept, "1" * 64)


def test_what_a_run_is_made_from_says_which_elections():
    assert made_from() == made_from()
    assert len({made_from(), made_from(("fr-pres-2017",)), made_from(("fr-pres-2002",))}) == 3


def test_what_a_run_is_made_from_follows_every_file_of_the_packages(monkeypatch, tmp_path):
    before = made_from()
    package = tmp_path / "addition"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(_unchanged, "PACKAGES", (*_unchanged.PACKAGES, "addition"))
    with_package = made_from()
    (package / "text.toml").write_text('title = "another"\n', encoding="utf-8")
    assert len({before, with_package, made_from()}) == 3


def test_what_a_run_is_made_from_follows_the_libraries(monkeypatch, tmp_path):
    before = made_from()
    monkeypatch.syspath_prepend(tmp_path)
    assert made_from() == before
    for version in ("1.0", "1.1"):
        (tmp_path / f"addition-{version}.dist-info").mkdir()
        after = made_from()
        assert after != before
        before = after


def test_what_a_run_is_made_from_follows_the_users_own_data(tmp_path):
    folder = small_election(tmp_path)
    before = made_from((str(folder),))
    assert made_from((str(folder),)) == before
    path = folder / "forecasts.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert made_from((str(folder),)) != before


def test_the_program_computes_once_and_compares_afterwards(small_run, tmp_path, monkeypatch):
    output = Path(shutil.copytree(small_run.output, tmp_path / "output"))
    # The first run was named by these words in this folder.
    monkeypatch.chdir(small_run.place)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    answer = program("run", "small", "-o", str(output))
    assert (answer.returncode, answer.stderr) == (0, "")
    said = "Made earlier, from the same data, code, libraries, policy and seed: all "
    assert said in answer.stdout
    assert "Made earlier" not in small_run.stdout
    printed = [line for line in answer.stdout.splitlines() if not line.startswith("Made earlier")]
    assert printed == small_run.stdout.replace("output/", f"{output}/").splitlines()
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before
