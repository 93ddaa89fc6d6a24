"""Weighted cells: the cheapest allocation, the slope theorem, and the attack unit test."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.manipulation.formulas import weighting
from pollbench.manipulation.profiles import allocation


def designs(number, cells=6, seed=20170423):
    generator = np.random.default_rng(seed)
    weight = generator.dirichlet(np.ones(cells), number)
    records = np.maximum(1.0, 1500 * generator.dirichlet(np.ones(cells), number))
    room = 100 * generator.uniform(0.02, 1, (number, cells))
    return weight, room, records


def test_allocation_uses_the_whole_mass_and_is_never_negative():
    weight, room, records = designs(5000)
    mass = 10 ** np.random.default_rng(1).uniform(-2, 5, 5000)
    found = weighting.cheapest_allocation(weight, room, records, mass)
    np.testing.assert_allclose(found.sum(axis=1), mass, rtol=1e-9)
    assert (found >= 0).all()


def test_allocation_beats_twenty_thousand_random_ones():
    weight, room, records = (each[0] for each in designs(1))
    best = weighting.weighted_shift(
        weight, room, records, weighting.cheapest_allocation(weight, room, records, 200.0)
    )
    others = 200 * np.random.default_rng(2).dirichlet(np.full(6, 0.4), 20_000)
    assert (weighting.weighted_shift(weight, room, records, others) <= best + 1e-9).all()


def test_allocation_equals_a_general_optimiser():
    from scipy.optimize import minimize

    for row in range(10):
        weight, room, records = (each[row] for each in designs(10))
        found = weighting.cheapest_allocation(weight, room, records, 300.0)
        answer = minimize(
            lambda mass, w=weight, u=room, n=records: (
                -float(weighting.weighted_shift(w, u, n, np.maximum(mass, 0)))
            ),
            np.full(6, 50.0),
            method="SLSQP",
            bounds=[(0, 300)] * 6,
            constraints={"type": "eq", "fun": lambda mass: mass.sum() - 300},
            options={"ftol": 1e-12, "maxiter": 500},
        )
        assert weighting.weighted_shift(weight, room, records, found) == pytest.approx(-answer.fun, rel=1e-6)


def test_allocation_levels_the_marginal_gain_of_the_cells_in_use():
    weight, room, records = designs(500)
    found = weighting.cheapest_allocation(weight, room, records, np.full(500, 400.0))
    marginal = weight * room * records / (records + found) ** 2
    used = found > 1e-9
    top = np.where(used, marginal, -np.inf).max(axis=1)
    low = np.where(used, marginal, np.inf).min(axis=1)
    np.testing.assert_allclose(top, low, rtol=1e-8)
    assert (np.where(used, 0, marginal).max(axis=1) <= low * (1 + 1e-9)).all()


def test_slope_is_never_below_that_of_an_unweighted_sample_publishing_the_same_share():
    weight, room, records = designs(5000)
    assert (
        weighting.initial_slope(weight, room, records) >= weighting.slope_floor(weight, room, records) - 1e-12
    ).all()


def test_slope_equality_where_all_cells_are_alike():
    weight, records = np.array([0.25, 0.75]), np.array([100.0, 300.0])
    room = np.array([80.0, 80.0])
    assert weighting.initial_slope(weight, room, records) == pytest.approx(
        float(weighting.slope_floor(weight, room, records))
    )


def test_weighting_can_lower_the_slope_of_the_same_data_when_it_raises_the_share():
    weight, room, records = np.array([0.2, 0.8]), np.array([90.0, 10.0]), np.array([50.0, 50.0])
    unweighted = (room * records).sum() / records.sum() / records.sum()
    assert weighting.initial_slope(weight, room, records) == pytest.approx(0.36)
    assert unweighted == pytest.approx(0.50)


def test_the_attack_finds_a_planted_starved_cell():
    # An attack that misses the hole would make every robustness number worthless.
    weight = np.full(20, 0.05)
    room = np.full(20, 80.0)
    records = np.full(20, 100.0)
    records[13] = 2.0
    mass = 5.0
    optimum = 0.05 * 80 * mass / (2 + mass)
    found = allocation("adaptive", weight, room, records, np.array(mass))
    assert found.argmax() == 13
    assert weighting.weighted_shift(weight, room, records, found) >= 0.99 * optimum
    blind = allocation("as_sample", weight, room, records, np.array(mass))
    assert weighting.weighted_shift(weight, room, records, blind) < 0.15 * optimum


def test_ceiling_of_an_attack_confined_to_credible_cells():
    weight, room, records = (each[0] for each in designs(1))
    credible = np.array([True, True, False, False, False, False])
    confined = np.where(credible, 1e12, 0.0)
    shift = weighting.weighted_shift(weight, room, records, confined)
    assert shift == pytest.approx(float(weighting.ceiling(weight, room, credible)))


def test_truthful_attackers_gain_in_under_covered_cells_and_lose_in_well_covered_ones():
    weight, room = np.array([0.25, 0.75]), np.array([80.0, 80.0])
    under, well = np.array([50.0, 950.0]), np.array([500.0, 500.0])
    truthful = allocation("truthful", weight, room, under, np.array(50.0), own=np.array([1.0, 0.0]))
    unweighted = 80 * 50 / 1050
    assert weighting.weighted_shift(weight, room, under, truthful) > unweighted
    assert weighting.weighted_shift(weight, room, well, truthful) < unweighted


def test_weighted_shift_by_counting_people():
    weight, records, share = np.array([0.3, 0.7]), np.array([200, 100]), np.array([0.1, 0.4])
    mass = np.array([50, 20])
    before = (weight * share).sum()
    after = (weight * (records * share + mass) / (records + mass)).sum()
    assert weighting.weighted_shift(weight, 100 * (1 - share), records, mass) == pytest.approx(
        100 * (after - before)
    )


def test_design_effect_by_sampling():
    generator = np.random.default_rng(3)
    weight, records = np.array([0.5, 0.5]), np.array([100, 300])
    figures = (generator.binomial(records, 0.3, (100_000, 2)) / records) @ weight
    assert figures.var() / (0.21 / 400) == pytest.approx(
        float(weighting.design_effect(weight, records)), rel=0.02
    )


def test_a_cell_without_honest_records_is_refused():
    with pytest.raises(DomainError, match="honest records"):
        weighting.cheapest_allocation([0.5, 0.5], [80.0, 80.0], [0.0, 10.0], 5.0)
