"""What a verb printed before: the same text while nothing changes, another one when something does."""

from __future__ import annotations

import pytest

from pollbench import cache
from pollbench.cli._answers import KIND
from tests_support import program, replace_once, small_election


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / KIND


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """An election and a cache, in which its database is built once for all verbs."""
    folder = tmp_path_factory.mktemp("answers")
    return small_election(folder), folder / "cache"


@pytest.mark.parametrize(
    "words",
    [
        ("cite",),
        ("list", "attacks"),
        ("notice", "pollco-2030-04-30-a"),
        ("score",),
        ("leaderboard",),
        ("attack",),
    ],
)
def test_a_verb_prints_the_same_again_and_without_a_cache(shared, monkeypatch, words):
    election, kept = shared
    monkeypatch.setenv(cache.VARIABLE, str(kept))
    own = [] if words[0] == "list" else [str(election)]
    before = set((kept / KIND).glob("*"))
    first = program(*words, *own)
    assert (first.returncode, first.stderr) == (0, "")
    assert len(set((kept / KIND).glob("*")) - before) == 1
    assert program(*words, *own).stdout == first.stdout
    with monkeypatch.context() as patched:
        patched.setattr("pollbench.data.store.load", lambda *_, **__: pytest.fail("loaded again"))
        assert program(*words, *own).stdout == first.stdout
    monkeypatch.setenv(cache.VARIABLE, "off")
    assert program(*words, *own).stdout == first.stdout != ""


def test_an_edit_an_option_and_damage_have_an_answer_of_their_own(place, tmp_path):
    own = small_election(tmp_path)
    first = program("score", str(own)).stdout
    (entry,) = place.iterdir()
    entry.write_bytes(entry.read_bytes()[:-1])
    assert program("score", str(own)).stdout == first
    assert program("score", str(own), "--measure", "mae").stdout != first
    replace_once(own / "predictions.csv", "ann,52", "ann,51")
    assert program("score", str(own)).stdout != first


def test_a_refusal_is_said_each_time_and_not_kept(place):
    for _ in range(2):
        refused = program("list", "nothing")
        assert (refused.returncode, "nothing" in refused.stderr) == (2, True)
    assert not place.exists()
