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
