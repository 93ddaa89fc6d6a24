"""Who makes which table of a run: what may be made elsewhere is given to the workers, the rest is made here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pollbench.data.kept import answers_of, note_asked
from pollbench.data.questions import noting
from pollbench.outputs.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.data.questions import Question
    from pollbench.selection.policy import Policy
    from pollbench.workers import Workers


@cache
def opened(database: Path) -> Bench:
    """The database, opened once in each worker process."""
    from pollbench.data.bench import open_database

    return open_database(database)


def make_there(database: Path, name: str, policy: Policy) -> tuple[pd.DataFrame, dict[Question, str] | None]:
    """Make a table in another process, which opens the database once; with what was asked for it, None if unknown."""
    bench = opened(database)
    with noting() as asked:
        frame = TABLES[name].make(bench, policy)
    return frame, answers_of(bench, asked)


def tasks(bench: Bench, policy: Policy, workers: Workers) -> Iterator[tuple[str, Callable[[], pd.DataFrame]]]:
    """The names of all tables, each with the function that gives it, in the order in which to call them.

    What may be made elsewhere is given to the workers; what they have not begun when all else is done is
    made here, last given first. The engine's tables take longest, so they are given first: no worker is left
    with a long one at the end.
    """
    slow = sorted(
        (name for name, table in TABLES.items() if table.elsewhere),
        key=lambda name: TABLES[name].engine is None,
    )

    def made_here(name: str) -> tuple[pd.DataFrame, dict[Question, str] | None]:
        return TABLES[name].make(bench, policy), None

    elsewhere = {
        name: workers.give(make_there, bench.path, name, policy, here=partial(made_here, name))
        for name in slow
    }

    def taken_over(name: str) -> pd.DataFrame:
        frame, asked = elsewhere[name].result()
        engine = TABLES[name].engine
        return frame if engine is None else bench.memo(engine().key, lambda: taken(frame, asked))

    def taken(frame: pd.DataFrame, asked: dict[Question, str] | None) -> pd.DataFrame:
        note_asked(bench, asked)
        return frame

    fast = {name: table for name, table in TABLES.items() if not table.elsewhere}
    for resting in (False, True):
        for name, table in fast.items():
            if (table.engine is not None) is resting:
                yield name, partial(table.make, bench, policy)
        if not resting:
            yield from ((name, partial(taken_over, name)) for name in reversed(elsewhere))
