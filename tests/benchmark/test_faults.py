"""The scripts of ``benchmark/faults``: a few cases of each, and that both can find what they look for."""

from __future__ import annotations

import stat
import sys
from collections import Counter
from importlib import util
from pathlib import Path

import pytest

from pollbench.files import replaced_folder, room_beside, write_text

FAULTS = Path(__file__).parents[2] / "benchmark" / "faults"


def script(name):
    if str(FAULTS) not in sys.path:
        sys.path.insert(0, str(FAULTS))
    spec = util.spec_from_file_location(f"faults_{name}", FAULTS / f"{name}.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_mutated_files_are_read_or_refused_with_a_message():
    counts, foreign = script("mutate").fuzz(60, seed=1)
    assert foreign == []
    assert counts["refused"] > 10
    assert counts["validations"] == 1


def test_an_exception_that_is_none_of_ours_is_counted(monkeypatch):
    mutate = script("mutate")

    def broken(path):
        raise KeyError(path.name)

    monkeypatch.setattr(mutate, "read", broken)
    counts, foreign = mutate.fuzz(5, seed=1)
    assert counts["foreign"] == len(foreign) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a_kill_at_any_step_of_the_replacement_loses_nothing():
    counts: Counter[str] = Counter()
    script("kill").killed_at_every_step(counts)
    assert counts["placed"] >= 8
    assert (counts["mixtures"], counts["leftovers"]) == (0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="no locks of this kind")
def test_the_next_start_removes_what_killed_processes_left_and_nothing_else(tmp_path):
    dead, other = tmp_path / ".output.dead.tmp", tmp_path / ".another.dead.tmp"
    for folder in (dead / "new", other / "new"):
        folder.mkdir(parents=True)
    with room_beside(tmp_path / "output") as living, replaced_folder(tmp_path / "output") as fresh:
        write_text(fresh / "manifest.json", "{}")
        assert not dead.exists()
        assert living.exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == [".another.dead.tmp", "output"]


@pytest.mark.skipif(sys.platform == "win32", reason="no umask of this kind")
def test_files_obey_the_umask(tmp_path):
    import os

    before = os.umask(0o077)
    try:
        write_text(tmp_path / "a.txt", "a")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o600


#: One kind of each table, all in one election, with what shows it.
SAMPLE = {
    "share off by 1.5": "error",
    "share off by one": "warning",
    "shares among all asked": "error",
    "year off by one in row and id": "warning",
    "fieldwork twenty days longer": "warning",
    "sample ten times too large": "warning",
    "status of a poll changed": "warning",
    "poll of the other round": "error",
    "letter of an id skips some": "warning",
    "run-off a year later": "error",
    "round a day later": "error",
    "two advance in the last round": "error",
    "claim lost": "error",
    "dispute lost": "error",
    "wrong country": "error",
    "wrong law": "warning",
    "wrong revision": "silent",
    "read once, said twice": "silent",
}


@pytest.fixture(scope="module")
def plant():
    return script("plant")


def test_faults_of_a_clerk_are_shown_as_they_were(plant):
    counted = plant.rates(list(SAMPLE), places=1, seed=1)
    assert {kind: next(iter(outcomes)) for kind, outcomes in counted.items()} == SAMPLE


def test_a_change_that_is_none_is_silent(plant):
    import random

    ground = plant.Ground("fr-primary-left-2017")
    assert ground.outcome(lambda rows, _: rows.change("contest"), random.Random(1)) == "silent"
    assert ground.outcome(lambda rows, _: rows.change("contest").clear(), random.Random(1)) == "error"


def test_kinds_that_nothing_inside_can_show_are_kinds_and_named(plant):
    assert len(plant.KINDS) >= 110
    assert set(plant.UNSEEN) <= set(plant.KINDS)
    text = " ".join((FAULTS / "README.md").read_text(encoding="utf-8").split())
    assert [kind for kind in plant.UNSEEN if kind not in text] == []
