"""What follows from opened data alone, made once: typed keys, and tables that a bench keeps."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

Made = TypeVar("Made")
Options = ParamSpec("Options")


@dataclass(frozen=True)
class Key(Generic[Made]):
    """Names one result of a bench; the parameter of the type is what `Bench.memo` returns for it.

    Attributes
    ----------
    name : of what is made, written once, next to the function that makes it.
    details : what it depends on besides the data: a policy, a contest.

    Examples
    --------
    >>> VOTES: Key[int] = Key("votes of a contest")
    >>> VOTES.of("fr-pres-2017-r1") == VOTES.of("fr-pres-2017-r2")
    False
    """

    name: str
    details: tuple[Hashable, ...] = ()

    def of(self, *details: Hashable) -> Key[Made]:
        """The key of the same thing for these details."""
        return Key(self.name, details)


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
