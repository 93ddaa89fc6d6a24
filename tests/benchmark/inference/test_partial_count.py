"""Partial counts: the swing on the earlier vote against plain arithmetic and by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.inference.partial_count import (
    counting_orders,
    may_rank,
    raw_shares,
    replay_errors,
    swing_shares,
)


def made_vote(units: int = 300, seed: int = 7) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A vote in which small places differ from large ones, and a swing that is the same everywhere but for noise."""
    generator = np.random.default_rng(seed)
    sizes = np.exp(generator.normal(7, 1.2, units))
    share = 0.5 + 0.04 * (np.log(sizes) - 7)
    reference = np.column_stack([sizes * share, sizes * (1 - share)])
    now = np.clip(share + 0.06 + generator.normal(0, 0.01, units), 0.01, 0.99)
    return np.column_stack([sizes * now, sizes * (1 - now)]), reference, sizes


def test_swing_is_the_raw_share_plus_what_the_counted_places_differed_by_before():
    votes, reference, sizes = made_vote()
    counted = np.zeros(len(sizes))
    counted[np.argsort(sizes)[:200]] = 1
    on = counted == 1
    by_hand = (
        100 * votes[on, 0].sum() / votes[on].sum()
        + 100 * reference[:, 0].sum() / reference.sum()
        - 100 * reference[on, 0].sum() / reference[on].sum()
    )
    assert swing_shares(votes, reference, counted)[0] == pytest.approx(by_hand)
    assert swing_shares(votes, reference, counted).sum() == pytest.approx(100)


def test_raw_share_of_small_places_is_biased_and_the_swing_is_not():
    votes, reference, sizes = made_vote()
    order = counting_orders(sizes, orders=1, spread=0)
    swing = replay_errors(votes, reference, sizes, order, [10, 30, 50])[0, :, 0]
    raw = replay_errors(votes, np.ones_like(votes), sizes, order, [10, 30, 50])[0, :, 0]
    assert np.all(raw < -2)
    assert np.all(np.abs(swing) < 0.5)


def test_all_counted_leaves_no_error_and_nothing_counted_no_figure():
    votes, reference, sizes = made_vote()
    order = counting_orders(sizes, orders=3)
    errors = replay_errors(votes, reference, sizes, order, [1e-9, 100])
    assert np.isnan(errors[:, 0]).all()
    assert errors[:, 1] == pytest.approx(0, abs=1e-9)


def test_replay_agrees_with_the_estimate_of_a_single_order():
    votes, reference, sizes = made_vote(50)
    order = counting_orders(sizes, orders=1, seed=3)
    share = 100 * np.cumsum(sizes[order[0]]) / sizes.sum()
    counted = np.zeros(50)
    counted[order[0][share <= 40]] = 1
    final = raw_shares(votes, np.ones(50))
    expected = swing_shares(votes, reference, counted) - final
    assert replay_errors(votes, reference, sizes, order, [40])[0, 0] == pytest.approx(expected)


def test_spread_zero_counts_strictly_by_size_and_more_spread_less_so():
    sizes = np.arange(1, 40, dtype=float)
    assert counting_orders(sizes, orders=2, spread=0).tolist() == [list(range(39))] * 2
    tight, loose = (
        np.mean([np.corrcoef(order, np.arange(39))[0, 1] for order in counting_orders(sizes, spread=spread)])
        for spread in (0.3, 2)
    )
    assert tight > loose > 0


def test_replay_interval_holds_95_percent_of_other_votes():
    half = []
    votes, reference, sizes = made_vote(seed=1)
    order = counting_orders(sizes, orders=300)
    half = np.quantile(np.abs(replay_errors(votes, reference, sizes, order, [30])[:, 0, 0]), 0.95)
    errors = []
    for seed in range(2, 202):
        other, before, size = made_vote(seed=seed)
        errors.append(
            replay_errors(other, before, size, counting_orders(size, orders=1, seed=seed), [30])[0, 0, 0]
        )
    # 200 votes, one order each: between 89 and 99 % with a probability of more than 99.9 %.
    assert 0.89 <= np.mean(np.abs(errors) <= half) <= 0.995


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: raw_shares([[1, 2]], [0]), "Nothing is counted"),
        (lambda: raw_shares([[1, -2]], [1]), "none negative"),
        (lambda: raw_shares([[1, np.nan]], [1]), "none missing"),
        (lambda: raw_shares([[1, 2]], [1, 1]), "marks of units"),
        (lambda: swing_shares([[1, 2]], [[1, 2], [3, 4]], [1]), "must meet"),
        (lambda: counting_orders([1, 0]), "positive"),
    ],
)
def test_arrays_that_mean_nothing_get_one_message(call, word):
    with pytest.raises(DomainError, match=word):
        call()


def test_no_rank_without_a_gap_to_decide():
    assert not may_rank(0.1, [0, 0])
    assert not may_rank(0.5, [0.5])
    assert may_rank(0.49, [0.5, 3])


def test_shares_of_several_states_of_a_count_at_once():
    assert raw_shares([[30, 10], [10, 50]], [[1, 0], [1, 1]]).tolist() == [[75, 25], [40, 60]]


def test_one_vote_is_a_count():
    assert raw_shares([[1, 0]], [1]).tolist() == [100, 0]


def test_a_replay_with_one_unit_counted_by_hand():
    """75 of 100 in the first of three units, 60 of 160 in all; the earlier vote was even everywhere."""
    votes, even = [[30, 10], [20, 20], [10, 70]], [[20, 20], [20, 20], [40, 40]]
    errors = replay_errors(votes, even, [1, 1, 2], [[0, 1, 2]], [20, 25, 50])
    assert np.isnan(errors[0, 0]).all()
    assert errors[0, 1].tolist() == [37.5, -37.5]
    assert errors[0, 2].tolist() == [25, -25]


def test_a_unit_smaller_by_the_spread_comes_first_in_three_orders_of_four():
    """The difference of two normals of spread 0.5 has 0.5 sqrt(2): Phi(1 / sqrt(2)) = 0.7602."""
    orders = counting_orders([1.0, np.exp(0.5)], orders=20_000)
    assert (orders[:, 0] == 0).mean() == pytest.approx(0.7602, abs=0.01)
