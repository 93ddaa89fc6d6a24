"""How long each stage of the main job takes: ``python benchmark/speed/stages.py [--long] [election ...]``.

Stage by stage in one process and without a cache, seconds of processor, the tables together; a script by itself prints every
table. There is no goal, for no stage is run alone; compare before and after. Without names: one election, all that are shipped with ``--long``.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from figures import Figure, show

from pollbench import cache
from pollbench.cli._unchanged import made_from
from pollbench.data.bench import open_database
from pollbench.data.elections import shipped_elections
from pollbench.data.store import build, validate
from pollbench.errors import NothingToCompare
from pollbench.outputs.tables import TABLES
from pollbench.selection.policy import Policy

ELECTION = "fr-pres-2017"


def spent(work: Callable[[], Any]) -> float:
    """Seconds of processor."""
    start = time.process_time()
    # An election may hold nothing to make a table of; to find that out takes its time too.
    with suppress(NothingToCompare):
        work()
    return time.process_time() - start


def stages(elections: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Each stage with its seconds of processor."""
    os.environ[cache.VARIABLE] = cache.OFF
    policy = Policy(missing="drop")
    yield "import pandas and duckdb", spent(lambda: __import__("pandas") and __import__("duckdb"))
    yield "see whether anything changed", spent(lambda: made_from(elections))
    yield "validate", spent(lambda: validate(*elections))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pollbench.duckdb"
        yield "build", spent(lambda: build(path, *elections))
        with open_database(path) as bench:
            for name, table in TABLES.items():
                yield f"table {name}", spent(lambda table=table: table.make(bench, policy))
            from pollbench_dashboards.site import build_site

            yield "site", spent(lambda: build_site(bench, Path(folder) / "site"))


def figures(long: bool, elections: Sequence[str] = (), *, each_table: bool = False) -> Iterator[Figure]:
    """The stages of a run, in the order in which they come."""
    named = tuple(elections) or (shipped_elections() if long else (ELECTION,))
    of = named[0] if len(named) == 1 else f"{len(named)} elections"
    tables = 0.0
    for stage, seconds in stages(named):
        if stage.startswith("table ") and not each_table:
            tables += seconds
            continue
        if stage == "site" and not each_table:
            yield Figure(f"run of {of}, stage: {len(TABLES)} tables", tables, "s of processor")
        yield Figure(f"run of {of}, stage: {stage}", seconds, "s of processor")


def main() -> None:
    words = [word for word in sys.argv[1:] if word != "--long"]
    show(figures("--long" in sys.argv, words, each_table=True))


if __name__ == "__main__":
    main()
