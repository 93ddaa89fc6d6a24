"""An election in which nobody has voted yet: what can be told is told, nothing is judged."""

from __future__ import annotations

import pytest

from pollbench.campaign.distance import closest_by_day_table, distance_table, stability_table
from pollbench.campaign.house_effects import house_effects_table
from pollbench.campaign.trend import trend_table
from pollbench.data.store import load
from pollbench.errors import PolicyError
from pollbench.history.last_errors import errors_table
from pollbench.selection.coverage import coverage_table
from pollbench.statements.claims import claims_table, ranks_table
from pollbench.statements.probabilities import probabilities_table, probability_board
from tests_support import copy_of, without_results

FIRST = "fr-pres-2017-r1"
MAIN = ("macron", "le-pen", "fillon", "melenchon")


@pytest.fixture(scope="module")
def unvoted(tmp_path_factory):
    folder = without_results(copy_of("fr-pres-2017", tmp_path_factory.mktemp("unvoted")))
    with load(str(folder)) as opened:
        yield opened


def test_claims_and_readings_are_listed_without_a_verdict(unvoted):
    assert (claims_table(unvoted).verdict == "").all()
    assert (ranks_table(unvoted).leader_verdict == "").all()


def test_probabilities_are_listed_without_a_score(unvoted):
    table = probabilities_table(unvoted)
    assert len(table) > 20
    assert table.occurred.isna().all()
    assert table.brier.isna().all()
    assert probability_board(table).empty


def test_campaign_is_drawn_and_houses_are_compared(unvoted):
    assert set(trend_table(unvoted, FIRST).candidate_id) >= set(MAIN)
    assert len(house_effects_table(unvoted, FIRST)) > 0
    assert len(stability_table(unvoted, FIRST, MAIN)) > 0
    assert len(coverage_table(unvoted)) > 0


def test_there_is_no_distance_to_a_result_that_is_not_there(unvoted):
    assert distance_table(unvoted, FIRST, MAIN).empty
    assert closest_by_day_table(unvoted, FIRST, MAIN).empty


def test_errors_say_in_one_sentence_that_nobody_has_voted(unvoted):
    with pytest.raises(PolicyError, match="Nobody has voted yet"):
        errors_table(unvoted)
