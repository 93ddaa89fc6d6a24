"""Tests that an operator could run: true false-positive rates, power, stealth, the blindness of entropy."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.manipulation.formulas import burst, detection

MEAN, SPREAD, BASELINE = 336.0, 8.0, 7
FIELD = np.array([24.01, 21.30, 20.01, 19.58, 6.36, 8.74])


def pushed(target):
    said = np.zeros(len(FIELD))
    said[target] = 100.0
    return said


@pytest.fixture(scope="module")
def threshold():
    return burst.burst_threshold(0.01, MEAN, SPREAD, BASELINE)


def inflow(generator, replicates, days):
    """Overdispersed counts, drawn as a Poisson variable whose mean is a gamma variable."""
    return generator.poisson(generator.gamma(MEAN / (SPREAD - 1), SPREAD - 1, (replicates, days))).astype(
        float
    )


def test_nominal_threshold_is_wrong_and_the_calibrated_one_is_right(threshold):
    clean = burst.burst_scores(0.0, MEAN, SPREAD, BASELINE, 100_000, seed=1)
    assert (clean > 2.326).mean() > 0.013
    assert (clean > threshold).mean() == pytest.approx(0.01, abs=0.0015)


@pytest.mark.parametrize("mass", [0.0, 6.6, 13.2, 50.0, 120.0, 250.0])
def test_burst_power_over_both_looks_by_simulation(mass):
    looks, replicates = 2, 200_000
    threshold = burst.burst_threshold(burst.familywise(0.01, looks), MEAN, SPREAD, BASELINE)
    needed = burst.burst_needed(threshold, MEAN, SPREAD, BASELINE)
    # By another way: a window of two days, each judged by a baseline of its own; accounts made on the last one.
    generator = np.random.default_rng(2)
    sounded = np.zeros(replicates, dtype=bool)
    for added in (0.0, mass):
        before = inflow(generator, replicates, BASELINE).mean(axis=1)
        day = inflow(generator, replicates, 1)[:, 0] + added
        sounded |= day - before > threshold * np.sqrt(SPREAD * before * (1 + 1 / BASELINE))
    formula = burst.burst_power(mass, needed, looks=looks)
    assert formula == pytest.approx(sounded.mean(), abs=0.004)


def test_power_is_never_below_the_false_positive_rate_and_grows_with_the_attack(threshold):
    masses = np.linspace(0, 600, 200)
    for looks, days in ((1, 1), (2, 1), (2, 2), (60, 60)):
        limit = burst.burst_threshold(burst.familywise(0.01, looks), MEAN, SPREAD, BASELINE)
        power = burst.burst_power(masses, burst.burst_needed(limit, MEAN, SPREAD, BASELINE), looks, days)
        assert power[0] == pytest.approx(0.01, abs=0.0005)
        assert (np.diff(power) >= 0).all()
        assert power[-1] > 0.99
    parts = np.linspace(0, 0.2, 50)
    power = detection.composition_power(FIELD, pushed(2), parts, 1500)
    assert power[0] == pytest.approx(0.01)
    assert (np.diff(power) >= 0).all()
    power = detection.new_account_power(np.linspace(0, 200, 50), 800.0, 3200.0, 0.02)
    assert power[0] == pytest.approx(0.01, abs=0.001)
    assert (np.diff(power) >= 0).all()


def test_stealth_budget_is_noticed_every_other_time(threshold):
    needed = burst.burst_needed(threshold, MEAN, SPREAD, BASELINE)
    for looks, days in ((1, 1), (2, 1), (2, 2)):
        stealth = burst.burst_stealth(needed, looks, days)
        assert burst.burst_power(stealth, needed, looks, days) == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize("reference", [np.inf, 1500])
def test_composition_test_keeps_its_false_alarms_and_has_the_power_it_says(reference):
    from scipy.stats import chi2

    generator = np.random.default_rng(3)
    honest, records, replicates = FIELD / FIELD.sum(), 1500, 20_000
    exact = np.isinf(reference)
    before = None if exact else generator.multinomial(reference, honest, replicates)
    for part in (0.0, 0.06):
        attacked = (1 - part) * honest + part * pushed(2) / 100
        drawn = generator.multinomial(records, attacked, replicates)
        if exact:
            statistic = ((drawn - records * honest) ** 2 / (records * honest)).sum(axis=1)
        else:
            statistic = ((drawn - before) ** 2 / (drawn + before)).sum(axis=1)
        simulated = (statistic > chi2.isf(0.01, 5)).mean()
        formula = float(detection.composition_power(FIELD, pushed(2), part, records, reference=reference))
        assert formula == pytest.approx(simulated, abs=0.003 if part == 0 else 0.025)


def test_a_sample_taken_for_an_exact_reference_makes_the_composition_test_sound_in_a_third_of_clean_cases():
    from scipy.stats import chi2

    # The shares of the first round of 2017 with all eleven candidates, two clean samples of 1,500.
    field = np.array([24.01, 21.30, 20.01, 19.58, 6.36, 4.70, 1.21, 1.09, 0.92, 0.64, 0.18]) / 100
    generator = np.random.default_rng(4)
    before = np.maximum(generator.multinomial(1500, field / field.sum(), 20_000), 1)
    after = generator.multinomial(1500, field / field.sum(), 20_000)
    naive = ((after - before) ** 2 / before).sum(axis=1)
    assert (naive > chi2.isf(0.01, 10)).mean() == pytest.approx(0.37, abs=0.06)
    pooled = ((after - before) ** 2 / np.maximum(after + before, 1)).sum(axis=1)
    assert (pooled > chi2.isf(0.01, 10)).mean() == pytest.approx(0.01, abs=0.003)


def test_the_power_of_a_push_is_the_closed_form_and_that_of_a_nuke_far_smaller():
    from scipy.stats import chi2, ncx2

    share, part = FIELD[2] / FIELD.sum(), 0.05
    centre = 1500 * part**2 * (1 / share - 1)
    pushing = detection.composition_power(FIELD, pushed(2), part, 1500)
    assert pushing == pytest.approx(ncx2.sf(chi2.isf(0.01, 5), 5, centre))
    nuked = FIELD.copy()
    nuked[2] = 0
    nuking = detection.composition_power(FIELD, nuked, part, 1500)
    assert nuking == pytest.approx(ncx2.sf(chi2.isf(0.01, 5), 5, 1500 * part**2 * share / (1 - share)))
    assert nuking < 0.05 < pushing
    assert detection.composition_power(FIELD, FIELD, part, 1500) == pytest.approx(0.01)
    with pytest.raises(DomainError):
        detection.composition_power(np.array([0.0, 100.0]), np.array([100.0, 0.0]), part, 1500)


def test_sixty_new_accounts_of_four_thousand_are_surely_noticed():
    assert detection.new_account_power(60.0, 800.0, 3200.0, 0.02) > 0.995


@pytest.mark.parametrize(
    ("old", "others", "share", "added", "power"), [(760, 3240, 0.05, 25, 0.853), (800, 3200, 0.05, 15, None)]
)
def test_new_account_power_by_simulation(old, others, share, added, power):
    # Attackers are not random: only the honest newcomers vary. 0.853 was computed by an independent implementation.
    generator = np.random.default_rng(4)
    own = generator.binomial(old, share, 40_000) + added
    rest = generator.binomial(others, share, 40_000)
    pooled = (own + rest) / (old + added + others)
    score = (own / (old + added) - rest / others) / np.sqrt(
        pooled * (1 - pooled) * (1 / (old + added) + 1 / others)
    )
    formula = detection.new_account_power(float(added), float(old), float(others), share)
    assert formula == pytest.approx((score > 2.326).mean(), abs=0.015)
    if power is not None:
        assert formula == pytest.approx(power, abs=0.001)


def test_entropy_is_nearly_blind_for_fillon_in_2017_where_composition_sees():
    entropy = detection.entropy_power(FIELD, pushed(2), 0.08, 1500)
    assert entropy < 0.15
    assert detection.composition_power(FIELD, pushed(2), 0.08, 1500, reference=1500) > 0.75
    assert detection.entropy_power(FIELD, pushed(2), 0.0, 1500) == pytest.approx(0.01, abs=0.006)


def test_looks_on_many_days_share_one_false_positive_rate():
    rate = burst.familywise(0.01, 7)
    assert 1 - (1 - rate) ** 7 == pytest.approx(0.01)
    with pytest.raises(DomainError):
        burst.familywise(0.0, 7)


def test_where_there_is_one_candidate_nothing_can_shift():
    alone = np.array([100.0])
    assert detection.composition_power(alone, alone, np.array([0.0, 0.5]), 1000) == pytest.approx(
        [0.01, 0.01]
    )


def test_area_under_the_curve_by_comparing_all_pairs():
    generator = np.random.default_rng(5)
    clean, attacked = np.sort(generator.integers(0, 9, 40)), generator.integers(2, 12, 60)
    pairs = (attacked[:, None] > clean[None, :]).mean() + (attacked[:, None] == clean[None, :]).mean() / 2
    assert detection.area_under_curve(clean, attacked) == pytest.approx(pairs)


def test_a_candidate_without_voters_whom_attackers_do_not_name_is_a_cell_and_no_fault():
    from scipy.stats import chi2, ncx2

    said, field = np.array([100.0, 0.0, 0.0]), np.array([50.0, 50.0, 0.0])
    centre = 1500 * 0.05**2 * (0.25 / 0.5 + 0.25 / 0.5)
    expected = ncx2.sf(chi2.isf(0.01, 2), 2, centre)
    assert detection.composition_power(field, said, np.array(0.05), 1500) == pytest.approx(expected)
    with pytest.raises(DomainError, match="has no chi-square test"):
        detection.composition_power(field, said[::-1], np.array(0.05), 1500)
    assert detection.composition_power(field, said[::-1], np.array(0.0), 1500) == pytest.approx(0.01)
    # In a reference that is a sample the candidate may be new.
    assert detection.composition_power(field, said[::-1], np.array(0.05), 1500, reference=1500) > 0.01
