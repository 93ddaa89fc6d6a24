"""Edges of the measures by hand: where a share is 0 or 100, a sum is small, an axis is missing, a check is the only one."""

from __future__ import annotations

import dask.array as da
import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.measures import _arrays, named, skill
from pollbench.measures._distances import mean_distance
from pollbench.measures.composition import kl_divergence
from pollbench.measures.densities import (
    crps_dirichlet,
    dawid_sebastiani_joint,
    dirichlet_log_score,
    pit_dirichlet,
)
from pollbench.measures.effective_sample import (
    data_defect_correlation,
    defect_design_effect,
    effective_ratio_distribution,
    effective_sample_size,
)
from pollbench.measures.events import qualification_called
from pollbench.measures.lead import margin_error, two_candidate_share_error
from pollbench.measures.log_ratio import aitchison_distance, replace_zeros
from pollbench.measures.no_bias import pearson_test
from pollbench.measures.point import mae
from pollbench.measures.predictive_accuracy import accuracy_a_prime
from pollbench.measures.probability import (
    brier,
    brier_classes,
    log_score,
    log_score_classes,
    ranked_log_score,
    ranked_probability_score,
)
from pollbench.measures.quantiles import coverage, quantile_score, weighted_interval_score
from pollbench.measures.ranks import kendall_tau_b, pairwise_order
from pollbench.measures.samples import crps_samples, variogram_score
from pollbench.measures.sampling_error import lead_margin, outside_margin, sampling_excess, share_margin

TWO = np.array([55.0, 45.0])


@pytest.mark.parametrize(
    ("block", "forecast", "result", "calls"),
    [
        (8, (5, 4), (4,), [(2, 4), (2, 4), (1, 4)]),
        (8, (4, 4), (4,), [(2, 4), (2, 4)]),
        (1, (2, 4), (4,), [(1, 4), (1, 4)]),
        (4, (8, 1), (1,), [(4, 1), (4, 1)]),
        (8, (2, 2, 4), (2, 4), [(2, 4), (2, 4)]),
        # Nothing to divide: one forecast, one forecast against many results, all within one block.
        (8, (4,), (4,), [(4,)]),
        (8, (1, 4), (7, 4), [(1, 4)]),
        (100, (2, 2, 4), (4,), [(2, 2, 4)]),
    ],
)
def test_work_is_divided_into_blocks_that_fit(monkeypatch, block, forecast, result, calls):
    monkeypatch.setattr(_arrays, "BLOCK", block)
    shapes = []

    def gap(one, two):
        shapes.append(one.shape)
        return (one - two).sum(axis=-1)

    one, two = (
        np.arange(float(np.prod(forecast))).reshape(forecast),
        np.arange(float(np.prod(result))).reshape(result),
    )
    values = _arrays.by_blocks(gap, one, two, core=(1, 1))
    np.testing.assert_array_equal(values, (one - two).sum(axis=-1))
    assert shapes == calls


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: mae(5.0, TWO), "single number has none"),
        (lambda: mae(TWO, 5.0), "single number has none"),
        (lambda: kendall_tau_b([1.0], [1.0]), "an order needs at least 2"),
        (lambda: margin_error([50.0], [50.0]), "a lead needs at least 2"),
        (lambda: aitchison_distance([5.0], [5.0]), "aitchison_distance: a composition needs at least 2"),
        (lambda: pearson_test([5.0], [5.0], n=100), "a test of shares needs at least 2"),
        (lambda: accuracy_a_prime([5.0], [5.0]), "a ratio of shares needs at least 2"),
        (lambda: brier_classes([100.0], [1.0]), "a choice needs at least 2"),
        (lambda: share_margin([50.0, 50.0], [100, 200, 300]), "do not meet"),
        (lambda: share_margin(100.5, 100), "between 0 and 100"),
        (lambda: outside_margin(TWO, TWO, n=0), "outside_margin: n must be above 0"),
        (
            lambda: named("accuracy_a_prime").interval(TWO, TWO, n=np.array(0.0)),
            "accuracy_a_prime: n must be",
        ),
        (lambda: named("accuracy_a").interval(TWO, TWO, n=np.array(0.0)), "accuracy_a: n must be"),
        (lambda: brier([np.nan], [1.0]), "NaN"),
        (lambda: brier([100.5], [1.0]), "between 0 and 100"),
        (lambda: replace_zeros([60.0, np.nan, 40.0], step=0.5), "NaN"),
        (lambda: replace_zeros([60.0, -1.0, 41.0], step=0.5), "negative"),
        (lambda: replace_zeros([0.25, 0.0], step=0.5), "no room"),
        (lambda: crps_dirichlet([1.0, 1.0], [np.nan, 50.0]), "NaN"),
        (lambda: crps_dirichlet([0.0, 5.0], TWO), "concentration must be above 0"),
        (lambda: crps_dirichlet([5.0, 5.0], [100.5, 0.0]), "between 0 and 100"),
        (lambda: pit_dirichlet([1.0, 1.0], [120.0, -20.0]), "between 0 and 100"),
        (lambda: dirichlet_log_score([1.0, 1.0], [100.0, 0.0]), "a share of 0"),
        (lambda: quantile_score([[5.0]], [5.0], levels=[0.0]), "proportions between 0 and 1"),
        (lambda: quantile_score([[5.0]], [5.0], levels=[1.0]), "proportions between 0 and 1"),
        (lambda: quantile_score([[5.0]], [5.0], levels=[1.5]), "proportions between 0 and 1"),
        (lambda: quantile_score([[5.0], [6.0]], [5.0], levels=[0.5, 0.5]), "must rise"),
        (lambda: quantile_score([[1.0], [5.0], [3.0]], [5.0], levels=[0.1, 0.5, 0.9]), "lies below"),
        (lambda: weighted_interval_score([[5.0], [6.0]], [5.0], levels=[0.25, 0.75]), "hold the median"),
        *(
            (lambda level=level: coverage([[5.0], [6.0]], [5.0], level=level), "proportion")
            for level in (0, 1, 1.5)
        ),
    ],
)
def test_what_only_one_check_sees_is_refused(call, words):
    with pytest.raises(DomainError, match=words):
        call()


@pytest.mark.parametrize(
    ("scale", "refused"),
    [
        ([0.0, 0.0, 0.0], True),
        ([1e-7, 1e-7, 1e7], True),
        ([1e-3, 1e-3, 1e7], False),
        ([1e7, 1e7, 1e7], False),
    ],
)
def test_a_covariance_is_singular_by_the_ratio_of_its_ends(scale, refused):
    three = np.array([50.0, 30.0, 20.0])
    if refused:
        with pytest.raises(DomainError, match="singular"):
            dawid_sebastiani_joint(three, three, covariance=np.diag(scale))
    else:
        value = dawid_sebastiani_joint(three, three, covariance=np.diag(scale))
        assert value == pytest.approx(np.log(scale).sum())


def test_each_forecast_may_have_a_covariance_of_its_own():
    covariances = np.array([np.diag([1.0, 4.0]), np.diag([9.0, 1.0])])
    values = dawid_sebastiani_joint(np.stack([TWO, TWO]), np.array([56.0, 43.0]), covariance=covariances)
    assert values == pytest.approx([1 + 4 / 4 + np.log(4), 1 / 9 + 4 + np.log(9)])


def test_shares_and_sizes_at_their_ends_are_taken():
    assert share_margin(50.0, 1, z=1) == 50
    assert [float(share_margin(share, 100, z=1)) for share in (0.0, 100.0)] == [0, 0]
    assert share_margin(0.5, 100, z=1) == pytest.approx(np.sqrt(0.5 * 99.5 / 100))
    assert np.isfinite(crps_dirichlet([5.0, 5.0], [0.0, 100.0])).all()
    assert kl_divergence([99.5, 0.5], [99.0, 1.0]) == pytest.approx(
        0.99 * np.log(99 / 99.5) + 0.01 * np.log(2)
    )
    assert data_defect_correlation(TWO, TWO, n=100, population=101).tolist() == [0, 0]
    assert coverage([[20.0, 20], [25.0, 25]], [20.0, 25.0], level=0.9) == 100


def test_the_margin_of_a_wide_lead():
    """Var of a difference of two shares, 60 and 20 of 1,000: (80 - 16) per cent squared over n."""
    assert lead_margin(60.0, 20.0, 1000, z=1) == pytest.approx(np.sqrt(100 * 64 / 1000))


def test_the_excess_of_small_shares_and_of_none():
    excess = sampling_excess(np.array([[99.8, 0.2]]), np.array([99.9, 0.1]), n=np.array([1000]))
    assert excess == pytest.approx(np.sqrt(0.02 / (2 * 99.9 * 0.1 / 1000)))
    assert np.isnan(sampling_excess(np.array([[100.0, 0.0]]), np.array([100.0, 0.0]), n=np.array([1000])))


def test_a_set_may_have_a_result_for_each_forecast():
    rng = np.random.default_rng(3)
    forecast, sizes = rng.dirichlet([5.0, 4, 3], (3, 4)) * 100, np.full((3, 4), 900)
    one = np.array([50.0, 30.0, 20.0])
    expected = sampling_excess(forecast, one, n=sizes)
    assert sampling_excess(forecast, np.broadcast_to(one, (4, 3)), n=sizes) == pytest.approx(expected)


def test_the_share_among_two_of_small_figures_and_ties():
    assert two_candidate_share_error([0.4, 0.4, 99.2], [50.0, 30.0, 20.0]) == pytest.approx(50 - 62.5)
    assert two_candidate_share_error([50.0, 50.0, 0.0], [0.4, 0.2, 0.1]) == pytest.approx(50 - 200 / 3)
    assert two_candidate_share_error([48.0, 48.0], [50.0, 50.0]) == 0
    assert np.isnan(two_candidate_share_error([0.0, 0.0, 100.0], [50.0, 30.0, 20.0]))
    assert np.isnan(two_candidate_share_error([50.0, 50.0], [0.0, 0.0]))


def test_orders_of_a_single_pair_and_of_none():
    for measure in (pairwise_order, kendall_tau_b):
        assert measure([1.0, 2.0], [1.0, 2.0]) == 1
        assert np.isnan(measure([1.0, 2.0, 3.0], [5.0, 5.0, 5.0]))


def test_zeros_of_several_forecasts_are_filled_at_once():
    filled = replace_zeros(np.array([[60.0, 40.0, 0.0], [50.0, 0.0, 0.0], [30.0, 30.0, 40.0]]), step=0.5)
    np.testing.assert_allclose(filled, [[59.85, 39.9, 0.25], [49.5, 0.25, 0.25], [30.0, 30.0, 40.0]])


def test_the_test_of_two_shares_by_hand():
    """60 of 100 against 50: chi-squared 4, p 0.0455."""
    test = pearson_test([60.0, 40.0], [50.0, 50.0], n=100)
    assert test[""] == pytest.approx(4)
    assert test["p"] == pytest.approx(0.0455, abs=5e-5)


def test_skill_of_small_scores_and_axes():
    assert skill([0.1], [0.5]) == pytest.approx(0.8)
    assert skill([[1.0, 1.0], [2.0, 2.0]], [[4.0, 2.0], [4.0, 4.0]], axis=-2) == pytest.approx(
        [1 - 3 / 8, 1 - 3 / 6]
    )
    for axis in (2, 5, -3, 1.0):
        with pytest.raises(DomainError, match="axis is"):
            skill([[1.0]], [[2.0]], axis=axis)


def test_shares_beyond_100_are_scaled_before_the_rest_is_taken():
    result = np.array([55.0, 45.0])
    assert effective_sample_size([66.0, 44.0], result) == pytest.approx(
        effective_sample_size([60.0, 40.0], result)
    )
    assert effective_sample_size([60.0, 40.0], result) == pytest.approx((1 - 0.505) / 0.005)


def test_the_interval_of_the_effective_size_counts_the_rest_of_the_ballot():
    interval = named("effective_sample_size").interval
    forecast, result = np.array([24.0, 21.5]), np.array([24.01, 21.30])
    assert interval(forecast, result, seed=1) == interval(forecast, result, seed=1, rest=True)
    assert interval(forecast, result, seed=1) != interval(forecast, result, seed=1, rest=False)


def test_draws_that_hit_the_result_are_worth_infinitely_many():
    ratios = effective_ratio_distribution((50.0, 50.0), seed=1, rest=False, draws=2000)
    assert np.isinf(ratios[-1])
    assert np.isfinite(ratios).mean() > 0.9


def test_the_defect_in_a_small_population_by_hand():
    """60 for 50 of 10 among 101: rho is 0.2 sqrt(10 / 91)."""
    arguments = {"n": 10, "population": 101}
    rho = data_defect_correlation([60.0], [50.0], **arguments)
    assert rho == pytest.approx(0.2 * np.sqrt(10 / 91))
    assert defect_design_effect([60.0], [50.0], **arguments) == pytest.approx(100 * 0.04 * 10 / 91)
    low, high = named("data_defect_correlation").interval(np.array([60.0]), np.array([50.0]), **arguments)
    assert low == pytest.approx(rho - 0.1959964, abs=1e-7)
    assert high == pytest.approx(rho + 0.1959964, abs=1e-7)


def test_who_went_through_in_several_votes():
    forecast = np.array([[50.0, 30.0, 20.0], [50.0, 30.0, 30.0]])
    result = np.array([[50.0, 20.0, 30.0], [40.0, 35.0, 25.0]])
    values = [qualification_called(one, two, places=2) for one, two in zip(forecast, result, strict=True)]
    np.testing.assert_array_equal(qualification_called(forecast, result, places=2), values)
    np.testing.assert_array_equal(values, [[1, 0, 0], [1, 0.5, 0.5]])


def test_certain_and_right_scores_a_plain_zero():
    for value in (
        log_score([100.0], [1.0])[0],
        log_score_classes([100.0, 0.0], [1.0, 0.0]),
        ranked_log_score([100.0, 0.0], [1.0, 0.0]),
    ):
        assert value == 0
        assert not np.signbit(value)


def test_ranked_scores_by_hand():
    forecast, outcome = np.array([1.0, 32.0, 44.0, 23.0]), np.array([0.0, 0.0, 1.0, 0.0])
    assert ranked_log_score(forecast, outcome) == pytest.approx(-np.log(0.99) - np.log(0.67) - np.log(0.77))
    total = 0.01**2 + 0.33**2 + 0.23**2
    for leading in ((), (5,), (2, 3)):
        several = np.broadcast_to(forecast, (*leading, 4))
        np.testing.assert_allclose(
            ranked_probability_score(several, outcome, normalised=False), np.full(leading, total)
        )
        np.testing.assert_allclose(
            ranked_probability_score(several, outcome, normalised=True), np.full(leading, total / 3)
        )


def test_no_forecast_is_better_than_certain_by_a_rounding():
    first, second = np.meshgrid(np.arange(101.0), np.arange(101.0))
    rest = 100 - first - second
    forecast = np.stack([0 * first, first, second, rest], axis=-1)[rest >= 0]
    assert ranked_log_score(forecast, np.array([0.0, 0.0, 0.0, 1.0])).min() >= 0


def test_lazy_forecasts_without_leading_axes_and_whole_numbers():
    assert float(mae(da.from_array(TWO), np.array([56.0, 44.0])).compute()) == 1
    assert (
        float(mae(da.from_array(np.array([20, 23], np.uint8)), np.array([24, 21], np.uint8)).compute()) == 3
    )
    samples = np.array([[48.0, 52.0], [52.0, 48.0], [50.0, 50.0]])
    np.testing.assert_allclose(
        crps_samples(da.from_array(samples), TWO).compute(), crps_samples(samples, TWO)
    )
    with pytest.raises(DomainError, match="a forecast has the axes"):
        crps_samples(da.from_array(TWO), TWO)
    with pytest.raises(DomainError, match="3 in the result"):
        mae(da.from_array(TWO), np.array([50.0, 30.0, 20.0]))


def test_distances_do_not_depend_on_where_the_samples_lie():
    samples, weights = np.random.default_rng(4).normal(size=(40, 3)), np.full(40, 1 / 40)
    pairs = np.sqrt(((samples[:, None] - samples[None]) ** 2).sum(axis=-1)).mean()
    for place in (0.0, 1e6):
        assert mean_distance(samples + place, weights) == pytest.approx(pairs, abs=1e-6)


def test_a_leader_is_called_by_figures_of_any_order():
    assert {"vote_share", "rank", "audience"} <= named("leader_called").quantities


@pytest.mark.parametrize("order", [0.5, 1.0, 1.5, 2.0])
def test_the_gap_of_two_candidates_in_any_power(order):
    """One sample, a gap of 4 for one of 5; both ordered pairs count."""
    value = variogram_score([[26.0, 22.0]], [25.0, 20.0], order=order)
    assert value == pytest.approx(2 * (5**order - 4**order) ** 2)
