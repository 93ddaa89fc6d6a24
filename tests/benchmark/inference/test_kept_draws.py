"""Simulated numbers kept between runs: the same numbers, for the same measure, arguments and code alone."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench import cache
from pollbench.inference import sampling, ties
from pollbench.inference.kept_draws import KIND, kept_draws
from pollbench.measures.point import mae, rmse

FOUR = (24.0091, 21.2970, 20.0059, 19.5814)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / KIND


def simulated(function=mae, n=1137, seed=1):
    for kept in (sampling._score_distribution, ties._range_behind_best):
        kept.cache_clear()
    distribution = sampling.score_distribution(function, np.array(FOUR), n=n, draws=500, seed=seed)
    reach = ties.range_behind_best(
        function, FOUR, 290, [True] * 3 + [False], common=0.8, draws=500, seed=seed
    )
    return distribution.draws.tobytes(), distribution.low, distribution.median, distribution.high, reach


def test_kept_numbers_are_those_that_are_drawn(place, monkeypatch):
    first = simulated()
    assert len(list(place.iterdir())) == 2
    with monkeypatch.context() as patched:
        patched.setenv(cache.VARIABLE, "off")
        assert simulated() == first
    monkeypatch.setattr(sampling, "unbiased_samples", lambda *_: pytest.fail("drawn again"))
    monkeypatch.setattr(ties, "scores_of_equals", lambda *_, **__: pytest.fail("drawn again"))
    assert simulated() == first


@pytest.mark.parametrize("other", [{"function": rmse}, {"n": 1138}, {"seed": 2}])
def test_another_measure_sample_or_seed_has_numbers_of_its_own(place, other):
    assert simulated() != simulated(**other)


def test_a_measure_from_outside_the_package_is_never_kept(place):
    def own(forecast, result):
        return mae(forecast, result)

    assert simulated(own)[0] == simulated(mae)[0]
    kept = len(list(place.iterdir()))
    simulated(own)
    assert len(list(place.iterdir())) == kept == 2


@pytest.mark.parametrize("content", [b"", b"1234567"])
def test_an_entry_of_no_numbers_counts_as_absent(place, content):
    def make():
        return np.array([0.1, 2.0])

    assert kept_draws("a test", mae, (1,), make).tolist() == [0.1, 2.0]
    (entry,) = place.iterdir()
    cache.write(KIND, entry.stem, content)
    assert kept_draws("a test", mae, (1,), make).tolist() == [0.1, 2.0]
