"""What a run costs when little has changed: ``python benchmark/speed/edited.py [election]``.

Runs an election into an empty cache, into another folder with nothing changed, and after one row of its predictions was
changed by a tenth of a point; each in a process of its own, with the processor time of its workers. Nothing is asserted.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from figures import Figure, here

from pollbench import cache
from pollbench.data.elections import datasets_folder

SMALL, LARGE = "fr-primary-left-2017", "fr-pres-2017"
#: Seconds that a run may take where little or nothing has changed.
GOAL = 5.0


def seconds_of_run(election: Path, output: Path) -> tuple[float, float]:
    """Wall and processor seconds of ``pollbench run``, its workers included."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pollbench", "run", str(election), "-o", str(output)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return perf_counter() - start, processor


def change_one_row(predictions: Path) -> None:
    """Take a tenth of a point from the first share that is at least a point."""
    lines = predictions.read_text(encoding="utf-8").splitlines(keepends=True)
    value = lines[0].rstrip("\n").split(",").index("value")
    for number, line in enumerate(lines[1:], start=1):
        fields = line.split(",")
        if fields[value].replace(".", "", 1).isdigit() and 1 <= float(fields[value]) <= 99:
            fields[value] = f"{float(fields[value]) - 0.1:.1f}"
            lines[number] = ",".join(fields)
            break
    predictions.write_text("".join(lines), encoding="utf-8")


def stages(name: str) -> Iterator[tuple[str, float, float]]:
    """Runs of an election in turn, with wall and processor seconds: first, again, and after one changed row."""
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as folder:
        room = Path(folder)
        os.environ[cache.VARIABLE] = str(room / "cache")
        election = Path(shutil.copytree(datasets_folder() / name, room / name))
        for title, output in (("first", "one"), ("again, into another folder", "two")):
            yield title, *seconds_of_run(election, room / output)
        change_one_row(election / "predictions.csv")
        yield "after one changed row", *seconds_of_run(election, room / "two")


def figures(long: bool) -> Iterator[Figure]:
    """The runs of a small election; where ``long`` is true those of a large one too."""
    for name in (SMALL, *((LARGE,) if long else ())):
        for title, wall, processor in stages(name):
            why = f"{processor:.1f} s of processor, the rest waited for it"
            yield Figure(f"run of {name}, {title}", wall, "s", None if title == "first" else GOAL, why)
            yield Figure(f"run of {name}, {title}, processor", processor, "s of processor")


def main() -> None:
    print(here())
    name = sys.argv[1] if len(sys.argv) > 1 else LARGE
    print(f"\n{'run of ' + name:40}{'wall s':>10}{'cpu s':>10}")
    for title, wall, processor in stages(name):
        print(f"{title:40}{wall:10.1f}{processor:10.1f}", flush=True)


if __name__ == "__main__":
    main()
