"""Events and ranks against independent implementations: SciPy, and every tie broken by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, somersd, weightedtau

from pollbench.measures.events import leader_called, order_called, pair_called, qualification_called
from pollbench.measures.ranks import kendall_tau_b, pairwise_order, weighted_tau

RESULT = np.array([24.01, 21.30, 20.01, 19.58, 6.36])


def broken_by_lot(forecast: np.ndarray) -> list[np.ndarray]:
    """The finishing orders a forecast leaves open, each as often as a lot would draw it."""
    count = len(forecast)
    return [
        np.array(sorted(range(count), key=lambda k: (-forecast[k], lot[k])))
        for lot in permutations(range(count))
    ]


small_forecasts = st.lists(st.integers(0, 3), min_size=5, max_size=5).map(
    lambda each: np.array(each, dtype=float)
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(small_forecasts)
def test_leader_and_qualification_are_the_mean_over_all_ways_of_breaking_ties(forecast):
    orders = broken_by_lot(forecast)
    assert leader_called(forecast, RESULT) == pytest.approx(np.mean([order[0] == 0 for order in orders]))
    through = np.array([np.isin(np.arange(5), order[:2]) for order in orders])
    expected = (through == (np.arange(5) < 2)).mean(axis=0)
    np.testing.assert_allclose(qualification_called(forecast, RESULT), expected)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(small_forecasts, st.integers(1, 4))
def test_the_pair_gets_one_over_the_number_of_completions_if_one_is_right(forecast, places):
    completions = {frozenset(order[:places]) for order in broken_by_lot(forecast)}
    right = frozenset(range(places)) in completions
    assert pair_called(forecast, RESULT, places=places) == pytest.approx(right / len(completions))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(small_forecasts, st.integers(1, 5))
def test_an_order_is_called_when_some_way_of_breaking_ties_gives_it(forecast, first):
    if len(set(forecast)) == 1:
        assert np.isnan(order_called(forecast, RESULT, first=first))
        return
    possible = {tuple(order[:first]) for order in broken_by_lot(forecast)}
    assert order_called(forecast, RESULT, first=first) == float(tuple(range(first)) in possible)


def test_tau_b_equals_scipy_with_ties_on_both_sides():
    rng = np.random.default_rng(1)
    forecasts, results = rng.integers(0, 8, (300, 11)) / 2, rng.integers(0, 8, (300, 11)).astype(float)
    expected = [kendalltau(own, true).statistic for own, true in zip(forecasts, results, strict=True)]
    np.testing.assert_allclose(kendall_tau_b(forecasts, results), expected, atol=1e-14)


def test_weighted_tau_equals_scipy_with_the_places_of_the_result_as_ranks():
    rng = np.random.default_rng(2)
    forecasts = rng.integers(0, 8, (300, 11)) / 2
    results = rng.permuted(np.tile(np.arange(11.0), (300, 1)), axis=1)
    expected = [
        weightedtau(own, true, rank=(10 - true).astype(int)).statistic
        for own, true in zip(forecasts, results, strict=True)
    ]
    np.testing.assert_allclose(weighted_tau(forecasts, results), expected, atol=1e-14)


def test_pairwise_order_is_somers_d_of_the_forecast_given_the_result():
    """Somers' D = (C - D) / pairs not tied in the result; ours is (D + 1) / 2."""
    rng = np.random.default_rng(25)
    forecasts, results = rng.integers(0, 8, (100, 11)), rng.integers(0, 8, (100, 11))
    expected = [(somersd(true, own).statistic + 1) / 2 for own, true in zip(forecasts, results, strict=True)]
    np.testing.assert_allclose(pairwise_order(forecasts, results), expected, atol=1e-14)
