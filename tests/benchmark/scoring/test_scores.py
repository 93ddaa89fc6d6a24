"""Scores: one object, nothing lost between memory and file."""

from __future__ import annotations

import dataclasses
import json

import pandas as pd
import pytest

from pollbench.data.bench import open_database
from pollbench.errors import DataError, NothingToCompare
from pollbench.measures import registered
from pollbench.scoring.score import score
from pollbench.scoring.scores import Scores
from pollbench.selection.policy import Policy


@pytest.fixture(scope="module")
def scores(bench):
    return score(bench, ["mae", "bias"], Policy(missing="drop"))


def test_scores_cannot_be_changed_and_the_frame_is_a_plain_one(scores):
    with pytest.raises(dataclasses.FrozenInstanceError):
        scores.refused = ()
    assert type(scores.frame) is pd.DataFrame
    assert scores.frame.attrs == {}


def test_changing_a_frame_changes_no_later_answer(bench, scores):
    scores.frame.copy()
    mine = score(bench, ["mae", "bias"], Policy(missing="drop"))
    mine.frame["value"] = 0.0
    again = score(bench, ["mae", "bias"], Policy(missing="drop"))
    pd.testing.assert_frame_equal(again.frame, scores.frame)
    assert not (again.frame.value == 0.0).all()


def test_a_file_holds_everything(scores, tmp_path):
    scores.write(tmp_path / "scores.csv")
    read = Scores.read(tmp_path / "scores.csv")
    pd.testing.assert_frame_equal(read.frame, scores.frame, check_dtype=False)
    assert (read.frame.value == scores.frame.value).all()
    assert read.contests == scores.contests
    assert read.refused == scores.refused
    assert [dict(row) for row in read.left_out] == [dict(row) for row in scores.left_out]
    assert read.left_out


def test_rows_of_another_writing_are_refused(scores, tmp_path):
    path = tmp_path / "scores.csv"
    scores.write(path)
    path.write_text(path.read_text().replace("mae", "mse"), encoding="utf-8")
    with pytest.raises(DataError, match=r"scores.csv.*must be the file that scores.json was written with"):
        Scores.read(path)


def test_a_missing_file_is_named(scores, tmp_path):
    scores.write(tmp_path / "scores.csv")
    (tmp_path / "scores.json").unlink()
    with pytest.raises(DataError, match=r"scores.json: must stand beside"):
        Scores.read(tmp_path / "scores.csv")


def test_a_file_of_something_else_is_refused(scores, tmp_path):
    scores.write(tmp_path / "scores.csv")
    (tmp_path / "scores.json").write_text(json.dumps([1, 2]), encoding="utf-8")
    with pytest.raises(DataError, match=r"scores.json: must be what Scores.write wrote"):
        Scores.read(tmp_path / "scores.csv")


def test_data_opened_without_a_report_say_in_one_sentence_that_nothing_can_be_scored(bench):
    with open_database(bench.path) as fresh:
        assert fresh.report is None
        with pytest.raises(
            NothingToCompare, match=r"^Nothing can be scored\. Left out: .*public only on 2017"
        ):
            score(fresh, ["mae"], Policy(missing="drop", as_of="1990-01-01"))


def test_all_measures_are_scored_at_once_and_values_of_a_family_are_of_no_single_forecast(bench):
    table = score(bench, "all", Policy(missing="drop"), "fr-pres-2017-r1")
    known = {sentence.split()[0] for sentence in table.refused} | set(table.frame.measure)
    assert known >= set(registered())
    of_sets = table.frame[table.frame.measure == "sampling_excess"]
    assert set(of_sets.family) <= {"poll", "buzz", "market", "model"}
    assert set(of_sets.forecast_id) == set(of_sets.forecaster_id) == {""}
    assert of_sets.n.isna().all()
