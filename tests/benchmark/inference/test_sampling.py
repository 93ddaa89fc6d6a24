"""The distribution beside a score, against the figures of the design's trials."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.inference.sampling import (
    distribution_of,
    proportions,
    rounding_step,
    score_distribution,
    unbiased_samples,
)
from pollbench.measures.point import mae

# First round of 2017, per cent of 36,054,394 valid votes: Macron, Le Pen, Fillon, Mélenchon.
VOTES = np.array([8656346, 7678491, 7212995, 7059951])
RESULT = 100 * VOTES / 36054394


def test_unbiased_sample_of_elabes_size_scores_what_the_design_measured():
    distribution = score_distribution(mae, RESULT, n=1137, step=0.5)
    assert distribution.median == pytest.approx(0.93, abs=0.015)
    assert distribution.low == pytest.approx(0.35, abs=0.015)
    assert distribution.high == pytest.approx(1.70, abs=0.02)


def test_elabes_score_is_reached_by_one_unbiased_sample_in_a_thousand():
    elabe = float(mae(np.array([24.0, 21.5, 20.0, 19.5]), RESULT))
    distribution = score_distribution(mae, RESULT, n=1137, step=0.5, draws=200_000)
    assert elabe == pytest.approx(0.07, abs=0.006)
    assert distribution.share_at_or_below(elabe) == pytest.approx(0.1, abs=0.03)


def test_law_shrinks_with_the_square_root_of_n():
    small, large = (score_distribution(mae, RESULT, n=n, step=0.0) for n in (500, 8000))
    assert small.median / large.median == pytest.approx(4, rel=0.03)


def test_unbiased_samples_are_unbiased_and_rounded_as_the_house_rounds():
    drawn = unbiased_samples(RESULT, n=1000, step=0.5, draws=40_000, seed=3)
    assert np.allclose(drawn * 2, np.round(drawn * 2))
    assert np.abs(drawn.mean(axis=0) - RESULT).max() < 0.03
    expected = np.sqrt(RESULT * (100 - RESULT) / 1000 + 0.5**2 / 12)
    assert drawn.std(axis=0) == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize(
    ("figures", "step"),
    [
        ([24, 22, 19], 1.0),
        ([24, 21.5, 20], 0.5),
        ([24.1, 21.5], 0.1),
        ([20.03, 22.7], 0.01),
        ([1 / 3], 0.0),
        ([], 0.0),
        ([24, float("nan")], 1.0),
    ],
)
def test_rounding_step_is_the_coarsest_that_fits_all_figures(figures, step):
    assert rounding_step(figures) == step


def test_seed_decides_the_draws():
    one = unbiased_samples(RESULT, 500, 0.5, draws=50, seed=1)
    assert np.array_equal(one, unbiased_samples(RESULT, 500, 0.5, draws=50, seed=1))
    assert not np.array_equal(one, unbiased_samples(RESULT, 500, 0.5, draws=50, seed=2))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: unbiased_samples(RESULT, 0, 0.5), "at least one person"),
        (lambda: unbiased_samples([60, 60], 10, 0.5), "more than 100"),
        (lambda: unbiased_samples([60, -1], 10, 0.5), "shares of 0 or more"),
    ],
)
def test_what_means_nothing_is_refused_in_one_sentence(call, words):
    with pytest.raises(DomainError, match=words):
        call()


def test_the_rest_of_the_ballot_is_one_more_cell():
    assert proportions([60.0, 40.0], "a test").tolist() == [0.6, 0.4, 0.0]
    assert proportions([60.0, 0.5, 0.0], "a test") == pytest.approx([0.6, 0.005, 0.0, 0.395])
    assert proportions([60.0], "a test") == pytest.approx([0.6, 0.4])
    with pytest.raises(DomainError, match="one row of finite shares"):
        proportions([], "a test")
    with pytest.raises(DomainError, match="more than 100"):
        proportions([60.0, 40.5], "a test")


def test_a_sample_of_one_voter_is_a_sample():
    assert set(np.unique(unbiased_samples([60.0, 40.0], 1, 0.0, draws=50))) == {0, 100}


def test_half_of_the_samples_score_the_median_or_less():
    distribution = distribution_of([4.0, 1.0, 3.0, 2.0])
    assert [distribution.share_at_or_below(value) for value in (0.5, 2.0, 4.0)] == [0, 50, 100]
