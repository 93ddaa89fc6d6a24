"""A printed figure is read once: boards, baselines, time and claims have the same reading under a policy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from clean_election import write
from clean_rows import clean_tables
from pollbench.data.store import load
from pollbench.scoring.compare import compare
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy
from pollbench.selection.reading import _read, figures_read, is_poll, to_total

FIRST = "fr-pres-2017-r1"
MADE_OF_POLLS = ["last_poll", "poll_average", "poll_average_by_size", "poll_average_by_age"]


def test_who_is_a_poll_is_the_same_in_sql_and_in_python(all_elections):
    table = all_elections.frame(
        "SELECT family::VARCHAR AS family, kind::VARCHAR AS kind, is_poll FROM forecast_day"
    )
    assert (is_poll(table) == table.is_poll).all()
    assert 0 < table.is_poll.sum() < (table.family == "poll").sum() < len(table)


@pytest.mark.parametrize(("below", "expected"), [("half", 0.25), ("zero", 0.0), ("bound", None)])
def test_below_half_a_point_is_read_as_the_policy_says(bench, below, expected):
    printed = bench.frame(
        "SELECT p.forecast_id, p.candidate_id FROM prediction p JOIN forecast f USING (forecast_id) "
        "WHERE p.flag = 'lt' AND p.value = 0.5 AND f.unit = 'share_pct'"
    )
    assert len(printed) > 50
    read = printed.merge(figures_read(bench, Policy(below=below)), on=["forecast_id", "candidate_id"])
    assert len(read) == (0 if expected is None else len(printed))
    assert expected is None or (read.value == expected).all()


def test_other_bounds_are_no_figures_under_any_policy(all_elections):
    bounds = all_elections.frame(
        "SELECT forecast_id, candidate_id FROM prediction WHERE flag = 'gt' OR (flag = 'lt' AND value <> 0.5)"
    )
    assert len(bounds) > 0
    for below in ("half", "zero", "bound"):
        read = figures_read(all_elections, Policy(below=below))
        assert bounds.merge(read, on=["forecast_id", "candidate_id"]).empty


@pytest.mark.parametrize("name", MADE_OF_POLLS)
def test_reading_below_as_zero_moves_baselines_as_it_moves_the_polls_they_are_made_of(bench, name):
    boards = {
        below: score(
            bench, ["absolute_error"], Policy(candidates="all", below=below, missing="drop"), FIRST
        ).frame
        for below in ("half", "zero")
    }
    key = ["forecaster_id", "forecast_id", "candidate_id"]
    both = boards["half"].merge(boards["zero"], on=key, suffixes=("_half", "_zero"))
    moved = both[(both.value_half - both.value_zero).abs() > 1e-12]
    printed = bench.frame(
        "SELECT DISTINCT p.candidate_id FROM prediction p JOIN forecast f USING (forecast_id) "
        "WHERE p.flag = 'lt' AND p.value = 0.5 AND f.survey IS NOT NULL AND f.contest_id = ?",
        [FIRST],
    )
    baseline = moved[moved.forecaster_id == name]
    assert "cheminade" in set(baseline.candidate_id)
    assert set(baseline.candidate_id) <= set(printed.candidate_id)
    if name == "last_poll":
        # One poll: read as zero its figure is a quarter of a point lower, and so further from 0.18 or nearer.
        row = baseline.iloc[0]
        assert (row.value_half, row.value_zero) == (
            pytest.approx(0.25 - 0.18, abs=0.01),
            pytest.approx(0.18, abs=0.01),
        )


def test_rescaling_what_was_printed_brings_each_forecast_to_100(bench):
    read = figures_read(bench, Policy(rescale="to_100"))
    plain = figures_read(bench, Policy())
    shares = (
        bench.frame("SELECT forecast_id, unit::VARCHAR AS unit FROM forecast").set_index("forecast_id").unit
    )
    total = read.groupby("forecast_id").value.sum()
    assert np.allclose(total[shares[total.index] == "share_pct"], 100.0)
    others = shares[plain.forecast_id].to_numpy() != "share_pct"
    assert (read.value[others] == plain.value[others]).all()


def test_forty_one_and_twenty_seven_of_68(tmp_path):
    assert to_total(np.array([[41.0, 27.0]]), np.array([55.0, 45.0])).round(2).tolist() == [[60.29, 39.71]]
    tables = clean_tables()
    for row in tables["prediction"]:
        if row["forecast_id"] == "alpha-2030-04-30-a":
            row["value"] = {"ann": "41", "bob": "27"}[row["candidate_id"]]
    for row in tables["forecast"]:
        if row["forecast_id"] == "alpha-2030-04-30-a":
            row["complete"] = "false"
    with load(write(tmp_path, tables)) as opened:
        shares = {
            rescale: compare(opened, Policy(missing="drop", rescale=rescale), "xx-2030-r2")[0]
            for rescale in ("none", "to_100", "main")
        }
        assert shares["none"].forecast[0].tolist() == [41.0, 27.0]
        for rescale in ("to_100", "main"):
            assert shares[rescale].forecast[0] == pytest.approx([60.294, 39.706], abs=0.001)
            frame = shares[rescale].frame.set_index("candidate_id")
            assert frame.forecast["ann"] == pytest.approx(60.294, abs=0.001)
        words = {rescale: comparison.policy.describe() for rescale, comparison in shares.items()}
    assert "not rescaled" in words["none"]
    assert "sums to 100" in words["to_100"]
    assert len(set(words.values())) == 3


def test_rescaling_reaches_the_baselines(bench):
    policy = Policy(missing="drop", rescale="main")
    plain = score(bench, ["bias"], Policy(missing="drop"), FIRST).frame
    scaled = score(bench, ["bias"], policy, FIRST).frame
    total = scaled[scaled.forecaster_id.isin(["poll_average", "flat", "bva"])].groupby(
        ["forecaster_id", "forecast_id"]
    )
    assert np.allclose(total.value.sum(), 0.0)
    assert not np.allclose(
        plain[plain.forecaster_id == "poll_average"].groupby("forecast_id").value.sum(), 0.0
    )


def test_what_was_not_published_stays_missing_and_nothing_stays_nothing():
    shares = to_total(np.array([[np.nan, 30.0], [0.0, 0.0]]), np.array([60.0, 40.0]))
    assert np.isnan(shares[0, 0])
    assert shares[0, 1] == 40.0
    assert shares[1].tolist() == [0.0, 0.0]
    assert to_total(np.array([[0.3, 0.2]]), np.array([60.0, 40.0])) == pytest.approx(np.array([[60.0, 40.0]]))


class Answers:
    """A bench that answers every question with one frame."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def frame(self, _: str) -> pd.DataFrame:
        return self._frame


def test_shares_that_are_all_zero_stay_zero_when_brought_to_100():
    printed = pd.DataFrame(
        {
            "forecast_id": ["a", "a", "b", "b", "c", "c"],
            "value": [0.0, 0.0, 30.0, 20.0, 0.3, 0.2],
            "lower": [0.0, 0.0, 25.0, 15.0, 0.3, 0.2],
            "upper": [0.0, 0.0, 35.0, 25.0, 0.3, 0.2],
            "share": [True] * 6,
        }
    )
    read = _read(Answers(printed), Policy(rescale="to_100"), None)
    assert read["value"].tolist() == pytest.approx([0, 0, 60, 40, 60, 40])
    assert read["upper"].tolist() == pytest.approx([0, 0, 70, 50, 60, 40])
