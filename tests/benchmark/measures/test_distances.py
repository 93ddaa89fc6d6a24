"""The mean distance between samples, by blocks, against all pairs at once."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.measures import _arrays
from pollbench.measures._distances import ROWS, mean_distance


@pytest.mark.parametrize("samples", [1, ROWS - 1, ROWS, 2 * ROWS + 7])
@pytest.mark.parametrize("block", [1, 20_000])
def test_blocks_give_what_all_pairs_give(samples, block, monkeypatch):
    monkeypatch.setattr(_arrays, "BLOCK", block)
    generator = np.random.default_rng(20170423)
    drawn = 100 * generator.dirichlet([9, 8, 5, 1], (2, 3, samples))
    drawn[1, 0, samples // 2 :] = drawn[1, 0, : samples - samples // 2]
    weights = generator.dirichlet(np.ones(samples))
    apart = np.sqrt(((drawn[..., :, None, :] - drawn[..., None, :, :]) ** 2).sum(axis=-1))
    expected = np.einsum("...ij,i,j->...", apart, weights, weights)
    np.testing.assert_allclose(mean_distance(drawn, weights), expected, rtol=1e-12, atol=1e-13)


def test_no_forecast_has_no_distance():
    assert mean_distance(np.empty((0, 5, 3)), np.full(5, 0.2)).shape == (0,)
