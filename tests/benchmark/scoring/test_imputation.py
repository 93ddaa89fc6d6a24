"""Gaps filled from a baseline: marked, never from the future, and nothing else is touched."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench import baselines
from pollbench.errors import CoverageError, UnknownName
from pollbench.scoring.compare import compare
from pollbench.scoring.imputation import impute
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy

FIRST = "fr-pres-2017-r1"
WITH_HAMON = ("macron", "le-pen", "fillon", "melenchon", "hamon")


def filled(bench, name, candidates=WITH_HAMON):
    return compare(bench, Policy(candidates=candidates, missing=f"impute:{name}"), FIRST)[0]


def test_gap_is_an_error_unless_a_policy_says_what_to_do(bench):
    with pytest.raises(CoverageError, match="hamon"):
        compare(bench, Policy(candidates=WITH_HAMON), FIRST)


def test_filteris_gets_the_poll_average_of_its_day_for_hamon_and_says_so(bench):
    comparison = filled(bench, "poll_average")
    rows = comparison.frame[comparison.frame.forecast_id == "filteris-2017-04-21-b"].set_index("candidate_id")
    assert rows.flag["hamon"] == "imputed"
    assert rows.forecast["hamon"] == pytest.approx(7.5, abs=0.5)
    assert rows.forecast["macron"] == 20.03
    assert rows.candidate.notna().all()


def test_figures_that_were_published_stay_as_they_were(bench):
    comparison = filled(bench, "poll_average")
    published = bench.frame("SELECT forecast_id, candidate_id, value::DOUBLE AS value FROM prediction")
    own = comparison.frame[~comparison.frame.flag.isin(["imputed", "lt"])]
    both = own.merge(published, on=["forecast_id", "candidate_id"])
    assert len(both) == len(own)
    assert both.forecast.to_numpy() == pytest.approx(both.value.to_numpy())


def test_array_and_frame_hold_the_same_figures(bench):
    comparison = filled(bench, "poll_average")
    wide = comparison.frame.pivot(index="forecast_id", columns="candidate_id", values="forecast")
    wide = wide.loc[comparison.forecasts.forecast_id, list(comparison.candidates)]
    assert np.array_equal(wide.to_numpy(), comparison.forecast)


def test_filled_figure_is_the_baseline_for_that_forecast(bench):
    comparison = filled(bench, "last_poll")
    everyone = compare(bench, Policy(candidates=WITH_HAMON, missing="drop"), FIRST)[0]
    made = baselines.named("last_poll").function(bench, comparison)
    hamon = made.forecast[:, comparison.candidates.index("hamon")]
    rows = comparison.frame[comparison.frame.flag == "imputed"]
    added = rows[rows.candidate_id == "hamon"].set_index("forecast_id").forecast
    expected = dict(zip(made.forecasts.forecast_id, hamon, strict=True))
    assert len(added) == len(comparison.forecasts) - len(everyone.forecasts) > 0
    assert added.to_dict() == {forecast: expected[forecast] for forecast in added.index}


def test_flat_fills_with_the_mean_of_what_the_forecaster_gave(bench):
    rows = filled(bench, "flat").frame
    rows = rows[rows.forecast_id == "filteris-2017-04-21-b"].set_index("candidate_id").forecast
    assert rows["hamon"] == pytest.approx((20.03 + 22.7 + 21.5 + 21.3) / 4)


def test_scores_of_the_complete_do_not_change(bench):
    dropped = score(bench, ["mae"], Policy(candidates=WITH_HAMON, missing="drop"), FIRST).frame
    imputed = score(bench, ["mae"], Policy(candidates=WITH_HAMON, missing="impute:poll_average"), FIRST).frame
    key = ["forecaster_id", "forecast_id"]
    both = dropped[dropped.family != "baseline"].merge(imputed, on=key, suffixes=("", "_imputed"))
    assert (both.value == both.value_imputed).all()
    assert set(imputed.forecaster_id) >= set(dropped.forecaster_id) | {"filteris"}
    assert imputed.policy_id.iloc[0] != dropped.policy_id.iloc[0]


def test_baseline_without_a_figure_leaves_the_gap_and_says_who_lacks_what(bench):
    comparison = filled(bench, "previous_election")
    assert "lacks hamon" in set(comparison.left_out.reason)
    assert "imputed" not in set(comparison.frame.flag)


def test_unknown_baseline_is_named_with_close_ones(bench):
    with pytest.raises(UnknownName, match="poll_average"):
        filled(bench, "poll_avrage")


def test_empty_baseline_says_why_beside_the_scores(all_elections):
    scores = score(all_elections, ["mae"], Policy(missing="drop"), FIRST)
    assert any("no predecessor" in sentence and "macron" in sentence for sentence in scores.refused)


def test_where_nothing_is_missing_nothing_is_filled(bench):
    whole = compare(bench, Policy(missing="drop"), FIRST)[0]
    forecast, figures = impute(bench, whole, "poll_average")
    assert np.array_equal(forecast, whole.forecast)
    assert figures.empty
    assert list(figures.columns) == ["forecast_id", "candidate_id", "value", "flag"]
