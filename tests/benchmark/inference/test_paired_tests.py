"""Paired comparison over contests, and its refusal within one campaign."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError, PolicyError
from pollbench.inference.paired_tests import paired, paired_bootstrap, sign_flip


def test_sign_flip_counts_every_flip():
    differences = [0.3, -0.1, 0.8, 0.2, 0.5, -0.4, 0.9]
    flips = [abs(sum(d if code >> i & 1 else -d for i, d in enumerate(differences))) for code in range(2**7)]
    expected = np.mean([flip >= abs(sum(differences)) - 1e-12 for flip in flips])
    assert sign_flip(differences) == pytest.approx(expected)


def test_sign_flip_agrees_with_scipys_permutation_test():
    from scipy.stats import permutation_test

    rng = np.random.default_rng(5)
    one, two = rng.normal(size=9), rng.normal(0.7, 1, size=9)
    reference = permutation_test(
        (one, two), lambda a, b, axis: (a - b).mean(axis), permutation_type="samples", n_resamples=np.inf
    )
    assert sign_flip(one - two) == pytest.approx(reference.pvalue)


def test_drawn_flips_agree_with_counted_ones():
    rng = np.random.default_rng(2)
    differences = rng.normal(0.3, 1, size=24)
    from scipy.stats import ttest_1samp

    assert sign_flip(differences, resamples=50_000) == pytest.approx(
        ttest_1samp(differences, 0).pvalue, abs=0.01
    )


def test_false_alarms_are_as_rare_as_promised():
    rng = np.random.default_rng(3)
    p_values = [sign_flip(rng.standard_t(3, size=10)) for _ in range(400)]
    assert np.mean(np.array(p_values) <= 0.05) <= 0.08


def test_bootstrap_interval_agrees_with_scipy():
    from scipy.stats import bootstrap

    values = np.array([0.5, 0.2, 1.0, 0.4, -0.1, 0.9, 0.3])
    reference = bootstrap(
        (values,), np.mean, method="percentile", n_resamples=20_000, rng=np.random.default_rng(1)
    ).confidence_interval
    assert paired_bootstrap(values) == pytest.approx((reference.low, reference.high), abs=0.02)


@pytest.mark.parametrize("function", [sign_flip, paired_bootstrap])
def test_fewer_than_six_contests_are_refused(function):
    with pytest.raises(PolicyError, match="at least 6"):
        function([1.0, 2.0, 1.5, 0.5, 1.0])


def test_contest_that_one_forecaster_missed_is_left_out_for_both():
    both = paired([1, 2, 1, 2, 1, 2, 9], [2, 3, 3, 3, 2, 4, np.nan])
    assert both.contests == 6
    assert both.difference == pytest.approx(-8 / 6)
    assert both.low < both.difference < both.high < 0


def test_scores_of_different_contests_are_refused():
    with pytest.raises(DomainError, match="same contests"):
        paired([1, 2], [1, 2, 3])


@pytest.mark.parametrize("wrong", [[[0.1] * 8], [0.1] * 7 + [np.nan], [np.inf] + [0.1] * 7, [[np.nan] * 8]])
def test_differences_are_one_finite_number_per_contest(wrong):
    for function in (sign_flip, paired_bootstrap):
        with pytest.raises(DomainError, match="finite difference"):
            function(wrong)


@pytest.mark.parametrize("contests", [6, 21])
def test_without_any_difference_every_flip_is_as_far(contests):
    assert sign_flip([0.0] * contests) == 1


def test_twenty_contests_are_counted_and_twenty_one_drawn():
    assert sign_flip([0.5] * 20) == 2 / 2**20
    # None of the drawn flips is as far; the one that was observed is.
    assert sign_flip([0.5] * 21) == 1 / 20_001
    differences = np.linspace(-1, 1.5, 21)
    assert sign_flip(differences, resamples=500, seed=1) != sign_flip(differences, resamples=500, seed=2)
