"""Probabilities, events and quantiles are scored where the data hold them."""

from __future__ import annotations

import numpy as np
import pytest

from clean_election import write
from clean_rows import FIRST, clean_tables
from pollbench import measures
from pollbench.data.store import load
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy

PROBABLE = Policy(missing="drop", quantities=("win_probability", "runoff_probability", "event"))
LEVELS = (2.5, 25.0, 50.0, 75.0, 97.5)
#: Quantiles of alpha's last poll of the first round, about its figures.
WIDTHS = dict(zip(LEVELS, (-3.0, -1.0, 0.0, 1.0, 3.0), strict=True))
FIGURES = {"ann": 27.0, "bob": 29.0, "cleo": 21.0, "dan": 13.0, "eve": 10.0}


def test_printed_probabilities_are_scored_event_by_event(bench):
    scores = score(bench, ["brier", "log_score"], PROBABLE).frame
    rows = scores[(scores.forecaster_id == "predictit") & (scores.contest_id == "fr-pres-2017-r1")]
    brier = rows[rows.measure == "brier"].set_index("candidate_id").value
    # 60 % for Le Pen and 39 % for Macron to lead; Macron led.
    assert brier.to_dict() == {"le-pen": pytest.approx(0.36), "macron": pytest.approx(0.61**2)}
    assert set(rows.measure_version) == {measures.named("brier").version}
    assert set(rows.policy_id) == {PROBABLE.policy_id}
    assert not scores.duplicated(
        ["contest_id", "forecast_id", "quantity", "candidate_id", "measure", "component"]
    ).any()


def test_events_with_a_band_have_a_name_of_their_own(bench):
    scores = score(bench, ["brier"], PROBABLE).frame
    bands = (
        scores[(scores.forecaster_id == "betfair") & (scores.quantity == "event")]
        .set_index("candidate_id")
        .value
    )
    # 33.9 % of the votes: the band of 30 to 35 came true, at 11.36 %.
    assert bands["le-pen 30.01-35"] == pytest.approx((0.1136 - 1) ** 2)
    assert bands["le-pen 0-30"] == pytest.approx(0.0238**2)
    assert len(bands) == 5


def test_a_list_with_gaps_is_scored_and_not_listed_as_left_out(bench):
    scores = score(bench, ["brier"], PROBABLE)
    assert "smarkets-2017-04-25-a" in set(scores.frame.forecast_id)
    assert not {row["forecast_id"] for row in scores.left_out} & set(scores.frame.forecast_id)


def test_exclusive_classes_are_refused_where_the_list_does_not_sum_to_100(bench):
    scores = score(bench, ["brier_classes"], PROBABLE)
    assert any("must sum to 100" in sentence and "the-crosstab" in sentence for sentence in scores.refused)
    betfair = scores.frame[scores.frame.forecaster_id == "betfair"]
    assert betfair.value.item() == pytest.approx(2 * 0.11**2)


@pytest.fixture
def with_quantiles(tmp_path):
    tables = clean_tables()
    forecast = "alpha-2030-04-17-a"
    printed = {
        row["candidate_id"]: float(row["value"])
        for row in tables["prediction"]
        if row["forecast_id"] == forecast
    }
    assert printed == FIGURES
    tables["quantile"] = [
        {"forecast_id": forecast, "candidate_id": name, "level": str(level), "value": str(value + width)}
        for name, value in FIGURES.items()
        for level, width in WIDTHS.items()
    ]
    with load(write(tmp_path, tables)) as opened:
        yield opened


def test_published_quantiles_are_scored_as_a_whole_and_as_intervals(with_quantiles):
    policy = Policy(missing="drop", candidates="all")
    chosen = ["mae", "weighted_interval_score", "interval_score", "coverage", "crps_quantiles"]
    scores = score(with_quantiles, chosen, policy, FIRST)
    rows = scores.frame[scores.frame.forecaster_id == "alpha"]
    result = {"ann": 30.0, "bob": 25.0, "cleo": 20.0, "dan": 15.0, "eve": 10.0}
    # The interval of 95 % of bob is 26 to 32; 25 of 100 voted for bob: below it by one point.
    interval = (
        rows[(rows.measure == "interval_score") & (rows.candidate_id == "bob")].set_index("component").value
    )
    assert interval["95 %"] == pytest.approx(6 + 2 / 0.05 * 1.0)
    assert interval["50 %"] == pytest.approx(2 + 2 / 0.5 * 3.0)
    covered = rows[rows.measure == "coverage"].set_index("component").value
    inside = [abs(FIGURES[name] - share) <= 3 for name, share in result.items()]
    assert covered["95 %"] == pytest.approx(100 * np.mean(inside))
    whole = rows[(rows.measure == "weighted_interval_score") & (rows.component == "")]
    assert set(whole.candidate_id) == set(FIGURES)
    # Over all levels, from the definition: the mean of twice the pinball losses, the median once.
    losses = [
        2
        * ((level / 100) - (result["bob"] < FIGURES["bob"] + width))
        * (result["bob"] - FIGURES["bob"] - width)
        for level, width in WIDTHS.items()
    ]
    assert whole.set_index("candidate_id").value["bob"] == pytest.approx(np.mean(losses))
    assert rows[rows.measure == "mae"].component.tolist() == [""]
    assert not any("takes quantiles" in sentence for sentence in scores.refused)


def test_without_published_quantiles_a_measure_says_that_it_takes_them(bench):
    scores = score(bench, ["mae", "interval_score"], Policy(missing="drop"), "fr-pres-2017-r1")
    assert any(sentence.startswith("interval_score takes interval") for sentence in scores.refused)


def test_the_table_of_scores_says_how_many_measures_it_holds(bench):
    from pollbench.outputs.tables import TABLES
    from pollbench.scoring.score import FIRST_MEASURES

    assert len(FIRST_MEASURES) == 9
    assert TABLES["scores"].meaning.startswith("the nine measures")
    assert set(TABLES["scores"].make(bench, Policy(missing="drop")).measure) == set(FIRST_MEASURES)
