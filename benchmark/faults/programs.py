"""The program as a fork of this process, which has loaded the libraries: a moment falls into its work, not into imports."""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pollbench
import pollbench_dashboards

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
#: Seconds after which a program that was struck, or was let alone, should have ended.
LONGEST = 900


def loaded() -> None:
    """Load what every verb loads; the databases and threads are those of the forks."""
    for package in (pollbench, pollbench_dashboards):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for name in ("scipy.stats", "pandas", "duckdb", "altair"):
        importlib.import_module(name)


class Program:
    """The program with these words, in a session of its own."""

    def __init__(self, words: Sequence[str]) -> None:
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                os.setsid()
                nowhere = os.open(os.devnull, os.O_RDWR)
                for stream in range(3):
                    os.dup2(nowhere, stream)
                code = _left_with(words)
            finally:
                os._exit(code)

    def ended(self, seconds: float) -> int | None:
        """How it left, waited for at most so long: a code, or the number of a signal below 0; None while it works."""
        latest = time.monotonic() + seconds
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() >= latest:
                return None
            time.sleep(0.002)


def _left_with(words: Sequence[str]) -> int:
    from pollbench.cli import main

    sys.argv = ["pollbench", *words]
    try:
        main()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0


def group_lives(group: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def struck(words: Sequence[str], after: float, number: signal.Signals) -> tuple[bool, int]:
    """Start a program, send it a signal after so many seconds; whether it was hit before it had ended, and its number."""
    program = Program(words)
    if program.ended(after) is not None:
        return False, program.pid
    os.kill(program.pid, number)
    if program.ended(LONGEST) is None:
        os.kill(program.pid, signal.SIGKILL)
        program.ended(LONGEST)
        message = f"{' '.join(words)}: still works {LONGEST} seconds after {number.name}"
        raise RuntimeError(message)
    return True, program.pid


def duration(words: Sequence[str]) -> float:
    """Seconds that the whole program takes; its end must be a good one."""
    start = time.monotonic()
    code = Program(words).ended(LONGEST)
    if code != 0:
        message = f"{' '.join(words)}: left with {code}"
        raise RuntimeError(message)
    return time.monotonic() - start


def leftovers(*folders: Path) -> set[str]:
    """Names of the temporary files and folders that stand in these folders."""
    return {path.name for folder in folders for path in folder.iterdir() if path.match(".*.tmp")}
