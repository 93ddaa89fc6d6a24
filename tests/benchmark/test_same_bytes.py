"""Tables have the same bytes under any hash seed, time zone and locale, made here or by a worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests_support import small_election

#: Digest of every table of an election, as a run makes them.
SCRIPT = """
import hashlib, sys
from pollbench.data.store import load
from pollbench.errors import NothingToCompare
from pollbench.files import csv_text
from pollbench.outputs.table_tasks import tasks
from pollbench.selection.policy import Policy
from pollbench.workers import Workers

def text_of(make):
    try:
        return csv_text(make())
    except NothingToCompare as error:
        return str(error)

if __name__ == "__main__":
    with load(sys.argv[1]) as bench, Workers(int(sys.argv[2])) as workers:
        made = {name: text_of(make) for name, make in tasks(bench, Policy(missing="drop"), workers)}
    for name, text in sorted(made.items()):
        print(name, len(text), hashlib.sha256(text.encode()).hexdigest())
"""
HERE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
ELSEWHERE = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LC_ALL": "C"}


@pytest.mark.slow
def test_tables_have_the_same_bytes_in_any_surroundings(tmp_path: Path) -> None:
    script = tmp_path / "tables.py"
    script.write_text(SCRIPT, encoding="utf-8")
    folder = small_election(tmp_path)
    said = [
        subprocess.run(
            [sys.executable, str(script), str(folder), workers],
            env={**os.environ, **surroundings},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for surroundings, workers in ((HERE, "0"), (ELSEWHERE, "1"))
    ]
    assert said[0] == said[1]
    assert len(said[0].splitlines()) > 40
