"""Kill the program at random moments, and in the one wrong moment; count what is lost.

    python benchmark/faults/kill.py TRIES [SEED] [VERB ...] [--keep]

TRIES times each: ``run``, ``build``, ``import`` and ``protocol receive`` by SIGKILL, SIGTERM, SIGINT or SIGHUP; then
SIGKILL at every step of the replacement of a folder. The program is started as a fork of this process, which has loaded the
libraries: a moment falls into its work, not into two seconds of imports. Printed: mixtures of old and new, lost lines of a
ledger, leftovers beside the output and in the temporary folder of the system, those of them that the next start does not
remove, and workers that outlive their parent. The exit is 1 if there was one, but for leftovers that were removed.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import pkgutil
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from unittest import mock

from forks import in_a_fork
from measured import HITS, Figure, arguments, keep, machine

import pollbench
import pollbench_dashboards
from pollbench import cache
from pollbench.cli._unchanged import CHECKSUMS, checksums
from pollbench.data.bench import open_database

ELECTION = "fr-primary-left-2017"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
#: A worker looks every second whether its parent lives.
WORKERS_END = 5.0
#: Seconds after which a program that was struck, or was let alone, should have ended.
LONGEST = 900
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


def loaded() -> None:
    """Load what every verb loads; the databases and threads are those of the forks."""
    for package in (pollbench, pollbench_dashboards):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for name in ("scipy.stats", "pandas", "duckdb", "altair"):
        importlib.import_module(name)


class Program:
    """The program with these words, in a session of its own."""

    def __init__(self, words: Sequence[str]) -> None:
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                os.setsid()
                nowhere = os.open(os.devnull, os.O_RDWR)
                for stream in range(3):
                    os.dup2(nowhere, stream)
                code = _left_with(words)
            finally:
                os._exit(code)

    def ended(self, seconds: float) -> int | None:
        """How it left, waited for at most so long: a code, or the number of a signal below 0; None while it works."""
        latest = time.monotonic() + seconds
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() >= latest:
                return None
            time.sleep(0.002)


def _left_with(words: Sequence[str]) -> int:
    from pollbench.cli import main

    sys.argv = ["pollbench", *words]
    try:
        main()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0


def group_lives(group: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def struck(words: Sequence[str], after: float, number: signal.Signals) -> tuple[bool, int]:
    """Start a program, send it a signal after so many seconds; whether it was hit before it had ended, and its number."""
    program = Program(words)
    if program.ended(after) is not None:
        return False, program.pid
    os.kill(program.pid, number)
    if program.ended(LONGEST) is None:
        os.kill(program.pid, signal.SIGKILL)
        program.ended(LONGEST)
        message = f"{' '.join(words)}: still works {LONGEST} seconds after {number.name}"
        raise RuntimeError(message)
    return True, program.pid


def duration(words: Sequence[str]) -> float:
    """Seconds that the whole program takes; its end must be a good one."""
    start = time.monotonic()
    code = Program(words).ended(LONGEST)
    if code != 0:
        message = f"{' '.join(words)}: left with {code}"
        raise RuntimeError(message)
    return time.monotonic() - start


def digest(path: Path) -> str:
    """What a file or folder holds; '' where there is none."""
    files = sorted(file for file in (path, *path.rglob("*")) if file.is_file())
    content = b"".join(str(file.relative_to(path)).encode() + file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest() if files else ""


def whole(verb: str, target: Path, first: str) -> bool:
    """Whether what stands at the target is one whole output; an import writes the same bytes each time."""
    if verb == "run":
        return (target / CHECKSUMS).read_text(encoding="utf-8") == checksums(target)
    if verb == "import":
        return digest(target) == first
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


def leftovers(*folders: Path) -> set[str]:
    """Names of the temporary files and folders that stand in these folders."""
    return {path.name for folder in folders for path in folder.iterdir() if path.match(".*.tmp")}


def killed_at_random(verb: str, tries: int, draw: random.Random, counts: Counter[str]) -> None:
    """Kill ``verb`` at random moments of its time while an output of the same stands there."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as patches:
        target = Path(scratch) / ("output.duckdb" if verb == "build" else "output")
        # The temporary folder of the system, for this process, its forks and their workers.
        rooms = Path(scratch) / "rooms"
        rooms.mkdir()
        patches.enter_context(mock.patch.dict(os.environ, TMPDIR=str(rooms)))
        patches.enter_context(mock.patch.object(tempfile, "tempdir", str(rooms)))
        table = Path(scratch) / "polls.csv"
        table.write_text(TIDY, encoding="utf-8")
        words = {
            "run": ("run", ELECTION, "-o", str(target)),
            "build": ("build", ELECTION, "-o", str(target)),
            "import": ("import", "tidy", str(table), "-o", str(target), "--day", "2030-05-05"),
        }[verb]
        # The first time fills the cache, and the report of a second import says what is new since the first.
        duration(words)
        seconds = duration(words)
        first = digest(target)
        # What makes a run of the same data compute again: a finished one is only compared.
        again = (*words, "fr-primary-right-2016") if verb == "run" else words
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
            counts["mixtures"] += not whole(verb, target, first)
            left |= leftovers(target.parent, rooms)
        counts["left"] += len(left)
        duration(again)
        # A run that finds itself whole makes no temporary folder; to validate an election always does.
        duration(("validate", ELECTION))
        counts["leftovers"] += len(leftovers(target.parent, rooms))


def killed_ledger(tries: int, draw: random.Random, counts: Counter[str]) -> None:
    """Kill ``protocol receive``: every line that was in the ledger stays, in its order, and the chain verifies."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "ledger"

        def words(number: int) -> tuple[str, ...]:
            seal = hashlib.sha256(str(number).encode()).hexdigest()
            moment = f"2027-04-01T10:{number // 60:02}:{number % 60:02}+00:00"
            about = ("--forecaster", "ifop", "--contest", "fr-pres-2027-r1", "--at", moment)
            return ("protocol", "receive", "--seal", seal, "--ledger", str(folder), *about)

        seconds = duration(words(0))
        ledger = folder / "ledger.csv"
        known = ledger.read_text(encoding="utf-8")
        left: set[str] = set()
        for attempt in range(1, tries + 1):
            counts["hit"] += struck(words(attempt), draw.uniform(0.02, 1.1) * seconds, draw.choice(SIGNALS))[
                0
            ]
            after = ledger.read_text(encoding="utf-8")
            counts["lost lines"] += not after.startswith(known)
            known = after
            left |= leftovers(folder)
        counts["left"] += len(left)
        duration(words(tries + 1))
        counts["leftovers"] += len(leftovers(folder))
        counts["lost lines"] += Program(("protocol", "verify", "--ledger", str(folder))).ended(LONGEST) != 0


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
    verbs = words[2:] or ["receive", "build", "import", "run"]
    loaded()
    total: Counter[str] = Counter()
    killed_at_every_step(total)
    print(f"at a step of the replacement of a folder: {_in_words(total, total['placed'])}")
    for verb in verbs:
        counts: Counter[str] = Counter()
        start, draw = time.monotonic(), random.Random(f"{seed} {verb}")
        if verb == "receive":
            killed_ledger(tries, draw, counts)
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
