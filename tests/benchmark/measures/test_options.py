"""Options of single measures, their refusals in one sentence, and the helpers beside the measures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pollbench.errors import DomainError, PolicyError
from pollbench.measures import _arrays, skill
from pollbench.measures.composition import kl_divergence
from pollbench.measures.densities import crps_normal, dawid_sebastiani_joint
from pollbench.measures.effective_sample import data_defect_correlation, effective_ratio_distribution
from pollbench.measures.events import pair_called, qualification_called
from pollbench.measures.log_ratio import aitchison_distance, replace_zeros
from pollbench.measures.predictive_accuracy import accuracy_a, respondents_in
from pollbench.measures.probability import brier_classes, ranked_probability_score
from pollbench.measures.quantiles import (
    coverage,
    quantile_score,
    weighted_interval_score,
)
from pollbench.measures.samples import crps_samples, energy_score, variogram_score
from pollbench.measures.sampling_error import lead_margin, share_margin

RESULT = np.array([50.0, 30.0, 20.0])
SAMPLES = np.array([[48.0, 32, 20], [52, 29, 19], [50, 30, 20]])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 12.5, 30.0]), min_size=3, max_size=12),
    st.sampled_from([0.1, 0.5, 1.0]),
)
def test_replacing_zeros_keeps_the_total_and_the_ratios_of_the_rest(values, step):
    shares = np.array(values)
    zeros = shares == 0
    if zeros.sum() * step / 2 >= shares.sum():
        with pytest.raises(DomainError, match="no room"):
            replace_zeros(shares, step=step)
        return
    replaced = replace_zeros(shares, step=step)
    assert replaced.sum() == pytest.approx(shares.sum())
    assert (replaced[zeros] == step / 2).all()
    np.testing.assert_allclose(
        replaced[~zeros] * shares[~zeros].sum(), shares[~zeros] * replaced[~zeros].sum()
    )


def test_a_zero_is_refused_with_the_remedy_and_taken_after_it():
    published = np.array([60.0, 40.0, 0.0])
    for function in (aitchison_distance, kl_divergence):
        with pytest.raises(DomainError, match="replace_zeros"):
            function(published, RESULT)
        assert np.isfinite(function(replace_zeros(published, step=0.5), RESULT))


@pytest.mark.parametrize("step", [0.0, -0.5, float("nan")])
def test_a_publishing_step_must_be_above_zero(step):
    with pytest.raises(DomainError, match="step must be above 0"):
        replace_zeros(RESULT, step=step)


def test_respondents_of_a_subset_are_those_who_chose_one_of_it():
    shares = np.array([[24.0, 22, 19, 19], [20.0, 20, 20, 20]])
    np.testing.assert_allclose(respondents_in(shares, np.array([1000, 500])), [840, 400])


def test_a_of_the_first_two_does_not_care_about_a_third_or_the_undecided():
    whole, duel = np.array([40.0, 30, 10]), np.array([40.0, 30])
    assert accuracy_a(whole, RESULT) == pytest.approx(accuracy_a(2 * duel, RESULT[:2]))


def test_skill_sums_before_it_divides():
    scores, reference = np.array([1.0, 4.0]), np.array([4.0, 5.0])
    assert skill(scores, reference, axis=0) == pytest.approx(1 - 5 / 9)
    np.testing.assert_allclose(skill(scores, reference), [0.75, 0.2])


def test_skill_has_no_value_against_a_perfect_reference():
    assert np.isnan(skill(np.array([1.0]), np.array([0.0]))).all()


@pytest.mark.parametrize("orientation", ["zero", "higher", "none"])
def test_skill_refuses_what_is_not_better_when_lower(orientation):
    with pytest.raises(PolicyError, match="lower is better"):
        skill(np.array([1.0]), np.array([2.0]), orientation=orientation)


@pytest.mark.parametrize("score", [-1.0, np.nan])
def test_skill_refuses_missing_and_negative_scores(score):
    with pytest.raises(DomainError, match="missing or negative"):
        skill(np.array([score]), np.array([2.0]))


@pytest.mark.parametrize("function", [crps_samples, energy_score])
def test_weights_and_estimators_that_mean_nothing_are_refused(function):
    with pytest.raises(DomainError, match="no fair form"):
        function(SAMPLES, RESULT, estimator="fair", weights=[1, 1, 1])
    with pytest.raises(DomainError, match="'ensemble' or 'fair'"):
        function(SAMPLES, RESULT, estimator="unbiased")
    with pytest.raises(DomainError, match="at least 2 samples"):
        function(SAMPLES[:1], RESULT, estimator="fair")
    for weights in ([1, 1], [1, 1, -1], [0, 0, 0], [1, 1, np.nan]):
        with pytest.raises(DomainError, match="3 numbers, none negative"):
            function(SAMPLES, RESULT, weights=weights)


def test_equal_weights_are_no_weights():
    for function in (crps_samples, energy_score, variogram_score):
        np.testing.assert_allclose(function(SAMPLES, RESULT, weights=[2, 2, 2]), function(SAMPLES, RESULT))


def test_samples_need_an_axis_of_their_own():
    with pytest.raises(DomainError, match="samples, candidates"):
        crps_samples(RESULT, RESULT)


@pytest.mark.parametrize("block", [1, 40, 15**2 * 3, 10**6])
@pytest.mark.parametrize("weights", [None, np.arange(1.0, 16.0)])
@pytest.mark.parametrize("function", [energy_score, crps_samples])
def test_scores_of_samples_do_not_depend_on_the_size_of_their_blocks(monkeypatch, function, weights, block):
    many = np.random.default_rng(26).dirichlet([5, 3, 2], (4, 5, 15)) * 100
    results = np.random.default_rng(27).dirichlet([5, 3, 2], (4, 5)) * 100
    whole = [function(many, result, weights=weights) for result in (RESULT, results, results[:, :1])]
    one_by_one = [
        [function(samples, true, weights=weights) for samples, true in zip(*pair, strict=True)]
        for pair in zip(many, results, strict=True)
    ]
    np.testing.assert_allclose(whole[1], one_by_one, rtol=1e-13)
    monkeypatch.setattr(_arrays, "BLOCK", block)
    blockwise = [function(many, result, weights=weights) for result in (RESULT, results, results[:, :1])]
    for one, other in zip(blockwise, whole, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-13)
    np.testing.assert_allclose(
        function(many[0, 0], results, weights=weights),
        [[function(many[0, 0], true, weights=weights) for true in row] for row in results],
        rtol=1e-13,
    )


@pytest.mark.parametrize("scale", [1.0, 1e-6, 1e6])
def test_the_energy_score_takes_equal_and_nearly_equal_samples(scale):
    rng = np.random.default_rng(28)
    base = rng.dirichlet([5, 3, 2], 7) * 100
    samples = np.concatenate([base, base, base[:3] + 1e-5 * rng.normal(size=(3, 3))]) * scale
    pairs = np.linalg.norm(samples[:, None] - samples[None], axis=-1).mean()
    expected = np.linalg.norm(samples - RESULT * scale, axis=-1).mean() - pairs / 2
    assert energy_score(samples, RESULT * scale) == pytest.approx(expected, rel=1e-7)
    assert energy_score(np.repeat(base[:1], 9, axis=0), base[0]) == 0.0


def test_the_variogram_score_refuses_orders_and_pairs_that_do_not_fit():
    with pytest.raises(DomainError, match="order must be above 0"):
        variogram_score(SAMPLES, RESULT, order=0)
    with pytest.raises(DomainError, match=r"shape \(3, 3\)"):
        variogram_score(SAMPLES, RESULT, pair_weights=np.ones((2, 2)))


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ((0.5, 0.1, 0.9), "levels must rise"),
        ((10, 50, 90), "proportions between 0 and 1"),
        ((0.1, 0.9), "shape"),
        ((0.2, 0.6, 0.9), "symmetric"),
    ],
)
def test_levels_that_do_not_fit_are_refused(levels, message):
    quantiles = np.sort(SAMPLES, axis=0)
    with pytest.raises(DomainError, match=message):
        weighted_interval_score(quantiles, RESULT, levels=levels)


def test_crossing_quantiles_and_turned_intervals_are_refused():
    with pytest.raises(DomainError, match="higher level lies below"):
        quantile_score(np.array([[30.0], [20.0]]), np.array([25.0]), levels=(0.1, 0.9))
    with pytest.raises(DomainError, match="above its upper end"):
        coverage(np.array([[30.0], [20.0]]), np.array([25.0]), level=0.9)
    with pytest.raises(DomainError, match="proportion between 0 and 1"):
        coverage(np.array([[20.0], [30.0]]), np.array([25.0]), level=95)
    with pytest.raises(DomainError, match="lower end first"):
        coverage(np.array([20.0, 30.0]), np.array([25.0]), level=0.9)


def test_one_more_candidate_than_places_suffices():
    assert qualification_called([50.0, 30, 20], [40.0, 35, 25], places=2).tolist() == [1, 1, 1]
    with pytest.raises(DomainError, match="at least 3 candidates"):
        qualification_called([60.0, 40], [60.0, 40], places=2)


def test_a_result_a_little_above_the_whole_is_drawn_from_as_a_whole():
    above = effective_ratio_distribution((60.0, 40.4), seed=1)
    alone = effective_ratio_distribution((60.0, 40.4), seed=1, rest=False)
    assert len(above) == len(alone)
    np.testing.assert_array_equal(alone, effective_ratio_distribution((30.0, 20.2), seed=1, rest=False))


def test_spreads_that_are_none_are_refused():
    with pytest.raises(DomainError, match="standard deviation must be above 0"):
        crps_normal(RESULT, RESULT, deviation=0)
    singular = np.cov(SAMPLES, rowvar=False)
    with pytest.raises(DomainError, match="leave one candidate out"):
        dawid_sebastiani_joint(RESULT, RESULT, covariance=singular)
    with pytest.raises(DomainError, match="must have the shape"):
        dawid_sebastiani_joint(RESULT, RESULT, covariance=np.eye(2))


def test_probabilities_of_classes_must_be_complete_and_one_must_come_true():
    with pytest.raises(DomainError, match="renormalise"):
        brier_classes(np.array([50.0, 30.0, 19.0]), np.array([1, 0, 0]))
    with pytest.raises(DomainError, match="exactly one"):
        ranked_probability_score(np.array([50.0, 30.0, 20.0]), np.array([1, 1, 0]))
    with pytest.raises(DomainError, match="between 0 and 100"):
        brier_classes(np.array([120.0, -20.0, 0.0]), np.array([1, 0, 0]))
    with pytest.raises(DomainError, match="outcomes"):
        brier_classes(np.array([50.0, 30.0, 20.0]), np.array([100, 0, 0]))


def test_more_persons_counted_than_there_are_voters_is_refused():
    for n in (100, 101):
        with pytest.raises(DomainError, match="fewer persons"):
            data_defect_correlation(RESULT, RESULT, n=n, population=100)
    with pytest.raises(DomainError, match="fewer persons"):
        data_defect_correlation(RESULT[None], RESULT, n=np.array([101]), population=100)


def test_a_choice_of_all_candidates_is_no_choice():
    with pytest.raises(DomainError, match="at least 4 candidates"):
        pair_called(RESULT, RESULT, places=3)


def test_margins_of_error_refuse_what_is_no_share_and_no_sample():
    with pytest.raises(DomainError, match="between 0 and 100"):
        share_margin(120.0, 1000)
    with pytest.raises(DomainError, match="n must be above 0"):
        lead_margin(50.0, 50.0, 0)
