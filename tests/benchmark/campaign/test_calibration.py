"""Calibration in the order of time, and what a distance from the polls said."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.campaign.calibration import (
    blend_weight,
    calibrated,
    calibration_table,
    distance_says_table,
    releases_and_polls,
)
from pollbench.errors import CoverageError

FIRST = "fr-pres-2017-r1"
HOUSE = ((FIRST, "filteris"), ("fr-pres-2022-r1", "qotmii"))


def test_steady_shift_is_learnt():
    rng = np.random.default_rng(1)
    polls = np.array([24.0, 22, 19, 18]) + rng.normal(0, 1, (8, 4)).cumsum(axis=0)
    shift = np.array([-4.0, 2, 2, 1])
    predicted = calibrated(polls[:7] + shift, polls[:7], polls[7] + shift)
    assert np.abs(predicted - polls[7]).mean() < 0.35


def test_calibration_agrees_with_least_squares_by_hand():
    rng = np.random.default_rng(2)
    own, polls = 20 + rng.normal(0, 2, (6, 3)), 20 + rng.normal(0, 2, (6, 3))
    # Ridge with one column per candidate and one slope, intercept free.
    shifts = np.tile(np.eye(3), (6, 1))
    design = np.column_stack([shifts, own.ravel()])
    centred = design - design.mean(axis=0)
    answer = np.linalg.solve(
        centred.T @ centred + 0.1 * np.eye(4), centred.T @ (polls.ravel() - polls.mean())
    )
    new = np.array([19.0, 21.0, 22.0])
    by_hand = polls.mean() + (np.column_stack([np.eye(3), new]) - design.mean(axis=0)) @ answer
    assert calibrated(own, polls, new) == pytest.approx(by_hand)


def test_nothing_later_enters_a_calibration(bench):
    table = calibration_table(bench, FIRST, "filteris")
    assert table.public_on.is_monotonic_increasing
    assert (table.trained_on.diff().dropna() == 1).all()
    assert table.trained_on.iloc[0] == 3
    # Predicting a release by hand from those before it gives the same distance.
    comparison, own, polls = releases_and_polls(bench, FIRST, "filteris")
    assert comparison.forecasts.forecast_id.iloc[-1] == "filteris-2017-04-21-b"
    predicted = calibrated(own[:-1], polls[:-1], own[-1])
    assert table.distance_calibrated.iloc[-1] == pytest.approx(np.abs(predicted - comparison.result).mean())


def test_filteris_could_have_been_calibrated_to_the_polls_but_not_beyond_them(bench):
    table = calibration_table(bench, FIRST, "filteris")
    assert (table.from_polls_calibrated < table.from_polls_raw).all()
    assert (table.distance_calibrated < table.distance_raw).all()
    assert (table.distance_calibrated > table.distance_polls).all()


def test_blend_weight_is_the_one_that_errs_least():
    rng = np.random.default_rng(3)
    distance, error = rng.normal(size=5), rng.normal(size=5)
    weights = np.linspace(-5, 5, 20_001)
    squared = ((error - weights[:, None] * distance) ** 2).sum(axis=1)
    assert blend_weight(distance, error) == pytest.approx(weights[squared.argmin()], abs=1e-3)
    assert np.isnan(blend_weight([0.0, 0.0], [1.0, 1.0]))


def test_only_weights_of_earlier_elections_are_used(all_elections):
    table = distance_says_table(all_elections, HOUSE)
    assert np.isnan(table.learnt_weight[0])
    assert table.learnt_weight[1] == table.weight[0]
    assert "no proof" in table.sentence[1]
    assert table.error_blended[1] > table.error_polls[1]


def test_single_release_cannot_be_calibrated(bench):
    with pytest.raises(
        CoverageError, match="Releases of predict-the-president about fr-pres-2017-r1 beside polls: 1;"
    ):
        calibration_table(bench, FIRST, "predict-the-president")


def test_forecaster_without_shares_says_so(bench):
    with pytest.raises(CoverageError, match="gov has no release"):
        calibration_table(bench, FIRST, "gov")
