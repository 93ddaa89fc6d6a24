"""What the cache saves: ``python benchmark/speed/again.py [election ...]``.

Loads each election without a cache and with one that holds it; for the verbs see ``verbs.py``. A cache of its own is
used; nothing is asserted.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any

from figures import Figure, show

from pollbench import cache
from pollbench.data.elections import shipped_elections
from pollbench.data.store import load

ROUNDS = 3
#: Seconds that loading a shipped election again may take.
GOAL = 0.2


def seconds(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def figures(long: bool, elections: Sequence[str] = ()) -> Iterator[Figure]:
    """Wall seconds of loading each election first, and again: the least of the rounds."""
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as folder:
        os.environ[cache.VARIABLE] = folder
        for election in elections or shipped_elections():
            first, *others = (seconds(lambda name=election: load(name).close()) for _ in range(1 + ROUNDS))
            yield Figure(f"load of {election}, first", first, "s")
            yield Figure(
                f"load of {election}, again",
                min(others),
                "s",
                GOAL,
                f"the longest of {ROUNDS} took {max(others):.2f} s: processor shared with others",
            )


def main() -> None:
    show(figures(False, sys.argv[1:]))


if __name__ == "__main__":
    main()
