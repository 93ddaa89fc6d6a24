"""Boards: ranks, tie groups, distributions, skill, and words that keep fact and proof apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pollbench.errors import PolicyError, UnknownName
from pollbench.ranking.leaderboard import COLUMNS, leaderboard
from pollbench.scoring.score import score
from pollbench.scoring.scores import Scores
from pollbench.selection.policy import Policy

FIRST, SECOND = "fr-pres-2017-r1", "fr-pres-2017-r2"


@pytest.fixture(scope="module")
def scores(bench):
    return score(bench, ["mae", "rmse", "leader_called"], Policy(missing="drop"))


@pytest.fixture(scope="module")
def board(scores):
    return leaderboard(scores)


@pytest.mark.parametrize(
    ("contest", "forecaster", "value"),
    [
        (FIRST, "elabe", 0.07),
        (FIRST, "fivethirtyeight-average", 0.32),
        (FIRST, "harris", 0.34),
        (FIRST, "ipsos", 0.57),
        (FIRST, "filteris", 2.15),
        (FIRST, "predict-the-president", 2.30),
        (FIRST, "brand-analytics", 2.85),
        (SECOND, "ifop", 3.1),
        (SECOND, "ipsos", 3.1),
        (SECOND, "kantar", 7.1),
        (SECOND, "smi", 2.7),
    ],
)
def test_errors_are_those_checked_by_hand(board, contest, forecaster, value):
    row = board[(board.contest_id == contest) & (board.forecaster_id == forecaster)]
    assert row.value.item() == pytest.approx(value, abs=0.005)


def test_filteris_is_worse_than_knowing_nothing_about_the_order(board):
    row = board[(board.contest_id == FIRST) & (board.forecaster_id == "filteris")].iloc[0]
    assert row.baseline == pytest.approx(1.47, abs=0.005)
    assert row.skill < 0


def test_columns_are_the_documented_ones_and_none_is_forgotten(board):
    assert board.columns.tolist() == COLUMNS
    for column in COLUMNS:
        assert column in leaderboard.__doc__


def test_ranks_follow_values_within_each_contest(board):
    for _, rows in board.groupby("contest_id"):
        assert rows["rank"].is_monotonic_increasing
        assert rows.value.is_monotonic_increasing
        assert rows["rank"].iloc[0] == 1


def test_law_of_elabe_is_the_one_of_its_sample(board):
    elabe = board[board.forecaster_id == "elabe"].iloc[0]
    distribution = (elabe.expected_low, elabe.expected_median, elabe.expected_high)
    assert distribution == (
        pytest.approx(0.35, abs=0.02),
        pytest.approx(0.93, abs=0.02),
        pytest.approx(1.70, abs=0.02),
    )
    assert elabe.luck_pct == pytest.approx(0.1, abs=0.08)


def test_whoever_has_no_sample_has_no_law(board):
    assert board[board.n.isna()].expected_median.isna().all()
    assert board[board.n.notna()].expected_median.notna().all()


def test_the_first_round_of_2017_distinguishes_no_forecaster_from_the_best(board):
    first = board[board.contest_id == FIRST]
    assert len(first) == 17
    assert (first.tied_with_best == "yes").all()
    assert first.tie_range.unique() == pytest.approx([3.5], abs=0.06)
    assert first.value.max() - first.value.min() == pytest.approx(2.78, abs=0.01)


def test_a_forecaster_beyond_the_range_is_not_tied_with_the_best(board):
    for _, rows in board[board.tie_range.notna()].groupby("contest_id"):
        behind = rows.value - rows.value.min() > rows.tie_range
        assert ((rows.tied_with_best == "no") == behind).all()
    assert (board.tied_with_best == "no").any()


def test_two_columns_say_what_happened_and_what_it_proves(board):
    elabe = board[board.forecaster_id == "elabe"].iloc[0]
    assert elabe.what_happened == "1st: mean absolute error 0.07 points, better than flat (1.43)."
    assert elabe.what_it_proves.startswith("Within 3.5 points of the best")
    assert "luck" in elabe.what_it_proves


def test_error_stands_on_the_scale_of_five_elections(board):
    first = board[board.contest_id == FIRST].set_index("forecaster_id")
    assert first.percentile["elabe"] < 5
    assert 50 < first.percentile["filteris"] < 80


def test_scale_is_empty_for_another_candidate_set(bench):
    two = score(bench, ["mae"], Policy(missing="drop", candidates=("macron", "fillon")), FIRST)
    assert leaderboard(two).percentile.isna().all()


def test_scores_read_from_a_file_make_the_same_board(scores, board, tmp_path):
    scores.write(tmp_path / "scores.csv")
    read = Scores.read(tmp_path / "scores.csv")
    pd.testing.assert_frame_equal(leaderboard(read), board, check_dtype=False)


def test_measure_that_is_better_when_higher_ranks_downwards(scores):
    board = leaderboard(scores, rank_by="leader_called")
    first = board[board.contest_id == FIRST]
    assert first.value.is_monotonic_decreasing
    assert first.skill.isna().all()


@pytest.mark.parametrize("measure", ["margin_error", "accuracy_b_floor", "absolute_error"])
def test_a_measure_without_an_order_ranks_nothing(bench, measure):
    without_order = score(bench, [measure], Policy(missing="drop"), FIRST)
    with pytest.raises(
        PolicyError, match=f"{measure} gives no order: it is signed, says how large chance is, or"
    ):
        leaderboard(without_order, rank_by=measure)


def test_a_measure_that_was_not_scored_says_how_to_score_it(scores):
    with pytest.raises(
        PolicyError, match=r"hold no pearson_test: score with measures=\['pearson_test', \.\.\.\]\."
    ):
        leaderboard(scores, rank_by="pearson_test")


def test_a_measure_that_rests_on_the_number_of_respondents_has_no_range_of_ties(bench):
    board = leaderboard(score(bench, ["pearson_test"], Policy(missing="drop"), FIRST), rank_by="pearson_test")
    assert board.value.is_monotonic_increasing
    assert board.tie_range.isna().all()


def test_unknown_baseline_is_named_with_close_ones(scores):
    with pytest.raises(UnknownName, match="flat"):
        leaderboard(scores, baseline="flatt")


def test_same_seed_gives_the_same_board_and_another_one_nearly_the_same(scores):
    one, again = leaderboard(scores), leaderboard(scores)
    pd.testing.assert_frame_equal(one, again)
    other = leaderboard(scores, seed=5)
    assert np.nanmax(np.abs(other.expected_median - one.expected_median)) < 0.03
    assert other["rank"].equals(one["rank"])
