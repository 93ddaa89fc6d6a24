"""Whether the time of a run grows with its elections in a line: ``python benchmark/speed/growth.py [--long]``.

Copies of one shipped election, under ids of their own, stand for elections; they are none. Each number of them is run once
as a program without the cache, workers included; through the seconds of processor goes the line of least squares. Three numbers
by default, 1 to 20 with ``--long``.
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
from pathlib import Path
from time import perf_counter

import numpy as np
from figures import Figure, show

from pollbench import cache
from pollbench.data.elections import datasets_folder

ELECTION = "fr-pres-2002"
NUMBERS, MANY = (1, 3, 5), (1, 5, 10, 20)
#: The most that a run may be off the line, in per cent.
OFF = 10.0


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def copied(root: Path, number: int) -> Path:
    """A copy of the election whose ids are its own."""
    name = f"{ELECTION}-copy-{number}"
    folder = Path(shutil.copytree(datasets_folder() / ELECTION, root / name))
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace(ELECTION, name), encoding="utf-8")
    ids = {}
    for key, table in (("dispute_id", "disputes"), ("milestone_id", "milestones")):
        ids |= {row[key]: f"{row[key]}-{name}" for row in rows_of(folder / f"{table}.csv")}
    for row in rows_of(folder / "forecasts.csv"):
        forecaster = row["forecaster_id"]
        with_contest = f"{forecaster}-{row['contest_id']}"
        ids[row["forecast_id"]] = row["forecast_id"].replace(forecaster, with_contest, 1)
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            # A waiver names a forecast and, behind a stroke, a candidate.
            rows = [
                ["/".join(ids.get(word, word) for word in cell.split("/")) for cell in row]
                for row in csv.reader(file)
            ]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    return folder


def seconds(folders: list[Path], output: Path) -> tuple[float, float]:
    """Wall and processor seconds of one run, its workers included."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pollbench", "run", *map(str, folders), "-o", str(output)],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, cache.VARIABLE: cache.OFF},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - start, spent


def figures(long: bool) -> Iterator[Figure]:
    numbers = MANY if long else NUMBERS
    spent = []
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as name:
        root = Path(name)
        folders = [copied(root, number) for number in range(1, numbers[-1] + 1)]
        for number in numbers:
            wall, processor = seconds(folders[:number], root / f"output-{number}")
            spent.append(processor)
            yield Figure(f"run of {number} made elections: wall", wall, "s")
            yield Figure(f"run of {number} made elections", processor, "s of processor")
    slope, first = np.polyfit(numbers, spent, 1)
    off = 100 * max(
        abs(first + slope * number - value) / value for number, value in zip(numbers, spent, strict=True)
    )
    steps = np.diff(spent) / np.diff(numbers)
    title = f"growth from {numbers[0]} to {numbers[-1]} made elections"
    yield Figure(f"{title}: one more election", slope, "s of processor")
    yield Figure(
        f"{title}: furthest from a line",
        off,
        "%",
        OFF,
        f"steps {', '.join(f'{step:.2f}' for step in steps)} s",
    )


def main() -> None:
    show(figures("--long" in sys.argv))


if __name__ == "__main__":
    main()
