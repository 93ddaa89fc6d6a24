"""Printed and implied probabilities, judged by what happened."""

from __future__ import annotations

import pytest

from pollbench import measures
from pollbench.data.store import load
from pollbench.statements.probabilities import favourites_table, probabilities_table, probability_board

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


def test_the_scores_are_the_registered_measures_and_the_board_has_their_versions(table, monkeypatch):
    rows = table[table.brier.notna()]
    for name in ("brier", "log_score"):
        own = measures.named(name)(rows.probability.to_numpy(), rows.occurred.to_numpy())
        assert (rows[name].to_numpy() == own).all()
        assert set(probability_board(table)[f"{name}_version"]) == {measures.named(name).version}


def test_last_is_at_most_three_weeks_old_and_no_older_than_the_round_before(all_elections):
    everything = probabilities_table(all_elections, implied=False)
    last = everything[everything["last"]]
    assert 0 < len(last) < len(everything)
    ages = all_elections.frame(
        "SELECT forecast_id, age_days, coalesce(measured_to, public_on) AS day, previous_round FROM forecast_day"
    )
    judged = ages[ages.forecast_id.isin(set(last.forecast_id))]
    assert judged.age_days.max() <= 21
    assert not (judged.day < judged.previous_round).any()
    # PredictWise was held for 28 February only, 68 days before the vote it is about.
    assert "predictwise" not in set(last.forecaster_id)


def test_among_several_candidates_the_favourite_is_judged(table, bench):
    advance = dict(zip(bench.contests.contest_id, bench.contests.advance, strict=True))
    found = favourites_table(table[table.origin == "printed"], advance).set_index(
        ["question", "forecaster_id"]
    )
    # 60 for Le Pen and 39 for Macron to lead the first round: its favourite did not.
    assert found.loc[("leader", "predictit"), ["favourites", "right"]].tolist() == ["le-pen", False]
    # 55 % for Macron among four: the favourite was elected.
    assert found.loc[("winner", "predictit"), ["favourites", "right"]].tolist() == ["macron", True]
    # 73.8 and 63.2 for the two who went on, three others below.
    assert found.loc[("qualifies", "the-crosstab"), ["favourites", "right"]].tolist() == [
        "macron le-pen",
        True,
    ]
    # A single name under one half that did not win.
    assert found.loc[("winner", "smarkets"), ["favourites", "right"]].tolist() == ["", True]
    assert int((~found.right).sum()) == 1


def test_a_favourite_of_39_per_cent_is_right_when_it_wins(table, bench):
    rows = table[
        (table.forecaster_id == "predictwise") & (table.public_on == "2017-02-28") & (table.condition == "")
    ]
    assert sorted(rows.probability) == [38.0, 39.0]
    found = favourites_table(rows.assign(last=True), {SECOND: 1})
    assert found.right.tolist() == [True]


def test_skill_is_measured_on_the_very_events_that_were_named(table):
    board = probability_board(table).set_index(["contest_id", "question", "forecaster_id", "origin"])
    predictit = board.loc[FIRST, "leader", "predictit", "printed"]
    named = {"le-pen": (60.0, 0), "macron": (39.0, 1)}
    own = sum((p / 100 - o) ** 2 for p, o in named.values()) / 2
    even = sum((1 / 11 - o) ** 2 for _, o in named.values()) / 2
    assert (predictit.brier, predictit.brier_of_equal_chances) == (pytest.approx(own), pytest.approx(even))
    assert predictit.skill == pytest.approx(1 - own / even)


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
