"""How long the tests take: ``python benchmark/speed/suite.py --long``.

The whole suite on all processors, and what ``make quick`` runs between two edits; nothing without ``--long``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from figures import Figure, show

ROOT = Path(__file__).parents[2]
PARALLEL = (sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile")


def minutes(*words: str) -> float:
    """Minutes of wall; tests that fail are a fault of the measurement."""
    start = perf_counter()
    subprocess.run([*PARALLEL, *words], check=True, cwd=ROOT, stdout=sys.stderr)
    return (perf_counter() - start) / 60


def figures(long: bool) -> Iterator[Figure]:
    if long:
        chosen = subprocess.run(
            [sys.executable, "tests/quick.py"], check=True, cwd=ROOT, capture_output=True, text=True
        )
        yield Figure(
            "make quick",
            minutes("-m", "not browser and not slow", *chosen.stdout.split()),
            "min",
            1.0,
            "processor shared with others",
        )
        yield Figure("whole suite", minutes(), "min", 5.0, "processor shared with others")


def main() -> None:
    show(figures("--long" in sys.argv))


if __name__ == "__main__":
    main()
