"""Array steps that several families share: work by blocks, places of candidates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

#: Numbers worked on at a time: half a megabyte of doubles, which stays in the cache of one processor.
BLOCK = 65_536


def by_blocks(
    function: Callable[..., Any], forecast: Any, result: Any, *, core: tuple[int, int], size: int = 1
) -> Any:
    """``function(forecast, result)`` by blocks of forecasts that fit the cache of the processor.

    Parameters
    ----------
    function : takes leading axes of any number.
    forecast, result : arrays in memory whose leading axes meet.
    core : number of last axes of each that belong together.
    size : how many times ``BLOCK`` numbers are worked on at a time.
    """
    inner, true_axes = forecast.shape[forecast.ndim - core[0] :], result.shape[result.ndim - core[1] :]
    leading = forecast.shape[: forecast.ndim - core[0]]
    # Where one forecast meets many results, what is made of it alone is made once.
    if not leading or np.broadcast_shapes(leading, result.shape[: result.ndim - core[1]]) != leading:
        return function(forecast, result)
    flat = forecast.reshape(-1, *inner)
    true = (
        np.broadcast_to(result, (*leading, *true_axes)).reshape(-1, *true_axes)
        if result.ndim > core[1]
        else result
    )
    step = max(1, size * BLOCK // max(1, int(np.prod(inner))))
    starts = range(0, len(flat), step)
    if len(starts) <= 1:
        return function(forecast, result)
    values = [
        function(flat[start : start + step], true[start : start + step] if result.ndim > core[1] else true)
        for start in starts
    ]
    joined = np.concatenate(values)
    return joined.reshape(*leading, *joined.shape[1:])


def in_place(values: Any) -> Any:
    """Place of every candidate along the last axis: 0 = highest; equals in the order of the array.

    Examples
    --------
    >>> in_place(np.array([21.3, 24.0, 20.0, 21.3]))
    array([1, 0, 3, 2])
    """
    order = np.argsort(-values, axis=-1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.broadcast_to(np.arange(values.shape[-1]), order.shape), axis=-1)
    return ranks
