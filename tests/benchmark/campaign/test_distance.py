"""Distance to the result by day, who was closest, and how steady each forecaster was."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench.campaign.distance import closest_by_day_table, distance_table, stability_table

FIRST, SECOND = "fr-pres-2017-r1", "fr-pres-2017-r2"
MAIN = ("macron", "le-pen", "fillon", "melenchon")


def test_last_distances_are_the_errors_that_were_checked_by_hand(bench):
    table = distance_table(bench, FIRST, MAIN).set_index("forecast_id").distance
    assert table["elabe-2017-04-20-a"] == pytest.approx(0.07, abs=0.005)
    assert table["filteris-2017-04-21-b"] == pytest.approx(2.15, abs=0.005)
    assert table["filteris-2017-04-21-a"] == pytest.approx(2.04, abs=0.005)


def test_nothing_told_after_the_vote_enters(bench):
    table = distance_table(bench, FIRST, MAIN)
    recalled = bench.frame("SELECT forecast_id FROM forecast WHERE recalled").forecast_id
    assert not set(recalled) & set(table.forecast_id)
    assert (table.days_before >= 0).all()


def test_forecast_that_lacks_a_candidate_has_no_distance(bench):
    lacking = distance_table(bench, FIRST, (*MAIN, "cheminade"))
    assert "filteris-2017-04-21-b" not in set(lacking.forecast_id)


def test_closest_on_a_day_knows_nothing_published_later(bench):
    closest = closest_by_day_table(bench, FIRST, MAIN)
    public = bench.frame("SELECT forecast_id, public_on FROM forecast_day").set_index("forecast_id").public_on
    assert (pd.to_datetime(closest.forecast_id.map(public)) <= closest.day).all()
    assert closest.age_days.between(0, 21).all()
    assert closest.iloc[-1].forecaster_id == "elabe"
    assert (closest.margin.dropna() >= 0).all()


def test_once_the_first_round_is_over_older_figures_no_longer_stand(bench):
    closest = closest_by_day_table(bench, SECOND, ("macron", "le-pen"))
    after = closest[closest.day > "2017-04-23"]
    assert (after.day - pd.to_timedelta(after.age_days, unit="D") >= "2017-04-23").all()
    assert closest.iloc[-1].forecaster_id == "smi"


def test_filteris_changed_its_leader_twice(bench):
    steady = stability_table(bench, FIRST, MAIN).set_index("forecaster_id")
    assert steady.loc["filteris", "flip_flops"] == 2
    assert steady.loc["filteris", "leaders"] == "le-pen fillon le-pen"
    assert steady.loc["harris", "flip_flops"] == 0
