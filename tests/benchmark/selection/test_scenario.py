"""A scenario is a line-up by name: its polls are compared when a policy asks for it, and only then."""

from __future__ import annotations

import pytest

from clean_election import write
from clean_rows import FIRST, clean_tables
from pollbench.data.store import load
from pollbench.errors import PolicyError, UnknownName
from pollbench.scoring.compare import compare
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy

THREE = ("ann", "bob", "cleo")


@pytest.fixture
def opened(tmp_path):
    with load(write(tmp_path, clean_tables())) as bench:
        yield bench


def test_a_scenario_compares_the_polls_that_tested_it(opened):
    policy = Policy(missing="drop", candidates=THREE, scenario="with-fay")
    comparison = compare(opened, policy, FIRST)[0]
    polls = comparison.forecasts[comparison.forecasts.family == "poll"]
    assert polls.forecaster_id.tolist() == ["gamma"]
    assert comparison.forecast[polls.index[0]].tolist() == [30, 25, 20]
    reasons = comparison.left_out.set_index("forecaster_id").reason
    assert reasons["alpha"] == "line-up final"


def test_without_a_scenario_the_ballot_is_compared(opened):
    comparison = compare(opened, Policy(missing="drop", candidates=THREE), FIRST)[0]
    assert "gamma" not in set(comparison.forecasts.forecaster_id)
    assert "alpha" in set(comparison.forecasts.forecaster_id)


def test_a_scenario_reaches_the_baselines(opened):
    plain = score(opened, ["mae"], Policy(missing="drop", candidates=THREE), FIRST).frame
    asked = score(opened, ["mae"], Policy(missing="drop", candidates=THREE, scenario="with-fay"), FIRST).frame
    made = [
        table[table.forecaster_id == "last_poll"].set_index("forecast_id").value for table in (plain, asked)
    ]
    common = made[0].index.intersection(made[1].index)
    assert len(common) > 0
    assert (made[0][common] != made[1][common]).any()


def test_an_unknown_or_empty_scenario_is_refused_by_name(opened):
    with pytest.raises(UnknownName, match="with-fay"):
        compare(opened, Policy(missing="drop", scenario="with-fai"), FIRST)
    with pytest.raises(PolicyError, match="scenario is empty"):
        Policy(scenario="")


def test_the_policy_says_its_scenario():
    assert "scenario with-fay" in Policy(scenario="with-fay").describe()
    assert "line-up final" in Policy().describe()
