"""Arzheimer and Evans (2014): A', its standard errors, B, B_w and the tests of no bias.

Source: printed Stata output of ``surveybiasi``,
https://www.kai-arzheimer.com/research/methods-sociology-knowledge/survey-bias/example-assessing-bias-from-the-margins-of-an-american-pre-election-survey-with-surveybiasi/
and sb_example-2.do of surveybias 1.4 (7 August 2015), in r-stata/tssc, ssc/surveybias.
Call: surveybiasi, popvalues(47.6 48.8 3.6) samplevalues(46 48 5) n(563)
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chisquare, power_divergence

from pollbench.measures import named
from pollbench.measures.no_bias import likelihood_ratio_test, pearson_test
from pollbench.measures.predictive_accuracy import (
    a_prime_standard_error,
    accuracy_a,
    accuracy_a_prime,
    accuracy_b,
    accuracy_b_floor,
    accuracy_bw,
)

SAMPLE, POPULATION = np.array([46.0, 48, 5]), np.array([47.6, 48.8, 3.6])
#: Stata's n counts the three categories; ours counts those on whom the per cent were taken, 99 of them here.
N = 563 / 0.99
#: Stata prints seven digits of single-precision shares.
PRINTED = 1e-6


def test_a_prime_and_its_standard_errors_are_those_printed_by_stata():
    np.testing.assert_allclose(
        accuracy_a_prime(SAMPLE, POPULATION), [-0.0455767, -0.0126154, 0.3537155], atol=PRINTED
    )
    np.testing.assert_allclose(
        a_prime_standard_error(SAMPLE, N), [0.0845014, 0.0843287, 0.1924563], atol=PRINTED
    )


def test_b_and_weighted_b_are_those_printed_by_stata():
    assert accuracy_b(SAMPLE, POPULATION) == pytest.approx(0.1373025, abs=PRINTED)
    assert accuracy_bw(SAMPLE, POPULATION) == pytest.approx(0.0405846, abs=PRINTED)


@pytest.mark.parametrize(
    ("function", "statistic", "p"),
    [(pearson_test, 3.4542892, 0.17779136), (likelihood_ratio_test, 3.0856308, 0.21377838)],
)
def test_the_tests_of_no_bias_are_those_printed_by_stata(function, statistic, p):
    test = function(SAMPLE, POPULATION, n=N)
    assert test[""] == pytest.approx(statistic, abs=PRINTED)
    assert test["p"] == pytest.approx(p, abs=PRINTED)


def test_the_tests_of_no_bias_equal_scipy_on_counts():
    counts = np.array([240.0, 225, 190, 195, 150])
    true = np.array([24.01, 21.30, 20.01, 19.58, 15.10])
    expected = counts.sum() * true / true.sum()
    for function, peer in (
        (pearson_test, chisquare(counts, expected)),
        (likelihood_ratio_test, power_divergence(counts, expected, lambda_="log-likelihood")),
    ):
        test = function(100 * counts / counts.sum(), true, n=counts.sum())
        assert test[""] == pytest.approx(peer.statistic, rel=1e-12)
        assert test["p"] == pytest.approx(peer.pvalue, rel=1e-12)


def test_the_floor_of_b_is_the_mean_b_of_unbiased_samples():
    true = np.array([24.01, 21.30, 20.01, 19.58, 15.10])
    draws = np.random.default_rng(6).multinomial(1000, true / 100, 100_000) / 10.0
    floor = accuracy_b_floor(draws[0], true, n=1000)
    assert accuracy_b(draws, true).mean() == pytest.approx(float(floor), rel=0.005)


def test_a_of_two_categories_is_a_prime_of_the_first():
    poll, vote = np.array([63.0, 37.0]), np.array([66.10, 33.90])
    assert accuracy_a(poll, vote) == pytest.approx(accuracy_a_prime(poll, vote)[0], abs=1e-14)


def test_the_intervals_of_a_and_a_prime_agree_on_two_categories():
    poll, vote, n = np.array([63.0, 37.0]), np.array([66.10, 33.90]), np.array(1000)
    low, high = named("accuracy_a").interval(poll, vote, n=n)
    low_prime, high_prime = named("accuracy_a_prime").interval(poll, vote, n=n)
    assert (low, high) == pytest.approx((low_prime[0], high_prime[0]), abs=1e-12)


def test_one_call_takes_many_polls_each_with_its_own_size():
    polls = np.stack([SAMPLE, POPULATION])
    test = pearson_test(polls, POPULATION, n=np.array([N, 1000]))
    np.testing.assert_allclose(test[""], [3.4542892, 0.0], atol=PRINTED)
    low, _ = named("accuracy_a_prime").interval(polls, POPULATION, n=np.array([N, 1000]))
    assert low.shape == (2, 3)


# surveybias vote, popvalues(28.6 27.18 17.9 9.13 11.1 2.31 1.15 1.79 0.8), on onefrenchsurvey.dta: Hollande, Sarkozy,
# Le Pen, Bayrou, Mélenchon, Joly, Poutou, Dupont-Aignan, other. Printed output at
# http://www.kai-arzheimer.com/research/methods-sociology-knowledge/survey-bias/example-assessing-bias-in-a-french-pre-election-survey-with-surveybias-2/
FRANCE_2012 = np.array([28.6, 27.18, 17.9, 9.13, 11.1, 2.31, 1.15, 1.79, 0.8])
PRINTED_A = np.array([-0.0757639, 0.0477294, -0.0559812, 0.3057213, -0.0058251])
PRINTED_A = np.append(PRINTED_A, [-0.0913924, -0.8802476, -0.5349338, 0.1841789])
PRINTED_ERROR = np.array([0.0697397, 0.0689193, 0.0823209, 0.0953504, 0.0988715])
PRINTED_ERROR = np.append(PRINTED_ERROR, [0.2154899, 0.4482915, 0.3031171, 0.3177577])
#: The page does not print the counts; the test below shows that its figures leave no other choice.
RESPONDENTS = np.array([282.0, 293, 178, 125, 115, 22, 5, 11, 10])


def test_the_printed_figures_of_2012_can_only_come_from_these_respondents():
    """A' gives each share, and a share with its standard error gives n: nine equations, one n."""
    true = FRANCE_2012 / FRANCE_2012.sum()
    odds = np.exp(PRINTED_A) * true / (1 - true)
    share = odds / (1 + odds)
    sizes = 1 / (PRINTED_ERROR**2 * share * (1 - share))
    np.testing.assert_allclose(sizes, 1041, atol=0.001)
    np.testing.assert_allclose(1041 * share, RESPONDENTS, atol=1e-3)


def test_nine_categories_of_a_french_survey_of_2012_are_as_printed_by_stata():
    np.testing.assert_allclose(accuracy_a_prime(RESPONDENTS, FRANCE_2012), PRINTED_A, atol=PRINTED)
    np.testing.assert_allclose(
        a_prime_standard_error(100 * RESPONDENTS / 1041, 1041), PRINTED_ERROR, atol=PRINTED
    )
    low, high = named("accuracy_a_prime").interval(100 * RESPONDENTS / 1041, FRANCE_2012, n=1041)
    assert (low[0], high[3]) == pytest.approx((-0.2124512, 0.4926047), abs=PRINTED)
    assert accuracy_b(RESPONDENTS, FRANCE_2012) == pytest.approx(0.2424193, abs=PRINTED)
    assert accuracy_bw(RESPONDENTS, FRANCE_2012) == pytest.approx(0.0965423, abs=PRINTED)
    pearson = pearson_test(100 * RESPONDENTS / 1041, FRANCE_2012, n=1041)
    ratio = likelihood_ratio_test(100 * RESPONDENTS / 1041, FRANCE_2012, n=1041)
    # Stata holds the shares in single precision, which shows in the sixth digit of a chi-squared of 19.
    assert (pearson[""], pearson["p"]) == pytest.approx((18.695468, 0.01657592), rel=1e-6)
    assert (ratio[""], ratio["p"]) == pytest.approx((19.540804, 0.01222022), rel=1e-6)


def test_on_a_subset_the_respondents_are_those_who_chose_one_of_it():
    """Four candidates who hold 84 per cent of 1,000: as if 840 had been asked about these four only."""
    four, votes = np.array([24.0, 22, 19, 19]), np.array([24.01, 21.30, 20.01, 19.58])
    alone = 100 * four / four.sum()
    for function in (pearson_test, likelihood_ratio_test):
        here, there = function(four, votes, n=1000), function(alone, votes, n=840)
        assert here[""] == pytest.approx(there[""])
    assert accuracy_b_floor(four, votes, n=1000) == pytest.approx(accuracy_b_floor(alone, votes, n=840))
    for name in ("accuracy_a", "accuracy_a_prime"):
        np.testing.assert_allclose(
            named(name).interval(four, votes, n=1000), named(name).interval(alone, votes, n=840)
        )
