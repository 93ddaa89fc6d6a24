"""Margins of error, effective sample size and data defect against published figures and simulation."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.measures import named
from pollbench.measures.effective_sample import (
    data_defect_correlation,
    defect_design_effect,
    effective_ratio_distribution,
    effective_sample_size,
)
from pollbench.measures.sampling_error import (
    lead_margin,
    outside_margin,
    sampling_excess,
    share_margin,
)

# Votes of the first round of 2017 (Conseil constitutionnel), Macron to Cheminade.
VOTES = np.array(
    [8656346, 7678491, 7212995, 7059951, 2291288, 1695000, 435301, 394505, 332547, 232384, 65586]
)
FULL = 100 * VOTES / VOTES.sum()


def test_margins_of_the_french_table_are_those_of_two_standard_errors():
    """Wikipédia, Liste de sondages sur l'élection présidentielle française de 2012: 4.5, 3.2, 2.2, 1.6."""
    n = np.array([500, 1000, 2000, 4000])
    np.testing.assert_allclose(share_margin(50.0, n, z=2), [4.5, 3.2, 2.2, 1.6], atol=0.051)
    assert share_margin(50.0, 500) == pytest.approx(4.38, abs=0.005)


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    # contexte.io, Agrégateur de sondages 2022; Wikipédia, Liste de sondages ... de 2017.
    [(27.0, 1500, 24.7, 29.2), (40.0, 1000, 37, 43)],
)
def test_intervals_of_a_share_as_printed(share, n, low, high):
    half = share_margin(share, n)
    assert share - half == pytest.approx(low, abs=0.06)
    assert share + half == pytest.approx(high, abs=0.06)


@pytest.mark.parametrize(("n", "printed"), [(2259, 2.1), (1000, 3.1)])
def test_margins_printed_by_politis(n, printed):
    """https://politis.fr/articles/2012/04/notre-hit-parade-des-instituts-de-sondages-18044"""
    assert share_margin(50.0, n) == pytest.approx(printed, abs=0.06)


def test_the_margin_of_a_lead_is_the_spread_of_the_lead_in_drawn_samples():
    drawn = np.random.default_rng(17).multinomial(1000, [0.24, 0.21, 0.55], 200_000) / 10
    lead = drawn[:, 0] - drawn[:, 1]
    assert lead_margin(24.0, 21.0, 1000) == pytest.approx(1.96 * lead.std(), rel=0.01)


def test_one_unbiased_sample_in_twenty_misses_outside_its_margin():
    drawn = np.random.default_rng(18).multinomial(1000, FULL / FULL.sum(), 50_000) / 10
    assert outside_margin(drawn, FULL, n=1000).mean() == pytest.approx(0.05, abs=0.004)


def test_data_defect_correlation_of_the_example_of_the_package_ddi():
    """R package ddi (kuriwaki/ddi), Trump in the CCES of 2016: ddc(62984824/136639786, 12284/35829, N, n).

    The package prints -0.003837163.
    """
    share, vote = np.array([100 * 12284 / 35829]), np.array([100 * 62984824 / 136639786])
    value = data_defect_correlation(share, vote, n=35829, population=136639786)[0]
    assert value == pytest.approx(-0.003837163, abs=5e-10)
    design = defect_design_effect(share, vote, n=35829, population=136639786)[0]
    assert design == pytest.approx(136639785 * value**2)


def test_a_correlation_of_half_a_per_cent_leaves_404_of_two_million():
    """Meng (2018): rho of -0.005 and a 1 % sample of US eligible voters, n about 2.3 million, n_eff 404.

    The bound of the paper, f / (1 - f) / rho^2, is the effective sample size of a single share.
    """
    population, n, rho = 230_000_000, 2_300_000, -0.005
    odds = n / (population - n)
    true = np.array([46.1])
    error = rho * np.sqrt(0.461 * 0.539) / np.sqrt(odds) * 100
    assert effective_sample_size(true + error, true) == pytest.approx(404.0, abs=0.1)
    assert data_defect_correlation(true + error, true, n=n, population=population)[0] == pytest.approx(rho)


def test_the_correlation_is_that_of_being_counted_and_voting_for_the_candidate():
    rng = np.random.default_rng(19)
    counted, voted = rng.random(5000) < 0.2, rng.random(5000) < 0.3
    share, vote = np.array([100 * voted[counted].mean()]), np.array([100 * voted.mean()])
    value = data_defect_correlation(share, vote, n=int(counted.sum()), population=5000)[0]
    assert value == pytest.approx(np.corrcoef(counted, voted)[0, 1], abs=1e-12)


def test_the_interval_of_the_correlation_holds_zero_in_nineteen_of_twenty_random_samples():
    """Meng (2018): the law of large populations, Z = sqrt(N - 1) rho, for simple random sampling."""
    population, n = 5000, 800
    drawn = np.random.default_rng(27).hypergeometric(1500, 3500, n, 20_000)[:, None] / n * 100
    options = {"n": n, "population": population}
    low, high = named("data_defect_correlation").interval(drawn, np.array([30.0]), **options)
    assert ((low <= 0) & (high >= 0)).mean() == pytest.approx(0.95, abs=0.01)
    spread = data_defect_correlation(drawn, np.array([30.0]), **options).std()
    assert spread == pytest.approx(1 / np.sqrt(population - 1), rel=0.02)


def test_the_mean_inverse_of_the_effective_size_is_that_of_the_sample():
    drawn = np.random.default_rng(20).multinomial(1000, FULL / FULL.sum(), 50_000) / 10
    assert (1 / effective_sample_size(drawn, FULL)).mean() == pytest.approx(1 / 1000, rel=0.01)


def test_the_cells_decide_what_elabe_was_worth():
    """Four candidates and the rest against eleven: the ratio is a factor of twenty, so state the cells."""
    elabe = np.array([24, 21.5, 20, 19.5, 7, 4, 1, 1.5, 1, 0.5, 0.25])
    assert effective_sample_size(elabe[:4], FULL[:4]) == pytest.approx(134_000, rel=0.002)
    assert effective_sample_size(elabe, FULL, rest=False) == pytest.approx(6_800, rel=0.01)


def test_the_law_of_one_draw_is_as_wide_as_computed_independently():
    """Weighted sums of chi-squared variables, the large-sample law, by their own simulation."""
    shares = np.append(FULL[:4], 100 - FULL[:4].sum()) / 100
    roots = np.linalg.eigvalsh(np.diag(shares) - np.outer(shares, shares))
    drawn = (np.random.default_rng(21).normal(size=(200_000, 5)) ** 2 * roots).sum(axis=-1)
    expected = np.quantile(roots.sum() / drawn, [0.05, 0.5, 0.95])
    distribution = effective_ratio_distribution(tuple(FULL[:4]), seed=3)
    np.testing.assert_allclose(np.quantile(distribution, [0.05, 0.5, 0.95]), expected, rtol=0.03)


def test_the_interval_of_the_effective_size_holds_n_in_nineteen_of_twenty_samples():
    drawn = np.random.default_rng(22).multinomial(1500, FULL / FULL.sum(), 4000) / 15
    low, high = named("effective_sample_size").interval(drawn, FULL, seed=23)
    assert ((low <= 1500) & (high >= 1500)).mean() == pytest.approx(0.95, abs=0.012)


def test_the_interval_is_the_same_for_the_same_seed_and_differs_with_it():
    elabe = np.array([24, 21.5, 20, 19.5])
    interval = named("effective_sample_size").interval
    assert interval(elabe, FULL[:4], seed=1) == interval(elabe, FULL[:4], seed=1)
    assert interval(elabe, FULL[:4], seed=1) != interval(elabe, FULL[:4], seed=2)


def test_a_perfect_forecast_is_worth_infinitely_many_respondents():
    assert np.isinf(effective_sample_size(FULL, FULL, rest=False))


def test_excess_is_one_for_unbiased_samples_and_two_at_a_quarter_of_the_size():
    drawn = np.random.default_rng(24).multinomial(1000, FULL / FULL.sum(), 20_000) / 10
    sizes = np.full(20_000, 1000)
    assert sampling_excess(drawn, FULL, n=sizes) == pytest.approx(1.0, abs=0.01)
    assert sampling_excess(drawn, FULL, n=4 * sizes) == pytest.approx(2.0, abs=0.02)


def test_excess_of_one_forecast_is_the_root_of_n_over_its_effective_size():
    elabe = np.array([24, 21.5, 20, 19.5, 7, 4, 1, 1.5, 1, 0.5, 0.25])
    excess = sampling_excess(elabe[None], FULL, n=np.array([1137]))
    assert excess == pytest.approx(np.sqrt(1137 / effective_sample_size(elabe, FULL, rest=False)))
