"""Invented panelists in a quota sample: means, certificates, flips, thinning."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.manipulation.formulas import inclusion
from pollbench.manipulation.formulas.closed_forms import push_shift

SEED = 20170423


def drawn_one_by_one(fakes, panel, sample, activity, replicates):
    """Members drawn one at a time, an invented one with odds ``activity``."""
    generator = np.random.default_rng(SEED)
    left_fakes = np.full(replicates, float(fakes))
    left_panel = np.full(replicates, float(panel))
    for _ in range(sample):
        odds = activity * left_fakes / (activity * left_fakes + left_panel)
        invented = generator.random(replicates) < odds
        left_fakes -= invented
        left_panel -= ~invented
    return fakes - left_fakes


@pytest.mark.parametrize("activity", [1.0, 3.0, 10.0])
def test_expected_number_by_drawing_members_one_by_one(activity):
    drawn = drawn_one_by_one(60, 500, 200, activity, 20_000)
    expected = float(inclusion.expected_included(60, 500, 200, activity))
    assert drawn.mean() == pytest.approx(expected, rel=0.005)
    upper = 200 * float(inclusion.inclusion_share(60, 500, activity))
    assert upper >= expected - 1e-9


def test_equal_activity_is_exact_in_both_forms():
    assert inclusion.expected_included(60, 500, 200) == pytest.approx(
        200 * float(inclusion.inclusion_share(60, 500)), rel=1e-12
    )


def test_expected_is_below_the_probable_and_the_certain_certificate():
    generator = np.random.default_rng(SEED)
    weight = generator.dirichlet(np.ones(5), 300)
    room = 100 * generator.uniform(0.2, 1, (300, 5))
    sample = np.maximum(20, generator.multinomial(1500, np.ones(5) / 5, 300)).astype(float)
    panel = 100 * sample
    fakes = np.round(panel * 10 ** generator.uniform(-4, -1, (300, 5)))
    expected = (weight * room * inclusion.inclusion_share(fakes, panel)).sum(axis=1)
    probable = inclusion.certificate(weight, room, fakes, sample, panel, 0.95)
    certain = inclusion.certificate(weight, room, fakes, sample)
    assert (expected <= probable + 1e-9).all()
    assert (probable <= certain + 1e-9).all()


def test_probable_certificate_holds_as_often_as_it_says():
    generator = np.random.default_rng(SEED)
    weight, room = np.array([0.4, 0.6]), np.array([80.0, 85.0])
    sample, fakes, panel = np.array([400, 600]), np.array([300, 500]), np.array([40_000, 60_000])
    drawn = np.stack(
        [generator.hypergeometric(k, p, n, 50_000) for k, p, n in zip(fakes, panel, sample, strict=True)],
        axis=1,
    )
    shift = (weight * room * drawn / sample).sum(axis=1)
    bound = inclusion.certificate(weight, room, fakes, sample, panel, 0.95)
    assert (shift <= bound).mean() >= 0.95


def test_deterministic_certificate_is_empty_once_every_place_is_taken():
    one = np.ones(1)
    assert inclusion.certificate(one, 81.0 * one, 2000 * one, 1401 * one) == pytest.approx(81.0)


def test_flip_probability_equals_the_direct_simulation():
    generator = np.random.default_rng(SEED)
    needed = generator.integers(0, 40, 4000)
    landed = generator.binomial(1401, 0.015, (200, 4000))
    direct = (landed >= needed).mean()
    assert inclusion.flip_probability(needed, 1401, np.array([0.015]))[0] == pytest.approx(direct, abs=0.003)


def test_thinning_has_the_right_margin_and_never_goes_up():
    generator = np.random.default_rng(SEED)
    start = generator.binomial(1000, 0.95, 100_000)
    later = inclusion.thinned(start, 0.05, 0.2, generator)
    assert (later <= start).all()
    assert later.mean() == pytest.approx(800, abs=0.2)
    assert later.var() == pytest.approx(160, rel=0.02)


def test_the_engine_can_conclude_against_the_polls():
    # With every fake panelist landing, a thousand attackers move a panel of 100,000 more than an app of
    # 150,000 users whose votes are pooled, and ten times as active ones far more.
    panel = push_shift(19.0, 1000, 100_000)
    app = push_shift(58.0, 1000, 150_000)
    active = push_shift(19.0, 10 * 1000, 100_000)
    assert panel == pytest.approx(0.80, abs=0.005)
    assert app == pytest.approx(0.28, abs=0.005)
    assert active == pytest.approx(7.4, abs=0.05)
