"""The smallest attack in every replicate, and the engine that reads it off."""

from __future__ import annotations

import numpy as np
import pytest
from sweep_engine import Figure, sweep

from pollbench.errors import DomainError
from pollbench.manipulation.formulas import minimal
from pollbench.manipulation.formulas.draws import completed, sample_ratings, sample_shares, stable_hash

SEED = 20170423
FIELD = np.array([24.0, 22.0, 19.0, 19.0, 7.0, 9.0])


@pytest.fixture(scope="module")
def counts():
    # Few persons, so that ties are frequent.
    return sample_shares(FIELD, 60, 5000, SEED, "test")


@pytest.mark.parametrize("rank", [1, 2])
@pytest.mark.parametrize("target", range(6))
def test_minimal_attack_by_adding_one_supporter_at_a_time(counts, target, rank):
    found = minimal.minimal_mass(counts, target, rank)
    for row, needed in zip(counts[:400], found[:400], strict=True):
        others = np.sort(np.delete(row, target))[::-1]
        added = next(m for m in range(200) if row[target] + m > others[rank - 1])
        assert added == needed


def test_flip_curve_is_the_direct_simulation(counts):
    found = minimal.minimal_mass(counts, 2, 1)
    for mass in range(30):
        pushed = counts[:, 2] + mass
        direct = (pushed > np.delete(counts, 2, axis=1).max(axis=1)).mean()
        assert minimal.flip_curve(found, mass) == direct


def test_minimal_replacement_by_replacing_in_proportion(counts):
    found = minimal.minimal_replacement(counts, 2, 2)
    for row, needed in zip(counts[:200], found[:200], strict=True):
        rival = np.sort(np.delete(row, 2))[-2]
        size = row.sum()
        steps = (m for m in range(size + 1) if (size - m) * row[2] + m * size > (size - m) * rival)
        assert next(steps) == needed


def test_median_minimal_attack_is_near_the_closed_form_and_a_little_above_in_a_close_race():
    drawn = sample_shares(FIELD, 1401, 20_000, SEED, "ipsos")
    middle = minimal.minimal_quantiles(minimal.minimal_mass(drawn, 2, 1))[1]
    assert 0.05 * 1401 <= middle < 0.06 * 1401 + 5


def test_rating_attack_by_bisection():
    ratings = np.array([[29.0, 55.0, 15.0]])
    bases = np.array([900.0, 1200.0, 500.0])
    mass = float(minimal.minimal_rating_mass(ratings, bases, 0)[0])
    own = (0.29 * 900 + mass) / (900 + mass)
    other = 0.55 * 1200 / (1200 + mass)
    assert own == pytest.approx(other)
    push = float(minimal.minimal_rating_mass(ratings, bases, 0, both=False)[0])
    assert (0.29 * 900 + push) / (900 + push) == pytest.approx(0.55)
    assert minimal.minimal_rating_mass(ratings, bases, 1)[0] == 0
    assert np.isinf(minimal.minimal_rating_mass(np.array([[29.0, 100.0]]), 10.0, 0, both=False)[0])


def test_a_rank_that_is_no_question_is_refused():
    with pytest.raises(DomainError):
        minimal.minimal_mass(np.array([[1, 2]]), 0, 2)


def test_shares_are_completed_with_the_others_and_scaled_down_above_100():
    assert completed(np.array([20.0, 30.0]))[0].tolist() == [20, 30, 50]
    shares, flag = completed(np.array([80.0, 45.0]))
    assert flag == "over 100"
    assert shares.sum() == pytest.approx(100)


def test_monte_carlo_mean_agrees_with_the_closed_form():
    drawn = sample_shares(FIELD, 1401, 10_000, SEED, "x")[:, 2] / 1401
    for percent in (1, 5, 20):
        part = percent / (100 + percent)
        shift = 100 * part * (1 - drawn)
        closed = part * (100 - 19)
        assert shift.mean() == pytest.approx(closed, abs=4 * shift.std() / 100)


def test_draws_depend_on_the_id_and_the_seed_alone():
    first = sample_shares(FIELD, 1401, 50, SEED, "a")
    assert (first == sample_shares(FIELD, 1401, 50, SEED, "a")).all()
    assert (first != sample_shares(FIELD, 1401, 50, SEED, "b")).any()
    assert (first != sample_shares(FIELD, 1401, 50, SEED + 1, "a")).any()
    assert stable_hash("a") == 0xCA978112CA1BBDCA  # the published SHA-256 of "a" begins so
    assert first.dtype == np.int32


def test_ratings_are_drawn_one_binomial_a_candidate():
    drawn = sample_ratings(np.array([58.0, 32.0]), 400, 100_000, SEED, "gov")
    assert drawn.mean(axis=0) == pytest.approx([58, 32], abs=0.05)
    assert drawn.var(axis=0) == pytest.approx([58 * 42 / 400, 32 * 68 / 400], rel=0.02)
    assert abs(np.corrcoef(drawn.T)[0, 1]) < 0.02


def figures(number):
    generator = np.random.default_rng(1)
    return [
        Figure(f"forecast-{index}", 100 * generator.dirichlet(np.full(6, 5.0)), 900 + 10 * index)
        for index in range(number)
    ]


GRID = np.array([0.0, 1.0, 3.0, 10.0])
FACTORS = np.array([1.0, 0.5])


def test_sweep_gives_the_same_bytes_whatever_the_number_of_workers():
    alone = sweep(figures(4), [0, 1], GRID, FACTORS, replicates=500)
    pair = sweep(figures(4), [0, 1], GRID, FACTORS, replicates=500, workers=2)
    assert [each.tobytes() for each in alone] == [each.tobytes() for each in pair]


@pytest.mark.slow
def test_sweep_gives_the_same_bytes_on_a_cluster():
    import joblib
    from dask.distributed import Client, LocalCluster

    alone = sweep(figures(4), [0, 1], GRID, FACTORS, replicates=500)
    with (
        LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as cluster,
        Client(cluster),
        joblib.parallel_config(backend="dask"),
    ):
        spread = sweep(figures(4), [0, 1], GRID, FACTORS, replicates=500, workers=2)
    assert [each.tobytes() for each in alone] == [each.tobytes() for each in spread]


def test_adding_a_forecast_leaves_the_bytes_of_the_others():
    three = sweep(figures(3), [0, 1], GRID, FACTORS, replicates=500)
    four = sweep([figures(4)[3], *figures(3)], [0, 1], GRID, FACTORS, replicates=500)
    assert three[1].tobytes() == four[1][1:].tobytes()


def test_sweep_is_monotone_in_the_budget_and_zero_moves_nothing():
    shift, flips = sweep(figures(5), [0, 1, 2], GRID, FACTORS, replicates=500)
    assert (shift[:, :, 0] == 0).all()
    assert (np.diff(shift, axis=2) > 0).all()
    assert (np.diff(flips, axis=3) >= 0).all()
    assert (flips[:, :, 1] >= flips[:, :, 0]).all()


def test_common_draws_make_differences_far_less_noisy():
    # Variance ratio of a shift from independent draws to one from common draws: (1 + (1 - e)^2) / e^2.
    part = 0.08 / 1.08
    one = sample_shares(FIELD, 1401, 20_000, SEED, "one")[:, 2] / 1401
    two = sample_shares(FIELD, 1401, 20_000, SEED, "two")[:, 2] / 1401
    common = ((1 - part) * one + part) - one
    independent = ((1 - part) * two + part) - one
    assert independent.var() / common.var() == pytest.approx((1 + (1 - part) ** 2) / part**2, rel=0.05)
