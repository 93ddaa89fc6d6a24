"""Diebold-Mariano against R and Python implementations of others.

Source 1: R package forecast 8.20, ``dm.test(e1, e2, h = h, power = p, varestimator = v)``.
Source 2: Python package scores 2.7.0, ``diebold_mariano`` with method "HLN"; the same numbers
stand in its tests/stats/test_diebold_mariano.py at commit db96ff8.
"""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.inference.paired_tests import diebold_mariano

E1 = np.array([0.9, -1.2, 0.4, 2.1, -0.7, 1.5, -0.3, 0.8, -1.9, 0.6, 1.1, -0.5])
E2 = np.array([1.4, -0.9, 0.8, 1.7, -1.6, 2.2, -0.1, 1.3, -2.4, 0.2, 1.9, -1.0])


@pytest.mark.parametrize(
    ("horizon", "power", "variance", "expected"),
    [
        (1, 1, "acf", -2.107099476598901),
        (1, 2, "acf", -2.220615159793382),
        (2, 1, "acf", -5.093466032714376),
        (2, 2, "acf", -2.895509204876862),
        (2, 1, "bartlett", -2.544835141807089),
        (3, 2, "acf", -3.0779738025954337),
        (3, 1, "bartlett", -2.925559193480016),
        (3, 2, "bartlett", -2.338126121453577),
    ],
)
def test_statistic_is_that_of_r_forecast(horizon, power, variance, expected):
    loss = np.abs(E1) ** power - np.abs(E2) ** power
    statistic, _ = diebold_mariano(loss, range(12), horizon=horizon, variance=variance)
    assert statistic == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(
    ("horizon", "power", "expected"),
    [(1, 1, 0.058871986580952884), (1, 2, 0.048313365000140551), (2, 1, 0.00034757956057742003)],
)
def test_p_value_is_that_of_r_forecast(horizon, power, expected):
    loss = np.abs(E1) ** power - np.abs(E2) ** power
    assert diebold_mariano(loss, range(12), horizon=horizon)[1] == pytest.approx(expected, abs=1e-12)


def test_negative_variance_falls_back_to_one_step_as_r_does():
    loss = np.abs(E1) - np.abs(E2)
    assert diebold_mariano(loss, range(12), horizon=3) == diebold_mariano(loss, range(12), horizon=1)


@pytest.mark.parametrize(
    ("series", "horizon", "statistic", "confidence_above_zero"),
    [
        ([1, 2, 3, 4], 2, 2.23606797749979, 0.9443164226429581),
        ([2, 1, -3, -1, 0], 3, -0.3333333333333333, 0.3778115634892615),
    ],
)
def test_statistic_and_confidence_are_those_of_scores(series, horizon, statistic, confidence_above_zero):
    found, p_value = diebold_mariano(np.array(series, dtype=float), range(len(series)), horizon=horizon)
    assert found == pytest.approx(statistic, abs=1e-9)
    two_sided = 2 * min(confidence_above_zero, 1 - confidence_above_zero)
    assert p_value == pytest.approx(two_sided, abs=1e-9)
