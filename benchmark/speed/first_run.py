"""A first run beside that of the state before the cache: ``python benchmark/speed/first_run.py --long``.

Both states make the same content of the same elections, without a cache, each in a process of its own and in turn: the database,
the tables that both have, and the charts that both have, drawn in two languages and two widths as SVG. Each reads its own data,
and today's have more rows. Seconds of processor, the least of the rounds, and their ratio. Then the program itself, by default, of
the same elections into an empty cache, both states in turn: wall, and processors in use. Today's makes many files that the earlier state
did not have; the ratio is that of the wall for one file.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from before import git
from figures import Figure, show

ROOT = Path(__file__).parents[2]
#: The last state that kept nothing between runs.
BEFORE = "539cd16"
PACKAGES = ("benchmark", "datasets", "dashboards")
ELECTIONS = (
    "fr-pres-2002",
    "fr-pres-2007",
    "fr-pres-2012",
    "fr-pres-2017",
    "fr-pres-2022",
    "fr-primary-left-2017",
    "fr-primary-right-2016",
)
ROUNDS, MOST = 2, 0.6
#: What a process makes: names of tables and charts in, seconds of processor by stage out, all as JSON. Names that are
#: asked for as null are listed and nothing is made.
MAKES = """
import json, sys
from contextlib import suppress
from time import process_time
start = process_time()
from altair.utils import schemapi
from pollbench import load
from pollbench.errors import NothingToCompare
from pollbench.files import csv_text
from pollbench.outputs.tables import TABLES
from pollbench.selection.policy import Policy
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import NARROW, WIDE, View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.pages.export import to_svg

asked = json.load(sys.stdin)
names = [sorted(TABLES), sorted(registered())]
spent = {"imports": process_time() - start}

def stage(name, work):
    start = process_time()
    work()
    spent[name] = process_time() - start

def tables():
    for name in asked["tables"]:
        with suppress(NothingToCompare):
            csv_text(TABLES[name].make(bench, policy))

def charts():
    for locale in ("en", "fr"):
        for width in (WIDE, NARROW):
            for name in asked["charts"]:
                to_svg(registered()[name].draw(frames, View(locale=locale, width=width)))

if asked["tables"] is not None:
    policy, opened = Policy(missing="drop"), []
    stage("database", lambda: opened.append(load(*asked["elections"])))
    with opened[0] as bench:
        stage("tables", tables)
        frames = gather(bench, policy)
        # As both states draw in a run.
        with schemapi.debug_mode(False):
            stage("charts", charts)
json.dump({"names": names, "spent": spent}, sys.stdout)
"""


def made_by(
    state: Path, tables: list[str] | None = None, charts: list[str] | None = None
) -> tuple[list[list[str]], dict[str, float]]:
    """Names of all tables and charts of a state, and seconds of processor by stage."""
    environment = {**at(state), "POLLBENCH_CACHE": "off"}
    asked = {"tables": tables, "charts": charts, "elections": ELECTIONS}
    run = subprocess.run(
        [sys.executable, "-c", MAKES],
        check=True, stdout=subprocess.PIPE, input=json.dumps(asked), text=True, env=environment, cwd=state,
    )  # fmt: skip
    answer = json.loads(run.stdout)
    return answer["names"], answer["spent"]


class Run(NamedTuple):
    """A run of the program: wall and processor seconds, and what it wrote."""

    wall: float
    spent: float
    pages: int
    files: int


def whole_run(state: Path, room: Path) -> Run:
    """A first run of the program of a state as it is by default, into an empty cache in a folder of its own."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    ended = subprocess.run(
        [sys.executable, "-m", "pollbench", "run", *ELECTIONS, "-o", str(room / "output")],
        check=False, stdout=subprocess.DEVNULL, cwd=state, env={**at(state), "POLLBENCH_CACHE": str(room / "cache")},
    )  # fmt: skip
    # 1: a page could not be made, and everything else is whole.
    if ended.returncode not in (0, 1):
        ended.check_returncode()
    wall, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    written = [path for path in (room / "output").rglob("*") if path.is_file()]
    return Run(wall, spent, sum(path.suffix == ".html" for path in written), len(written))


def at(state: Path) -> dict[str, str]:
    """The environment in which the packages of a state are imported."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(str(state / package) for package in PACKAGES)}


def figures(long: bool) -> Iterator[Figure]:
    """The same content with both sides by stage, and the run of the program with both; nothing unless ``long`` is true."""
    if not long:
        return
    try:
        archive = git("archive", BEFORE, *PACKAGES)
    except (OSError, subprocess.CalledProcessError):
        print("the first run is left out: no history of git here", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as name:
        folder = Path(name)
        (folder / "before").mkdir()
        subprocess.run(["tar", "-x", "-C", folder / "before"], input=archive, check=True)
        states = (folder / "before", ROOT)
        listed = [made_by(state)[0] for state in states]
        tables, charts = (sorted(set(listed[0][kind]) & set(listed[1][kind])) for kind in (0, 1))
        rounds = [[made_by(state, tables, charts)[1] for state in states] for _ in range(ROUNDS)]
        runs = [
            [whole_run(state, Path(tempfile.mkdtemp(dir=folder))) for state in states] for _ in range(ROUNDS)
        ]
    best = [min((pair[side] for pair in rounds), key=lambda spent: sum(spent.values())) for side in (0, 1)]
    totals = [sum(spent.values()) for spent in best]
    by_stage = ", ".join(f"{stage} {best[0][stage]:.1f} to {best[1][stage]:.1f} s" for stage in best[0])
    content = f"{len(tables)} tables and {len(charts)} charts of {len(ELECTIONS)} elections"
    yield Figure(f"first run, {content}: to {BEFORE}", totals[1] / totals[0], "ratio", MOST, by_stage)
    yield Figure(f"first run, {content}: {BEFORE}", totals[0], "s of processor")
    yield Figure(f"first run, {content}: now", totals[1], "s of processor")
    before, now = (min((pair[side] for pair in runs), key=lambda run: run.wall) for side in (0, 1))
    for name, run in ((BEFORE, before), ("now", now)):
        title = f"first run of the program, {name}"
        yield Figure(f"{title}: wall", run.wall, "s")
        yield Figure(title, run.spent, "s of processor")
        yield Figure(f"{title}: processors in use", run.spent / run.wall, "processors")
        yield Figure(f"{title}: files written", run.files, "files")
        yield Figure(f"{title}: pages among them", run.pages, "pages")
    ratio = (now.wall / now.files) / (before.wall / before.files)
    why = f"{now.wall:.0f} s for {now.files} files, {before.wall:.0f} s for {before.files} before"
    yield Figure(f"first run of the program, wall for one file: to {BEFORE}", ratio, "ratio", MOST, why)


def main() -> None:
    show(figures("--long" in sys.argv))


if __name__ == "__main__":
    main()
