"""Distances between the samples of one forecast, by matrix products of blocks that fit the cache of the processor."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from pollbench.measures import _arrays

#: Samples whose distances to all others are taken at a time: a product so small starts no threads.
ROWS = 32


def mean_distance(samples: Any, weights: Any) -> Any:
    r"""Weighted mean Euclidean distance between two samples, a sample with itself included.

    .. math:: \sum_{i,j} w_i w_j \|x_i - x_j\|

    Parameters
    ----------
    samples : array of shape (..., samples, candidates).
    weights : one weight a sample, adding up to 1.

    Returns
    -------
    array of shape (...), in the unit of the samples.
    """
    count, size = samples.shape[-2:]
    flat = samples.reshape(-1, count, size)
    mean = np.empty(len(flat))
    rows = min(ROWS, count)
    step = max(1, min(len(flat), _arrays.BLOCK // (rows * count)))
    room = np.empty(step * rows * count)
    for start in range(0, len(flat), step):
        mean[start : start + step] = _mean_distance_of_block(flat[start : start + step], weights, room)
    return mean.reshape(samples.shape[:-2])


def _mean_distance_of_block(block: Any, weights: Any, room: Any) -> Any:
    """The same of shape (forecasts, samples, candidates); pairs of two samples are taken once, in the room given."""
    count = block.shape[-2]
    # The squared lengths cancel in |x|^2 + |y|^2 - 2xy: take them from the middle, where they are short.
    block = block - block.mean(axis=-2, keepdims=True, dtype=float)
    square = (block**2).sum(axis=-1)
    one = np.ones_like(square)
    left = np.concatenate([-2 * block, square[..., None], one[..., None]], axis=-1)
    right = np.stack([*np.moveaxis(block, -1, 0), one, square], axis=-2)
    smallest = 2e-14 * square.max(axis=-1)
    total = np.zeros(len(block))
    for first in range(0, count, ROWS):
        last = min(first + ROWS, count)
        shape = (len(block), last - first, count - first)
        distance = room[: prod(shape)].reshape(shape)
        np.matmul(left[:, first:last], right[:, :, first:], out=distance)
        of_forecast = distance.reshape(len(block), -1)
        itself = of_forecast[:, :: count - first + 1]
        itself[:] = np.inf
        # What is left of equal samples after rounding is no distance; where none can be that close, none is sought.
        if (of_forecast.min(axis=-1) < smallest).any():
            both = square[:, first:last, None] + square[:, None, first:]
            distance[distance < 1e-14 * both] = 0.0
        itself[:] = 0.0
        np.sqrt(distance, out=distance)
        # A pair of two blocks of rows counts twice; einsum, unlike a product, starts no threads for so little.
        twice = np.concatenate([weights[first:last], 2 * weights[last:]])
        total += np.einsum("bij,j->bi", distance, twice) @ weights[first:last]
    return total
