"""Events and ranks: ties to the letter, and every tie broken by hand as an independent check."""

from __future__ import annotations

import dask.array as da
import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.measures import as_order, registered
from pollbench.measures.events import leader_called, order_called, pair_called, qualification_called
from pollbench.measures.ranks import kendall_tau_b, pairwise_order, weighted_tau

RESULT = np.array([24.01, 21.30, 20.01, 19.58, 6.36])


def test_a_result_tied_at_the_place_in_question_leaves_the_event_undefined():
    forecast = np.array([3.0, 2.0, 1.0, 0.0])
    tied_lead, tied_cut = np.array([5.0, 5.0, 1.0, 0.0]), np.array([5.0, 4.0, 4.0, 0.0])
    assert np.isnan(leader_called(forecast, tied_lead))
    assert pair_called(forecast, tied_lead) == 1.0
    assert np.isnan(pair_called(forecast, tied_cut))
    assert np.isnan(qualification_called(forecast, tied_cut)).all()
    assert np.isnan(order_called(forecast, tied_lead, first=1))
    assert np.isnan(order_called(forecast, tied_cut, first=2))
    assert order_called(forecast, tied_cut, first=1) == 1.0
    assert registered()["pair_called"].undefined


def test_pairwise_order_and_tau_say_the_same_where_nothing_is_tied():
    rng = np.random.default_rng(3)
    forecasts, result = rng.random((50, 7)), rng.random(7)
    np.testing.assert_allclose(2 * pairwise_order(forecasts, result) - 1, kendall_tau_b(forecasts, result))


def test_a_forecast_that_puts_all_level_has_half_the_pairs_and_no_tau():
    flat = np.full(5, 20.0)
    assert pairwise_order(flat, RESULT) == 0.5
    assert np.isnan(kendall_tau_b(flat, RESULT))
    assert np.isnan(weighted_tau(flat, RESULT))


def test_ranks_enter_negated_so_that_first_place_is_highest():
    published = np.array([2, 1, 3, 4, 5])
    assert leader_called(as_order(published, "rank"), RESULT) == 0.0
    assert leader_called(as_order(np.array([1, 2, 3, 4, 5]), "rank"), RESULT) == 1.0
    assert (as_order(published, "approval") == published).all()


@pytest.mark.parametrize("first", [0, 6])
def test_an_impossible_number_of_places_is_refused(first):
    with pytest.raises(DomainError, match="ask for 1 to 5"):
        order_called(RESULT, RESULT, first=first)


@pytest.mark.parametrize(
    "event",
    [
        leader_called,
        pair_called,
        qualification_called,
        order_called,
        pairwise_order,
        kendall_tau_b,
        weighted_tau,
    ],
)
def test_a_lazy_array_stays_lazy_and_gives_the_same(event):
    forecasts = np.random.default_rng(4).integers(0, 8, (200, 5)) / 2.0
    lazy = event(da.from_array(forecasts, chunks=(30, 5)), RESULT)
    assert isinstance(lazy, da.Array)
    np.testing.assert_array_equal(lazy.compute(), event(forecasts, RESULT))
