"""What the verbs cost beside importing pandas and duckdb: ``python benchmark/speed/verbs.py [rounds]``.

Each verb as a program, alternately with the imports alone, so that a busy machine slows both: the first time into an
empty cache, after one changed row, and again with nothing changed. Processor seconds and their ratio to the imports,
the smallest of the rounds. A cache of its own is used; nothing is asserted.
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
from typing import NamedTuple

from edited import change_one_row
from figures import Figure, here

from pollbench import cache
from pollbench.data.elections import datasets_folder

ELECTION = "fr-pres-2017"
IMPORTS = ("-c", "import pandas, duckdb")
VERBS = (
    ("leaderboard", True),
    ("score", True),
    ("attack", True),
    ("cite", True),
    ("notice elabe-2017-04-20-a", True),
    ("list", False),
)
#: Verbs that need no table.
AT_ONCE = ("cite", "notice", "list")


def spent(*arguments: str) -> tuple[float, float]:
    """Wall and processor seconds of a program."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - start, processor


class Cost(NamedTuple):
    """What one verb costs: processor seconds the first time and after an edit, wall and processor seconds again, ratio."""

    verb: str
    first: float
    edited: float
    wall: float
    again: float
    ratio: float


def costs(rounds: int) -> Iterator[Cost]:
    """The costs of the verbs, each against the imports beside which it was measured."""
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as name:
        room = Path(name)
        os.environ[cache.VARIABLE] = str(room / "cache")
        election = Path(shutil.copytree(datasets_folder() / ELECTION, room / ELECTION))
        for verb, takes_election in VERBS:
            call = ("-m", "pollbench", *verb.split(), *([str(election)] if takes_election else []))
            first = edited = spent(*call)[1]
            if takes_election:
                change_one_row(election / "predictions.csv")
                edited = spent(*call)[1]
            pairs = [(spent(*call), spent(*IMPORTS)) for _ in range(rounds)]
            wall, again = (min(pair[0][kind] for pair in pairs) for kind in (0, 1))
            yield Cost(verb, first, edited, wall, again, again / min(pair[1][1] for pair in pairs))


def figures(long: bool) -> Iterator[Figure]:
    """Ratios to the imports, of the verbs that need no table wall seconds; three rounds, five where ``long`` is true."""
    for cost in costs(5 if long else 3):
        if cost.verb.split()[0] in AT_ONCE:
            why = f"{cost.again:.2f} s of processor, the rest waited for it"
            yield Figure(f"pollbench {cost.verb}, again", cost.wall, "s", 0.4, why)
        else:
            yield Figure(
                f"pollbench {cost.verb}, again, to importing pandas and duckdb", cost.ratio, "ratio", 1.3
            )


def main() -> None:
    print(here())
    print(
        f"\n{'':32}{'first cpu s':>12}{'edited cpu s':>13}{'again wall s':>13}{'again cpu s':>12}{'ratio':>7}"
    )
    for cost in costs(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
        verb, first, edited, wall, again, ratio = cost
        print(f"{verb:32}{first:12.2f}{edited:13.2f}{wall:13.2f}{again:12.2f}{ratio:7.2f}", flush=True)


if __name__ == "__main__":
    main()
