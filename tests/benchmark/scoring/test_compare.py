"""The traps of the real data, one by one."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.data.store import load
from pollbench.errors import CoverageError, NothingToCompare, UnknownName
from pollbench.measures.point import mae
from pollbench.scoring.compare import compare
from pollbench.selection.candidates import candidates_of
from pollbench.selection.policy import Policy
from tests_support import copy_of, without_results

FIRST, SECOND = "fr-pres-2017-r1", "fr-pres-2017-r2"

#: Mean absolute error on the four main candidates, last forecast before round 1: computed by hand
#: from the published figures and the official shares, as the founding specification lists them.
BY_HAND = {
    "elabe": 0.07,
    "fivethirtyeight-average": 0.32,
    "harris": 0.34,
    "ipsos": 0.57,
    "filteris": 2.15,
    "predict-the-president": 2.30,
    "brand-analytics": 2.85,
}


def one(bench, contest=FIRST, **fields):
    return compare(bench, Policy(**{"missing": "drop", **fields}), contest)[0]


def errors(comparison):
    return dict(
        zip(comparison.forecasts.forecaster_id, mae(comparison.forecast, comparison.result), strict=True)
    )


def test_errors_on_the_main_four_are_those_computed_by_hand(bench):
    found = errors(one(bench, candidates="main4"))
    assert {name: round(float(found[name]), 2) for name in BY_HAND} == BY_HAND


def test_errors_in_the_run_off_are_those_computed_by_hand(bench):
    found = errors(one(bench, SECOND))
    expected = {"ifop": 3.1, "ipsos": 3.1, "kantar": 7.1, "smi": 2.7}
    assert {name: round(float(found[name]), 1) for name in expected} == expected


def test_the_last_of_two_releases_on_one_day_counts(bench):
    chosen = one(bench).forecasts.set_index("forecaster_id")
    assert chosen.forecast_id["filteris"] == "filteris-2017-04-21-b"
    every = one(bench, select="all")
    first = every.forecasts.forecast_id == "filteris-2017-04-21-a"
    assert round(float(mae(every.forecast[first.to_numpy()], every.result)[0]), 2) == 2.04


def test_shares_are_as_published_and_not_rescaled(bench):
    comparison = one(bench)
    filteris = comparison.forecast[(comparison.forecasts.forecaster_id == "filteris").to_numpy()][0]
    assert filteris.tolist() == [20.03, 22.7, 21.5, 21.3]


def test_a_month_of_publication_stands_for_the_eve_of_the_vote(bench):
    chosen = one(bench).forecasts.set_index("forecaster_id")
    assert str(chosen.public_on["fivethirtyeight-average"].date()) == "2017-04-22"
    early = one(bench, as_of="2017-04-21").forecasts.forecaster_id.tolist()
    assert "fivethirtyeight-average" not in early


def test_a_last_figure_of_february_is_too_old_and_listed_with_its_age(bench):
    left = one(bench).left_out.set_index("forecaster_id")
    assert left.reason["the-economist"] == "too old"
    assert left.age_days["the-economist"] == 58


def test_a_web_vote_without_macron_is_left_out_by_name_or_refused(bench):
    left = one(bench).left_out.set_index("forecaster_id")
    assert left.reason["open-web-vote"] == "lacks macron, melenchon"
    with pytest.raises(CoverageError, match="open-web-vote-2017-04-a lacks macron"):
        compare(bench, Policy(), FIRST)


def test_a_reading_published_the_day_after_the_vote_is_no_forecast(bench):
    comparison = one(bench, quantities=("share_of_voice",), statuses=("forecast", "claimed", "index"))
    assert comparison.forecasts.empty
    assert comparison.left_out.set_index("forecaster_id").reason["iprotego"] == "public only on 2017-04-24"


def test_a_price_counts_from_the_day_it_stood(bench):
    days = bench.frame(
        "SELECT public_on FROM forecast_day WHERE forecast_id = 'betting-markets-2017-04-24-b'"
    )
    assert str(days.public_on[0].date()) == "2017-04-23"


def test_duels_that_never_took_place_are_not_compared(bench):
    comparison = one(bench, SECOND, lineup="any", within_days=None, select="all")
    assert set(comparison.forecasts.lineup.dropna()) <= {"final", "nan"}


def test_the_run_off_looks_at_nothing_older_than_the_first_round(bench):
    comparison = one(bench, SECOND)
    assert (comparison.forecasts.measured_to.dropna() >= "2017-04-23").all()
    assert "older than the round before" in set(comparison.left_out.reason)
    assert len(one(bench, SECOND, within_days=None).forecasts) > len(comparison.forecasts)


def test_polls_alone_can_be_compared_on_all_eleven(bench):
    comparison = one(bench, candidates="all", quantities=("vote_share",))
    assert comparison.forecast.shape[1] == 11
    assert "filteris" not in set(comparison.forecasts.forecaster_id)
    cheminade = comparison.candidates.index("cheminade")
    elabe = (comparison.forecasts.forecaster_id == "elabe").to_numpy()
    assert comparison.forecast[elabe, cheminade] == 0.25


@pytest.mark.parametrize(("below", "value"), [("half", 0.25), ("zero", 0.0)])
def test_a_share_printed_below_half_a_point_is_read_as_the_policy_says(bench, below, value):
    comparison = one(bench, candidates=("cheminade",), below=below)
    elabe = (comparison.forecasts.forecaster_id == "elabe").to_numpy()
    assert comparison.forecast[elabe, 0] == value


def test_a_bound_is_not_a_figure(bench):
    comparison = one(bench, candidates=("cheminade",), below="bound")
    assert "elabe" not in set(comparison.forecasts.forecaster_id)
    assert comparison.left_out.set_index("forecaster_id").reason["elabe"] == "lacks cheminade"


def test_a_digital_weight_is_never_called_a_vote_share(bench):
    chosen = one(bench).forecasts.set_index("forecaster_id")
    assert chosen.quantity["filteris"] == "digital_share"
    assert chosen.quantity["ipsos"] == "vote_share"


def test_a_release_known_to_be_followed_is_marked_and_kept(bench):
    chosen = one(bench).forecasts.set_index("forecaster_id")
    assert chosen.last_release["filteris"] == "yes"
    assert chosen.last_release["brand-analytics"] == "unknown"


def test_nothing_public_after_the_day_of_the_policy_is_seen(bench):
    for day in ("2017-03-01", "2017-04-10", "2017-04-20"):
        comparison = one(bench, as_of=day, within_days=None, select="all")
        assert (comparison.forecasts.public_on <= day).all()


def test_candidates_stand_in_the_order_of_the_result(bench):
    comparison = one(bench, candidates=("fillon", "macron", "le-pen"))
    assert comparison.candidates == ("macron", "le-pen", "fillon")
    assert np.all(np.diff(comparison.result) < 0)


def test_a_set_of_the_first_round_is_cut_to_the_ballot_of_the_run_off(bench):
    assert candidates_of(bench, SECOND, "main4") == ("macron", "le-pen")
    assert candidates_of(bench, SECOND, ("fillon",)) == ("macron", "le-pen")


def test_unknown_names_get_close_ones(bench):
    with pytest.raises(UnknownName, match="Did you mean 'fillon'"):
        one(bench, candidates=("filon",))
    with pytest.raises(UnknownName, match="main4"):
        one(bench, candidates="main5")
    with pytest.raises(UnknownName, match="fr-pres-2017-r1"):
        one(bench, "fr-pres-2017-r3")


def test_an_election_without_results_is_said_to_have_none(tmp_path):
    folder = without_results(copy_of("fr-pres-2017", tmp_path))
    with load(folder) as opened, pytest.raises(NothingToCompare, match="Nobody has voted yet"):
        compare(opened)


def test_the_sql_comparison_and_the_python_one_agree(bench):
    frame = one(bench, select="all", within_days=None, candidates="all", quantities=("vote_share",)).frame
    view = bench.frame(
        "SELECT p.forecast_id, p.candidate_id, p.value::DOUBLE - o.share_pct AS error, p.flag "
        "FROM prediction p JOIN forecast f USING (forecast_id) JOIN oracle o USING (contest_id, candidate_id) "
        "WHERE f.contest_id = ? AND f.quantity IN ('vote_share', 'digital_share', 'share_of_voice')",
        [FIRST],
    )
    both = frame.merge(view[view.flag.isna() | (view.flag == "nan")], on=["forecast_id", "candidate_id"])
    assert len(both) > 500
    assert np.allclose(both.error_x, both.error_y, atol=1e-12)


def test_an_answer_is_kept_and_cannot_be_spoilt(bench):
    question = "SELECT * FROM contest ORDER BY contest_id"
    first = bench.frame(question)
    first["round"] = 99
    first.loc[0, "contest_id"] = "somewhere"
    again = bench.frame(question)
    assert 99 not in set(again["round"])
    assert "somewhere" not in set(again.contest_id)
