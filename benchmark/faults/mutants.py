"""Change one operator, constant or statement of a room at a time, and see whether its tests notice.

    python benchmark/faults/mutants.py ROOM... [--sample N] [--seed N] [--record FILE] [--keep]

ROOM is one of measures, inference, transfers, manipulation, selection, or a file of theirs. A sample of N mutants of each is
drawn, all without it. A mutant is never written to a file: a fork of this process exchanges the code, runs the examples of the
module and the tests that touch the changed line, and stops at the first that fails. Printed: every survivor, and the score
of each room. FILE keeps the verdicts, so that a campaign can be interrupted and, after new tests, only the survivors be tried
again. The exit is 1 if a room is below 95 per cent.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

# Threads do not live on in a fork.
os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

from forks import in_a_fork
from measured import Figure, keep, machine
from mutation import warm
from mutation.operators import PACKAGE, Mutant, mutants

#: Room -> the folders of its code, and its tests.
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "manipulation": (("manipulation/formulas",), ("benchmark/manipulation",)),
    "selection": (("selection",), ("benchmark/selection", "benchmark/scoring", "benchmark/ranking")),
    "inference": (("inference",), ("benchmark/inference", "published/test_sampling.py")),
    "transfers": (
        ("ecological", "flows"),
        ("benchmark/ecological", "benchmark/flows", "published/test_transfers_published.py"),
    ),
    "measures": (("measures",), ("benchmark/measures", "published")),
}
LEAST_SCORE = 95.0
#: Libraries that every fork needs; what is tested is loaded later.
LIBRARIES = (
    "numpy",
    "pandas",
    "scipy.stats",
    "scipy.optimize",
    "duckdb",
    "pytest",
    "hypothesis",
    "dask.array",
    "typer",
)


class Verdicts:
    """What became of each mutant of a room; kept in a file where one is named."""

    def __init__(self, record: Path | None) -> None:
        self.record = record
        self.known: dict[str, int] = {}
        if record is not None and record.exists():
            for line in record.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                self.known[entry["key"]] = entry["verdict"]

    def verdict(self, mutant: Mutant) -> int | None:
        """What became of a mutant of the same text; None where that is not known, or tests may have been added since."""
        return warm.KILLED if self.known.get(_key(mutant)) == warm.KILLED else None

    def add(self, mutant: Mutant, verdict: int, seconds: float) -> None:
        """Note a verdict, and print a survivor."""
        self.known[_key(mutant)] = verdict
        if verdict == warm.SURVIVES:
            print(f"survives: {mutant}", flush=True)
        if self.record is not None:
            entry = {
                "key": _key(mutant),
                "mutant": str(mutant),
                "verdict": verdict,
                "seconds": round(seconds, 2),
            }
            with self.record.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")


def _key(mutant: Mutant) -> str:
    content = sha256(mutant.path.read_bytes()).hexdigest()[:16]
    return f"{content} {mutant.node} {mutant.way}"


def room_of(wanted: str) -> str:
    """The room that a name or a file stands for."""
    return next(name for name, (folders, _) in ROOMS.items() if wanted == name or wanted.startswith(folders))


def chosen(wanted: str, sample: int, seed: int) -> list[Mutant]:
    """The mutants of a room or file, or a sample of them, in the order of the files."""
    folders, _ = ROOMS[room_of(wanted)]
    files = (
        [PACKAGE / wanted]
        if wanted not in ROOMS
        else [path for name in folders for path in sorted((PACKAGE / name).rglob("*.py"))]
    )
    every = [mutant for path in files for mutant in mutants(path)]
    drawn = set(random.Random(seed).sample(range(len(every)), min(sample or len(every), len(every))))
    return [mutant for number, mutant in enumerate(every) if number in drawn]


def judged(wanted: str, every: Sequence[Mutant], verdicts: Verdicts) -> Counter[int]:
    """Try the mutants whose verdict is not known; counts of the verdicts of all."""
    open_ones = [mutant for mutant in every if verdicts.verdict(mutant) is None]

    def in_the_warm_process() -> tuple[warm.Covered, list[Mutant], dict[str, int]]:
        left: list[Mutant] = []
        counted = warm.Covered()

        def work(campaign: warm.Campaign) -> None:
            nonlocal counted
            counted = campaign.covered(sorted({mutant.path for mutant in open_ones}))
            for name in counted.broken:
                print(f"fails on the unchanged code, left out: {name}", flush=True)
            for mutant in open_ones:
                start = time.perf_counter()
                verdict = warm.warm(campaign, mutant, counted)
                if verdict == warm.ANEW:
                    left.append(mutant)
                else:
                    verdicts.add(mutant, verdict, time.perf_counter() - start)

        warm.collected([f"tests/{name}" for name in ROOMS[room_of(wanted)][1]], warm.Campaign(work))
        return counted, left, verdicts.known

    if open_ones:
        covered, left, verdicts.known = in_a_fork(in_the_warm_process)
        for mutant in left:
            start = time.perf_counter()
            verdicts.add(mutant, warm.anew(mutant, covered), time.perf_counter() - start)
    return Counter(verdicts.known[_key(mutant)] for mutant in every)


def figure(wanted: str, sample: int, seed: int, counts: Counter[int]) -> Figure:
    """The score of a room, with the interval of a sample (Wilson) where not all of its mutants were judged."""
    from scipy.stats import binomtest

    killed, tried = counts[warm.KILLED], counts.total()
    detail = f"{killed} of {tried} mutants"
    if sample:
        ends = binomtest(killed, tried).proportion_ci(method="wilson")
        detail += f" drawn with seed {seed}; 95 % interval {100 * float(ends.low):.1f} to {100 * float(ends.high):.1f}"
    command = f"make mutants ROOM={wanted}{f' SAMPLE={sample}' if sample else ''} KEEP=1"
    score = round(100 * killed / tried, 1)
    return Figure(
        f"mutants killed: {wanted}", score, "%", "at least", LEAST_SCORE, detail, command, machine()
    )


def main() -> int:
    """Print the survivors and the scores with the machine."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=20170423)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    for name in LIBRARIES:
        importlib.import_module(name)
    verdicts, worst = Verdicts(asked.record), 100.0
    with tempfile.TemporaryDirectory() as scratch:
        # The forks share the databases of unchanged data.
        os.environ |= {"POLLBENCH_CACHE": scratch, "POLLBENCH_TESTS_CACHE": scratch}
        for wanted in asked.rooms or list(ROOMS):
            every = chosen(wanted, asked.sample, asked.seed)
            start = time.perf_counter()
            counts = judged(wanted, every, verdicts)
            score = 100 * counts[warm.KILLED] / len(every)
            worst = min(worst, score)
            print(
                f"{wanted}: {len(every)} mutants, seed {asked.seed}: {counts[warm.KILLED]} killed, {counts[warm.SURVIVES]} survive, "
                f"{score:.1f} %, {time.perf_counter() - start:.0f} s. {machine()}.",
                flush=True,
            )
            if asked.keep:
                keep([figure(wanted, asked.sample, asked.seed, counts)])
    return int(worst < LEAST_SCORE)


if __name__ == "__main__":
    sys.exit(main())
