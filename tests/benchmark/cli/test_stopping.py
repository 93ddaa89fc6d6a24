"""A run that is stopped says so in one line, ends its helpers, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")


def hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def started(place: Path, until: str) -> subprocess.Popen[str]:
    """A run in a process group of its own, begun until a file of that pattern is there."""
    run = subprocess.Popen(
        [sys.executable, "-m", "pollbench", "run", "fr-pres-2002", "-o", str(place / "output")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # From the cache the database is there before it can be waited for.
        env={**os.environ, "POLLBENCH_CACHE": "off"},
        # A shell that starts tests in the background ignores interrupts, and so would its children.
        preexec_fn=hear_interrupts,
    )
    latest = time.monotonic() + 120
    while not list(place.glob(until)):
        assert run.poll() is None, "the run ended before it could be stopped"
        assert time.monotonic() < latest
        time.sleep(0.05)
    return run


@pytest.mark.parametrize("until", [".output.*", ".output.*/new/.*.duckdb.*", ".output.*/new/tables/*"])
def test_an_interrupt_is_one_line_and_leaves_nothing(tmp_path, until):
    run = started(tmp_path, until)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert said == "pollbench: stopped.\n"
    assert run.returncode == 130
    assert list(tmp_path.iterdir()) == []


def test_a_request_to_end_removes_what_was_begun(tmp_path):
    run = started(tmp_path, ".output.*/new/tables/*")
    run.terminate()
    # It also waits for the helpers, who hold the same pipes.
    _, said = run.communicate(timeout=60)
    assert said == ""
    assert run.returncode == 143
    assert list(tmp_path.iterdir()) == []
