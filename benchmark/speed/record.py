"""What the world record costs: ``python benchmark/speed/record.py [rounds]``, or ``--stages``.

The verb as a program with a full cache, and what the record adds to a first run: the same run as a program with an
empty cache, with the record and without it by turns, each run followed by the other so that a busy machine slows
both. The one without is the same program from which the tables, charts, pages and downloads of the record and its
sentences on the first page have been taken away before it starts. Smallest wall seconds of each, and their
difference, which a busy machine hides: it has a goal only where no more processes wait than there are processors.
Processor seconds tell it on a busy machine too. ``--stages`` lists instead what each stage of the record takes in
one process. A cache of its own is used; nothing is asserted.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from figures import Figure, here, show

from pollbench import cache

#: The elections of the run; their digital figures are joined into the record.
ELECTIONS = ("fr-pres-2012", "fr-pres-2017", "fr-pres-2022")
PAGES = ("record", "record-releases")
#: The names of the tables and charts of the record start so.
STARTS = "record_"
ROUNDS = 3
#: A chart that is drawn before any stage is timed.
OTHER_CHART = "forecast_against_result"


def without_record() -> None:
    """Take the record out of this process: no table, chart, page or download of it is made any more."""
    from pollbench.outputs import record_deposit
    from pollbench.outputs.tables import TABLES
    from pollbench_dashboards import site
    from pollbench_dashboards.charts import CHARTS
    from pollbench_dashboards.pages import page, start

    registers: tuple[Any, ...] = (TABLES, CHARTS)
    for register in registers:
        for name in [name for name in register if name.startswith(STARTS)]:
            del register[name]
    for name in PAGES:
        del page.PAGES[name]
    site.WITHOUT_CHARTS = tuple(name for name in site.WITHOUT_CHARTS if name not in PAGES)
    record_deposit.write_described = lambda *_: None
    start.world = lambda *_: {"led": "", "pairs": ""}


def run(folder: str) -> None:
    """The run whose seconds are compared; it must be whole."""
    from pollbench.cli._job import run as main_job

    failed = main_job(Path(folder), ELECTIONS).failed
    if failed:
        sys.exit(f"a run with failures is not compared: {failed}")


def spent(*arguments: str, cached: str) -> tuple[float, float]:
    """Wall and processor seconds of a program and of the processes that it started."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    environment = {**os.environ, cache.VARIABLE: cached}
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - start, processor


def first_runs(rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Wall and processor seconds of first runs with and without the record, by turns."""
    seconds: dict[str, list[tuple[float, float]]] = {"with": [], "without": []}
    for number in range(rounds):
        # The one that begins changes, so that neither has the quieter half of every round.
        for kind in sorted(seconds, reverse=number % 2 == 1):
            with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as room:
                call = (__file__, f"--run-{kind}", f"{room}/output")
                seconds[kind].append(spent(*call, cached=f"{room}/cache"))
            print(f"    first run {kind} the record: {seconds[kind][-1][0]:.1f} s", file=sys.stderr)
    return seconds


def verb(rounds: int) -> float:
    """Wall seconds of the verb with a full cache, the smallest of the rounds."""
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as room:
        call = ("-m", "pollbench", "record")
        spent(*call, cached=room)
        return min(spent(*call, cached=room)[0] for _ in range(rounds))


def figures(long: bool) -> Iterator[Figure]:
    """The verb, and what the record adds to a first run; five rounds where ``long`` is true."""
    yield from measured(5 if long else ROUNDS)


def measured(rounds: int) -> Iterator[Figure]:
    """The figures, each from so many rounds."""
    busy = hasattr(os, "getloadavg") and os.getloadavg()[0] > (os.cpu_count() or 1)
    yield Figure("pollbench record", verb(rounds), "s", None if busy else 2.0)
    seconds = first_runs(rounds)
    walls, processors = (
        {kind: min(run[which] for run in runs) for kind, runs in seconds.items()} for which in (0, 1)
    )
    yield Figure(f"first run of {len(ELECTIONS)} elections without the record", walls["without"], "s")
    added, why = walls["with"] - walls["without"], f"{walls['with']:.1f} s with it"
    yield Figure("what the record adds to a first run", added, "s", None if busy else 4.0, why)
    worked = processors["with"] - processors["without"]
    yield Figure("what the record adds to a first run, all processes", worked, "s of processor")


def timed(stage: str, work: Callable[[], Any]) -> Any:
    wall, processor = perf_counter(), process_time()
    done = work()
    print(f"{stage:40}{perf_counter() - wall:8.2f}{process_time() - processor:8.2f}", flush=True)
    return done


def stages(folder: Path) -> None:
    """Everything that the record adds to a run, stage by stage; what a run has anyway is made before."""
    from pollbench.data.store import load
    from pollbench.language.texts import locales
    from pollbench.outputs.record_deposit import record_tables, write_described
    from pollbench.records.record import record_beside
    from pollbench.selection.policy import Policy
    from pollbench_dashboards.charts import registered
    from pollbench_dashboards.frames import gather
    from pollbench_dashboards.pages.draw_all import draw_one
    from pollbench_dashboards.pages.page import Pages

    timed("(imports)", lambda: __import__("scipy.stats") and __import__("sklearn.isotonic"))
    with load(*ELECTIONS) as bench:
        frames = gather(bench)
        writers = [Pages(frames, folder, locale) for locale in locales()]
        given = {name: frames[name] for name in registered()[OTHER_CHART].frames}
        for locale in locales():
            draw_one(OTHER_CHART, locale, given, folder)
            writers[0].write("votes", {})
        timed("collection opened", lambda: record_beside(bench))
        for name, table in record_tables().items():
            timed(f"table {name}", lambda table=table: table.make(bench, Policy()))
        drawn: dict[str, dict[str, Any]] = {locale: {} for locale in locales()}
        for name in (name for name in registered() if name.startswith(STARTS)):
            chart = {frame: frames[frame] for frame in registered()[name].frames}
            for locale, named in drawn.items():
                named[name] = timed(
                    f"chart {name} ({locale})",
                    lambda name=name, chart=chart, locale=locale: draw_one(name, locale, chart, folder),
                )
        for writer in writers:
            for name in PAGES:
                timed(
                    f"page {name} ({writer.locale})",
                    lambda writer=writer, name=name: writer.write(name, drawn[writer.locale]),
                )
        timed("downloads", lambda: write_described(bench, folder / "data"))


def main() -> None:
    asked = sys.argv[1] if len(sys.argv) > 1 else str(ROUNDS)
    if asked == "--run-without":
        without_record()
    if asked.startswith("--run-"):
        run(sys.argv[2])
    elif asked == "--stages":
        print(here())
        print(f"{'stage':40}{'wall s':>8}{'cpu s':>8}")
        with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as room:
            os.environ[cache.VARIABLE] = f"{room}/cache"
            stages(Path(room))
    else:
        show(measured(int(asked)))


if __name__ == "__main__":
    main()
