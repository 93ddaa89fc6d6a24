"""Feed the readers mutated files: every one must be read, or refused with its file, rule and remedy.

    python benchmark/faults/mutate.py CASES [SEED] [FIRST] [--keep]

A case is decided by the seed and its number, so that a search can be continued: CASES of them from number FIRST on. Most end at
the reader; of the files that it takes one in a thousand is validated with its whole folder. Forks do a block of cases each: one
that dies or never ends is counted too. Printed: how many were read, refused, and ended in an exception that is none of
PollBench's. The exit is 1 if there was one.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

from forks import ForkDied, in_a_fork
from measured import Figure, arguments, keep, machine

from pollbench.data.csv_files import read_text_table
from pollbench.data.elections import COLLECTION, DESCRIPTION, datasets_folder, find
from pollbench.data.store import validate
from pollbench.errors import PollbenchError

#: The smallest election that is held here.
SOURCE = "fr-primary-left-2017"
#: Of so many files that the reader takes one is validated with its folder, which takes as long as two thousand readings.
TAKEN_PER_VALIDATION = 1_000
#: Cases of one fork, and the seconds of one case after which it counts as one that never ends.
BLOCK, LONGEST = 5_000, 60
#: Where a file that is written anew waits for no disk, on systems that have it.
IN_MEMORY = Path("/dev/shm")
#: What keyboards, spreadsheets, transfers and malice put into files.
PIECES = (
    b"", b'"', b"'", b",", b";", b"\t", b"\n", b"\r\n", b"\r", b"\x00", b"\x1b[2J", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3",
    b"\xe2\x80\xa8", b"\xe2\x80\xae", b"e\xcc\x81", b"NA", b"nan", b"-1", b"1e999", b"0", b"2147483647",
    b"9" * 5000, b"9999-12-31", b"2017-02-30", b"=1+1", b"a(b", b"*", b"(?:", b"\\x", b"[" * 600, b"[[silence]]\n",
    b"x" * 140000, b"<script>", b"../..", b"{}", b"$1", b"' OR 1=1 --", b"true", b"1_000",
)  # fmt: skip


def mutated(content: bytes, draw: random.Random) -> bytes:
    """The content after one to four changes: bytes put in, replaced, cut, doubled or exchanged."""
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        start = draw.randrange(len(content) + 1)
        stop = min(len(content), start + draw.choice((0, 1, 1, 8, 80)))
        change = draw.randrange(6)
        if change < 3:
            content = content[:start] + draw.choice(PIECES) + content[stop:]
        elif change == 3:
            content = content[:start] + bytes([draw.randrange(256)]) + content[stop:]
        elif change == 4:
            content = content[:start] + content[start:stop] * 2 + content[stop:]
        else:
            lines = content.splitlines(keepends=True)
            draw.shuffle(lines)
            content = b"".join(lines)
    return content


@lru_cache
def columns(name: str) -> tuple[str, ...]:
    """The columns of a table, as the header of the shipped file has them."""
    return tuple((datasets_folder() / SOURCE / name).read_text(encoding="utf-8").splitlines()[0].split(","))


def read(path: Path) -> bool:
    """Read one file as loading does; whether it was taken."""
    if path.name in (DESCRIPTION, COLLECTION):
        return bool(find(path.parent))
    table, offences = read_text_table(path, columns(path.name))
    # Every sentence is made, as for a person.
    return not [str(offence) for offence in offences] and table is not None


def block(first: int, cases: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Counts of what became of the mutated files of so many cases, and the foreign exceptions, each with its case."""
    counts: Counter[str] = Counter()
    foreign = []
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as scratch:
        folder = Path(scratch) / SOURCE
        shutil.copytree(datasets_folder() / SOURCE, folder)
        contents = {path: path.read_bytes() for path in sorted(folder.iterdir())}
        paths = list(contents)
        for case in range(first, first + cases):
            draw = random.Random(f"{seed} {case}")
            path = draw.choice(paths)
            path.write_bytes(mutated(contents[path], draw))
            chosen = draw.randrange(TAKEN_PER_VALIDATION) == 0
            if hasattr(signal, "alarm"):
                signal.alarm(LONGEST)
            try:
                taken = read(path)
                counts["readings"] += 1
                if taken and chosen:
                    counts["validations"] += 1
                    taken = not validate(folder).errors
                counts["read" if taken else "refused"] += 1
            except PollbenchError as error:
                counts["refused" if str(error) else "foreign"] += 1
            except Exception as error:  # what the search is for
                counts["foreign"] += 1
                foreign.append(f"case {case}, {path.name}: {type(error).__name__}: {str(error)[:200]}")
            path.write_bytes(contents[path])
    if hasattr(signal, "alarm"):
        signal.alarm(0)
    return counts, foreign


def fuzz(cases: int, seed: int, first: int = 0) -> tuple[Counter[str], list[str]]:
    """The same for any number of cases, in forks where the system has them."""
    counts: Counter[str] = Counter()
    foreign: list[str] = []
    for start in range(first, first + cases, BLOCK):
        number = min(BLOCK, first + cases - start)
        try:
            more, exceptions = in_a_fork(partial(block, start, number, seed))
        except ForkDied as death:
            more, exceptions = Counter({"foreign": 1}), [f"cases {start} to {start + number - 1}: {death}"]
        counts += more
        foreign += exceptions
    return counts, foreign


def figures(cases: int, seed: int, counts: Counter[str]) -> Iterator[Figure]:
    """What is kept of a search."""
    what = "mutated files of elections"
    detail = f"seed {seed}: {counts['read']:,} read, {counts['refused']:,} refused with a message"
    command = f"benchmark/faults/mutate.py {cases} {seed} --keep"
    yield Figure(what, cases, "", "at least", 1_000_000, detail, command, machine())
    lost = "foreign exceptions, deaths and hangs of mutated files"
    yield Figure(lost, counts["foreign"], "", "at most", 0, detail, command, machine())


def main() -> int:
    """Print the figures with the machine they were counted on."""
    words, to_keep = arguments()
    cases, seed, first = (int(word) for word in [*words, *("10000", "20170423", "0")[len(words) :]])
    start = time.monotonic()
    counts, foreign = fuzz(cases, seed, first)
    for line in foreign[:20]:
        print(line)
    print(
        f"{cases} mutated files, seed {seed}, from case {first}: {counts['readings']} readings, {counts['validations']} "
        f"validations of the whole folder; {counts['read']} read, {counts['refused']} refused with a message, "
        f"{counts['foreign']} foreign exceptions, deaths or hangs; {time.monotonic() - start:.0f} s. {machine()}."
    )
    if to_keep:
        keep(figures(cases, seed, counts))
    return 1 if foreign else 0


if __name__ == "__main__":
    sys.exit(main())
