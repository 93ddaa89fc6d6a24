"""Properties that every share-type figure under attack has, over 20,000 random cases."""

from __future__ import annotations

import numpy as np
import pytest

import closed_forms as closed
from pollbench.errors import DomainError, UnknownName
from pollbench.manipulation import ATTACKS, MECHANISMS
from pollbench.manipulation.normal_form import NormalForm, contamination, mass_at

CASES = 20_000


@pytest.fixture(scope="module")
def cases():
    generator = np.random.default_rng(20170423)
    shares = 100 * generator.dirichlet(np.full(6, 0.7), CASES)
    base = 10 ** generator.uniform(0, 7, CASES)
    mass = base * 10 ** generator.uniform(-4, 2, CASES)
    return shares, base, mass


def attacked(shares, base, mass, target=0):
    part = contamination(mass, base)[:, None]
    voice = np.zeros(shares.shape[1])
    voice[target] = 100
    return (1 - part) * shares + part * voice


def test_zero_budget_moves_nothing(cases):
    shares, base, _ = cases
    assert (closed.push_shift(shares[:, 0], 0.0, base) == 0).all()
    assert (closed.nuke_shift(shares[:, 0], 0.0, base) == 0).all()


def test_shares_add_up_and_shifts_cancel(cases):
    shares, base, mass = cases
    after = attacked(shares, base, mass)
    np.testing.assert_allclose(after.sum(axis=1), 100)
    np.testing.assert_allclose((after - shares).sum(axis=1), 0, atol=1e-9)


def test_closed_forms_are_the_normal_form(cases):
    shares, base, mass = cases
    after = attacked(shares, base, mass)
    np.testing.assert_allclose(
        closed.push_shift(shares[:, 0], mass, base), after[:, 0] - shares[:, 0], atol=1e-9
    )
    np.testing.assert_allclose(
        closed.nuke_shift(shares[:, 1], mass, base), after[:, 1] - shares[:, 1], atol=1e-9
    )


def test_shift_is_bounded_by_contamination_and_room(cases):
    shares, base, mass = cases
    shift = closed.push_shift(shares[:, 0], mass, base)
    assert (shift >= 0).all()
    assert (shift <= np.minimum(100 * contamination(mass, base), 100 - shares[:, 0]) + 1e-9).all()


def test_shift_grows_with_mass_and_falls_with_base(cases):
    shares, base, mass = cases
    share = shares[:, 0]
    assert (closed.push_shift(share, 1.1 * mass, base) >= closed.push_shift(share, mass, base)).all()
    assert (closed.push_shift(share, mass, 1.1 * base) <= closed.push_shift(share, mass, base)).all()


def test_scale_does_not_matter(cases):
    shares, base, mass = cases
    np.testing.assert_allclose(
        closed.push_shift(shares[:, 0], 17 * mass, 17 * base), closed.push_shift(shares[:, 0], mass, base)
    )


def test_permuting_candidates_permutes_the_figures(cases):
    shares, base, mass = cases
    order = np.array([3, 0, 5, 1, 4, 2])
    np.testing.assert_array_equal(
        attacked(shares, base, mass, target=0)[:, order],
        attacked(shares[:, order], base, mass, target=int(np.flatnonzero(order == 0)[0])),
    )


def test_ratios_between_rivals_survive_a_push(cases):
    shares, base, mass = cases
    after = attacked(shares, base, mass)
    np.testing.assert_allclose(after[:, 1] * shares[:, 2], after[:, 2] * shares[:, 1], rtol=1e-9, atol=1e-12)


def test_two_attacks_in_a_row_are_one_attack(cases):
    shares, base, mass = cases
    once = attacked(shares, base, mass)
    twice = attacked(once, base + mass, 2 * mass)
    np.testing.assert_allclose(twice, attacked(shares, base, 3 * mass))


def test_cost_and_shift_are_inverse(cases):
    shares, base, mass = cases
    shift = closed.push_shift(shares[:, 0], mass, base)
    # Where the shift fills the room to the last digits the inverse is ill-conditioned.
    well = shift < 0.99 * (100 - shares[:, 0])
    np.testing.assert_allclose(closed.push_cost(shares[:, 0], shift, base)[well], mass[well], rtol=1e-6)
    drop = -closed.nuke_shift(shares[:, 0], mass, base)
    well = (drop < 0.99 * shares[:, 0]) & (shares[:, 0] > 1e-6)
    np.testing.assert_allclose(closed.nuke_cost(shares[:, 0], drop, base)[well], mass[well], rtol=1e-6)


def test_out_of_reach_is_infinite_and_never_missing(cases):
    shares, base, _ = cases
    share = shares[:, 0]
    assert np.isinf(closed.push_cost(share, 100 - share + 1e-6, base)).all()
    assert np.isinf(closed.nuke_cost(share, share + 1e-6, base)).all()
    assert np.isinf(closed.push_cost(100.0, 1.0, 10.0))
    assert np.isinf(closed.threshold_breakdown(100.0, 1.0))
    assert closed.push_cost(100.0, 0.0, 10.0) == 0


def test_nuke_mirrors_push(cases):
    shares, base, mass = cases
    np.testing.assert_allclose(
        closed.nuke_shift(shares[:, 0], mass, base), -closed.push_shift(100 - shares[:, 0], mass, base)
    )


def test_influence_is_the_derivative_at_zero(cases):
    shares, base, _ = cases
    tiny = 1e-7 * base
    slope = closed.push_shift(shares[:, 0], tiny, base) / 1e-7
    np.testing.assert_allclose(slope, 100 - shares[:, 0], rtol=1e-5, atol=1e-6)


def test_edge_cases_of_the_base():
    assert contamination(0.0, 0.0) == 0
    assert contamination(5.0, 0.0) == 1
    assert closed.push_shift(100.0, 50.0, 10.0) == 0
    assert closed.push_shift(0.0, 10.0, 10.0) == 50
    assert np.isinf(closed.elasticity(0.0))
    assert closed.elasticity(0.0, 1.0, 100.0) == pytest.approx(1 / 1.01)


def test_elasticity_in_the_number_of_attackers_is_a_logarithmic_derivative():
    share, base, mass, step = 20.0, 1000.0, 300.0, 1e-4
    high = share + closed.push_shift(share, mass * (1 + step), base)
    low = share + closed.push_shift(share, mass * (1 - step), base)
    numeric = (np.log(high) - np.log(low)) / (2 * step)
    assert closed.elasticity(share, mass, base) == pytest.approx(numeric, rel=1e-6)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -1.0])
def test_non_finite_or_negative_input_is_refused(bad):
    with pytest.raises(DomainError):
        contamination(bad, 10.0)
    with pytest.raises(DomainError):
        closed.push_shift(bad, 1.0, 10.0)
    with pytest.raises(DomainError):
        closed.push_cost(20.0, bad, 10.0)


def test_a_share_above_100_is_refused():
    with pytest.raises(DomainError, match="above 100"):
        closed.push_shift(101.0, 1.0, 10.0)


def test_mass_at_is_the_inverse_of_contamination():
    mass = np.array([0.0, 1.0, 10.0, 1e6])
    np.testing.assert_allclose(mass_at(contamination(mass, 50.0), 50.0), mass)
    assert np.isinf(mass_at(1.0, 50.0))


def test_every_mechanism_says_where_an_attacker_enters_and_fills_the_normal_form():
    assert set(MECHANISMS) == {
        "phone_quota", "panel_quota", "optin_ballot", "daily_rating", "share_of_voice", "tone_share",
        "net_sentiment", "market_lmsr", "poll_average",
    }  # fmt: skip
    for mechanism in MECHANISMS.values():
        assert mechanism.base
        assert mechanism.enters
        form = mechanism.form(np.array([40.0, 30.0]), 1000.0, {})
        np.testing.assert_allclose(form.published, [40, 30])
        np.testing.assert_allclose(form.attacked(np.zeros((1, 2)), np.array([100.0, 0.0])), [40, 30])
    with pytest.raises(UnknownName, match="panel_quota"):
        MECHANISMS.named("panel_quot")


@pytest.mark.parametrize("name", sorted(MECHANISMS))
def test_the_engine_is_the_closed_form_where_there_is_one(name, cases):
    """A push and a nuke of figures that are parts of one whole, and of one that stands alone."""
    shares, base, mass = (each[:2000] for each in cases)
    mechanism = MECHANISMS[name]
    for figures, size, added in zip(shares[:200], base, mass, strict=False):
        form = mechanism.form(figures, size, {})
        part = float(mechanism.form(figures, size, {}).mixing.fraction(added, size))
        for attack, closed_form in (("push", closed.push_shift), ("nuke", closed.nuke_shift)):
            voice = ATTACKS[attack].voice(figures, 0, mechanism.scale, 1)
            moved = form.moved(np.full((1, 1), added), voice)
            if mechanism.scale.lowest == 0:
                # The mass that mixes as much of records as this one does of what is counted here.
                equal = mass_at(part, 1.0)
                if np.isfinite(equal):
                    expected = closed_form(figures[0], equal, 1.0)
                    assert moved[0] == pytest.approx(float(expected), rel=1e-6, abs=1e-9)
            if mechanism.scale.whole:
                assert moved.sum() == pytest.approx(0, abs=1e-8)
            else:
                assert (moved[1:] == 0).all()


def test_mass_and_part_of_every_mechanism_are_inverse():
    part = np.array([0.0, 1e-6, 0.1, 0.9])
    for mechanism in MECHANISMS.values():
        mixing = mechanism.form(np.array([40.0, 30.0]), 100.0, {}).mixing
        np.testing.assert_allclose(mixing.fraction(mixing.mass(part, 70.0), 70.0), part, atol=1e-12)
        assert np.isinf(mixing.mass(1.0, 70.0))


def test_a_rating_moves_one_candidate_and_leaves_the_others():
    mechanism = MECHANISMS["daily_rating"]
    form = mechanism.form(np.array([58.0, 32.0]), np.array([4500.0, 4500.0]), {})
    after = form.attacked(
        np.full((1, 1), 1000.0), ATTACKS["push"].voice(form.published, 0, mechanism.scale, 1)
    )
    assert after[0] - 58 == pytest.approx(7.636, abs=1e-3)
    assert after[1] == 32
    assert ATTACKS["push_and_nuke"].voice(form.published, 1, mechanism.scale, 1).tolist() == [0, 100]


def test_the_rival_in_the_way_is_the_one_of_the_rank_aimed_at():
    scale = MECHANISMS["daily_rating"].scale
    figures = np.array([58.0, 32.0, 15.0])
    assert ATTACKS["push_and_nuke"].voice(figures, 2, scale, 1)[0] == 0
    assert ATTACKS["push_and_nuke"].voice(figures, 2, scale, 2)[1] == 0


def test_net_sentiment_moves_a_small_candidate_more_easily():
    form = MECHANISMS["net_sentiment"].form(np.array([0.0, 0.0]), np.array([29.0, 2.0]), {})
    after = form.attacked(np.array([0.01, 0.01]), np.array([60.0, 60.0]))
    assert after[1] / after[0] == pytest.approx(14.5, rel=0.01)


def test_weighted_cells_move_by_their_weight():
    form = NormalForm.of(np.array([[20.0, 80.0], [30.0, 70.0]]), np.array([100.0, 1000.0]), [0.5, 0.5])
    np.testing.assert_allclose(form.published, [25, 75])
    after = form.attacked(np.array([[100.0], [0.0]]), np.array([100.0, 0.0]))
    assert after[0] == pytest.approx(25 + 0.5 * 40)


def test_the_normal_form_refuses_what_is_not_one():
    with pytest.raises(DomainError):
        NormalForm.of([20.0, np.nan], 100.0)
    with pytest.raises(DomainError):
        NormalForm.of([[20.0, 80.0], [30.0, 70.0]], [100.0, 100.0], [0.5, 0.6])


def test_the_control_adds_noise_and_no_shift():
    figures = np.array([30.0, 70.0])
    mechanism = MECHANISMS["optin_ballot"]
    form = mechanism.form(figures, 100.0, {})
    said = ATTACKS["control"].voice(figures, 0, mechanism.scale, 1)
    np.testing.assert_allclose(form.attacked(np.full((1, 1), 50.0), said), figures)
