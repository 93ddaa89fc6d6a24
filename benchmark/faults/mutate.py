"""Feed the readers mutated files: every one must be read, or refused with its file, rule and remedy.

    python benchmark/faults/mutate.py CASES [SEED]

A hundredth of the cases are whole election folders, validated to the end. Printed: how many were read, refused,
and ended in an exception that is none of PollBench's. The exit is 1 if there was one.
"""

from __future__ import annotations

import platform
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pollbench.data.csv_files import read_text_table
from pollbench.data.elections import COLLECTION, DESCRIPTION, datasets_folder, find
from pollbench.data.store import validate
from pollbench.errors import PollbenchError

#: The smallest election that is held here.
SOURCE = "fr-primary-left-2017"
#: A whole validation takes as long as a hundred readings of a file.
READINGS_PER_VALIDATION = 100
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


def read(path: Path) -> bool:
    """Read one file as loading does; whether it was taken."""
    if path.name in (DESCRIPTION, COLLECTION):
        return bool(find(path.parent))
    header = (datasets_folder() / SOURCE / path.name).read_text(encoding="utf-8").splitlines()[0]
    table, offences = read_text_table(path, tuple(header.split(",")))
    # Every sentence is made, as for a person.
    return not [str(offence) for offence in offences] and table is not None


def fuzz(cases: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Counts of what became of ``cases`` mutated files, and the foreign exceptions, each with its case."""
    draw = random.Random(seed)
    counts: Counter[str] = Counter()
    foreign = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / SOURCE
        shutil.copytree(datasets_folder() / SOURCE, folder)
        contents = {path: path.read_bytes() for path in sorted(folder.iterdir())}
        for case in range(cases):
            path = draw.choice(list(contents))
            path.write_bytes(mutated(contents[path], draw))
            whole = case % READINGS_PER_VALIDATION == 0
            try:
                taken = not validate(folder).errors if whole else read(path)
                counts["read" if taken else "refused"] += 1
            except PollbenchError as error:
                counts["refused" if str(error) else "foreign"] += 1
            except Exception as error:  # what the search is for
                counts["foreign"] += 1
                foreign.append(f"case {case}, {path.name}: {type(error).__name__}: {str(error)[:200]}")
            counts["validations" if whole else "readings"] += 1
            path.write_bytes(contents[path])
    return counts, foreign


def main() -> int:
    """Print the figures with the machine they were counted on."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20170423
    counts, foreign = fuzz(cases, seed)
    for line in foreign[:20]:
        print(line)
    print(
        f"{cases} mutated files, seed {seed}: {counts['readings']} readings of one file, {counts['validations']} "
        f"whole validations; {counts['read']} read, {counts['refused']} refused with a message, "
        f"{counts['foreign']} foreign exceptions. Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}."
    )
    return 1 if foreign else 0


if __name__ == "__main__":
    sys.exit(main())
