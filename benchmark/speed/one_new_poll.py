"""What one new poll of an open election costs: ``python benchmark/speed/one_new_poll.py [rounds]``.

Runs the election to come alone as a program, then again and again with one more poll, alternately with a cache that
holds the run before and with none. The new poll is a copy of the newest one, a day later, in a folder of its own:
it stands for a poll, it is none. A cache of its own is used; nothing is asserted.
"""

from __future__ import annotations

import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from figures import Figure, here

from pollbench import cache
from pollbench.data.elections import datasets_folder

ELECTION = "fr-pres-2027"
#: Seconds that the run after one new poll may take.
GOAL = 8.0
#: Where the processor time of that run went, sampled in one process without workers on a busy machine (26 s in all).
WHY = (
    "of a new poll of the first round depend: pages of eight scenarios 27 %, tables 22 % (trend, detection, robustness), "
    "charts of that round in two languages and four widths 21 %, other pages 9 %, mentions 5 %, database 4 %"
)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def with_polls(root: Path, more: int) -> Path:
    """A copy of the shipped folder with so many further polls."""
    folder = root / f"polls-{more}" / ELECTION
    shutil.copytree(datasets_folder() / ELECTION, folder)
    forecasts = rows_of(folder / "forecasts.csv")
    newest = max((row for row in forecasts if row["survey"]), key=lambda row: row["measured_to"])
    figures = rows_of(folder / "predictions.csv")
    printed = [row for row in figures if row["forecast_id"] == newest["forecast_id"]]
    for number in range(1, more + 1):
        day = date.fromisoformat(newest["measured_to"]) + timedelta(days=number)
        survey = f"{newest['forecaster_id']}-{day}"
        days = {"measured_from": str(day), "measured_to": str(day), "published_on": str(day)}
        forecasts.append({**newest, "forecast_id": f"{survey}-a", "survey": survey, **days})
        figures += [{**row, "forecast_id": f"{survey}-a"} for row in printed]
    for name, content in (("forecasts", forecasts), ("predictions", figures)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, content[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(content)
    return folder


def timed(folder: Path, output: Path, cached: str) -> tuple[float, float]:
    """Seconds of wall and of processor of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pollbench", "run", str(folder), "-o", str(output)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, cache.VARIABLE: cached},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - start, spent


def figures(long: bool) -> Iterator[Figure]:
    """The run after one new poll, with the cache of the run before; only where ``long`` is true."""
    if long:
        with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as name:
            root = Path(name)
            cached = str(root / "cache")
            timed(with_polls(root, 0), root / "first", cached)
            wall, spent = timed(with_polls(root, 1), root / "one", cached)
        yield Figure(f"run of {ELECTION} after one new poll", wall, "s", GOAL, WHY)
        yield Figure(f"run of {ELECTION} after one new poll, processor", spent, "s of processor")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(here())
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as name:
        root = Path(name)
        cached = str(root / "cache")
        print(f"\n{'run of ' + ELECTION:40}{'wall s':>10}{'processor s':>14}")
        wall, spent = timed(with_polls(root, 0), root / "first", cached)
        print(f"{'first, the cache is empty':40}{wall:10.1f}{spent:14.1f}", flush=True)
        for number in range(1, rounds + 1):
            folder = with_polls(root, number)
            for words, setting in (("one new poll, no cache", cache.OFF), ("one new poll, cache", cached)):
                wall, spent = timed(folder, root / f"{number}-{setting == cached}", setting)
                print(f"{words:40}{wall:10.1f}{spent:14.1f}", flush=True)


if __name__ == "__main__":
    main()
