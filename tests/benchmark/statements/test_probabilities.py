"""Printed and implied probabilities, judged by what happened."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.data.store import load
from pollbench.statements.probabilities import brier, log_score, probabilities_table, probability_board

FIRST, SECOND = "fr-pres-2017-r1", "fr-pres-2017-r2"


@pytest.fixture(scope="module")
def table(bench):
    return probabilities_table(bench)


def test_occurred_agrees_with_the_votes(table):
    rows = table[(table.contest_id == FIRST) & (table.question == "leader")]
    assert (rows.occurred == (rows.candidates == "macron")).all()
    rows = table[(table.contest_id == FIRST) & (table.question == "qualifies")]
    assert (rows.occurred == rows.candidates.isin(["macron", "le-pen"])).all()


def test_whoever_missed_the_run_off_was_not_elected(table):
    rows = table[(table.contest_id == SECOND) & (table.question == "winner") & (table.candidates == "fillon")]
    assert len(rows) > 5
    assert (rows.occurred == 0).all()


def test_scores_agree_with_scoringrules(table):
    import scoringrules

    rows = table[table.brier.notna()]
    reference = scoringrules.brier_score(rows.occurred.to_numpy(), rows.probability.to_numpy() / 100)
    assert rows.brier.to_numpy() == pytest.approx(reference)
    reference = scoringrules.log_score(rows.occurred.to_numpy(), rows.probability.to_numpy() / 100)
    assert rows.log_score.to_numpy() == pytest.approx(reference)


def test_published_values_of_the_two_scores():
    # scoringrules tests: outcome 0, p = 0.271 and 0.481.
    assert brier(27.1, 0.0) == pytest.approx(0.073441, abs=1e-12)
    assert float(log_score(np.array(48.1), 0.0)) == pytest.approx(0.6558513958162484, abs=1e-12)


def test_complete_lists_are_rescaled_and_others_left_as_printed(table):
    printed = table[table.origin == "printed"]
    lists = printed[printed.complete & printed.question.isin(["winner", "leader"])]
    assert lists.groupby("forecast_id").probability.sum().to_numpy() == pytest.approx(100)
    partial = printed[~printed.complete]
    assert (partial.probability == partial.printed).all()


def test_share_bands_are_judged_by_the_share(table):
    bands = table[(table.question == "share_band") & (table.forecaster_id == "betfair")]
    assert bands.set_index("candidates").occurred.to_dict()["le-pen 30.01-35"] == 1
    assert bands.occurred.sum() == 1


def test_implied_probabilities_carry_the_range_of_earlier_elections(table):
    implied = table[table.origin == "implied"]
    assert (implied.low <= implied.probability).all()
    assert (implied.probability <= implied.high).all()
    rows = implied[(implied.contest_id == FIRST) & (implied.question == "leader")]
    assert rows.groupby("forecast_id").probability.sum().to_numpy() == pytest.approx(100)
    assert not set(implied.forecaster_id) & {"fivethirtyeight-average", "filteris"}


def test_one_board_holds_polls_and_markets(table):
    board = probability_board(table)
    rows = board[(board.contest_id == FIRST) & (board.question == "leader")]
    assert {"poll", "market"} <= set(rows.family)
    assert not rows.brier.isna().any()
    predictit = rows.set_index("forecaster_id").loc["predictit"]
    assert predictit.probability_of_what_happened == 39


def test_nothing_recalled_after_the_vote_is_on_the_board(table):
    recalled = set(table[table.recalled.astype(bool)].forecast_id)
    assert recalled
    assert not recalled & set(probability_board(table).forecast_id)


def test_only_the_last_of_each_forecaster_counts(table):
    board = probability_board(table)
    key = ["contest_id", "question", "origin", "forecaster_id"]
    plain = board[board.question == "leader"]
    assert not plain.duplicated(key).any()


def test_an_election_without_printed_probabilities_has_those_that_its_polls_imply():
    with load("fr-pres-2007") as bench:
        assert bench.table("event").empty
        table = probabilities_table(bench)
    assert set(table.origin) == {"implied"}
