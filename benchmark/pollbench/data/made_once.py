"""Tables made once for an opened data set, which never changes: a run and its pages ask for the same ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

Options = ParamSpec("Options")


def key_of(name: str) -> tuple[str, str]:
    """Under which the table that the function ``name`` makes is remembered by a bench."""
    return ("made once", name)


def made_once(
    function: Callable[Concatenate[Bench, Options], pd.DataFrame],
) -> Callable[Concatenate[Bench, Options], pd.DataFrame]:
    """Keep what the decorated table is without options; every caller gets a copy of its own."""

    @wraps(function)
    def table(bench: Bench, *arguments: Options.args, **options: Options.kwargs) -> pd.DataFrame:
        if arguments or options:
            return function(bench, *arguments, **options)
        key = key_of(function.__name__)
        if key not in bench.remembered:
            bench.remembered[key] = function(bench, *arguments, **options)
        kept: pd.DataFrame = bench.remembered[key]
        return kept.copy()

    return table
