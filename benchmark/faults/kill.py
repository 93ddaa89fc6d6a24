"""Kill the program at random moments, and in the one wrong moment; count what is lost.

    python benchmark/faults/kill.py TRIES [SEED]

TRIES times each: ``run``, ``build``, ``import`` and ``protocol receive`` by SIGKILL, SIGTERM, SIGINT or SIGHUP; then
SIGKILL at every step of the replacement of a folder. Printed: mixtures of old and new, lost lines of a ledger, workers
that outlive their parent, leftovers that the next start does not remove. The exit is 1 if there was one.
"""

from __future__ import annotations

import hashlib
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pollbench.cli._unchanged import CHECKSUMS, checksums
from pollbench.data.store import open_database

ELECTION = "fr-primary-left-2017"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
#: A worker looks every second whether its parent lives.
WORKERS_END = 5.0
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


def command(*words: str) -> list[str]:
    """The program with these words."""
    return [sys.executable, "-m", "pollbench", *words]


def group_lives(group: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def struck(words: list[str], after: float, number: signal.Signals) -> bool:
    """Start a program, send it a signal after so many seconds; whether it was hit before it had ended."""
    program = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        program.wait(after)
    except subprocess.TimeoutExpired:
        program.send_signal(number)
        program.wait(120)
        return True
    return False


def duration(words: list[str]) -> float:
    """Seconds that the whole program takes; its end must be a good one."""
    start = time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
    with open_database(target) as bench:
        return len(bench.contests) > 0


def outlived(words: list[str], after: float, number: signal.Signals) -> bool:
    """Whether a worker outlives the killed program for longer than workers may."""
    program = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(after)
    program.send_signal(number)
    program.wait(120)
    latest = time.monotonic() + WORKERS_END
    while group_lives(program.pid) and time.monotonic() < latest:
        time.sleep(0.1)
    return group_lives(program.pid)


def killed_at_random(verb: str, tries: int, draw: random.Random, counts: Counter[str]) -> None:
    """Kill ``verb`` at random moments of its time while an output of the same stands there."""
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / ("output.duckdb" if verb == "build" else "output")
        table = Path(scratch) / "polls.csv"
        table.write_text(TIDY, encoding="utf-8")
        words = {
            "run": command("run", ELECTION, "-o", str(target)),
            "build": command("build", ELECTION, "-o", str(target)),
            "import": command("import", "tidy", str(table), "-o", str(target), "--day", "2030-05-05"),
        }[verb]
        seconds = duration(words)
        if verb == "import":
            # The report of a second import says what is new since the first.
            duration(words)
        first = digest(target)
        # What makes a run of the same data compute again: a finished one is only compared.
        again = [*words, "fr-primary-right-2016"] if verb == "run" else words
        for attempt in range(tries):
            chosen = again if attempt % 2 else words
            number = draw.choice(SIGNALS)
            hit = struck(chosen, draw.uniform(0.1, 1.0) * seconds, number)
            counts["hit"] += hit
            counts["mixtures"] += not whole(verb, target, first)
        duration(again)
        left = [entry.name for entry in Path(scratch).iterdir() if entry.name.startswith(f".{target.name}.")]
        counts["leftovers"] += len(left)
        if verb == "run":
            number = draw.choice(SIGNALS)
            counts["outliving"] += outlived(words, 0.6 * seconds, number)


def killed_ledger(tries: int, draw: random.Random, counts: Counter[str]) -> None:
    """Kill ``protocol receive``: every line that was in the ledger stays, in its order, and the chain verifies."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "ledger"

        def words(number: int) -> list[str]:
            seal = hashlib.sha256(str(number).encode()).hexdigest()
            moment = f"2027-04-01T10:{number // 60:02}:{number % 60:02}+00:00"
            about = ["--forecaster", "ifop", "--contest", "fr-pres-2027-r1", "--at", moment]
            return command("protocol", "receive", "--seal", seal, "--ledger", str(folder), *about)

        seconds = duration(words(0))
        ledger = folder / "ledger.csv"
        known = ledger.read_text(encoding="utf-8")
        for attempt in range(1, tries + 1):
            counts["hit"] += struck(words(attempt), draw.uniform(0.1, 1.1) * seconds, draw.choice(SIGNALS))
            after = ledger.read_text(encoding="utf-8")
            counts["lost lines"] += not after.startswith(known)
            known = after
        duration(words(tries + 1))
        counts["leftovers"] += len(list(folder.glob(".*.tmp")))
        verified = subprocess.run(
            command("protocol", "verify", "--ledger", str(folder)), capture_output=True, check=False
        )
        counts["lost lines"] += verified.returncode != 0


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
                # The next start brings back what was between two names.
                restore = "import sys; from pathlib import Path; from pollbench import files; files._restore(Path(sys.argv[1]))"
                subprocess.run([sys.executable, "-c", restore, str(target)], check=True)
                held = {file.read_text(encoding="utf-8") for file in target.iterdir()}
                counts["mixtures"] += len(held) != 1 or len(list(target.iterdir())) != 3
                subprocess.run([sys.executable, "-c", REPLACES, str(target), "-1", way], check=True)
                counts["leftovers"] += len(list(Path(scratch).iterdir())) - 1


def main() -> int:
    """Print the figures with the machine they were counted on."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20170423
    draw = random.Random(seed)
    counts: Counter[str] = Counter()
    killed_at_every_step(counts)
    killed_ledger(tries, draw, counts)
    for verb in ("build", "import", "run"):
        killed_at_random(verb, tries, draw, counts)
    print(
        f"{4 * tries} tries, seed {seed}: {counts['hit']} hit at random, {counts['placed']} at a step of the replacement; "
        f"{counts['mixtures']} mixtures of old and new, {counts['lost lines']} lost lines of a ledger, "
        f"{counts['leftovers']} leftovers after the next start, {counts['outliving']} workers that outlived their program. "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors."
    )
    return int(any(counts[name] for name in ("mixtures", "lost lines", "leftovers", "outliving")))


if __name__ == "__main__":
    sys.exit(main())
