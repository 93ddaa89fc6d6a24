"""Kill ``protocol receive`` and ``protocol reveal`` at random moments: the ledger keeps every line and fits together."""

from __future__ import annotations

import hashlib
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from forks import in_a_fork
from programs import LONGEST, SIGNALS, Program, duration, leftovers, struck

from pollbench.protocol.intake import receive_seal
from pollbench.protocol.ledger import FILES, LEDGER
from pollbench.protocol.rules import load_protocol
from pollbench.protocol.seals import seal_of
from pollbench.protocol.template import example

PROTOCOL = "fr-pres-2027"
SALT = "a salt of many characters"
#: Who seals what is opened after the first round, and how often a seal of the second round comes between.
FORECASTER, BETWEEN = "example-model", 3
#: The words of a verb for the number of a try.
Words = Callable[[int], tuple[str, ...]]


def killed_ledger(verb: str, tries: int, draw: random.Random, counts: Counter[str]) -> None:
    """Kill receive or reveal: every line that was in the ledger stays, in its order, and the whole verifies."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "ledger"
        words = _reveals(Path(scratch), folder, tries + 2) if verb == "reveal" else partial(_receives, folder)
        seconds = duration(words(0))
        ledger = folder / LEDGER
        known = ledger.read_text(encoding="utf-8")
        left: set[str] = set()
        for attempt in range(1, tries + 1):
            hit, _ = struck(words(attempt), draw.uniform(0.02, 1.1) * seconds, draw.choice(SIGNALS))
            counts["hit"] += hit
            # So that moments fall into the work, on a machine that is more or less busy than before.
            seconds *= 1.02 if hit else 0.9
            after = ledger.read_text(encoding="utf-8")
            counts["lost lines"] += not after.startswith(known)
            left |= leftovers(folder, folder / FILES)
            if verb == "reveal" and attempt % BETWEEN == 0:
                # It has no file, and takes the number whose files a killed reveal may have left.
                in_a_fork(partial(_seal, folder, f"between {attempt}", "r2", _after(attempt)))
                after = ledger.read_text(encoding="utf-8")
            known = after
        counts["left"] += len(left)
        duration(words(tries + 1))
        counts["leftovers"] += len(leftovers(folder, folder / FILES))
        counts["lost lines"] += Program(("protocol", "verify", "--ledger", str(folder))).ended(LONGEST) != 0


def _receives(folder: Path, number: int) -> tuple[str, ...]:
    seal = hashlib.sha256(str(number).encode()).hexdigest()
    moment = f"2027-04-01T10:{number // 60:02}:{number % 60:02}+00:00"
    about = ("--forecaster", "ifop", "--contest", "fr-pres-2027-r1", "--at", moment)
    return ("protocol", "receive", "--seal", seal, "--ledger", str(folder), *about)


def _reveals(scratch: Path, folder: Path, count: int) -> Words:
    """So many files, sealed before the vote, and the words that open the seal of each."""
    text = example(load_protocol(PROTOCOL), "model")
    files = [scratch / f"{number}.csv" for number in range(count)]
    for number, file in enumerate(files):
        # No two alike: the chance of one candidate differs.
        file.write_text(text.replace(",97,", f",{97 - number / 1000:.3f},"), encoding="utf-8")
    in_a_fork(partial(_seal_all, folder, files))

    def words(number: int) -> tuple[str, ...]:
        about = ("--salt", SALT, "--ledger", str(folder), "--at", _after(number))
        return ("protocol", "reveal", str(files[number]), *about)

    return words


def _after(number: int) -> str:
    """A moment after the first round for the number of a try."""
    return f"2027-04-19T{10 + number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}+02:00"


def _seal_all(folder: Path, files: list[Path]) -> None:
    for file in files:
        _seal(folder, file.read_text(encoding="utf-8"), "r1", "2027-04-16T18:00:00+02:00")


def _seal(folder: Path, text: str, contest: str, moment: str) -> None:
    seal = seal_of(text.encode("utf-8"), SALT)
    receive_seal(folder, load_protocol(PROTOCOL), seal, FORECASTER, f"{PROTOCOL}-{contest}", moment)
