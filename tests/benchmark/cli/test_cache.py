"""``pollbench cache``: where what is kept lies, how much it is, and how it goes."""

from __future__ import annotations

import pytest

from pollbench import cache
from tests_support import program


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_kept_is_counted_by_kind_and_cleared(folder):
    for kind, key in (("drawing", "1" * 64), ("drawing", "2" * 64), ("answer", "3" * 64)):
        cache.write(kind, key, b"x" * 1000)
    shown = program("cache").stdout.splitlines()
    assert [line.split()[:3] for line in shown[:-1]] == [
        ["answer", "1", "entry"],
        ["drawing", "2", "entries"],
    ]
    assert shown[-1] == f"{folder}: 3 entries."
    assert program("cache", "clear").stdout == f"{folder}: 3 entries removed.\n"
    assert program("cache").stdout == f"{folder}: 0 entries.\n"


def test_a_cache_that_is_off_is_said_to_be(monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, cache.OFF)
    assert program("cache", "clear").stdout.startswith("No cache: POLLBENCH_CACHE is off")
