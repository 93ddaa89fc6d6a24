"""How the program ends: whatever a verb runs into becomes one line and an exit code, and no traceback."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from contextlib import redirect_stdout

import pytest

from pollbench import cli
from pollbench.errors import OutputError
from pollbench.version import __version__
from tests_support import program, signals_kept


@pytest.fixture
def runs_into(monkeypatch):
    """A program whose verb raises the given exception."""

    def patch(exception: BaseException) -> None:
        def fail() -> None:
            raise exception

        monkeypatch.setattr(cli, "app", fail)

    return patch


@pytest.mark.parametrize(
    ("exception", "code", "said"),
    [
        (OutputError("o: the disk is full."), 2, "pollbench: o: the disk is full.\n"),
        (
            PermissionError(errno.EACCES, "Permission denied", "kept.csv"),
            2,
            "pollbench: kept.csv: Permission denied.\n",
        ),
        (OSError("no more processes"), 2, "pollbench: no more processes.\n"),
        (KeyboardInterrupt(), 130, "pollbench: stopped.\n"),
        # What typer makes of an interrupt, and what DuckDB makes of one while it works.
        (SystemExit(130), 130, "pollbench: stopped.\n"),
        (RuntimeError("Query interrupted"), 130, "pollbench: stopped.\n"),
        (SystemExit(1), 1, ""),
    ],
)
def test_an_exception_becomes_one_line_and_an_exit_code(runs_into, exception, code, said):
    runs_into(exception)
    answer = program("list")
    assert (answer.returncode, answer.stdout, answer.stderr) == (code, "", said)


def test_an_error_of_the_program_itself_is_not_hidden(runs_into):
    runs_into(RuntimeError("a mistake in the code"))
    with pytest.raises(RuntimeError, match="a mistake in the code"):
        program("list")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_request_to_end_and_a_closed_terminal_are_exits_that_a_verb_can_clean_up_after(
    monkeypatch, name, code
):
    cleaned = []

    def verb() -> None:
        try:
            signal.raise_signal(getattr(signal, name))
        finally:
            cleaned.append(name)

    monkeypatch.setattr(cli, "app", verb)
    # The tests themselves may be meant to outlive their terminal.
    before = signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        answer = program("list")
    finally:
        signal.signal(getattr(signal, name), before)
    assert (answer.returncode, answer.stderr, cleaned) == (code, "", [name])


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a_program_that_is_to_outlive_its_terminal_goes_on_when_that_is_closed(monkeypatch):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        monkeypatch.setattr(cli, "app", lambda: signal.raise_signal(signal.SIGHUP))
        assert program("list").returncode == 0
    finally:
        signal.signal(signal.SIGHUP, before)


class Closed(io.RawIOBase):
    """The end of a pipe whose reader has left."""

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def test_a_reader_of_the_output_that_has_left_is_no_error(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["pollbench", "list", "attacks"])
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    closed = io.TextIOWrapper(Closed(), write_through=True)
    with signals_kept(), redirect_stdout(closed), pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 0


def test_the_version_is_printed_alone():
    answer = program("--version")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, f"pollbench {__version__}\n", "")
