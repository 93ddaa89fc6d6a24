"""The night of 7 May 2017 rehearsed on departments, recomputed from the CSV without the package."""

from __future__ import annotations

from contextlib import nullcontext
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from pollbench.campaign.election_night import (
    PARTS,
    live_table,
    night_table,
    smallest_gap_of_polls,
    unit_votes,
)
from pollbench.cli import app
from pollbench.data.store import load
from pollbench.errors import CoverageError
from tests_support import program, small_election

FOLDER = Path(str(resources.files("pollbench_datasets"))) / "fr-pres-2017"


@pytest.fixture(scope="module")
def table(bench) -> pd.DataFrame:
    return night_table(bench, "fr-pres-2017-r2").set_index("part_counted")


@pytest.fixture(scope="module")
def departments() -> pd.DataFrame:
    rows = pd.read_csv(FOLDER / "departments.csv", dtype={"dept_code": str})
    rows = rows[rows.candidate_id.isin(["macron", "le-pen"])]
    return rows.pivot(index="dept_code", columns=["contest_id", "candidate_id"], values="votes")


@pytest.mark.parametrize("part", PARTS)
def test_every_stage_is_what_plain_arithmetic_gives(table, departments, part):
    first, second = departments["fr-pres-2017-r1"], departments["fr-pres-2017-r2"]
    size = first.sum(axis=1).sort_values(kind="stable")
    counted = size.index[(100 * size.cumsum() / size.sum() <= part).to_numpy()]

    def macron(votes: pd.DataFrame) -> float:
        return float(100 * votes.macron.sum() / votes.to_numpy().sum())

    row = table.loc[part]
    assert row.raw_pct == pytest.approx(macron(second.loc[counted]))
    swing = macron(second.loc[counted]) + macron(first) - macron(first.loc[counted])
    assert row.swing_pct == pytest.approx(swing)
    assert row.final_pct == pytest.approx(66.10, abs=0.005)


def test_the_raw_share_has_the_wrong_sign_for_a_poll_at_62_when_a_tenth_is_counted(table):
    row = table.loc[10]
    # Harris's 62 is 4.1 too low in the end; on the raw share of the night it would have looked nearly right.
    assert row.raw_error < -3
    assert abs(row.swing_error) < 1
    assert row.low <= row.final_pct <= row.high


def test_no_rank_before_the_interval_is_shorter_than_the_smallest_gap(table):
    half = (table.high - table.low) / 2
    assert (table.may_rank == (half < table.smallest_gap)).all()
    assert not table.may_rank[table.index <= 80].any()
    assert half.loc[5] > half.loc[50] > half.loc[95]


def test_a_first_round_has_no_swing_to_follow(bench):
    with pytest.raises(CoverageError, match="no swing"):
        unit_votes(bench, "fr-pres-2017-r1")


@pytest.fixture
def partial(tmp_path) -> Path:
    rows = pd.read_csv(FOLDER / "departments.csv", dtype=str)
    rows = rows[(rows.contest_id == "fr-pres-2017-r2") & rows.dept_code.isin(["01", "02", "48"])]
    path = tmp_path / "partial.csv"
    rows[["dept_code", "candidate_id", "votes"]].to_csv(path, index=False)
    return path


def test_partial_results_from_a_file_are_read_with_an_interval(partial, tmp_path):
    out = tmp_path / "out.csv"
    result = CliRunner().invoke(
        app, ["night", "fr-pres-2017", "--counted", str(partial), "--format", "csv", "-o", str(out)]
    )
    assert result.exit_code == 0, result.output
    read = pd.read_csv(out).set_index("candidate_id")
    assert read.swing_pct.sum() == pytest.approx(100)
    assert read.low["macron"] < read.swing_pct["macron"] < read.high["macron"]
    assert np.isclose(read.counted_pct.iloc[0], 1.9, atol=0.5)
    # Polls of 2017 lie half a point apart; three departments leave an interval of points: no rank.
    assert 0 < read.smallest_gap.iloc[0] <= 1
    assert not read.may_rank.any()
    assert (read.high - read.low).iloc[0] / 2 > read.smallest_gap.iloc[0]
    assert "rank" not in read.columns


@pytest.mark.parametrize(
    ("at", "word"), [("", "no moment"), ("2027-05-02T19:59:59+02:00", "close at 2027-05-02T20:00:00")]
)
def test_nothing_partial_is_read_before_the_polling_stations_close(partial, at, word):
    result = CliRunner().invoke(app, ["night", "fr-pres-2027", "--counted", str(partial), "--at", at])
    assert result.exit_code != 0
    assert word in str(result.exception)


def test_after_the_closing_the_missing_first_round_is_named(partial):
    at = "2027-05-02T20:15:00+02:00"
    result = CliRunner().invoke(app, ["night", "fr-pres-2027", "--counted", str(partial), "--at", at])
    assert "is not held by department" in str(result.exception)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("01,macron", "1,macron", "is no department"),
        ("01,macron", "01,makron", "did not stand"),
        ("01,macron,", "01,macron,-", "is no whole number"),
        ("01,macron", "02,macron", "has macron twice"),
        ("01,macron", "01,hamon", "lacks a candidate in a department that has reported"),
        ("dept_code,", "dept,", "lacks dept_code"),
    ],
)
def test_a_spoiled_file_of_partial_results_gets_one_message(partial, old, new, word):
    from pollbench.cli.night import read_counted
    from pollbench.errors import DataError

    partial.write_text(partial.read_text().replace(old, new, 1))
    reference = pd.DataFrame(1.0, index=["01", "02", "48"], columns=["le-pen", "macron", "hamon"])
    with pytest.raises(DataError, match=word):
        read_counted(partial, reference)


def test_a_file_without_a_department_gets_one_message(partial):
    partial.write_text("dept_code,candidate_id,votes\n", encoding="utf-8")
    answer = program("night", "fr-pres-2017", "--counted", str(partial))
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "has no department" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_the_night_is_rehearsed_with_what_its_columns_mean(bench, table, monkeypatch):
    monkeypatch.setattr("pollbench.data.store.load", lambda *_: nullcontext(bench))
    answer = program("night")
    assert (answer.returncode, answer.stderr) == (0, "")
    rows, _, meaning = answer.stdout.partition("\n\n")
    assert len(rows.splitlines()) == len(table) + 1
    assert meaning.startswith("swing_pct: if the places still to come follow the swing of those counted")
    assert "swing_pct:" not in program("night", "--format", "csv").stdout


def test_an_election_of_one_round_has_no_night_to_rehearse(tmp_path):
    answer = program("night", str(small_election(tmp_path)))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "xx-2030 has one round: there is no run-off" in answer.stderr


def test_what_was_counted_before_the_first_unit_has_no_row(bench):
    table = night_table(bench, "fr-pres-2017-r2", parts=(0, 50), orders=20)
    assert table.part_counted.tolist() == [50]


def test_without_polls_no_gap_is_known(tmp_path):
    with load(small_election(tmp_path, forecasts=False)) as small:
        assert smallest_gap_of_polls(small, "xx-2030-r1", "ann") == 0.0


def test_partial_results_must_be_of_the_units_and_candidates_of_the_round_before():
    before = pd.DataFrame({"ann": [60, 30, 10], "bob": [40, 70, 90]}, index=["u", "v", "w"])
    replays = (before.to_numpy() * 1.0, before.to_numpy() * 1.0)
    replays = tuple(pd.DataFrame(votes, index=before.index, columns=before.columns) for votes in replays)
    with pytest.raises(CoverageError, match=r"^Units that the round before does not hold: x, y\.$"):
        live_table(pd.DataFrame({"ann": [1, 2], "bob": [3, 4]}, index=["x", "y"]), before, replays)
    for counted in (before.iloc[:0], before.iloc[:1].rename(columns={"bob": "cid"})):
        with pytest.raises(CoverageError, match=r"^Nothing is counted, or the candidates are not those"):
            live_table(counted, before, replays)
    # Where all units vote as in the round before, their swing is none and the reading exact.
    table = live_table(before.iloc[:1], before, replays, orders=20).set_index("candidate_id")
    assert table.raw_pct["ann"] == pytest.approx(60)
    assert table.swing_pct["ann"] == pytest.approx(100 / 3)
    assert not table.may_rank.any()
