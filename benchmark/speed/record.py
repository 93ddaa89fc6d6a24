"""How long the world record takes: ``python benchmark/speed/record.py``.

Prints seconds of wall and processor for the verb in a process of its own (with an empty cache, then three times with a full
one), and for everything that the record adds to a first run, with an empty cache: the collection built, its tables, its charts in both
languages and widths with their files, its pages; then their sum. What a run has anyway is made before: imports, the elections, one
other chart. Nothing is asserted.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from machine import machine

from pollbench import cache
from pollbench.data.store import load
from pollbench.outputs.record_deposit import record_tables, write_described
from pollbench.selection.policy import Policy

#: The election of the run to which the record is added, and those whose digital figures are joined in.
ELECTIONS = ("fr-pres-2012", "fr-pres-2017", "fr-pres-2022")
#: A chart that is drawn before anything is timed.
OTHER_CHART = "forecast_against_result"
PAGES = ("record", "record-releases")
Spent = list[tuple[float, float]]


def timed(stage: str, work: Callable[[], Any], spent: Spent | None = None) -> Any:
    wall, processor = time.perf_counter(), time.process_time()
    done = work()
    seconds = time.perf_counter() - wall, time.process_time() - processor
    print(f"{stage:40}{seconds[0]:8.2f}{seconds[1]:8.2f}", flush=True)
    if spent is not None:
        spent.append(seconds)
    return done


def verb(words: str, folder: str) -> None:
    """One run of the verb in a process of its own; prints its wall and processor seconds."""
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, cache.VARIABLE: folder}
    subprocess.run(
        [sys.executable, "-m", "pollbench", "record"], check=True, capture_output=True, env=environment
    )
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    used = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    print(f"{words:40}{ended - wall:8.2f}{used:8.2f}", flush=True)


def added(folder: Path) -> Spent:
    """Everything that the record adds to a run, stage by stage."""
    from pollbench.language.texts import locales
    from pollbench.records.record import record_beside
    from pollbench_dashboards.charts import registered
    from pollbench_dashboards.frames import gather
    from pollbench_dashboards.pages.draw_all import draw_one
    from pollbench_dashboards.pages.page import Pages

    spent: Spent = []
    with load(*ELECTIONS) as bench:
        frames = gather(bench)
        writers = [Pages(frames, folder, locale) for locale in locales()]
        given = {name: frames[name] for name in registered()[OTHER_CHART].frames}
        draw_one(OTHER_CHART, "en", given, folder)
        writers[0].write("votes", {})
        timed("collection opened", lambda: record_beside(bench), spent)
        for name, table in record_tables().items():
            timed(f"table {name}", lambda table=table: table.make(bench, Policy()), spent)
        charts = [name for name in registered() if name.startswith("record_")]
        drawn = {}
        for name in charts:
            chart = {frame: frames[frame] for frame in registered()[name].frames}
            drawn[name] = timed(
                f"chart {name}",
                lambda name=name, chart=chart: [
                    draw_one(name, locale, chart, folder) for locale in locales()
                ],
                spent,
            )
        for number, writer in enumerate(writers):
            figures = {name: drawn[name][number] for name in charts}
            for page in PAGES:
                timed(
                    f"page {page} ({writer.locale})",
                    lambda writer=writer, page=page, figures=figures: writer.write(page, figures),
                    spent,
                )
        timed("downloads", lambda: write_described(bench, folder / "data"), spent)
    return spent


def main() -> None:
    print(machine())
    print(f"{'stage':40}{'wall s':>8}{'cpu s':>8}")
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as folder:
        verb("pollbench record, empty cache", f"{folder}/cache")
        for _ in range(3):
            verb("pollbench record", f"{folder}/cache")
    # A run has these imported already.
    timed("(imports)", lambda: __import__("scipy.stats") and __import__("sklearn.isotonic"))
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as folder:
        os.environ[cache.VARIABLE] = f"{folder}/cache"
        spent = added(Path(folder))
    walls, processors = zip(*spent, strict=True)
    print(f"{'all that the record adds to a first run':40}{sum(walls):8.2f}{sum(processors):8.2f}")


if __name__ == "__main__":
    main()
