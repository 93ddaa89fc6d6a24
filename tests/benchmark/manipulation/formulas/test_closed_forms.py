"""Each closed form against a simulation of single records, on small cases."""

from __future__ import annotations

import numpy as np
import pytest

import closed_forms as closed
from pollbench.errors import DomainError
from pollbench.manipulation import ATTACKS, MECHANISMS
from pollbench.manipulation.formulas import closed_forms, identification
from pollbench.manipulation.formulas.minimal import overtaking_fraction
from pollbench.manipulation.mechanisms.market_lmsr import bought_fraction, money_for
from pollbench.manipulation.model import Activity

SEED = 20170423


def standard_error(values):
    return values.std(ddof=1) / np.sqrt(len(values))


def test_push_and_nuke_shift_by_counting_people():
    generator = np.random.default_rng(SEED)
    honest = generator.choice(3, size=(4000, 500), p=[0.2, 0.3, 0.5])
    records = np.concatenate([honest, np.zeros((4000, 60), dtype=int)], axis=1)
    shares = np.stack([(records == who).mean(axis=1) for who in range(3)], axis=1) * 100
    before = np.stack([(honest == who).mean(axis=1) for who in range(3)], axis=1) * 100
    shift = shares - before
    assert shift[:, 0].mean() == pytest.approx(
        closed.push_shift(20.0, 60, 500), abs=4 * standard_error(shift[:, 0])
    )
    assert shift[:, 1].mean() == pytest.approx(
        closed.nuke_shift(30.0, 60, 500), abs=4 * standard_error(shift[:, 1])
    )


@pytest.mark.parametrize(("share", "points"), [(20.0, 1.0), (58.0, 5.0), (5.0, 30.0)])
def test_cost_by_adding_one_record_at_a_time(share, points):
    base = 10_000
    supporters = base * share / 100
    added = next(m for m in range(200_000) if 100 * (supporters + m) / (base + m) >= share + points - 1e-9)
    assert added == np.ceil(closed.push_cost(share, points, base) - 1e-6)


def test_nuke_cost_by_adding_one_hostile_record_at_a_time():
    added = next(m for m in range(10_000) if 100 * 540 / (1000 + m) <= 29)
    assert added == np.ceil(closed.nuke_cost(54.0, 25.0, 1000))


def test_lead_cost_by_adding_one_supporter_at_a_time():
    counts = np.array([240, 220, 190, 190, 160])
    added = next(m for m in range(1000) if counts[2] + m >= counts[1])
    assert added == closed.lead_cost(counts / 10, 2, 1000, rank=2)
    assert closed.lead_cost(counts / 10, 0, 1000) == 0


@pytest.mark.parametrize(("target", "leader"), [(29, 55), (20, 60), (45, 46)])
def test_approval_flip_by_adding_raters(target, leader):
    raters = 1_000_000.0

    def needed(both):
        low, high = 0.0, 100 * raters
        for _ in range(100):
            middle = (low + high) / 2
            own = (target / 100 * raters + middle) / (raters + middle)
            other = leader / 100 * raters / (raters + middle) if both else leader / 100
            low, high = (low, middle) if own >= other else (middle, high)
        return 100 * high / (raters + high)

    ratings = np.array([float(target), float(leader)])
    scale = MECHANISMS["daily_rating"].scale
    both, push = (
        100 * overtaking_fraction(ratings[None], ATTACKS[name].voice(ratings, 0, scale, 1), 0)[0]
        for name in ("push_and_nuke", "push")
    )
    assert both == pytest.approx(needed(True), rel=1e-6)
    assert push == pytest.approx(needed(False), rel=1e-6)
    assert both < push


def test_tone_share_by_classifying_messages():
    generator = np.random.default_rng(SEED)
    positive = np.array([300, 250, 450])
    read = generator.binomial(200, 0.8, 20_000)
    share = 100 * (positive[0] + read) / (positive.sum() + read)
    mechanism = MECHANISMS["tone_share"]
    form = mechanism.form(positive / 10, positive.sum(), {})
    mass = 200 * mechanism.mass_per_account({"classifier_recall": 0.8}, Activity())
    moved = form.moved(np.full((1, 1), mass), np.array([100.0, 0.0, 0.0]))[0]
    assert (share - 30).mean() == pytest.approx(moved, abs=0.02)


def test_net_sentiment_by_classifying_messages():
    generator = np.random.default_rng(SEED)
    own, messages, sentiment = 400, 100, -20.0
    honest = generator.choice([100, -100], p=[0.4, 0.6], size=(20_000, own))
    read = np.where(generator.random((20_000, messages)) < 0.8, 100, -100)
    shift = np.concatenate([honest, read], axis=1).mean(axis=1) - honest.mean(axis=1)
    form = MECHANISMS["net_sentiment"].form(np.array([sentiment]), own, {"classifier_recall": 0.8})
    expected = form.moved(np.full((1, 1), messages), np.array([100.0]))[0]
    assert shift.mean() == pytest.approx(expected, abs=4 * standard_error(shift))


def test_market_cost_by_paying_the_scoring_rule():
    liquidity = 50.0
    quantity = np.array([1.0, 3.0, 2.5])

    def cost(held):
        return liquidity * np.log(np.exp(held / liquidity).sum())

    def price(held):
        return np.exp(held / liquidity) / np.exp(held / liquidity).sum()

    bought = quantity + np.array([40.0, 0.0, 0.0])
    paid = cost(bought) - cost(quantity)
    part = (price(bought)[0] - price(quantity)[0]) / (1 - price(quantity)[0])
    assert paid == pytest.approx(float(money_for(part, liquidity)))
    form = MECHANISMS["market_lmsr"].form(100 * price(quantity), liquidity, {})
    moved = form.moved(np.full((1, 1), paid), np.array([100.0, 0.0, 0.0]))
    assert moved == pytest.approx(100 * (price(bought) - price(quantity)))
    assert np.isinf(money_for(1.0, 10.0))
    assert bought_fraction(0.0, 0.0) == 0
    assert bought_fraction(1.0, 0.0) == 1


def test_breakdown_points_are_the_contamination_of_the_costs():
    cost = closed.push_cost(20.0, 2.0, 1000.0)
    assert closed.threshold_breakdown(20.0, 2.0) == pytest.approx(float(100 * cost / (1000 + cost)))


def test_bogus_respondents_published_for_2024_flip_the_gaps_that_the_formula_says():
    # Westwood (2025), PNAS 122(47): 10 to 52 fakes among about 1,600 flip the leader of seven national polls;
    # as parts of the sample 0.62 and 3.25 per cent, which close gaps of 0.63 and 3.36 points.
    for fakes, gap in ((10, 0.63), (52, 3.36)):
        figures = np.array([[50.0 - gap / 2, 50.0 + gap / 2]])
        part = overtaking_fraction(figures, np.array([100.0, 0.0]), 0)[0]
        assert 1600 * part == pytest.approx(fakes, abs=0.15)


def test_nineteen_fakes_among_fifteen_hundred_move_a_poll_by_one_point():
    assert pytest.approx(1.0, abs=0.02) == 19 / 1500 * (100 - 20)
    assert np.ceil(1500 * closed.threshold_breakdown(20.0, 1.0) / 100) == 19


def test_sufficient_contamination_rebuilds_the_figure():
    forecast, result = 21.5, 20.0059
    part = float(identification.sufficient_contamination(forecast, result)) / 100
    assert (1 - part) * result + part * 100 == pytest.approx(forecast)
    assert identification.sufficient_contamination(19.0, 20.0) == 0


def test_explained_share_is_complete_for_a_pure_push_and_signed():
    result = np.array([24.0, 21.3, 20.0, 19.6, 15.1])
    push = 0.9 * result + 0.1 * np.array([0, 0, 100.0, 0, 0])
    assert identification.explained_share(push, result, 2) == pytest.approx(100)
    assert identification.explained_share(2 * result - push, result, 2) == pytest.approx(-100)
    assert identification.explained_share(result, result, 2) == 0


def test_the_ends_of_the_breakdown_and_of_the_elasticity():
    assert closed_forms.threshold_breakdown(20.0, np.array([0.0, 2.0, 80.0, 81.0])).tolist() == [
        0,
        2.5,
        100,
        np.inf,
    ]
    assert closed_forms.elasticity(0.0, np.array([0.0, 5.0]), 100.0)[0] == 1


def test_a_place_among_more_than_there_are_is_refused():
    with pytest.raises(DomainError, match="at least 3 other candidates"):
        closed_forms.gap_to_rank([50.0, 30.0, 20.0], 0, rank=3)


def test_a_figure_half_a_point_below_100_is_judged_like_any_other():
    # 100 honest records, 99.5 of them for the target: a push as large as the base halves what is missing.
    assert closed_forms.push_cost(99.5, 0.25, 100.0) == pytest.approx(100)
    assert closed_forms.threshold_breakdown(99.5, 0.25) == pytest.approx(50)
    assert closed_forms.elasticity(0.5) == pytest.approx(199)
    # Without a base the mass is per cent of it: a fifth of the records are of attackers.
    assert closed_forms.elasticity(20.0, 25.0) == pytest.approx(0.2 * 0.8 * 80 / (20 + 0.2 * 80))
    assert identification.sufficient_contamination(99.75, 99.5) == pytest.approx(50)


def test_more_than_all_of_the_records_is_never_enough():
    assert closed_forms.threshold_breakdown(50.0, 50.25) == np.inf
    assert closed_forms.push_cost(100.0, np.array([0.0, 1.0]), 100.0).tolist() == [0, np.inf]


def test_a_small_error_points_somewhere_like_a_large_one():
    result = np.array([50.0, 30.0, 20.0])
    push = 0.99999 * result + np.array([0.001, 0.0, 0.0])
    assert identification.explained_share(push, result, 0) == pytest.approx(100, abs=1e-6)
    assert identification.sufficient_contamination(100.0, 100.0) == 0
