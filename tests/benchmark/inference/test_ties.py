"""Equally good forecasters of one vote: two named beforehand, and a field behind its best."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pollbench.errors import DomainError
from pollbench.inference.ties import (
    difference_range,
    range_behind_best,
    scores_of_equals,
    tied_with_best,
)
from pollbench.measures.point import mae

# First round of 2017, per cent of 36,054,394 valid votes: Macron, Le Pen, Fillon, Mélenchon.
RESULT = 100 * np.array([8656346, 7678491, 7212995, 7059951]) / 36054394


@pytest.mark.parametrize(("common", "expected"), [(0.8, 1.4), (0.0, 2.2)])
def test_two_equally_good_forecasters_differ_by_what_the_design_measured(common, expected):
    assert difference_range(mae, RESULT, 290, common=common) == pytest.approx(expected, abs=0.04)


def test_forecasters_with_the_same_error_differ_by_nothing():
    assert difference_range(mae, RESULT, 290, common=1.0) == 0


def test_two_equally_good_forecasters_are_called_different_in_five_per_cent_of_votes():
    rng = np.random.default_rng(11)
    cells = np.append(RESULT, 100 - RESULT.sum()) / 100
    error = 100 * (rng.multinomial(290, cells, size=(2, 20_000)) / 290 - cells)[..., :4]
    difference = mae(RESULT + error[0], RESULT) - mae(RESULT + error[1], RESULT)
    reach = difference_range(mae, RESULT, 290, common=0.0)
    assert (np.abs(difference) > reach).mean() == pytest.approx(0.05, abs=0.006)


FIELD = [True] * 12 + [False] * 5


def test_the_range_behind_the_best_is_the_one_of_the_furthest_of_the_field():
    """Trials of 40,000 draws: 3.1 for the furthest of 12 polls, 3.3 of 5 others, 3.5 of all, 2.2 of nine polls."""
    scores = scores_of_equals(mae, RESULT, 290, FIELD, common=0.8)
    behind = scores - scores.min(axis=0)
    furthest = {
        "polls": np.quantile(behind[:12].max(axis=0), 0.95),
        "others": np.quantile(behind[12:].max(axis=0), 0.95),
        "all": np.quantile(behind.max(axis=0), 0.95),
    }
    assert furthest["polls"] == pytest.approx(3.1, abs=0.05)
    assert furthest["others"] == pytest.approx(3.3, abs=0.05)
    assert furthest["all"] == pytest.approx(3.5, abs=0.05)
    assert range_behind_best(mae, RESULT, 290, FIELD, common=0.8) == pytest.approx(furthest["all"])
    assert range_behind_best(mae, RESULT, 290, [True] * 9, common=0.8) == pytest.approx(2.2, abs=0.04)


def independent_field(common, draws, seed):
    """Scores of equals by a second route: Gaussian errors with the covariance of the multinomial."""
    rng = np.random.default_rng(seed)
    cells = RESULT / 100
    covariance = (np.diag(cells) - np.outer(cells, cells)) / 290
    error = 100 * rng.multivariate_normal(np.zeros(4), covariance, size=(18, draws))
    polls = np.sqrt(common) * error[0] + np.sqrt(1 - common) * error[1:13]
    return np.abs(np.concatenate([polls, error[13:]])).mean(axis=-1)


@pytest.mark.parametrize("common", [0.0, 0.75])
def test_one_field_of_equals_in_twenty_has_a_forecaster_beyond_the_range(common):
    scores = independent_field(common, 20_000, 17)
    reach = range_behind_best(mae, RESULT, 290, FIELD, common=common)
    beyond = scores.max(axis=0) - scores.min(axis=0) > reach
    assert beyond.mean() == pytest.approx(0.05, abs=0.008)


def test_ranges_of_two_named_beforehand_would_call_three_fields_of_equals_in_four_different():
    scores = independent_field(0.8, 20_000, 3)
    best = scores.argmin(axis=0)
    within = difference_range(mae, RESULT, 290, common=0.8)
    across = difference_range(mae, RESULT, 290, common=0.0)
    polls = np.array(FIELD)
    reach = np.where(polls[:, None] & polls[best], within, across)
    beyond = scores - scores.min(axis=0) > reach
    assert beyond.any(axis=0).mean() == pytest.approx(0.73, abs=0.04)


def test_the_range_grows_with_the_field_and_a_field_of_one_has_none():
    ranges = [range_behind_best(mae, RESULT, 290, [True] * size, common=0.8) for size in (1, 2, 5, 9)]
    assert ranges[0] == 0
    assert ranges == sorted(ranges)
    assert ranges[1] == pytest.approx(difference_range(mae, RESULT, 290, common=0.8))


def test_a_score_that_is_missing_is_tied_with_none():
    assert tied_with_best([float("nan"), 1.0], 1.0).tolist() == [False, True]
    assert tied_with_best([float("nan")], 1.0).tolist() == [False]


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [("lower", [True, True, False]), ("higher", [False, True, True]), ("zero", [True, True, False])],
)
def test_the_best_is_tied_whatever_the_direction(orientation, expected):
    assert tied_with_best([0.0, 1.0, 2.0], 1.0, orientation).tolist() == expected


@given(
    st.lists(st.floats(0, 20), min_size=1, max_size=12),
    st.floats(0.1, 3),
)
@settings(max_examples=100)
def test_the_tied_ones_are_those_within_the_range_and_stand_first(values, reach):
    tied = tied_with_best(values, reach)
    scores = np.array(values)
    assert scores[tied].max() - scores.min() <= reach + 1e-9
    assert (scores[~tied] > scores[tied].max()).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: difference_range(mae, RESULT, 290, common=1.2), "not within 0 to 1"),
        (lambda: difference_range(mae, RESULT, 0.2, common=0.2), "at least 1"),
    ],
)
def test_what_means_nothing_is_refused_in_one_sentence(call, words):
    with pytest.raises(DomainError, match=words):
        call()


@pytest.mark.parametrize(("common", "is_poll"), [(1.0, True), (0.0, True), (1.0, False)])
def test_equals_are_samples_of_the_result_whichever_error_they_have(common, is_poll):
    """Of 100 voters a candidate of half a per cent has none in 60.6 % of samples, and two or more in 9.0 %."""
    (figures,) = scores_of_equals(
        lambda figures, result: figures[:, 0], [0.5, 60.0], 100, [is_poll], common=common, draws=20_000
    )
    assert figures.round(9).tolist() == figures.round().tolist()
    assert (figures.round() == 0).mean() == pytest.approx(0.995**100, abs=0.012)
    assert (figures.round() >= 2).mean() == pytest.approx(1 - 0.995**100 - 0.5 * 0.995**99, abs=0.008)


def test_one_effective_answer_is_a_sample_and_a_field_of_none_has_no_range():
    assert scores_of_equals(mae, RESULT, 1, [True], common=0.5, draws=3).shape == (1, 3)
    assert range_behind_best(mae, RESULT, 290, [], common=0.8) == 0.0
