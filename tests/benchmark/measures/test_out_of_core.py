"""Arrays larger than what is held in memory: the same values, and never the whole array."""

from __future__ import annotations

import tracemalloc

import dask
import dask.array as da
import numpy as np
import pytest

from pollbench.measures import named

BLOCKS, ROWS, CANDIDATES = 80, 2_500, 11
RESULT = 100 * np.linspace(1, 11, CANDIDATES) / np.linspace(1, 11, CANDIDATES).sum()


def block(place: int) -> np.ndarray:
    """The forecasts of one block, drawn when they are asked for."""
    return 100 * np.random.default_rng(place).dirichlet(np.linspace(1, 11, CANDIDATES), ROWS)


def lazily() -> da.Array:
    """Two hundred thousand forecasts, 18 MB, none of them drawn yet."""
    delayed = [dask.delayed(block)(place) for place in range(BLOCKS)]
    parts = [da.from_delayed(each, shape=(ROWS, CANDIDATES), dtype=float) for each in delayed]
    return da.concatenate(parts)


@pytest.mark.parametrize("name", ["mae", "accuracy_b", "pair_called", "kendall_tau_b"])
def test_many_forecasts_are_scored_without_being_held(name):
    measure = named(name)
    scores = measure(lazily(), RESULT)
    with dask.config.set(scheduler="synchronous"):
        # What is imported at the first block is no forecast.
        scores[:1].compute()
        tracemalloc.start()
        total = float(scores.sum().compute())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    whole = BLOCKS * ROWS * CANDIDATES * 8
    assert peak < whole / 3
    expected = sum(float(measure(block(place), RESULT).sum()) for place in range(BLOCKS))
    assert total == pytest.approx(expected, rel=1e-12)
