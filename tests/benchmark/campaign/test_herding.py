"""Spread of simultaneous polls against that of random samples."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.campaign.herding import deviation_from_others, herding_table, spread_against_sampling
from pollbench.errors import DomainError


def test_random_samples_look_like_random_samples():
    rng = np.random.default_rng(1)
    p_values = []
    for seed in range(200):
        shares = np.round(rng.binomial(1000, 0.22, size=8) / 10 * 2) / 2
        p_values.append(spread_against_sampling(shares, [1000] * 8, 0.5, draws=1000, seed=seed)[1])
    assert np.mean(np.array(p_values) < 0.05) < 0.1
    assert np.mean(p_values) == pytest.approx(0.5, abs=0.07)


def test_copied_polls_are_noticed():
    rng = np.random.default_rng(2)
    shares = 22 + rng.normal(0, 0.2, 9)
    ratio, p_value = spread_against_sampling(shares, [1000] * 9)
    assert ratio < 0.1
    assert p_value < 0.001


def test_ratio_is_one_on_average_for_random_samples():
    rng = np.random.default_rng(3)
    ratios = [
        spread_against_sampling(rng.binomial(900, 0.2, size=6) / 9, [900] * 6, draws=500, seed=each)[0]
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
    assert table.p_value.between(0, 1).all()
    assert table.caveat.str.contains("need not have copied").all()
