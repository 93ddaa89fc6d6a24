"""A bar stands on a terminal alone, and moves to where the work is."""

from __future__ import annotations

import io
import sys

import pytest

from pollbench.progress import Progress


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "wanted", "shown"),
    [(Terminal, True, True), (Terminal, False, False), (io.StringIO, True, False)],
)
def test_a_bar_is_shown_on_a_terminal_where_it_is_wanted(monkeypatch, stream, wanted, shown):
    written = stream()
    monkeypatch.setattr(sys, "stderr", written)
    with Progress("tables", wanted=wanted) as advance:
        for done in (1, 2, 4):
            advance(done, 4)
    assert ("tables" in written.getvalue()) == shown
    assert ("/4" in written.getvalue()) == shown


def test_a_bar_that_never_moved_leaves_nothing(monkeypatch):
    written = Terminal()
    monkeypatch.setattr(sys, "stderr", written)
    with Progress("tables", wanted=True):
        pass
    assert written.getvalue() == ""
