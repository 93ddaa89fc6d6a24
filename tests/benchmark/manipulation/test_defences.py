"""What defences buy and cost, each against the attack that has adapted to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pollbench.manipulation import DEFENCES, MECHANISMS
from pollbench.manipulation.formulas.days import daily_median
from pollbench.manipulation.model import TRAITS, Situation
from pollbench.manipulation.normal_form import contamination
from pollbench.manipulation.timing import attack_days, preparation_days

BURST = Situation(share=57.0, base=10_000.0, window_days=10, attack_days=1, honest_days=1.9, daily_sd=1.5)
DRIP = replace(BURST, attack_days=10)
#: 303 attackers against 1,000 daily voters: one act each on one day, or one a day on ten.
ACTS_BURST, ACTS_DRIP = 303.0, 3030.0


def shift(name, situation, mass):
    defence = DEFENCES[name]
    return float(
        contamination(defence.effective_mass(mass, situation, defence.settings), situation.base)
        * (100 - situation.share)
    )


def value(name, situation, mass):
    """Points that a defence takes away from the attack that has adapted to it."""
    defence = DEFENCES[name]
    return alone(situation, mass) - shift(name, defence.adapt(situation, defence.settings), mass)


def alone(situation, mass):
    return float(contamination(mass, situation.base) * (100 - situation.share))


def test_every_defence_has_an_adaptive_attack_a_price_and_a_mechanism():
    assert len(DEFENCES) == 7
    for defence in DEFENCES.values():
        assert defence.adaptive
        assert defence.needs in TRAITS
        assert any(defence.fits(mechanism) for mechanism in MECHANISMS.values())
        assert defence.price(BURST, defence.settings) >= 1
        assert defence.lead_time_days(defence.settings) >= 0
        mass = np.array([0.0, 10.0, 1000.0])
        adapted = defence.adapt(BURST, defence.settings)
        left = defence.effective_mass(mass, adapted, defence.settings)
        assert left[0] == pytest.approx(0, abs=1e-9)
        assert (np.diff(left) >= 0).all()


def test_one_vote_a_window_cuts_sustained_attacks_and_worsens_a_last_minute_one():
    assert alone(BURST, ACTS_BURST) == pytest.approx(1.26, abs=0.01)
    assert alone(DRIP, ACTS_DRIP) == pytest.approx(10.0, abs=0.01)
    assert shift("one_vote_per_window", BURST, ACTS_BURST) == pytest.approx(2.3, abs=0.05)
    assert shift("one_vote_per_window", DRIP, ACTS_DRIP) == pytest.approx(2.3, abs=0.05)
    assert value("one_vote_per_window", BURST, ACTS_BURST) < 0


def test_one_vote_a_window_by_counting_distinct_persons():
    # 10,000 votes cast by 10,000 / 1.9 persons, 57 of 100 for; 303 attackers with one vote each.
    persons = 10_000 / 1.9
    expected = 100 * (0.57 * persons + 303) / (persons + 303) - 57
    assert shift("one_vote_per_window", DRIP, ACTS_DRIP) == pytest.approx(expected)


def test_median_kills_a_short_burst_and_nothing_else():
    assert shift("daily_median", BURST, ACTS_BURST) < 0.3
    assert shift("daily_median", DRIP, ACTS_DRIP) == pytest.approx(10.0, abs=0.01)
    moved = daily_median(57.0, 303 / 1303 * 43, 1.5, 10, 1) - 57
    assert shift("daily_median", BURST, ACTS_BURST) == pytest.approx(moved, abs=1e-6)


def test_trimming_kills_a_burst_shorter_than_the_trim():
    assert shift("trimmed_mean", BURST, ACTS_BURST) == 0
    assert shift("trimmed_mean", DRIP, ACTS_DRIP) == pytest.approx(10.0, abs=0.01)


@pytest.mark.parametrize("name", ["account_age", "new_account_weight"])
def test_ageing_buys_its_delay_and_nothing_after_it(name):
    defence = DEFENCES[name]
    assert shift(name, BURST, ACTS_BURST) < 0.2
    assert value(name, BURST, ACTS_BURST) == 0
    assert defence.lead_time_days(defence.settings) == 30


def test_identity_checks_stop_invented_identities_only():
    bots = replace(BURST, real_people=False)
    assert shift("identity_check", bots, ACTS_BURST) < alone(bots, ACTS_BURST) / 5
    assert shift("identity_check", BURST, ACTS_BURST) == alone(BURST, ACTS_BURST)


def test_no_two_defences_are_one_function():
    situations = [BURST, DRIP, replace(BURST, real_people=False), replace(BURST, window_days=2, share=20.0)]
    seen = {
        name: tuple(
            round(number, 9)
            for where in situations
            for number in (
                shift(name, where, 303.0),
                shift(name, defence.adapt(where, defence.settings), 303.0),
                defence.price(where, defence.settings),
            )
        )
        for name, defence in DEFENCES.items()
    }
    assert len(set(seen.values())) == len(DEFENCES)


def test_of_two_days_the_median_is_the_mean_and_costs_and_takes_nothing():
    gov = replace(BURST, window_days=2)
    assert shift("daily_median", gov, ACTS_BURST) == alone(gov, ACTS_BURST)
    assert DEFENCES["daily_median"].price(gov, {}) == 1


def test_weights_and_caps_limit_the_truthful_and_not_the_liars():
    name = "post_stratification"
    huge = 1e9
    assert shift(name, BURST, huge) == pytest.approx(0.25 * 43, rel=1e-3)
    assert value(name, DRIP, ACTS_DRIP) == pytest.approx(0, abs=1e-9)
    lying = replace(BURST, lying=True)
    assert shift(name, lying, ACTS_BURST) == pytest.approx(alone(lying, ACTS_BURST))


def test_an_adapted_attack_is_never_weaker_than_the_same_attack_unadapted():
    for defence in DEFENCES.values():
        for situation, mass in (
            (BURST, ACTS_BURST),
            (DRIP, ACTS_DRIP),
            (replace(BURST, real_people=False), 100.0),
        ):
            plain = defence.effective_mass(mass, situation, defence.settings)
            adapted = defence.effective_mass(
                mass, defence.adapt(situation, defence.settings), defence.settings
            )
            assert adapted >= plain - 1e-6, defence.name


def test_timings():
    assert attack_days("burst_end", 10, 7) == 1
    assert attack_days("drip", 5, 7) == 5
    assert preparation_days("pre_registered", 45) == 45
    assert preparation_days("drip", 45) == 0
