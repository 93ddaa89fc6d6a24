"""The cache: what is kept is read back whole or not at all, and nothing that goes wrong with it is an error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pollbench import cache
from pollbench.cli import main

KEY = cache.digest("a test")
CONTENT = bytes(range(256)) * 40


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def entry(place: Path) -> Path:
    return place / "numbers" / f"{KEY}.pollbench"


def test_what_was_kept_is_read_back(place):
    assert cache.read("numbers", KEY) is None
    cache.write("numbers", KEY, CONTENT)
    assert cache.read("numbers", KEY) == CONTENT
    assert cache.read("others", KEY) is None
    assert cache.read("numbers", cache.digest("another")) is None
    assert cache.entries() == [entry(place)]


def test_a_thing_is_made_once(place):
    made = []

    def make() -> bytes:
        made.append(1)
        return CONTENT

    assert cache.remembered("numbers", KEY, make) == cache.remembered("numbers", KEY, make) == CONTENT
    assert made == [1]


@pytest.mark.parametrize("at", [0, 5, 20, 60, 83, 90, 5000, -1])
def test_one_changed_byte_and_the_entry_counts_as_absent(place, at):
    cache.write("numbers", KEY, CONTENT)
    damaged = bytearray(entry(place).read_bytes())
    damaged[at] ^= 1
    entry(place).write_bytes(damaged)
    assert cache.read("numbers", KEY) is None
    assert cache.remembered("numbers", KEY, lambda: CONTENT) == CONTENT
    assert cache.read("numbers", KEY) == CONTENT


@pytest.mark.parametrize("content", [b"", b"pollbench cache 1\n", b"SQLite format 3\0" * 100])
def test_a_file_of_something_else_counts_as_absent(place, content):
    entry(place).parent.mkdir(parents=True)
    entry(place).write_bytes(content)
    assert cache.read("numbers", KEY) is None


@pytest.mark.parametrize("length", [1, 40, 82, 83, 84, 5000])
def test_half_an_entry_counts_as_absent(place, length):
    cache.write("numbers", KEY, CONTENT)
    entry(place).write_bytes(entry(place).read_bytes()[:length])
    assert cache.read("numbers", KEY) is None


def test_an_entry_under_another_name_counts_as_absent(place):
    cache.write("numbers", KEY, CONTENT)
    other = cache.digest("another")
    entry(place).rename(entry(place).with_name(f"{other}.pollbench"))
    assert cache.read("numbers", other) is None


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes with names")
def test_a_pipe_or_a_folder_in_the_place_of_an_entry_does_no_harm(place):
    entry(place).parent.mkdir(parents=True)
    os.mkfifo(entry(place))
    assert cache.read("numbers", KEY) is None
    assert cache.remembered("numbers", KEY, lambda: CONTENT) == CONTENT
    entry(place).unlink()
    entry(place).mkdir()
    assert cache.remembered("numbers", KEY, lambda: CONTENT) == CONTENT


def test_processes_at_once_read_whole_entries_or_none(place):
    script = (
        "from pollbench import cache\n"
        f"content = {CONTENT!r}\n"
        "for _ in range(100):\n"
        f"    cache.write('numbers', {KEY!r}, content)\n"
        f"    found = cache.read('numbers', {KEY!r})\n"
        "    assert found == content, found and len(found)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert cache.entries() == [entry(place)]


@pytest.mark.skipif(sys.platform == "win32", reason="finds the cache folder otherwise")
def test_without_a_home_folder_nothing_is_kept_and_none_is_made(tmp_path, monkeypatch):
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "missing"))
    assert cache.folder() is None
    assert cache.remembered("numbers", KEY, lambda: CONTENT) == CONTENT
    assert cache.entries() == []
    assert not list(tmp_path.iterdir())


def test_the_usual_place_is_the_cache_folder_of_the_user(tmp_path, monkeypatch):
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() is not None
    assert cache.folder().name in ("pollbench", "Cache")


@pytest.mark.parametrize("value", ["off", ""])
def test_the_cache_can_be_switched_off(monkeypatch, value):
    monkeypatch.setenv(cache.VARIABLE, value)
    cache.write("numbers", KEY, CONTENT)
    assert cache.read("numbers", KEY) is None


def test_a_place_that_cannot_be_written_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "cache"))
    assert cache.remembered("numbers", KEY, lambda: CONTENT) == CONTENT
    assert cache.read("numbers", KEY) is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="to root nothing is read-only")
def test_a_folder_that_is_only_read_gives_what_it_has_and_takes_nothing(place):
    cache.write("numbers", KEY, CONTENT)
    entry(place).parent.chmod(0o500)
    try:
        cache.write("numbers", cache.digest("another"), CONTENT)
        assert cache.read("numbers", KEY) == CONTENT
        assert cache.entries() == [entry(place)]
    finally:
        entry(place).parent.chmod(0o700)


def test_room_is_made_by_removing_what_was_not_used_for_longest(place, monkeypatch):
    keys = [cache.digest(name) for name in "abc"]
    for age, key in zip((300, 200, 100), keys, strict=True):
        cache.write("numbers", key, CONTENT)
        os.utime(place / "numbers" / f"{key}.pollbench", (10_000 - age, 10_000 - age))
    assert cache.read("numbers", keys[0]) == CONTENT
    monkeypatch.setattr(cache, "CAPACITY", 3 * len(CONTENT) + 1000)
    monkeypatch.setattr(cache, "_WRITTEN", [0, 0])
    cache.write("numbers", KEY, CONTENT)
    assert [cache.read("numbers", key) is None for key in (*keys, KEY)] == [False, True, False, False]


def test_the_verb_shows_and_clears_and_leaves_files_of_others_alone(place, monkeypatch, capsys):
    cache.write("numbers", KEY, CONTENT)
    foreign = [place / "thesis.txt", place / "numbers" / "thesis.txt"]
    for path in foreign:
        path.write_bytes(b"years of work")
    left_over = place / "numbers" / f".{KEY}.pollbench.4711-k2x_q.tmp"
    left_over.write_bytes(b"half")
    monkeypatch.setattr(sys, "argv", ["pollbench", "cache"])
    with pytest.raises(SystemExit) as left:
        main()
    shown = capsys.readouterr().out
    assert (left.value.code, "2 entries" in shown, str(place) in shown) == (0, True, True)
    monkeypatch.setattr(sys, "argv", ["pollbench", "cache", "clear"])
    with pytest.raises(SystemExit) as left:
        main()
    assert (left.value.code, "2 entries removed" in capsys.readouterr().out) == (0, True)
    assert sorted(path for path in place.rglob("*") if path.is_file()) == sorted(foreign)


def test_an_entry_that_the_system_does_not_give_is_none(tmp_path, monkeypatch):
    def denied(_):
        raise PermissionError

    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    cache.write("a", "k", b"content")
    assert cache.read("a", "k") == b"content"
    monkeypatch.setattr(cache.Path, "read_bytes", denied)
    assert cache.read("a", "k") is None
