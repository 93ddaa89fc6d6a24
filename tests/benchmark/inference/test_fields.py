"""A field of forecasters over several contests: how often equals are called different, and who is not."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.inference.fields import FIELD_LEVEL, behind_best


def equals(rng, contests, houses, missing=0):
    """Equally good houses in contests of different difficulty, each absent from up to ``missing`` of them."""
    scores = rng.uniform(0, 5, (contests, 1)) + rng.uniform(0.5, 2, (contests, 1)) * rng.normal(
        size=(contests, houses)
    )
    for house in range(houses):
        absent = rng.choice(contests, rng.integers(0, missing + 1), replace=False)
        scores[absent, house] = np.nan
    return scores


@pytest.mark.parametrize(("houses", "contests", "missing"), [(6, 9, 0), (10, 8, 0), (6, 9, 3)])
def test_one_board_of_equals_in_twenty_has_a_house_called_worse(houses, contests, missing):
    """Groups made by a bootstrap and a sign flip of each pair did so in 32 % (six houses) and 56 % (ten)."""
    rng = np.random.default_rng(20170423)
    called = [
        np.nanmin(behind_best(equals(rng, contests, houses, missing), permutations=400, seed=trial))
        <= FIELD_LEVEL
        for trial in range(800)
    ]
    # Two standard errors of a share of 5 % in 800 trials are 1.6 points.
    assert np.mean(called) == pytest.approx(0.05, abs=0.017)


def test_a_house_that_is_clearly_worse_is_called_so():
    rng = np.random.default_rng(8)
    scores = equals(rng, 9, 6)
    scores[:, 3] += 6
    p_values = behind_best(scores)
    assert p_values[3] < 0.01
    assert (np.delete(p_values, 3) > FIELD_LEVEL).all()


def test_the_difficulty_of_a_contest_says_nothing():
    rng = np.random.default_rng(2)
    scores = equals(rng, 9, 5)
    harder = scores + rng.uniform(0, 100, (9, 1))
    assert behind_best(harder) == pytest.approx(behind_best(scores))


def test_who_met_the_best_in_fewer_than_six_contests_has_no_p_value():
    rng = np.random.default_rng(4)
    scores = equals(rng, 9, 3)
    scores[:, 0] -= 5
    scores[:4, 2] = np.nan
    p_values = behind_best(scores)
    assert p_values[0] == 1
    assert np.isfinite(p_values[1])
    assert np.isnan(p_values[2])


def test_a_table_without_scores_is_refused():
    with pytest.raises(DomainError, match="contests, forecasters"):
        behind_best([1.0, 2.0])
    with pytest.raises(DomainError, match="at least one"):
        behind_best([[1.0, np.nan], [2.0, np.nan]])


def test_two_houses_over_six_contests_differ_as_their_signs_say():
    """Six wins out of six: 2 of 64 exchanges are as far apart, whichever contest was hard."""
    lead = np.array([0.3, 0.7, 0.2, 0.5, 0.9, 0.4])
    first = np.array([10.0, 20.0, 5.0, 8.0, 30.0, 2.0])
    p_values = behind_best(np.column_stack([first, first + lead]), permutations=20_000)
    assert p_values[0] == 1
    # Three standard errors of 1/32 in 20,000 permutations.
    assert p_values[1] == pytest.approx(2 / 64, abs=0.0037)


def test_the_p_values_are_those_of_a_plain_loop():
    """House 2 met the others six times, house 3 five times: too few, in every permutation."""
    rng = np.random.default_rng(6)
    scores = equals(rng, 9, 4)
    scores[6:, 2], scores[5:, 3] = np.nan, np.nan
    scores[:, 0] -= 1
    # So small that 0, the gap of who has too few contests, is seen beside the others.
    scores /= 1000

    def gaps(table):
        best = min(range(4), key=lambda house: np.nanmean(table[:, house]))
        both = [
            np.array([row[house] - row[best] for row in table if np.isfinite(row[house] - row[best])])
            for house in range(4)
        ]
        return [sum(met) / len(met) ** 0.5 if len(met) >= 6 else None for met in both]

    draws = np.random.default_rng(1)
    permuted = np.full((300, 9, 4), np.nan)
    for contest, row in enumerate(scores):
        present = np.flatnonzero(np.isfinite(row))
        permuted[:, contest, present] = draws.permuted(np.tile(row[present], (300, 1)), axis=1)
    furthest = [max(gap or 0 for gap in gaps(table)) for table in permuted]
    expected = [
        None if gap is None else (1 + sum(far >= gap - 1e-9 for far in furthest)) / 301
        for gap in gaps(scores)
    ]
    p_values = behind_best(scores, permutations=300, seed=1)
    assert [None if np.isnan(p) else p for p in p_values] == pytest.approx(expected)
    assert expected[3] is None
    assert 0.01 < expected[2] < 0.99
