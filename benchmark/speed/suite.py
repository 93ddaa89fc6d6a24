"""How long the tests take: ``python benchmark/speed/suite.py --long``.

The whole suite on all processors, and what ``make quick`` runs between two edits; nothing without ``--long``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

from figures import Figure, show

ROOT = Path(__file__).parents[2]
PARALLEL = (sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile")


def measured(what: str, goal: float, *words: str) -> Figure:
    """Minutes of wall; tests that fail are a fault of the measurement."""
    start, before = perf_counter(), getrusage(RUSAGE_CHILDREN)
    subprocess.run([*PARALLEL, *words], check=True, cwd=ROOT, stdout=sys.stderr)
    wall, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    why = f"{spent / 60:.1f} min of processor, {spent / wall:.1f} processors in use"
    return Figure(what, wall / 60, "min", goal, why)


def figures(long: bool) -> Iterator[Figure]:
    if long:
        chosen = subprocess.run(
            [sys.executable, "tests/quick.py"], check=True, cwd=ROOT, capture_output=True, text=True
        )
        words = ("-m", "not browser and not slow", *chosen.stdout.split())
        yield measured("make quick", 1.0, *words)
        yield measured("whole suite", 5.0)


def main() -> None:
    show(figures("--long" in sys.argv))


if __name__ == "__main__":
    main()
