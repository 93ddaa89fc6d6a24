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


def in_place(values: Any) -> Any:
    """Place of every candidate along the last axis: 0 = highest; equals in the order of the array.

    Examples
    --------
    >>> in_place(np.array([21.3, 24.0, 20.0, 21.3]))
    array([1, 0, 3, 2])
    """
    return over_core(_in_place, "(k)->(k)", values, dtype=int)


def _in_place(block: Any) -> Any:
    order = np.argsort(-block, axis=-1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.broadcast_to(np.arange(block.shape[-1]), order.shape), axis=-1)
    return ranks


def over_core(function: Callable[..., Any], signature: str, *arrays: Any, dtype: type = float) -> Any:
    """``function`` of arrays in memory; for a lazy one, of each block that holds whole core axes.

    ``signature`` names the core axes ("(m,k),(k)->(k)") as NumPy's generalised functions do.
    """
    if any(hasattr(array, "dask") for array in arrays):
        from dask.array import apply_gufunc

        return apply_gufunc(function, signature, *arrays, output_dtypes=dtype, allow_rechunk=True)
    return function(*arrays)
