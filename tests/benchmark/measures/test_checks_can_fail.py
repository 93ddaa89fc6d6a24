"""The checks of ``test_common.py`` can fail: each on a measure broken in the way it looks for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import measure_cases as cases
from pollbench.measures import Measure, named


def broken(name: str, function) -> Measure:
    return replace(named(name), function=function)


def test_a_measure_that_prefers_a_wrong_forecast_is_caught():
    shifted = broken("mae", lambda forecast, result: abs(forecast - result - 1).mean(axis=-1))
    with pytest.raises(AssertionError):
        cases.check_perfect_forecast_has(shifted, 0.0)
    with pytest.raises(AssertionError):
        cases.check_perfect_forecast_has(named("kendall_tau_b"), 0.9)


def test_a_measure_with_the_wrong_orientation_is_caught():
    with pytest.raises(AssertionError):
        cases.check_moving_towards_the_result(
            replace(named("leader_called"), orientation="lower"), "never worsens"
        )
    with pytest.raises(AssertionError):
        cases.check_moving_towards_the_result(named("leader_called"), "improves")
    with pytest.raises(AssertionError):
        cases.check_moving_towards_the_result(
            replace(named("variogram_score"), orientation="higher"), "improves on average"
        )


def test_a_measure_with_the_wrong_sign_is_caught():
    with pytest.raises(AssertionError):
        cases.check_positive_means_overestimated(broken("bias", lambda forecast, result: result - forecast))


def test_a_measure_that_depends_on_places_in_the_array_is_caught():
    first = broken("mae", lambda forecast, result: abs(forecast - result)[..., 0])
    with pytest.raises(AssertionError):
        cases.check_permuting_candidates(first, moves_with_them=False)
    with pytest.raises(AssertionError):
        cases.check_permuting_candidates(named("mae"), moves_with_them=True)


def test_a_measure_with_its_arguments_exchanged_is_caught():
    with pytest.raises(AssertionError):
        cases.check_exchange(named("kl_divergence"), 1.0)
    with pytest.raises(AssertionError):
        cases.check_exchange_matters(named("mae"))


def test_a_measure_that_averages_over_forecasts_is_caught():
    pooled = broken("mae", lambda forecast, result: abs(forecast - result).mean() + 0 * forecast[..., 0])
    with pytest.raises(AssertionError):
        cases.check_leading_axes(pooled)


def test_a_measure_that_pulls_a_lazy_array_into_memory_is_caught():
    eager = broken("mae", lambda forecast, result: np.asarray(abs(forecast - result)).mean(axis=-1))
    with pytest.raises(AssertionError):
        cases.check_lazy(eager)


def test_a_measure_on_the_wrong_scale_is_caught():
    with pytest.raises(AssertionError):
        cases.check_scale(named("mae"), 2)
