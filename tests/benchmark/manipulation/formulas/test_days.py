"""Medians and trimmed means of days against drawn days."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.manipulation.formulas import days


@pytest.mark.parametrize(
    ("window", "burst"), [(7, 0), (7, 1), (7, 3), (7, 4), (10, 1), (10, 5), (10, 10), (1, 1)]
)
def test_expected_median_by_drawing_days(window, burst):
    generator = np.random.default_rng(20170423)
    drawn = generator.normal(50, 2, (200_000, window))
    drawn[:, :burst] += 10
    median = np.median(drawn, axis=1)
    expected = days.daily_median(50.0, 10.0, 2.0, window, burst)
    assert median.mean() == pytest.approx(expected, abs=4 * median.std() / np.sqrt(len(median)) + 1e-4)


@pytest.mark.parametrize(("burst", "trim"), [(0, 1), (1, 1), (4, 2), (9, 2), (10, 3)])
def test_trimmed_mean_by_trimming_days(burst, trim):
    figures = np.full(10, 50.0) + np.linspace(0, 1e-9, 10)
    figures[:burst] += 10
    kept = np.sort(figures)[trim : 10 - trim]
    assert days.trimmed_mean_shift(10.0, 10, burst, trim) == pytest.approx(kept.mean() - 50, abs=1e-6)


def test_a_mean_without_trimming_moves_by_the_part_of_the_days_that_are_shifted():
    assert days.trimmed_mean_shift(10.0, 5, 2, 0) == pytest.approx(4)
    assert days.trimmed_mean_shift(10.0, 5, 0, 2) == 0
    with pytest.raises(DomainError, match="Trimming -1 days"):
        days.trimmed_mean_shift(10.0, 5, 2, -1)


def test_impossible_windows_are_refused():
    with pytest.raises(DomainError):
        days.daily_median(50.0, 10.0, 2.0, 7, 8)
    with pytest.raises(DomainError):
        days.trimmed_mean_shift(1.0, 4, 1, 2)
    with pytest.raises(DomainError):
        days.daily_median(50.0, 10.0, 0.0, 7, 1)
    with pytest.raises(DomainError, match="window of 0"):
        days.median_variance_factor(0)
    with pytest.raises(DomainError, match="burst of 6 days in a window of 5"):
        days.trimmed_mean_shift(10.0, 5, 6, 0)
    with pytest.raises(DomainError, match="burst of -1 days"):
        days.trimmed_mean_shift(10.0, 5, -1, 0)


@pytest.mark.parametrize(("shift", "burst", "expected"), [(0.0, 0, 50), (-20.0, 1, 30), (20.0, 1, 70)])
def test_the_median_of_one_day_is_its_figure_however_wide_the_days_spread(shift, burst, expected):
    assert days.daily_median(50.0, shift, 3.0, 1, burst) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("window", [1, 2, 3, 4, 5, 10, 31])
def test_variance_of_a_median_of_days_by_drawing_them(window):
    drawn = np.random.default_rng(6).normal(0, 1, (200_000, window))
    simulated = window * np.median(drawn, axis=1).var()
    assert days.median_variance_factor(window) == pytest.approx(simulated, rel=0.015)


def test_variance_of_a_median_has_its_known_values():
    # For an odd number of days the normal order statistics give 3 x 0.4487 and 5 x 0.2868 (Sarhan and Greenberg 1962).
    assert days.median_variance_factor(2) == 1
    assert days.median_variance_factor(3) == pytest.approx(3 * 0.448671, abs=1e-4)
    assert days.median_variance_factor(5) == pytest.approx(5 * 0.286834, abs=1e-4)
    assert days.median_variance_factor(4) == pytest.approx(1.19, abs=0.005)
    assert days.median_variance_factor(10) == pytest.approx(1.38, abs=0.005)
    assert days.median_variance_factor(301) == pytest.approx(np.pi / 2, abs=0.01)
