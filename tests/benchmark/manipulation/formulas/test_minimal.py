"""The smallest attack in every replicate, and the draws that it is read off."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.manipulation.formulas import minimal
from pollbench.manipulation.formulas.draws import completed, sample_ratings, sample_shares, stable_hash

SEED = 20170423
FIELD = np.array([24.0, 22.0, 19.0, 19.0, 7.0, 9.0])


@pytest.fixture(scope="module")
def counts():
    # Few persons, so that ties are frequent.
    return sample_shares(FIELD, 60, 5000, SEED, "test")


def test_minimal_replacement_by_replacing_in_proportion(counts):
    found = minimal.minimal_replacement_within(counts, counts, 2, 2)
    for row, needed in zip(counts[:200], found[:200], strict=True):
        rival = np.sort(np.delete(row, 2))[-2]
        size = row.sum()
        steps = (m for m in range(size + 1) if (size - m) * row[2] + m * size > (size - m) * rival)
        assert next(steps) == needed


@pytest.mark.parametrize("rank", [1, 2])
@pytest.mark.parametrize("target", range(6))
def test_overtaking_by_adding_supporters_until_the_target_draws_level(counts, target, rank):
    voice = np.zeros(6)
    voice[target] = 100.0
    shares = 100.0 * counts[:300] / 60
    part = minimal.overtaking_fraction(shares, voice, target, rank)
    for row, needed in zip(counts[:300], part, strict=True):
        other = np.sort(np.delete(row, target))[-rank]
        added = max(0, int(other) - int(row[target]))
        assert needed == pytest.approx(added / (60 + added))


def test_overtaking_where_attackers_say_something_of_everybody_by_bisection():
    figures, voice = np.array([[20.0, 30.0, 50.0]]), np.array([70.0, 10.0, 20.0])

    def ahead(part):
        mixed = (1 - part) * figures[0] + part * voice
        return mixed[0] >= mixed[2]

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if ahead(middle) else (middle, high)
    assert minimal.overtaking_fraction(figures, voice, 0)[0] == pytest.approx(high)
    # A rival who holds everything is reached at full contamination only, and one who gains as much never.
    assert minimal.overtaking_fraction(np.array([[29.0, 100.0]]), np.array([100.0, np.nan]), 0)[0] == 1
    assert np.isinf(minimal.overtaking_fraction(np.array([[29.0, 60.0]]), np.array([50.0, 90.0]), 0)[0])
    assert minimal.overtaking_fraction(figures, voice, 2)[0] == 0


def test_flip_probability_equals_the_direct_simulation():
    generator = np.random.default_rng(SEED)
    needed = generator.integers(0, 40, 4000)
    landed = generator.binomial(1401, 0.015, (200, 4000))
    direct = (landed >= needed).mean()
    assert minimal.flip_probability(needed, 1401, np.array([0.015]))[0] == pytest.approx(direct, abs=0.003)


def test_a_rank_that_is_no_question_is_refused():
    with pytest.raises(DomainError):
        minimal.rival(np.array([[1, 2]]), 0, 2)


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


def test_common_draws_make_differences_far_less_noisy():
    # Variance ratio of a shift from independent draws to one from common draws: (1 + (1 - e)^2) / e^2.
    part = 0.08 / 1.08
    one = sample_shares(FIELD, 1401, 20_000, SEED, "one")[:, 2] / 1401
    two = sample_shares(FIELD, 1401, 20_000, SEED, "two")[:, 2] / 1401
    common = ((1 - part) * one + part) - one
    independent = ((1 - part) * two + part) - one
    assert independent.var() / common.var() == pytest.approx((1 + (1 - part) ** 2) / part**2, rel=0.05)


@pytest.mark.parametrize(
    ("figures", "voice", "fraction"),
    [
        # All records must be of attackers who name both alike; with 55 to 45 not even they suffice.
        ([60.0, 40.0], [50.0, 50.0], 1.0),
        ([60.0, 40.0], [45.0, 55.0], 2 / 3),
        ([60.0, 40.0], [55.0, 45.0], np.inf),
        # A small gap, closed slowly.
        ([50.2, 49.8], [50.0, 50.0], 1.0),
        # Silence about the rival, who stays at 60 while the target rises by 60 for each record.
        ([60.0, 40.0], [np.nan, 100.0], 1 / 3),
        # Silence about both closes no gap.
        ([60.0, 40.0], [np.nan, np.nan], np.inf),
        ([50.0, 50.0], [np.nan, np.nan], 0.0),
        ([40.0, 60.0], [0.0, 100.0], 0.0),
        ([50.0, 50.0], [0.0, 100.0], 0.0),
    ],
)
def test_the_fraction_that_draws_level_by_hand(figures, voice, fraction):
    assert minimal.overtaking_fraction(np.array([figures]), np.array(voice), 1)[0] == pytest.approx(fraction)


def test_two_candidates_have_one_rival_and_no_second():
    counts = np.array([[30, 70], [50, 50]])
    assert minimal.rival(counts, 0, 1).tolist() == [70, 50]
    assert minimal.rival(counts, 1, 1).tolist() == [30, 50]
    with pytest.raises(DomainError, match="first 2 of 2 candidates"):
        minimal.rival(counts, 0, 2)
    first, second, third = minimal.top_three(counts)
    assert (first.tolist(), second.tolist(), third.tolist()) == ([70, 50], [30, 50], [-1, -1])


def test_a_tie_needs_one_invented_respondent_and_a_lead_none():
    counts = np.array([[50, 50, 10], [60, 40, 10], [40, 60, 10]])
    # With ten respondents more who name no one that can win.
    draws = np.column_stack([counts, [10, 10, 10]])
    assert minimal.minimal_replacement_within(counts, draws, 0, 1).tolist() == [1, 0, 120 * 20 // 140 + 1]
    assert minimal.minimal_replacement_within(counts, counts, 0, 1).tolist() == [1, 0, 110 * 20 // 130 + 1]
