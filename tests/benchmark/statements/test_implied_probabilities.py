"""Probabilities that the shares of a poll imply."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.statements.implied_probabilities import implied_probabilities, implied_range, true_shares


def test_probabilities_of_leading_add_up_to_one_and_of_qualifying_to_two():
    implied = implied_probabilities([24, 21.5, 20, 19.5], 290)
    assert implied.leader.sum() == pytest.approx(100)
    assert implied.qualifies.sum() == pytest.approx(200, abs=0.1)
    assert sum(implied.pairs.values()) == pytest.approx(100, abs=0.1)


def test_pair_probabilities_add_up_to_those_of_their_members():
    implied = implied_probabilities([24, 21.5, 20, 19.5], 290)
    for candidate in range(4):
        of_pairs = sum(value for pair, value in implied.pairs.items() if candidate in pair)
        assert of_pairs == pytest.approx(implied.qualifies[candidate], abs=0.05)


def test_run_off_agrees_with_the_beta_distribution():
    from scipy.stats import beta

    implied = implied_probabilities([53.0, 47.0], 250, step=0.0, advance=1, draws=200_000)
    exact = 100 * beta.sf(0.5, 0.53 * 250, 0.47 * 250)
    assert implied.leader[0] == pytest.approx(exact, abs=0.3)
    assert implied.pairs == {}


def test_equal_shares_have_equal_chances():
    implied = implied_probabilities([25, 25, 25, 25], 300, draws=100_000)
    assert implied.leader == pytest.approx([25] * 4, abs=0.6)


def test_coarser_rounding_leaves_more_doubt():
    fine = implied_probabilities([30, 26], 100_000, step=0.1, advance=1).leader[0]
    coarse = implied_probabilities([30, 26], 100_000, step=5.0, advance=1).leader[0]
    assert fine > 99.9
    assert coarse < 99


def test_spread_of_the_draws_is_that_of_a_sample_of_the_effective_size():
    drawn = true_shares([24, 22, 20, 19], 290, step=0.0, draws=60_000)
    expected = np.sqrt(24 * 76 / 291)
    assert drawn[:, 0].std() == pytest.approx(expected, rel=0.02)


def test_nothing_is_ever_quite_certain_so_that_log_scores_stay_finite():
    implied = implied_probabilities([95, 5], 5000, advance=1)
    assert 0 < implied.leader[1] < 0.1


def test_smaller_effective_sizes_widen_the_range():
    low, high = implied_range([24, 21.5, 20, 19.5], [230, 479])
    assert high[0, 0] - low[0, 0] > 3


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: implied_probabilities([60, 60], 200), "more than rounding explains"),
        (lambda: implied_probabilities([60, np.nan], 200), "finite"),
        (lambda: implied_probabilities([60, 40], 0), "positive"),
        (lambda: implied_probabilities([60, 40], 200, advance=3), "3 advance"),
    ],
)
def test_what_means_nothing_is_refused(call, words):
    with pytest.raises(DomainError, match=words):
        call()
