"""The protocol rehearsed on elections that are over: no row knows anything that was published later."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import pollbench as pb
from pollbench.cli import app
from pollbench.errors import NothingToCompare
from pollbench.protocol.rehearsal import rehearsal_table
from pollbench.protocol.rules import load_protocol
from tests_support import small_election

DATA = Path(str(resources.files("pollbench_datasets")))
ELECTIONS = ("fr-pres-2017", "fr-pres-2022")


@pytest.fixture(scope="module", params=ELECTIONS)
def rehearsed(request) -> tuple[str, pd.DataFrame]:
    with pb.load(request.param) as bench:
        return request.param, rehearsal_table(bench, load_protocol("fr-pres-2027"))


def public_days(election: str) -> pd.Series:
    """Day on which each forecast was public, from the CSV alone: published, else the day after its fieldwork.

    A poll without a day of publication was out at the latest when the law ended publication, on Friday.
    """
    rows = pd.read_csv(DATA / election / "forecasts.csv", dtype=str)
    days = pd.read_csv(DATA / election / "contests.csv", dtype=str).set_index("contest_id").day
    published = pd.to_datetime(rows.published_on)
    after = pd.to_datetime(rows.measured_to) + pd.Timedelta(days=1)
    friday = pd.to_datetime(rows.contest_id.map(days)) - pd.Timedelta(days=2)
    after = after.where(after <= friday, pd.concat([after, friday], axis=1).min(axis=1))
    return pd.Series(published.where(published.notna(), after).to_numpy(), index=rows.forecast_id)


def test_no_row_rests_on_a_forecast_that_was_published_after_its_deadline(rehearsed):
    election, table = rehearsed
    public = table.forecast_id.map(public_days(election))
    assert (public <= pd.to_datetime(table.as_of)).all()


def test_the_last_rung_is_friday_at_midnight_and_the_ladder_is_whole(rehearsed):
    election, table = rehearsed
    days = pd.read_csv(DATA / election / "contests.csv", dtype=str).set_index("contest_id").day
    last = table[table.rung == 1].drop_duplicates("contest_id")
    eve = pd.to_datetime(last.contest_id.map(days)) - pd.Timedelta(days=2)
    assert (pd.to_datetime(last.as_of) == eve).all()
    assert set(table[table.contest_id.str.endswith("r1")].rung) == {30, 14, 7, 3, 1}
    assert set(table[table.contest_id.str.endswith("r2")].rung) == {7, 3, 1}


def test_a_forecaster_stands_once_on_each_rung_and_ranks_follow_the_error(rehearsed):
    _, table = rehearsed
    for _, rung in table.groupby(["contest_id", "rung"]):
        assert not rung.duplicated(["forecaster_id", "forecast_id"]).any()
        assert rung.value.is_monotonic_increasing
    assert set(table.protocol_id) == {load_protocol("fr-pres-2027").protocol_id}


def test_errors_of_2022_are_recomputed_from_the_csv(rehearsed):
    election, table = rehearsed
    if election != "fr-pres-2022":
        pytest.skip("recomputed for one election")
    figures = pd.read_csv(DATA / election / "predictions.csv")
    results = pd.read_csv(DATA / election / "results.csv")
    results["share"] = 100 * results.votes / results.groupby("contest_id").votes.transform("sum")
    main = ["macron", "le-pen", "melenchon", "zemmour", "pecresse"]
    first = table[table.contest_id == "fr-pres-2022-r1"]
    truth = results[results.contest_id == "fr-pres-2022-r1"].set_index("candidate_id").share[main]
    for row in first.itertuples():
        given = figures[figures.forecast_id == row.forecast_id].set_index("candidate_id").value[main]
        assert row.value == pytest.approx((given - truth).abs().mean())


def test_the_program_rehearses_the_elections_that_the_protocol_names(monkeypatch):
    protocol = load_protocol("fr-pres-2027")
    rules = replace(
        protocol,
        rehearsals=("fr-pres-2017",),
        contests=tuple(replace(contest, rungs=contest.rungs[-1:]) for contest in protocol.contests),
    )
    monkeypatch.setattr("pollbench.protocol.rules.load_protocol", lambda _: rules)
    printed = CliRunner().invoke(app, ["protocol", "rehearse"])
    assert printed.exit_code == 0, printed.output
    head, columns, *_ = printed.stdout.splitlines()
    assert head == f"mae, points; protocol {rules.protocol_id[:12]}…"
    assert "protocol_id" not in columns
    table = pd.read_csv(StringIO(CliRunner().invoke(app, ["protocol", "rehearse", "--format", "csv"]).stdout))
    assert set(table.contest_id) == {"fr-pres-2017-r1", "fr-pres-2017-r2"}
    assert set(table.rung) == {1}
    assert set(table.protocol_id) == {rules.protocol_id}


def test_deadlines_before_the_first_forecast_and_rounds_that_were_not_held_have_no_board(tmp_path):
    # One round, whose figures were published five and four days before: on the rungs 3 and 1 alone.
    rules = load_protocol("fr-pres-2027")
    rules = replace(rules, policy=replace(rules.policy, candidates="all"))
    with pb.load(small_election(tmp_path)) as bench:
        table = rehearsal_table(bench, rules, "xx-2030")
        assert set(table.rung) == {1, 3}
        assert set(table.contest_id) == {"xx-2030-r1"}
        with pytest.raises(
            NothingToCompare, match=r"At no deadline of fr-pres-2027 had a forecast that counts"
        ):
            rehearsal_table(bench, rules, "another")
