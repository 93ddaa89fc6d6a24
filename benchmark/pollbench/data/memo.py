"""Tables that follow from opened data alone: made once for each bench and set of options, and kept between runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec

from pollbench.data.questions import Key

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

__all__ = ["Key", "MemoTable", "memo_table"]

Options = ParamSpec("Options")


class MemoTable(Generic[Options]):
    """A function that makes a table from a bench; for options that are plain values its table is made once per bench.

    It is kept between runs as well, see `kept`.

    Attributes
    ----------
    key : the key of the table in the memo, for tables that another process has made.
    """

    def __init__(self, function: Callable[Concatenate[Bench, Options], pd.DataFrame]) -> None:
        self._function = function
        self.key: Key[pd.DataFrame] = Key(f"{function.__module__}.{function.__qualname__}")
        update_wrapper(self, function)

    def __call__(self, bench: Bench, *arguments: Options.args, **options: Options.kwargs) -> pd.DataFrame:
        """The table; a copy of the kept one where the options say by their text what they are."""
        from pollbench.data.kept import kept, plain

        key = self.key.of(*arguments, *sorted(options.items())) if arguments or options else self.key

        def make() -> pd.DataFrame:
            return self._function(bench, *arguments, **options)

        if not plain(key.details):
            return make()
        # The digest of the code knows nothing of a function from outside the package.
        ours = self._function.__module__.startswith("pollbench.")
        table = bench.memo(key, lambda: kept(bench, key.name, key.details, make) if ours else make())
        return table.copy()


def memo_table(function: Callable[Concatenate[Bench, Options], pd.DataFrame]) -> MemoTable[Options]:
    """Make the decorated table once per bench and set of options, and keep it between runs."""
    return MemoTable(function)
