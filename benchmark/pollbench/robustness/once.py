"""Tables made once for an opened data set, which never changes: a run and its pages ask for the same ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.store import Bench

Options = ParamSpec("Options")
_MADE: WeakKeyDictionary[Bench, dict[str, pd.DataFrame]] = WeakKeyDictionary()


def made_once(
    function: Callable[Concatenate[Bench, Options], pd.DataFrame],
) -> Callable[Concatenate[Bench, Options], pd.DataFrame]:
    """Keep what the decorated table is without options; every caller gets a copy of its own."""

    @wraps(function)
    def table(bench: Bench, *arguments: Options.args, **options: Options.kwargs) -> pd.DataFrame:
        if arguments or options:
            return function(bench, *arguments, **options)
        made = _MADE.setdefault(bench, {})
        if function.__name__ not in made:
            made[function.__name__] = function(bench, *arguments, **options)
        return made[function.__name__].copy()

    return table
