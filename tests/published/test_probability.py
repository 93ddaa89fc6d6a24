"""Scores of probabilities against published test values and other libraries."""

from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from sklearn.metrics import brier_score_loss, log_loss

from pollbench.measures.probability import (
    brier,
    brier_classes,
    brier_decomposition,
    log_score,
    log_score_classes,
    ranked_log_score,
    ranked_probability_score,
)

# cran/scoringutils@eba3de2, tests/testthat/test-metrics-ordinal.R and -nominal.R: outcomes 1, 2, 2.
THREE = np.array([[80.0, 10, 10], [10, 20, 70], [40, 40, 20]])
OUTCOMES = np.eye(3)[[0, 1, 1]]


def test_brier_of_the_test_suite_of_scoringrules():
    """frazane/scoringrules tests/test_brier.py; properscoring gives the same."""
    assert brier(np.array([27.1]), np.array([0]))[0] == pytest.approx(0.073441, abs=1e-12)


def test_threshold_brier_of_the_test_suite_of_properscoring():
    """properscoring@a465b55 tests/test_brier.py: exceedance probabilities of the ensembles -1, 1 and 0, 0, 0, 1."""
    above = np.array([100.0, 50, 0, 25])
    np.testing.assert_allclose(brier(above, np.array([1, 0, 0, 0])), [0, 0.25, 0, 0.0625])


def test_binary_log_score_of_the_test_suite_of_scoringrules():
    assert log_score(np.array([48.1]), np.array([0]))[0] == pytest.approx(0.6558513958162484, abs=1e-12)


def test_ranked_scores_of_the_test_suite_of_scoringrules():
    """tests/test_brier.py: RPS of class 3 is 0.1619, ranked log score of class 2 is 1.0640021880725115."""
    rps = ranked_probability_score(np.array([1.0, 32, 44, 23]), np.eye(4)[2])
    assert rps == pytest.approx(0.1619, abs=1e-12)
    assert ranked_log_score(np.array([21.0, 31, 32, 16]), np.eye(4)[1]) == pytest.approx(1.0640021880725115)


def test_ranked_probability_score_of_the_test_suite_of_scoringutils():
    np.testing.assert_allclose(ranked_probability_score(THREE, OUTCOMES), [0.05, 0.5, 0.2], atol=1e-12)


def test_the_two_conventions_of_the_ranked_probability_score_are_a_factor_apart():
    """R verification::rps divides by K - 1 and averages: 0.125 where scoringutils has 0.05, 0.5, 0.2."""
    assert ranked_probability_score(THREE, OUTCOMES, normalised=True).mean() == pytest.approx(0.125)


def test_categorical_log_score_of_the_test_suite_of_scoringutils():
    expected = [0.2231435513142097, 1.6094379124341003, 0.916290731874155]
    np.testing.assert_allclose(log_score_classes(THREE, OUTCOMES), expected, atol=1e-12)


def random_classes(count: int = 60, classes: int = 5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(8)
    return 100 * rng.dirichlet(np.ones(classes), count), rng.integers(0, classes, count)


def test_class_scores_equal_scikit_learn():
    shares, outcome = random_classes()
    hot = np.eye(5)[outcome]
    assert log_score_classes(shares, hot).mean() == pytest.approx(log_loss(outcome, shares / 100))
    expected = brier_score_loss(outcome, shares / 100, labels=range(5), scale_by_half=False)
    assert brier_classes(shares, hot).mean() == pytest.approx(expected)


def test_ordered_class_scores_equal_scoringrules():
    shares, outcome = random_classes()
    hot = np.eye(5)[outcome]
    np.testing.assert_allclose(
        ranked_probability_score(shares, hot),
        scoringrules.rps_score(outcome + 1, shares / 100, backend="numpy"),
    )
    np.testing.assert_allclose(
        ranked_log_score(shares, hot), scoringrules.rls_score(outcome + 1, shares / 100, backend="numpy")
    )


def test_event_scores_equal_scikit_learn():
    rng = np.random.default_rng(9)
    probability, outcome = rng.random(200), rng.integers(0, 2, 200)
    assert brier(100 * probability, outcome).mean() == pytest.approx(brier_score_loss(outcome, probability))
    assert log_score(100 * probability, outcome).mean() == pytest.approx(log_loss(outcome, probability))


def test_the_decomposition_adds_up_exactly_and_equals_a_grouping_in_pandas():
    import pandas as pd

    rng = np.random.default_rng(10)
    probability = rng.choice([5.0, 20, 50, 75, 95], 300)
    outcome = (rng.random(300) < probability / 100) * 1
    parts = brier_decomposition(probability, outcome)
    total = parts["reliability"] - parts["resolution"] + parts["uncertainty"]
    assert total == pytest.approx(parts[""], abs=1e-15)
    groups = pd.DataFrame({"p": probability / 100, "o": outcome}).groupby("p").o.agg(["mean", "size"])
    weight, base = groups["size"] / 300, outcome.mean()
    assert parts["reliability"] == pytest.approx((weight * (groups.index - groups["mean"]) ** 2).sum())
    assert parts["resolution"] == pytest.approx((weight * (groups["mean"] - base) ** 2).sum())
    assert parts[""] == pytest.approx(brier(probability, outcome).mean())


def test_what_was_given_no_chance_scores_infinity_and_certainty_scores_zero():
    assert np.isinf(log_score(np.array([0.0]), np.array([1]))[0])
    assert np.isinf(log_score_classes(np.array([100.0, 0]), np.array([0, 1])))
    assert np.isinf(ranked_log_score(np.array([100.0, 0, 0]), np.array([0, 0, 1])))
    certain = np.array([0.0, 100, 0]), np.array([0, 1, 0])
    assert (
        log_score_classes(*certain) == ranked_log_score(*certain) == ranked_probability_score(*certain) == 0
    )
