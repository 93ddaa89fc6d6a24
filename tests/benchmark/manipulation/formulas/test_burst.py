"""The burst test by hand: rates, drawn days and what an attack adds to them."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.manipulation.formulas import burst

DAYS = {"mean": 100.0, "overdispersion": 4.0, "baseline_days": 7, "replicates": 2000, "seed": 1}


def test_one_look_keeps_its_rate_and_several_share_it():
    assert burst.familywise(0.05, 1) == pytest.approx(0.05)
    assert 1 - (1 - burst.familywise(0.05, 4)) ** 4 == pytest.approx(0.05)
    for rate, looks in ((0.0, 3), (1.0, 3), (0.05, 0)):
        with pytest.raises(DomainError):
            burst.familywise(rate, looks)


@pytest.mark.parametrize("overdispersion", [1.0, 1.5, 4.0])
def test_drawn_days_have_the_mean_and_the_variance_that_are_asked_for(overdispersion):
    drawn = burst._counts(np.random.default_rng(2), 100.0, overdispersion, (40_000,))
    assert drawn.mean() == pytest.approx(100, rel=0.01)
    assert drawn.var() == pytest.approx(100 * overdispersion, rel=0.04)


def test_an_attack_raises_the_score_by_its_accounts_over_the_scale():
    honest, attacked = (burst.burst_scores(mass, **DAYS) for mass in (0.0, 50.0))
    assert honest.mean() == pytest.approx(0, abs=0.1)
    assert honest.std() == pytest.approx(1, abs=0.1)
    # The scale is the root of 4 x 100 x (1 + 1/7): 21.4.
    assert (attacked - honest).mean() == pytest.approx(50 / np.sqrt(4 * 100 * 8 / 7), rel=0.02)


def test_an_attack_is_needed_that_reaches_the_threshold():
    needed = burst.burst_needed(2.5, **DAYS)
    scores = burst.burst_scores(0.0, **DAYS)
    assert (needed < 0).mean() == pytest.approx((scores > 2.5).mean())
    assert np.median(needed) == pytest.approx(2.5 * np.sqrt(4 * 100 * 8 / 7), rel=0.06)
    with pytest.raises(ValueError, match="read-only"):
        needed[0] = 0.0


def test_power_and_stealth_of_four_simulated_days_by_hand():
    needed = np.array([-10.0, 0.5, 20.0, 30.0])
    # One day in four sounds without an attack, two of four with fifteen accounts.
    assert burst.burst_power(15.0, needed) == pytest.approx(0.5)
    assert burst.burst_power(0.0, needed) == pytest.approx(0.25)
    assert burst.burst_power(15.0, needed, looks=3, days=2) == pytest.approx(1 - 0.5**2 * 0.75)
    assert burst.burst_stealth(needed) == pytest.approx(10.25)
    # One day in ten sounds without an attack, half an account above it or not; two of three looks are at such days.
    ten = np.array([-10.0, 0.5, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0])
    assert burst.burst_stealth(ten, looks=3, days=1) == pytest.approx(np.quantile(ten, 1 - 0.5 / 0.9**2))
    # Half of the simulated days sound at 0.2 accounts below none: nothing can be added, not even one.
    assert burst.burst_stealth(np.array([-2.0, -1.0, 0.6, 5.0])) == 0.0
    # Noticed anyway in more than half of the cases: nothing can be added.
    assert burst.burst_stealth(needed, looks=9, days=1) == 0.0


def test_days_without_inflow_are_judged_as_if_there_were_one():
    scores = burst.burst_scores(10.0, 1e-9, 1.0, 7, 20, 1)
    assert scores == pytest.approx(10 / np.sqrt(8 / 7))
