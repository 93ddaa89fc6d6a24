"""Array steps that do not dispatch by themselves, made to: sorting and functions of whole blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def sorted_along(values: Any, axis: int) -> Any:
    """``values`` sorted along a negative ``axis``, in memory or lazily."""
    return over_core(lambda block: np.sort(block, axis=axis), _same_core(-axis), values)


def _same_core(dimensions: int) -> str:
    core = ",".join("abcdefgh"[:dimensions])
    return f"({core})->({core})"


def over_core(function: Callable[..., Any], signature: str, *arrays: Any) -> Any:
    """``function`` of arrays in memory; for a lazy one, of each block that holds whole core axes.

    ``signature`` names the core axes ("(m,k),(k)->(k)") as NumPy's generalised functions do.
    """
    if any(hasattr(each, "dask") for each in arrays):
        from dask.array import apply_gufunc

        return apply_gufunc(function, signature, *arrays, output_dtypes=float, allow_rechunk=True)
    return function(*arrays)
