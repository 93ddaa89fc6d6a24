"""How long the world record takes: ``python benchmark/speed/record.py``.

Prints seconds of wall and processor for the verb in a process of its own (load, score, print; once to warm the cache of databases, then
three times), for each table, and for the content of its page in both languages, as a first run pays for it. Nothing is asserted.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from machine import machine

from pollbench.data.store import load
from pollbench.outputs.record_deposit import record_tables
from pollbench.selection.policy import Policy


def timed(stage: str, work: Callable[[], Any]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    print(f"{stage:32} {time.perf_counter() - wall:8.2f} {time.process_time() - processor:8.2f}")


def verb() -> None:
    """One run of the verb in a process of its own; prints its wall and processor seconds."""
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "pollbench", "record"], check=True, capture_output=True)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    used = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    print(f"{'pollbench record':32} {ended - wall:8.2f} {used:8.2f}")


def main() -> None:
    print(machine())
    print(f"{'stage':32} {'wall s':>8} {'cpu s':>8}")
    for _ in range(4):
        verb()
    # A run has these imported already.
    timed("import scipy.stats, sklearn", lambda: __import__("scipy.stats") and __import__("sklearn.isotonic"))
    with load("world") as bench:
        for name, table in record_tables().items():
            timed(f"table {name}", lambda table=table: table.make(bench, Policy()))
    from pollbench_dashboards.frames import gather
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages.record import content

    with load("fr-primary-left-2017") as bench:
        frames = gather(bench)
        for locale in ("en", "fr"):
            timed(f"content of the page, {locale}", lambda locale=locale: content(frames, {}, Words(locale)))


if __name__ == "__main__":
    main()
