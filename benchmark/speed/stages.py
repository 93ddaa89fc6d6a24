"""How long each stage of the main job takes: ``python benchmark/speed/stages.py [election ...]``.

Prints a table: stage, wall seconds, processor seconds. Nothing is asserted; compare before and after.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pollbench.cli._unchanged import made_from
from pollbench.data.elections import shipped_elections
from pollbench.data.store import build, open_database, validate
from pollbench.errors import NothingToCompare
from pollbench.outputs.tables import TABLES
from pollbench.selection.policy import Policy


def timed(stage: str, work: Callable[[], Any]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    # An election may hold nothing to make a table of; to find that out takes its time too.
    with suppress(NothingToCompare):
        work()
    print(f"{stage:32} {time.perf_counter() - wall:8.2f} {time.process_time() - processor:8.2f}")


def main() -> None:
    elections = tuple(sys.argv[1:]) or shipped_elections()
    policy = Policy(missing="drop")
    print(f"{'stage':32} {'wall s':>8} {'cpu s':>8}   ({', '.join(elections)})")
    timed("import pandas and duckdb", lambda: __import__("pandas") and __import__("duckdb"))
    timed("see whether anything changed", lambda: made_from(elections))
    timed("validate", lambda: validate(*elections))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pollbench.duckdb"
        timed("build", lambda: build(path, *elections))
        with open_database(path) as bench:
            for name, table in TABLES.items():
                timed(f"table {name}", lambda table=table: table.make(bench, policy))
            from pollbench_dashboards.site import build_site

            timed("site", lambda: build_site(bench, Path(folder) / "site"))


if __name__ == "__main__":
    main()
