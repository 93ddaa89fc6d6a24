"""The shipped files are in good order: plain text, sorted, numbers as people write them, no place of work."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest

from clean_election import columns
from pollbench.data.elections import datasets_folder, shipped_elections
from pollbench.data.table_files import PER_COLLECTION, PER_ELECTION, SHARED

FOLDER = datasets_folder()
CSV_FILES = sorted(FOLDER.glob("*.csv")) + sorted(FOLDER.glob("*/*.csv"))
TEXT_FILES = CSV_FILES + sorted(FOLDER.glob("*/*.toml")) + sorted(FOLDER.glob("sql/**/*.sql"))

#: Table -> stem of its files.
TABLES = SHARED | PER_ELECTION | PER_COLLECTION | {"election": "elections"}
#: The key of each kind of file.
KEYS = {
    "assumptions": 1,
    "candidates": 2,
    "claims": 1,
    "communes_2017": 4,
    "contests": 1,
    "departments": 0,
    "disputes": 1,
    "events": 1,
    "evidence": 1,
    "figures": 1,
    "forecasters": 1,
    "forecasts": 1,
    "known_districts": 3,
    "known_truth": 1,
    "milestones": 1,
    "omitted_figures": 1,
    "outcomes": 2,
    "people": 1,
    "predictions": 2,
    "printed_figures": 2,
    "quantiles": 3,
    "scenarios": 2,
    "silences": 2,
    "candidate_sets": 3,
    "elections": 1,
    "register": 1,
    "releases": 1,
    "results": 2,
    "sources": 0,
    "transfers": 1,
    "waivers": 2,
}


def relative(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("path", TEXT_FILES, ids=relative)
def test_file_is_plain(path: Path) -> None:
    content = path.read_bytes()
    assert content.endswith(b"\n")
    assert not content.endswith(b"\n\n")
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8")
    for slip in ("\ufffd", "Ã©", "Ã¨", "â€", "\u00a0", "\t"):
        assert slip not in text
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize(
    "path",
    # What calibration scripts measured is no table of the schema.
    [path for path in CSV_FILES if path.parent.name != "transfers"],
    ids=relative,
)
def test_a_shipped_file_has_all_columns_of_its_table(path: Path) -> None:
    # A user's file may leave columns out; ours are described to other programs by one schema for each table.
    [table] = [name for name, stem in TABLES.items() if stem == path.stem]
    assert path.read_text(encoding="utf-8").split("\n", 1)[0].split(",") == columns(table)


@pytest.mark.parametrize("path", CSV_FILES, ids=relative)
def test_file_is_sorted_and_quoted_only_where_needed(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert path.stem in KEYS
    if width := KEYS[path.stem]:
        keys = [row[:width] for row in rows]
        assert keys == sorted(keys)
    elif path.stem == "sources":
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    else:
        keys = [
            [row[header.index(name)] for name in ("contest_id", "dept_code", "candidate_id")] for row in rows
        ]
        assert keys == sorted(keys)
    lines = path.read_text(encoding="utf-8").splitlines()
    for row, line in zip([header, *rows], lines, strict=True):
        needed = sum(any(mark in value for mark in ',"') for value in row)
        assert line.count('"') - 2 * sum(value.count('"') for value in row) == 2 * needed


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/predictions.csv")), ids=relative)
def test_numbers_are_written_plainly(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in ("value", "lower", "upper"):
                if text := row[name]:
                    assert text == f"{float(text):.2f}".rstrip("0").rstrip("."), row


def test_no_place_of_work_is_named() -> None:
    for path in [*TEXT_FILES, FOLDER / "CHANGELOG.md", FOLDER.parent / "LICENSE-DATA"]:
        text = path.read_text(encoding="utf-8")
        # A path from the root of some machine, at the start of a value or after a space or quote.
        found = re.search(r"(?:^|[\s,\"'(])/[a-z]+/[a-z]", text, re.MULTILINE)
        assert found is None, (path, found and found[0])
        # The address of a page may end in any name.
        told = re.sub(r"https?://[^\s,]+", "", text)
        for place in ("polls.csv", "readings.csv", "this project"):
            assert place not in told, path


def test_every_revision_is_in_the_changelog() -> None:
    text = (FOLDER / "CHANGELOG.md").read_text(encoding="utf-8")
    for election in shipped_elections():
        description = tomllib.loads((FOLDER / election / "election.toml").read_text(encoding="utf-8"))
        assert f"## {election}, revision {description['revision']}\n" in text
