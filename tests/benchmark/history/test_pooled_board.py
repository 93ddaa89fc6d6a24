"""Boards over several elections and paired comparisons, contests being the units."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pollbench.errors import PolicyError, UnknownName
from pollbench.history.pooled_board import independent, paired_comparison, pooled_board


def made_up(houses, contests=8, seed=1):
    """Errors of houses that differ by a planted excess, in contests that differ by much more."""
    rng = np.random.default_rng(seed)
    rows = []
    for contest in range(contests):
        hardness = rng.uniform(1, 6)
        rows += [
            {
                "contest_id": f"c{contest:02d}",
                "forecaster_id": f"{house}-{contest % 2}",
                "house": house,
                "family": "poll",
                "kind": "quota_poll",
                "mae": hardness + excess + rng.normal(0, 0.1),
                "flat": 8.0,
            }
            for house, excess in houses.items()
        ]
    return pd.DataFrame(rows)


HOUSES = {"good": -0.5, "plain": 0.0, "fair": 0.05, "bad": 1.0, "other": 0.02}


def test_planted_order_is_found_although_contests_differ_more_than_houses():
    board = pooled_board(made_up(HOUSES)).set_index("who")
    assert board["rank"]["good"] == 1
    assert board["rank"]["bad"] == 5
    assert board.excess["bad"] == pytest.approx(1.0, abs=0.15)
    assert board.tied_with_best["good"] == "yes"
    assert board.tied_with_best["bad"] == "no"


def test_small_differences_are_not_claimed():
    equal = pooled_board(made_up(dict.fromkeys("abcde", 0.0), seed=4))
    assert (equal.p_value > 0.05).all()
    assert (equal.tied_with_best == "yes").all()
    assert equal.what_it_proves.str.startswith("Not distinguished").all()


def test_whoever_has_fewer_than_six_contests_is_not_ranked_however_good():
    errors = made_up(HOUSES)
    lucky = errors[(errors.house == "good") & (errors.contest_id == "c00")].assign(house="lucky", mae=0.0)
    board = pooled_board(pd.concat([errors, lucky])).set_index("who")
    assert board.loc["lucky", ["rank", "tied_with_best"]].tolist() == [0, "unknown"]
    assert "no proof of skill" in board.what_it_proves["lucky"]
    assert np.isnan(board.low["lucky"])
    assert board.index[-1] == "lucky"


def test_names_of_one_house_are_put_together():
    board = pooled_board(made_up(HOUSES)).set_index("who")
    assert board.forecasters["good"] == "good-0 good-1"
    assert board.contests["good"] == 8


def test_averages_that_repeat_the_polls_are_left_out():
    errors = made_up(HOUSES)
    average = errors[errors.house == "plain"].assign(house="average", kind="poll_average")
    assert "average" not in set(independent(pd.concat([errors, average])).house)


def test_difference_that_holds_in_every_contest_is_beyond_chance():
    found = paired_comparison(made_up(HOUSES), "good", "bad", "house")
    assert found.test is not None
    assert found.test.p_value == pytest.approx(2 / 2**8)
    assert "8 of 8 contests" in found.sentence
    assert "beyond chance" in found.sentence
    assert found.contests.difference.mean() == pytest.approx(found.test.difference)


def test_two_contests_show_what_happened_and_prove_nothing():
    found = paired_comparison(made_up(HOUSES, contests=2), "good", "bad", "house")
    assert found.test is None
    assert "proves nothing about skill" in found.sentence


def test_unknown_house_is_named_with_close_ones():
    with pytest.raises(UnknownName, match="good"):
        paired_comparison(made_up(HOUSES), "goood", "bad", "house")


def test_one_name_twice_and_averages_of_others_are_refused():
    errors = made_up(HOUSES)
    with pytest.raises(PolicyError, match="name two that differ"):
        paired_comparison(errors, "good", "good", "house")
    average = errors[errors.house == "plain"].assign(house="average", kind="poll_average")
    with pytest.raises(PolicyError, match="repeats the polls"):
        paired_comparison(pd.concat([errors, average]), "good", "average", "house")


def test_two_that_never_met_are_said_to_have_nothing_in_common():
    errors = made_up(HOUSES)
    first = sorted(set(errors.contest_id))[0]
    apart = errors[(errors.house != "bad") | (errors.contest_id == first)]
    apart = apart[(apart.house != "good") | (apart.contest_id != first)]
    found = paired_comparison(apart, "good", "bad", "house")
    assert found.contests.empty
    assert found.sentence == "good and bad have no contest in common."


def test_polls_and_buzz_share_too_few_contests_for_a_test(all_elections):
    from pollbench.history.last_errors import errors_table

    found = paired_comparison(errors_table(all_elections), "poll", "buzz", "family")
    assert found.test is None
    assert len(found.contests) == 4


def test_filteris_and_qotmii_stand_as_one_house_over_two_elections(all_elections):
    from pollbench.history.last_errors import errors_table

    board = pooled_board(errors_table(all_elections), "house").set_index("who")
    assert board.forecasters["filteris"] == "filteris qotmii"
    assert board.contests["filteris"] == 2
    assert board.excess["filteris"] > 2
    assert board["rank"]["filteris"] == 0
