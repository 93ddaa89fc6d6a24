"""What a table of a run is: how it is made, what it holds, its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pollbench.outputs.columns import Column, compared
from pollbench.outputs.vocabulary import VOCABULARY

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.data.memo import MemoTable
    from pollbench.selection.policy import Policy

    Maker = Callable[[Bench, Policy], pd.DataFrame]
    Engine = MemoTable[...]


@dataclass(frozen=True)
class Table:
    """A table of the run.

    Attributes
    ----------
    name : of its file, without the ending.
    meaning : what it holds.
    function : makes it.
    columns : its columns, in order.
    key : the names of the columns that identify a row.
    elsewhere : takes long and shares nothing with the other tables, so that another process may make it.
    engine : gives the table of the manipulation engine that this is, if it is one: its tables rest on each other.
    """

    name: str
    meaning: str
    function: Maker
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    elsewhere: bool = False
    engine: Callable[[], Engine] | None = None

    def make(self, bench: Bench, policy: Policy) -> pd.DataFrame:
        """Make the table, and compare it with its declared columns.

        Raises
        ------
        NothingToCompare : the data hold nothing to make it of.
        TableError : the table is not as it is declared.
        """
        from pollbench.data.kept import kept

        def make() -> pd.DataFrame:
            return compared(self.name, self.function(bench, policy), self.columns, self.key)

        # The code of a table from outside the package is in no key.
        ours = self.function.__module__.startswith("pollbench.")
        return kept(bench, f"output {self.name}", (policy,), make) if ours else make()


#: Every table of a run, by the name of its file.
TABLES: dict[str, Table] = {}


def table(
    columns: str,
    key: str,
    *,
    special: Mapping[str, Column] | None = None,
    elsewhere: bool = False,
    engine: Callable[[], Engine] | None = None,
) -> Callable[[Maker], Maker]:
    """Declare the decorated function as a table of the run; its name is that of the file, its docstring the meaning.

    Parameters
    ----------
    columns : names of the columns in order, separated by spaces.
    key : names of the columns that identify a row.
    special : columns that mean something else here than in the vocabulary.
    elsewhere, engine : see `Table`.
    """
    words = {**VOCABULARY, **(special or {})}

    def declare(function: Maker) -> Maker:
        meaning = (function.__doc__ or "").split("\n")[0].rstrip(".")
        TABLES[function.__name__] = Table(
            function.__name__,
            meaning[:1].lower() + meaning[1:],
            function,
            tuple(words[name] for name in columns.split()),
            tuple(key.split()),
            elsewhere,
            engine,
        )
        return function

    return declare
