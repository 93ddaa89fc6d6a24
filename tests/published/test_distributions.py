"""Scores of distributions against published test values, other libraries and exact arithmetic."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import scoringrules
from scipy.stats import beta, dirichlet, norm

from pollbench.measures.densities import (
    crps_dirichlet,
    crps_normal,
    dawid_sebastiani,
    dawid_sebastiani_joint,
    dirichlet_log_score,
    pit_dirichlet,
    pit_normal,
)
from pollbench.measures.quantiles import (
    coverage,
    crps_quantiles,
    interval_score,
    quantile_score,
    weighted_interval_score,
)
from pollbench.measures.samples import (
    crps_samples,
    energy_score,
    pit_samples,
    sample_bias,
    variogram_score,
)


def column(values) -> np.ndarray:
    """Samples of one candidate, shape (samples, 1)."""
    return np.array(values, dtype=float)[:, None]


@pytest.mark.parametrize(
    ("result", "samples", "expected"),
    [
        (0, [0], 0), (0, [1], 1), (-1, [0], 1), (0, [-1], 1), (0, [0, 0], 0), (0, [0, 1], 0.25), (0, [1, 0], 0.25),
        (0, [1, 1], 1), (2, [0, 1], 1.25), (0, [-1, 1], 0.5), (0, [0, 0, 1], 1 / 9), (1, [0, 0, 1], 4 / 9),
        (0, [-1, 0, 0, 1], 0.125),
    ],
)  # fmt: skip
def test_crps_of_the_toy_examples_of_properscoring(result, samples, expected):
    """properscoring@a465b55 tests/test_crps.py test_crps_toy_examples"""
    assert crps_samples(column(samples), np.array([result]))[0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("result", "samples", "weights", "expected"),
    [
        (1.0, [0, 2], [0.5, 0.5], 0.5), (1.0, [0, 2], [0.8, 0.2], 0.68), (1.5, [0, 2], [0.8, 0.2], 0.98),
        (1.0, [0, 3], [0.5, 0.5], 0.75), (1.0, [-1, 3], [0.5, 0.5], 1.0), (1.0, [0, 2], [1, 0], 1.0),
        (1.0, [0, 1, 2], [1, 1, 1], 2 / 9), (1.5, [0, 1, 2], [1, 1, 1], 7 / 18), (-1.0, [0, 1, 2], [1, 1, 1], 14 / 9),
        (2.5, [0, 1, 2], [1, 1, 1], 19 / 18), (1.0, [0, 1, 2, 3], [1, 1, 1, 1], 0.375),
        (1.5, [0, 1, 2, 3], [1, 1, 1, 1], 0.375),
    ],
)  # fmt: skip
def test_weighted_crps_of_the_examples_of_properscoring(result, samples, weights, expected):
    """properscoring@a465b55 tests/test_crps.py test_crps_weight_examples"""
    value = crps_samples(column(samples), np.array([result]), weights=weights)[0]
    assert value == pytest.approx(expected, abs=1e-12)


# frazane/scoringrules@e48aa74 tests/test_crps.py; values by scoringrules 0.10.0, R scoringRules 1.1.1 crps_sample,
# properscoring 0.1 and scores 2.7.0, all equal.
ENSEMBLE = [1.7812118, 0.5863797, 0.7038174, -0.7743998, -0.2751647]
ENSEMBLE += [1.1863249, 1.2990966, -0.3242982, -0.5968781, 0.9064937]
SEEN = np.array([-0.6042506])


def test_crps_of_ten_samples_in_its_three_forms():
    samples = column(ENSEMBLE)
    assert crps_samples(samples, SEEN)[0] == pytest.approx(0.6126602130000001, abs=1e-12)
    assert crps_samples(samples, SEEN, estimator="fair")[0] == pytest.approx(0.5598959288888891, abs=1e-12)
    assert crps_samples(samples, SEEN, weights=range(10))[0] == pytest.approx(0.49236732320987653, abs=1e-12)


# R scoringRules 1.1.1 es_sample, vs_sample and scoringrules 0.10.0 es_ensemble, vs_ensemble (equal).
TWO = np.array(
    [[0.79546742, 0.02461368], [0.477796, 0.7584595], [0.2164079, 0.318181], [0.5409873, 0.1319422]]
)
TWO_SEEN = np.array([0.2743836, 0.81464])


def test_energy_score_in_its_three_forms():
    assert energy_score(TWO, TWO_SEEN) == pytest.approx(0.39497927557617185, abs=1e-12)
    assert energy_score(TWO, TWO_SEEN, estimator="fair") == pytest.approx(0.3274584538511927, abs=1e-12)
    assert energy_score(TWO, TWO_SEEN, weights=[1, 2, 3, 4]) == pytest.approx(0.4074381920748233, abs=1e-12)


def test_variogram_score_over_ordered_pairs():
    assert variogram_score(TWO, TWO_SEEN) == pytest.approx(0.041147274647829024, abs=1e-12)
    assert variogram_score(TWO, TWO_SEEN, order=1) == pytest.approx(0.04480373846010324, abs=1e-12)
    pairs = np.array([[0.1, 0.2], [0.2, 0.4]])
    assert variogram_score(TWO, TWO_SEEN, pair_weights=pairs) == pytest.approx(
        0.008229454929565805, abs=1e-12
    )
    weighted = variogram_score(TWO, TWO_SEEN, weights=[0.1, 0.8, 0.3, 0.4])
    assert weighted == pytest.approx(0.07648068214729936, abs=1e-12)


def test_both_kinds_of_variogram_weights_together_where_r_drops_one():
    """R scoringRules 1.1.1 silently replaces the pair weights by ones here and returns 0.07648."""
    pairs = np.array([[0.1, 0.2], [0.2, 0.4]])
    value = variogram_score(TWO, TWO_SEEN, pair_weights=pairs, weights=[0.1, 0.8, 0.3, 0.4])
    assert value == pytest.approx(0.01529614, abs=1e-8)


def test_many_forecasts_at_once_equal_scoringrules_one_by_one():
    rng = np.random.default_rng(11)
    samples = 100 * rng.dirichlet(np.linspace(1, 20, 5), (7, 40))
    results = 100 * rng.dirichlet(np.linspace(1, 20, 5), 7)
    moved = np.swapaxes(samples, -1, -2)
    np.testing.assert_allclose(
        crps_samples(samples, results),
        scoringrules.crps_ensemble(results, moved, estimator="nrg", backend="numpy"),
    )
    np.testing.assert_allclose(
        crps_samples(samples, results, estimator="fair"),
        scoringrules.crps_ensemble(results, moved, estimator="fair", backend="numpy"),
    )
    np.testing.assert_allclose(
        energy_score(samples, results), scoringrules.es_ensemble(results, samples, backend="numpy"), rtol=1e-9
    )
    np.testing.assert_allclose(
        variogram_score(samples, results), scoringrules.vs_ensemble(results, samples, p=0.5, backend="numpy")
    )


def test_the_energy_score_of_repeated_samples_has_no_rounding_left():
    repeated = np.repeat(np.array([[24.01, 21.30, 20.01]]), 50, axis=0)
    shifted = np.array([24.01, 21.30, 21.01])
    assert energy_score(repeated, shifted) == pytest.approx(1.0, abs=1e-12)


# cran/scoringutils tests/testthat/test-metrics-quantile.R; the same by the numba backend of scoringrules 0.10.0.
LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)
QUANTILES = np.array([[-1.0, 0, 1, 2, 3], [-2, 1, 2, 2, 4], [-2, 0, 3, 3, 4]])[..., None]
THREE_SEEN = np.array([[1.0], [-15], [22]])


def test_weighted_interval_score_of_the_test_suite_of_scoringutils():
    half = weighted_interval_score(QUANTILES, THREE_SEEN, levels=LEVELS)
    np.testing.assert_allclose(half[""][:, 0], [0.36, 15.34, 19.14], atol=1e-12)
    np.testing.assert_allclose(
        half["dispersion"] + half["overprediction"] + half["underprediction"], half[""]
    )
    twice = weighted_interval_score(QUANTILES, THREE_SEEN, levels=LEVELS, median_weight=1)
    np.testing.assert_allclose(twice[""][:, 0], [0.3, 15.616666666666667, 19.116666666666667], atol=1e-12)


def test_weighted_interval_score_does_not_repeat_the_slip_of_one_numpy_backend():
    """scoringrules 0.10.0, numpy: adds w0 times the median, not w0 times its distance from the result."""
    slip = scoringrules.weighted_interval_score(
        THREE_SEEN[:, 0], QUANTILES[:, 2, 0], QUANTILES[:, [0, 1], 0], QUANTILES[:, [4, 3], 0],
        np.array([0.2, 0.5]), backend="numpy",
    )  # fmt: skip
    np.testing.assert_allclose(slip, [0.56, 12.34, 15.94], atol=1e-12)
    assert (abs(weighted_interval_score(QUANTILES, THREE_SEEN, levels=LEVELS)[""][:, 0] - slip) > 0.1).all()


def test_weighted_interval_score_is_twice_the_mean_quantile_score():
    """Bracher et al. (2021): with w0 = 1/2 both are the same number."""
    value = weighted_interval_score(QUANTILES, THREE_SEEN, levels=LEVELS)[""]
    np.testing.assert_allclose(value, 2 * quantile_score(QUANTILES, THREE_SEEN, levels=LEVELS))


def test_coverage_of_half_intervals_of_the_test_suite_of_scoringutils():
    middle = QUANTILES[:, [1, 3], :]
    np.testing.assert_array_equal(coverage(middle, THREE_SEEN, level=0.5), [100, 0, 0])


def test_interval_and_quantile_scores_of_the_test_suite_of_scoringrules():
    """tests/test_interval.py (0.4) and tests/test_quantile.py (0.16, 0.04), factor 1."""
    interval = np.array([[0.0], [0.4]])
    assert interval_score(interval, np.array([0.1]), level=0.5)[0] == pytest.approx(0.4)
    assert quantile_score(np.array([[0.5]]), np.array([0.3]), levels=[0.2])[0] == pytest.approx(0.16)
    assert quantile_score(np.array([[0.1]]), np.array([0.3]), levels=[0.2])[0] == pytest.approx(0.04)


def test_interval_scores_equal_scoringrules_outside_too():
    rng = np.random.default_rng(12)
    ends = np.sort(rng.normal(size=(50, 2, 4)), axis=-2)
    seen = 2 * rng.normal(size=(50, 4))
    expected = scoringrules.interval_score(seen, ends[:, 0], ends[:, 1], 0.1, backend="numpy")
    np.testing.assert_allclose(interval_score(ends, seen, level=0.9), expected)


def test_crps_of_quantiles_equals_scoringrules_and_tends_to_the_crps():
    levels = (np.arange(1, 1000) - 0.5) / 999
    quantiles, seen = norm.ppf(levels)[:, None], np.array([0.7])
    value = crps_quantiles(quantiles, seen, levels=levels)[0]
    peer = scoringrules.crps_quantile(seen[0], quantiles[:, 0], levels, backend="numpy")
    assert value == pytest.approx(peer)
    assert value == pytest.approx(crps_normal(np.array([0.0]), seen, deviation=1.0)[0], abs=1e-4)


@pytest.mark.parametrize(
    ("mean", "deviation", "seen", "expected"),
    [(0.0, 1.0, -3.0, 2.436574725086339), (23.5, 1.36, 24.01, 0.3932411837070019)],
)
def test_crps_of_a_normal_equals_r(mean, deviation, seen, expected):
    """R scoringRules 1.1.1 crps_norm(-3), and crps_norm(.2401, .235, .0136) = 0.003932411837070019."""
    value = crps_normal(np.array([mean]), np.array([seen]), deviation=deviation)[0]
    assert value == pytest.approx(expected, abs=1e-10)


# A Dirichlet as wide as a poll of 1,000, and shares like those of 2017; both libraries fail on it.
ALPHA = np.array([235.0, 225, 195, 190, 75, 40, 20, 10, 6, 3, 1])
SHARES = np.array([24.01, 21.3, 20.01, 19.58, 6.36, 4.7, 1.21, 1.09, 0.92, 0.64, 0.18])


def test_crps_of_beta_marginals_equals_exact_arithmetic_at_poll_size():
    """mpmath, 40 digits, closed form; the first value also by numerical quadrature.

    R scoringRules 1.1.1 is off by up to 4.8e-6 on the first four (0.003943663339254513 for the first).
    """
    expected = [0.0039479763375212555, 0.0070718853354761356, 0.003805685669300609, 0.004030693719194209]
    expected += [0.007238933254161319, 0.00445506930755254, 0.005466545490214855, 0.0009094374608191405]
    expected += [0.002200879437751778, 0.0025830784086701758, 0.0006303121241754903]
    np.testing.assert_allclose(crps_dirichlet(ALPHA, SHARES) / 100, expected, atol=1e-11)


def test_one_library_has_no_value_for_beta_marginals_at_poll_size():
    """scoringrules 0.10.0: the Beta function underflows."""
    with np.errstate(all="ignore"):
        peer = scoringrules.crps_beta(0.2401, 235.0, 765.0, backend="numpy")
    assert np.isnan(peer)


def test_crps_of_a_small_beta_equals_r():
    """R scoringRules 1.1.1 crps_beta(.3, .7, 1.1) = 0.08501024366637266."""
    value = crps_dirichlet(np.array([0.7, 1.1]), np.array([30.0, 70.0]))[0] / 100
    assert value == pytest.approx(0.08501024366637266, abs=1e-12)


@pytest.mark.parametrize("size", [2, 50, 1_000, 2_500])
def test_crps_of_beta_marginals_equals_forty_digits_as_the_poll_grows(size):
    a, b, y = size * 0.24, size * 0.76, 0.2275
    with mpmath.workdps(40):
        below = mpmath.betainc(a, b, 0, y, regularized=True)
        below_next = mpmath.betainc(a + 1, b, 0, y, regularized=True)
        ratio = mpmath.beta(2 * a, 2 * b) / (a * mpmath.beta(a, b) ** 2)
        mean = mpmath.mpf(a) / (mpmath.mpf(a) + b)
        exact = float(y * (2 * below - 1) + mean * (1 - 2 * below_next - 2 * ratio))
    value = crps_dirichlet(np.array([a, b]), np.array([100 * y, 100 - 100 * y]))[0] / 100
    assert value == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("size", [100_000, 10_000_000])
def test_crps_of_beta_marginals_becomes_that_of_a_normal(size):
    alpha, seen = size * np.array([0.24, 0.76]), np.array([24.05, 75.95])
    deviation = 100 * np.sqrt(0.24 * 0.76 / size)
    normal = crps_normal(np.array([24.0, 76.0]), seen, deviation=deviation)
    np.testing.assert_allclose(crps_dirichlet(alpha, seen), normal, rtol=2e-3)


def test_log_score_of_a_dirichlet_equals_scipy():
    """scipy 1.17.1 dirichlet.logpdf on the rescaled result: 36.814491219409774."""
    value = dirichlet_log_score(ALPHA, SHARES)
    assert value == pytest.approx(-36.814491219409774, abs=1e-9)
    assert value == pytest.approx(-dirichlet.logpdf(SHARES / SHARES.sum(), ALPHA), abs=1e-9)


def test_crps_of_beta_marginals_is_that_of_their_samples():
    samples = 100 * np.random.default_rng(13).dirichlet(ALPHA, 20_000)
    np.testing.assert_allclose(
        crps_samples(samples, SHARES), crps_dirichlet(ALPHA, SHARES), rtol=0.05, atol=0.003
    )


def test_probability_integral_transforms_equal_scipy_and_their_samples():
    np.testing.assert_allclose(
        pit_dirichlet(ALPHA, SHARES), beta.cdf(SHARES / 100, ALPHA, ALPHA.sum() - ALPHA)
    )
    assert pit_normal(np.array([24.0]), np.array([25.0]), deviation=2.0)[0] == pytest.approx(norm.cdf(0.5))
    samples = 100 * np.random.default_rng(14).dirichlet(ALPHA, 20_000)
    np.testing.assert_allclose(pit_samples(samples, SHARES), pit_dirichlet(ALPHA, SHARES), atol=0.012)
    np.testing.assert_allclose(sample_bias(samples, SHARES), 1 - 2 * pit_samples(samples, SHARES))


def test_bias_of_whole_numbers_follows_the_rule_of_scoringutils():
    """bias_sample for integers: 1 - F(y) - F(y - 1)."""
    samples, seen = np.array([1, 2, 2, 3, 5, 5, 8, 9.0]), 5.0
    expected = 1 - (samples <= seen).mean() - (samples <= seen - 1).mean()
    assert sample_bias(samples[:, None], np.array([seen]))[0] == pytest.approx(expected)


def test_dawid_sebastiani_equals_scoringrules_on_the_moments_of_samples():
    rng = np.random.default_rng(15)
    samples, seen = rng.normal(20, 2, (30, 4)), rng.normal(20, 2, 4)
    own = dawid_sebastiani(samples.mean(axis=0), seen, deviation=samples.std(axis=0, ddof=1))
    np.testing.assert_allclose(own, scoringrules.dssuv_ensemble(seen, samples, m_axis=0, backend="numpy"))
    joint = dawid_sebastiani_joint(samples.mean(axis=0), seen, covariance=np.cov(samples, rowvar=False))
    assert joint == pytest.approx(float(scoringrules.dssmv_ensemble(seen, samples, backend="numpy")))


def test_it_does_not_matter_which_candidate_leaves_the_joint_score():
    samples = 100 * np.random.default_rng(16).dirichlet([10, 8, 6, 4], 500)
    mean, covariance, seen = samples.mean(axis=0), np.cov(samples, rowvar=False), np.array([30.0, 30, 22, 18])
    values = []
    for left_out in range(4):
        kept = np.delete(np.arange(4), left_out)
        values.append(
            dawid_sebastiani_joint(mean[kept], seen[kept], covariance=covariance[np.ix_(kept, kept)])
        )
    np.testing.assert_allclose(values, values[0])
