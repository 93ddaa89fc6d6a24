"""Kill the program at random moments, and in the one wrong moment; count what is lost.

    python benchmark/faults/kill.py TRIES [SEED] [VERB ...] [--keep]

TRIES times each: ``run``, ``build``, ``import``, ``night``, ``protocol receive`` and ``protocol reveal`` by SIGKILL, SIGTERM,
SIGINT or SIGHUP; then SIGKILL at every step of the replacement of a folder. Printed: mixtures of old and new, lost lines of a
ledger, leftovers beside the output and in the temporary folder of the system, those of them that the next start does not
remove, and workers that outlive their parent. The exit is 1 if there was one, but for leftovers that were removed.
"""

from __future__ import annotations

import csv
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from unittest import mock

from forks import in_a_fork
from kill_ledger import killed_ledger
from measured import HITS, Figure, arguments, keep, machine
from programs import SIGNALS, duration, group_lives, leftovers, loaded, struck

from pollbench import cache
from pollbench.cli._unchanged import CHECKSUMS, checksums
from pollbench.cli.night import COLUMNS
from pollbench.data.bench import open_database
from pollbench.data.elections import datasets_folder

ELECTION = "fr-primary-left-2017"
#: A vote whose second round has results by department.
NIGHT = "fr-pres-2017"
#: Verbs that add a line to a ledger.
OF_THE_LEDGER = ("receive", "reveal")
#: A worker looks every second whether its parent lives.
WORKERS_END = 5.0
#: What must not happen.
LOST = ("mixtures", "lost lines", "leftovers", "outliving")
#: Kills that must strike each verb; all verbs together have a goal of their own (`measured.py`).
LEAST_HITS = 100
TIDY = "house,date,candidate,value\n" + "".join(
    f"House,2030-04-0{day},{name},{share}\n"
    for day in range(1, 9)
    for name, share in (("Ann", 52), ("Bob", 48))
)
#: A program that replaces a folder and kills itself at the n-th step: renames and exchanges, before and after.
REPLACES = """
import os, signal, sys
from pathlib import Path
from pollbench import files
target, deadly, exchange = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "exchange"
step = 0
def counted(real):
    def call(*arguments):
        global step
        for moment in range(2):
            if step == deadly:
                os.kill(os.getpid(), signal.SIGKILL)
            step += 1
            if moment == 0:
                made = real(*arguments)
        return made
    return call
files.exchanged = counted(files.exchanged if exchange else lambda *_: False)
Path.rename = counted(Path.rename)
with files.replaced_folder(target) as fresh:
    for name in ("one.txt", "two.txt", files.MANIFEST):
        (fresh / name).write_text("new")
"""


def digest(path: Path) -> str:
    """What a file or folder holds; '' where there is none."""
    files = sorted(file for file in (path, *path.rglob("*")) if file.is_file())
    content = b"".join(str(file.relative_to(path)).encode() + file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest() if files else ""


def whole(verb: str, target: Path, known: Collection[str]) -> bool:
    """Whether what stands at the target is one whole output; an import and a night write known bytes."""
    if verb == "run":
        return (target / CHECKSUMS).read_text(encoding="utf-8") == checksums(target)
    if verb in ("import", "night"):
        return digest(target) in known
    # In a fork: the threads of DuckDB would not live on in the forks of this process.
    return in_a_fork(partial(_opens, target))


def _opens(target: Path) -> bool:
    with open_database(target) as bench:
        return len(bench.contests) > 0


def outlived(group: int) -> bool:
    """Whether a worker outlives the killed program for longer than workers may."""
    latest = time.monotonic() + WORKERS_END
    while group_lives(group) and time.monotonic() < latest:
        time.sleep(0.05)
    return group_lives(group)


def calls(verb: str, scratch: Path) -> tuple[Path, tuple[str, ...], tuple[str, ...]]:
    """Where ``verb`` writes, its words, and those of every other try, which ask for another output where it is one."""
    target = scratch / {"build": "output.duckdb", "night": "night.csv"}.get(verb, "output")
    written = ("-o", str(target))
    if verb == "night":
        rehearsed = ("night", NIGHT, "--format", "csv", *written)
        return target, rehearsed, (*rehearsed, "--counted", str(_counted(scratch / "counted.csv")))
    if verb == "import":
        table = scratch / "polls.csv"
        table.write_text(TIDY, encoding="utf-8")
        words = ("import", "tidy", str(table), *written, "--day", "2030-05-05")
        return target, words, words
    words = (verb, ELECTION, *written)
    # What makes a run of the same data compute again: a finished one is only compared.
    return target, words, (*words, "fr-primary-right-2016") if verb == "run" else words


def _counted(path: Path) -> Path:
    """The first thirty departments of a run-off, as partial results."""
    with (datasets_folder() / NIGHT / "departments.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["contest_id"].endswith("-r2")][:60]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def killed_at_random(verb: str, tries: int, draw: random.Random, counts: Counter[str]) -> None:
    """Kill ``verb`` at random moments of its time while an output of the same stands there."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as patches:
        # The temporary folder of the system, for this process, its forks and their workers.
        rooms = Path(scratch) / "rooms"
        rooms.mkdir()
        patches.enter_context(mock.patch.dict(os.environ, TMPDIR=str(rooms)))
        patches.enter_context(mock.patch.object(tempfile, "tempdir", str(rooms)))
        target, words, again = calls(verb, Path(scratch))
        # The first time fills the cache, and the report of a second import says what is new since the first.
        duration(words)
        known = set()
        if again != words and verb != "run":
            duration(again)
            known.add(digest(target))
        seconds = duration(words)
        known.add(digest(target))
        left: set[str] = set()
        for attempt in range(tries):
            chosen = again if attempt % 2 else words
            number = draw.choice(SIGNALS)
            # From the cache a database comes without a temporary folder of the system.
            uncached = verb == "build" and attempt % 2
            with mock.patch.dict(os.environ, {cache.VARIABLE: cache.OFF} if uncached else {}):
                hit, group = struck(chosen, draw.uniform(0.02, 1.0) * seconds, number)
            counts["hit"] += hit
            # So that moments fall into the work, on a machine that is more or less busy than before.
            seconds *= 1.02 if hit else 0.9
            counts["outliving"] += hit and outlived(group)
            counts["mixtures"] += not whole(verb, target, known)
            left |= leftovers(target.parent, rooms)
        counts["left"] += len(left)
        duration(again)
        # A run that finds itself whole makes no temporary folder; to validate an election always does.
        duration(("validate", ELECTION))
        counts["leftovers"] += len(leftovers(target.parent, rooms))


def killed_at_every_step(counts: Counter[str]) -> None:
    """Kill the replacement of a folder before and after each of its steps, with and without an exchange of names."""
    for way in ("exchange", "renames"):
        for deadly in range(8):
            with tempfile.TemporaryDirectory() as scratch:
                target = Path(scratch) / "output"
                target.mkdir()
                for name in ("one.txt", "two.txt", "manifest.json"):
                    (target / name).write_text("old", encoding="utf-8")
                words = [sys.executable, "-c", REPLACES, str(target), str(deadly), way]
                if subprocess.run(words, check=False).returncode == 0:
                    break
                counts["placed"] += 1
                counts["left"] += len(list(Path(scratch).iterdir())) - target.exists()
                # The next start brings back what was between two names.
                restore = "import sys; from pathlib import Path; from pollbench import files; files._restore(Path(sys.argv[1]))"
                subprocess.run([sys.executable, "-c", restore, str(target)], check=True)
                held = {file.read_text(encoding="utf-8") for file in target.iterdir()}
                counts["mixtures"] += len(held) != 1 or len(list(target.iterdir())) != 3
                subprocess.run([sys.executable, "-c", REPLACES, str(target), "-1", way], check=True)
                counts["leftovers"] += len(list(Path(scratch).iterdir())) - 1


def figures(verb: str, tries: int, seed: int, counts: Counter[str]) -> Iterator[Figure]:
    """What is kept of the kills of one verb."""
    detail = f"{tries} tries, seed {seed}; {counts['left']} leftovers, which the next start removed"
    command = f"benchmark/faults/kill.py {tries} {seed} {verb} --keep"
    yield Figure(HITS.format(verb), counts["hit"], "", "at least", LEAST_HITS, detail, command, machine())
    what = f"{verb} killed: mixtures, lost lines, leftovers that stay, workers that live on"
    yield Figure(what, sum(counts[name] for name in LOST), "", "at most", 0, detail, command, machine())


def main() -> int:
    """Print the figures with the machine they were counted on."""
    words, to_keep = arguments()
    tries, seed = (int(word) for word in [*words[:2], *("25", "20170423")[len(words) :]])
    verbs = words[2:] or [*OF_THE_LEDGER, "night", "build", "import", "run"]
    loaded()
    total: Counter[str] = Counter()
    killed_at_every_step(total)
    print(f"at a step of the replacement of a folder: {_in_words(total, total['placed'])}")
    for verb in verbs:
        counts: Counter[str] = Counter()
        start, draw = time.monotonic(), random.Random(f"{seed} {verb}")
        if verb in OF_THE_LEDGER:
            killed_ledger(verb, tries, draw, counts)
        else:
            killed_at_random(verb, tries, draw, counts)
        print(
            f"{verb}: {tries} tries, {_in_words(counts, counts['hit'])}; {time.monotonic() - start:.0f} s",
            flush=True,
        )
        if to_keep:
            keep(figures(verb, tries, seed, counts))
        total += counts
    print(f"Seed {seed}. {machine()}.")
    return int(any(total[name] for name in LOST))


def _in_words(counts: Counter[str], hit: int) -> str:
    return (
        f"{hit} hit, {counts['mixtures']} mixtures of old and new, {counts['lost lines']} lost lines of a ledger, "
        f"{counts['left']} leftovers, {counts['leftovers']} of them after the next start, "
        f"{counts['outliving']} workers that outlived their program"
    )


if __name__ == "__main__":
    sys.exit(main())
