"""Tests that an operator could run: true false-positive rates, power, stealth, the blind spot of entropy."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.manipulation.formulas import detection

MEAN, SPREAD, BASELINE = 336.0, 8.0, 7
FIELD = np.array([24.01, 21.30, 20.01, 19.58, 6.36, 8.74])


@pytest.fixture(scope="module")
def threshold():
    return detection.burst_threshold(0.01, MEAN, SPREAD, BASELINE)


def test_nominal_threshold_is_wrong_and_the_calibrated_one_is_right(threshold):
    clean = detection.burst_scores(0.0, MEAN, SPREAD, BASELINE, 100_000, seed=1)
    assert (clean > 2.326).mean() > 0.013
    assert (clean > threshold).mean() == pytest.approx(0.01, abs=0.0015)


def test_burst_power_by_simulation(threshold):
    for mass in (50.0, 120.0, 250.0):
        scores = detection.burst_scores(mass, MEAN, SPREAD, BASELINE, 50_000, seed=2)
        simulated = (scores > threshold).mean()
        assert detection.burst_power(mass, MEAN, SPREAD, BASELINE, threshold) == pytest.approx(
            simulated, abs=0.04
        )


def test_power_without_an_attack_is_the_false_positive_rate_and_grows_with_it():
    nominal = 2.3263478740408408
    masses = np.linspace(0, 600, 50)
    power = detection.burst_power(masses, MEAN, SPREAD, BASELINE, nominal)
    assert power[0] == pytest.approx(0.01)
    assert (np.diff(power) > 0).all()
    parts = np.linspace(0, 0.2, 50)
    power = detection.composition_power(18.0, parts, 1500, 6)
    assert power[0] == pytest.approx(0.01)
    assert (np.diff(power) >= 0).all()
    power = detection.new_account_power(np.linspace(0, 200, 50), 800.0, 3200.0, 0.02)
    assert power[0] == pytest.approx(0.01)
    assert (np.diff(power) >= 0).all()


def test_stealth_budget_is_noticed_every_other_time(threshold):
    stealth = detection.burst_stealth(MEAN, SPREAD, BASELINE, threshold)
    assert detection.burst_power(stealth, MEAN, SPREAD, BASELINE, threshold) == pytest.approx(0.5)


def test_composition_power_by_simulation():
    generator = np.random.default_rng(3)
    honest = FIELD / FIELD.sum()
    part, records = 0.06, 1500
    attacked = (1 - part) * honest
    attacked[2] += part
    drawn = generator.multinomial(records, attacked, 20_000)
    statistic = ((drawn - records * honest) ** 2 / (records * honest)).sum(axis=1)
    from scipy.stats import chi2

    simulated = (statistic > chi2.isf(0.01, 5)).mean()
    formula = float(detection.composition_power(100 * honest[2], part, records, 6))
    assert formula == pytest.approx(simulated, abs=0.02)


def test_sixty_new_accounts_of_four_thousand_are_surely_noticed():
    assert detection.new_account_power(60.0, 800.0, 3200.0, 0.02) > 0.995


def test_new_account_power_by_simulation():
    generator = np.random.default_rng(4)
    own = generator.binomial(800, 0.05, 20_000) + 15
    others = generator.binomial(3200, 0.05, 20_000)
    pooled = (own + others) / 4015
    score = (own / 815 - others / 3200) / np.sqrt(pooled * (1 - pooled) * (1 / 815 + 1 / 3200))
    simulated = (score > 2.326).mean()
    assert detection.new_account_power(15.0, 800.0, 3200.0, 0.05) == pytest.approx(simulated, abs=0.03)


def test_entropy_is_blind_at_the_level_of_fillon_and_melenchon_in_2017():
    blind = detection.entropy_blind_share(FIELD)
    assert blind == pytest.approx(18, abs=0.6)
    at_blind = np.array([blind, *(FIELD[[0, 1, 3, 4, 5]] * (100 - blind) / FIELD[[0, 1, 3, 4, 5]].sum())])
    # Solve for a field in which the target stands exactly at the blind share of that field.
    for _ in range(200):
        blind = detection.entropy_blind_share(at_blind)
        at_blind = np.array([blind, *(at_blind[1:] * (100 - blind) / at_blind[1:].sum())])
    assert detection.entropy_slope(at_blind, 0) == pytest.approx(0, abs=1e-6)
    entropy = detection.entropy_power(at_blind, 0, 0.06, 1500)
    composition = float(detection.composition_power(at_blind[0], 0.06, 1500, 6))
    assert entropy < 0.06
    assert composition > 0.9


def test_entropy_slope_is_a_derivative():
    step = 1e-6
    fraction = FIELD / FIELD.sum()

    def entropy(part):
        shares = (1 - part) * fraction
        shares[2] += part
        return -(shares * np.log(shares)).sum()

    assert detection.entropy_slope(FIELD, 2) == pytest.approx(
        (entropy(step) - entropy(-step)) / (2 * step), rel=1e-4
    )


def test_looks_on_many_days_share_one_false_positive_rate():
    rate = detection.familywise(0.01, 7)
    assert 1 - (1 - rate) ** 7 == pytest.approx(0.01)
    with pytest.raises(DomainError):
        detection.familywise(0.0, 7)


def test_where_there_is_one_candidate_nothing_can_shift():
    assert detection.composition_power(100.0, np.array([0.0, 0.5]), 1000, 1) == pytest.approx([0.01, 0.01])
    assert detection.composition_stealth(100.0, 1000, 1) == 1.0
