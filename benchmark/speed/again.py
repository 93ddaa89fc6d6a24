"""What the cache saves: ``python benchmark/speed/again.py [election ...]``.

Loads each election without a cache and with one that holds it; for the verbs see ``verbs.py``. A cache of its own is
used; nothing is asserted.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from time import perf_counter
from typing import Any

from machine import machine

from pollbench import cache
from pollbench.data.elections import shipped_elections
from pollbench.data.store import load


def seconds(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def main() -> None:
    print(machine())
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as folder:
        os.environ[cache.VARIABLE] = folder
        print(f"\n{'load':28}{'first s':>10}{'again s':>10}")
        for election in sys.argv[1:] or shipped_elections():
            first, again = (seconds(lambda name=election: load(name).close()) for _ in range(2))
            print(f"{election:28}{first:10.2f}{again:10.2f}", flush=True)


if __name__ == "__main__":
    main()
