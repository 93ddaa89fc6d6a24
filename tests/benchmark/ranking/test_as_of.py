"""Boards at common days before the vote."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench.ranking.as_of import COLUMNS, as_of_table
from pollbench.ranking.leaderboard import leaderboard
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy

FIRST = "fr-pres-2017-r1"


@pytest.fixture(scope="module")
def table(bench):
    return as_of_table(bench)


def test_nothing_public_later_than_the_day_counts(bench, table):
    public = bench.frame("SELECT forecast_id, public_on FROM forecast_day").set_index("forecast_id").public_on
    assert (pd.to_datetime(table.forecast_id.map(public)) <= table.as_of).all()
    assert set(table.as_of_days) == {30, 14, 7, 3, 1, 0}
    assert table.columns.tolist() == COLUMNS


def test_day_nought_is_the_board_of_the_last_figures(bench, table):
    board = leaderboard(score(bench, ["mae"], Policy(missing="drop")))
    last = table[table.as_of_days == 0].set_index(["contest_id", "forecast_id"])
    both = board.set_index(["contest_id", "forecast_id"]).join(last, how="inner", suffixes=("", "_then"))
    assert len(both) == len(board) == len(last)
    assert both.value.to_numpy() == pytest.approx(both.mae.to_numpy())
    assert (both["rank"] == both.rank_then).all()
    assert both.skill_over_polls.to_numpy() == pytest.approx(
        both.skill_over_polls_then.to_numpy(), nan_ok=True
    )


def test_ipsos_fourteen_days_before_is_its_poll_of_that_time(bench, table):
    # By hand: the last poll of Ipsos that was public by 9 April 2017, against the result on the four.
    row = table[
        (table.contest_id == FIRST) & (table.as_of_days == 14) & (table.forecaster_id == "ipsos")
    ].iloc[0]
    shares = bench.frame(
        "SELECT p.value::DOUBLE AS value, o.share_pct FROM forecast_day f JOIN prediction p USING (forecast_id) "
        "JOIN oracle o USING (contest_id, candidate_id) WHERE f.contest_id = 'fr-pres-2017-r1' AND f.lineup = 'final' "
        "AND f.forecaster_id = 'ipsos' AND f.public_on <= DATE '2017-04-09' AND o.rank <= 4 "
        "QUALIFY rank() OVER (ORDER BY measured_to DESC) = 1"
    )
    assert len(shares) == 4
    assert row.mae == pytest.approx((shares.value - shares.share_pct).abs().mean())


def test_every_board_has_the_average_of_the_polls_before_as_a_baseline(bench):
    board = leaderboard(score(bench, ["mae"], Policy(missing="drop")))
    filteris = board[(board.contest_id == FIRST) & (board.forecaster_id == "filteris")].iloc[0]
    assert filteris.poll_average_before < 1 < filteris.value
    assert filteris.skill_over_polls == pytest.approx(1 - filteris.value / filteris.poll_average_before)
    higher = leaderboard(score(bench, ["leader_called"], Policy(missing="drop")), rank_by="leader_called")
    assert higher.skill_over_polls.isna().all()
