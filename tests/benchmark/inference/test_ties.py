"""The law between two scores: ranges and groups, against the figures of the design's trials."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pollbench.errors import DomainError
from pollbench.inference.ties import difference_range, tie_groups
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


def test_polls_are_set_apart_by_less_than_a_poll_and_an_outsider():
    scores = [0.07, 1.60, 2.15, 2.90]
    assert tie_groups(scores, [True, True, False, False], 1.4, 2.2) == [1, 2, 1, 2]


def test_whoever_has_no_score_is_in_no_group():
    assert tie_groups([float("nan"), 1.0], [True, True], 1.0, 2.0) == [0, 1]


@pytest.mark.parametrize(
    ("orientation", "expected"), [("lower", [1, 1, 2]), ("higher", [2, 1, 1]), ("zero", [1, 1, 2])]
)
def test_the_best_opens_the_first_group_whatever_the_direction(orientation, expected):
    assert tie_groups([0.0, 1.0, 2.0], [True] * 3, 1.0, 1.0, orientation) == expected


@given(
    st.lists(st.floats(0, 20), min_size=1, max_size=12),
    st.floats(0.1, 3),
)
@settings(max_examples=100)
def test_every_group_lies_within_reach_of_its_best_and_groups_follow_the_scores(values, reach):
    groups = np.array(tie_groups(values, [False] * len(values), reach, reach))
    scores = np.array(values)
    for group in range(1, groups.max() + 1):
        members = scores[groups == group]
        assert members.max() - members.min() <= reach + 1e-9
        if group > 1:
            assert members.min() > scores[groups == group - 1].max()


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


def test_a_field_of_equals_seldom_stays_in_one_group():
    """Why a later group is a hint: the best is named afterwards, and the ranges are those of two named before."""
    rng = np.random.default_rng(3)
    cells = np.append(RESULT, 100 - RESULT.sum()) / 100
    error = 100 * (rng.multinomial(290, cells, size=(18, 2_000)) / 290 - cells)[..., :4]
    together, polls, others = error[0], error[1:12], error[12:]
    scores = np.concatenate(
        [
            mae(RESULT + np.sqrt(0.8) * together + np.sqrt(0.2) * polls, RESULT),
            mae(RESULT + others, RESULT),
        ]
    )
    is_poll = [True] * 11 + [False] * 6
    split = [max(tie_groups(field.tolist(), is_poll, 1.39, 2.2)) > 1 for field in scores.T]
    assert np.mean(split) == pytest.approx(0.73, abs=0.04)
