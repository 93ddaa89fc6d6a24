"""Spread of simultaneous polls against that of random samples."""

from __future__ import annotations

import numpy as np
import pytest
from calibrate_herding import false_alarms

from pollbench.campaign.herding import (
    deviation_from_others,
    herding_family,
    herding_table,
    spread_against_sampling,
)
from pollbench.errors import DomainError


def test_random_samples_look_like_random_samples():
    rng = np.random.default_rng(1)
    p_values = []
    for seed in range(200):
        shares = np.round(rng.binomial(1000, 0.22, size=8) / 10 * 2) / 2
        p_values.append(spread_against_sampling(shares, [1000] * 8, 0.5, draws=1000, seed=seed).closer[0])
    assert np.mean(np.array(p_values) < 0.05) < 0.1
    assert np.mean(p_values) == pytest.approx(0.5, abs=0.07)


def test_copied_polls_are_noticed():
    rng = np.random.default_rng(2)
    shares = 22 + rng.normal(0, 0.2, 9)
    spread = spread_against_sampling(shares, [1000] * 9)
    assert spread.ratio[0] < 0.1
    assert spread.closer[0] < 0.001
    assert spread.further[0] > 0.999


def test_polls_that_contradict_each_other_are_too_far_apart():
    spread = spread_against_sampling([18, 26, 18, 26, 22, 18, 26], [1000] * 7)
    assert spread.ratio[0] > 3
    assert spread.further[0] < 0.001


def test_ratio_is_one_on_average_for_random_samples():
    rng = np.random.default_rng(3)
    ratios = [
        spread_against_sampling(rng.binomial(900, 0.2, size=6) / 9, [900] * 6, draws=500, seed=each).ratio[0]
        for each in range(300)
    ]
    assert np.mean(ratios) == pytest.approx(1, abs=0.08)


def test_random_samples_of_a_thousand_deviate_by_one_point_as_the_design_says():
    rng = np.random.default_rng(4)
    deviations = [deviation_from_others(rng.binomial(1000, 0.2, size=20) / 10) for _ in range(300)]
    assert np.mean(deviations) == pytest.approx(0.8 * 1.26 * np.sqrt(20 / 19), abs=0.05)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: spread_against_sampling([20, 21], [900, 900]), "three polls"),
        (lambda: spread_against_sampling([0, 0, 0], [900] * 3), "nothing could vary"),
        (lambda: deviation_from_others([20]), "no others"),
    ],
)
def test_what_means_nothing_is_refused(call, words):
    with pytest.raises(DomainError, match=words):
        call()


def test_table_says_why_closeness_proves_little(bench):
    table = herding_table(bench, "fr-pres-2017-r1")
    assert (table.polls >= 8).all()
    assert table.p_closer.between(0, 1).all()
    assert ((table.ratio < 1) == (table.direction == "closer")).all()
    assert table.caveat.str.contains("need not have copied").all()


def test_a_poll_without_a_candidate_counts_for_the_others():
    whole = np.array([[20.0, 10], [21, 11], [19, 10], [22, 12], [18, 9]])
    gap = whole.copy()
    gap[4, 1] = np.nan
    spread = spread_against_sampling(gap, [1000] * 5)
    assert spread.ratio[0] == pytest.approx(spread_against_sampling(whole, [1000] * 5).ratio[0], rel=0.01)
    without = spread_against_sampling(whole[:4, 1], [1000] * 4)
    assert spread.ratio[1] == pytest.approx(without.ratio[0], rel=0.03)


def test_families_of_random_samples_sound_in_five_per_cent():
    single_closer, single_further, closer, further = false_alarms(9, 150)
    assert single_closer == pytest.approx(0.05, abs=0.02)
    assert single_further == pytest.approx(0.05, abs=0.02)
    # Two standard errors above 5 % in 150 trials; counts are whole, so that fewer sound.
    assert max(closer, further) <= 0.086


def test_the_family_of_all_elections_says_closer_and_not_further(all_elections):
    family = herding_family(all_elections).set_index("contest_id")
    everything = family.loc["all"]
    assert (everything.tests, everything.closer, everything.further) == (33, 7, 2)
    assert everything.expected == pytest.approx(1.65, abs=0.1)
    assert everything.p_closer < 0.01
    assert everything.p_further > 0.3
    assert family.drop("all")[["tests", "closer", "further"]].sum().tolist() == [33, 7, 2]
