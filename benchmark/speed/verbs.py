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
from pathlib import Path
from time import perf_counter

from edited import change_one_row
from machine import machine

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


def spent(*arguments: str) -> tuple[float, float]:
    """Wall and processor seconds of a program."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - start, processor


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(machine())
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as name:
        room = Path(name)
        os.environ[cache.VARIABLE] = str(room / "cache")
        election = Path(shutil.copytree(datasets_folder() / ELECTION, room / ELECTION))
        imports = min(spent(*IMPORTS) for _ in range(rounds))
        print(
            f"\n{'':32}{'first cpu s':>12}{'edited cpu s':>13}{'again wall s':>13}{'again cpu s':>12}{'ratio':>7}"
        )
        for verb, takes_election in VERBS:
            call = ("-m", "pollbench", *verb.split(), *([str(election)] if takes_election else []))
            first = spent(*call)
            edited = (0.0, 0.0)
            if takes_election:
                change_one_row(election / "predictions.csv")
                edited = spent(*call)
            pairs = [(spent(*call), spent(*IMPORTS)) for _ in range(rounds)]
            wall, again = min(pair[0][0] for pair in pairs), min(pair[0][1] for pair in pairs)
            imports = min(imports, *(pair[1] for pair in pairs), key=lambda seconds: seconds[1])
            print(
                f"{verb:32}{first[1]:12.2f}{edited[1]:13.2f}{wall:13.2f}{again:12.2f}{again / imports[1]:7.2f}",
                flush=True,
            )
        print(f"{'import pandas, duckdb':32}{'':12}{'':13}{imports[0]:13.2f}{imports[1]:12.2f}{1:7.2f}")


if __name__ == "__main__":
    main()
