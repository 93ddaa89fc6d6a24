"""Before the ballot is known one scenario stands in for it, and everything is computed from it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import pollbench as pb
from pollbench.campaign.last_polls import last_polls_table, last_readings_table
from pollbench.cli import app
from pollbench.errors import PolicyError, UnknownName
from pollbench.history.finished_polls import finished_poll_band, finished_poll_errors

FOLDER = Path(str(resources.files("pollbench_datasets"))) / "fr-pres-2027"


@pytest.fixture(scope="module")
def reference():
    with pb.load("fr-pres-2027", scenarios=["reference", "duel-melenchon-v-le-pen"]) as bench:
        yield bench


def asked() -> pd.DataFrame:
    polls = pd.read_csv(FOLDER / "forecasts.csv", dtype=str)
    return polls[polls.survey.notna() & polls.scenario.notna()].assign(
        day=lambda rows: pd.to_datetime(rows.measured_to)
    )


def test_the_default_is_the_scenario_that_most_surveys_of_the_last_sixty_days_asked_about():
    with pb.load("fr-pres-2027") as bench:
        for contest, rows in asked().groupby("contest_id"):
            recent = rows[rows.day >= rows.day.max() - pd.Timedelta(days=60)]
            counts = recent.groupby("scenario").survey.nunique()
            assert counts[bench.scenarios[contest]] == counts.max()


def test_the_candidates_of_the_scenario_stand_and_its_polls_are_those_of_the_ballot(reference):
    assert reference.scenarios == {
        "fr-pres-2027-r1": "reference",
        "fr-pres-2027-r2": "duel-melenchon-v-le-pen",
    }
    standing = pd.read_csv(FOLDER / "scenarios.csv").set_index("scenario_id").candidates
    for contest, scenario in reference.scenarios.items():
        candidates = reference.table("candidate")
        members = set(candidates.candidate_id[candidates.contest_id == contest])
        assert members == set(standing[scenario].split())
        final = reference.frame(
            "SELECT forecast_id FROM forecast WHERE contest_id = ? AND lineup = 'final'", [contest]
        )
        rows = asked()
        expected = rows.forecast_id[(rows.contest_id == contest) & (rows.scenario == scenario)]
        assert sorted(final.forecast_id) == sorted(expected)


def test_the_mean_of_the_day_is_that_of_every_house_s_last_poll_of_the_scenario(reference):
    rows = asked()
    rows = rows[rows.scenario == "reference"].sort_values("day").drop_duplicates("forecaster_id", keep="last")
    figures = pd.read_csv(FOLDER / "predictions.csv")
    figures = figures[figures.forecast_id.isin(rows.forecast_id) & figures.flag.isna()]
    table = last_polls_table(reference, "fr-pres-2027-r1").drop_duplicates("candidate_id")
    expected = figures.groupby("candidate_id").value.mean()
    assert dict(zip(table.candidate_id, table.mean_pct, strict=True)) == pytest.approx(expected.to_dict())
    assert set(table.houses) == {len(rows)}


def test_another_scenario_of_the_same_data_gives_what_loading_it_gives(reference):
    with reference.under("x-attal") as under, pb.load("fr-pres-2027", scenarios=["x-attal"]) as loaded:
        for name in ("candidate", "standing_scenario", "last_polls_mean"):
            assert under.table(name).equals(loaded.table(name)) or name == "standing_scenario"
        assert under.scenarios["fr-pres-2027-r1"] == "x-attal"
        assert len(under.frame("SELECT * FROM forecast WHERE lineup = 'final'")) == len(
            loaded.frame("SELECT * FROM forecast WHERE lineup = 'final'")
        )


def test_unknown_scenarios_two_of_one_round_and_a_known_ballot_are_refused():
    with pytest.raises(UnknownName, match="Did you mean 'reference'"):
        pb.load("fr-pres-2027", scenarios=["refrence"])
    with pytest.raises(PolicyError, match="both chosen"):
        pb.load("fr-pres-2027", scenarios=["reference", "x-attal"])
    with pytest.raises(PolicyError, match="The ballot is known"):
        pb.load("fr-primary-left-2017", scenarios=["reference"])


def test_readings_beside_the_polls_are_the_last_of_each_source_with_the_widest_interval(reference):
    table = last_readings_table(reference, "fr-pres-2027-r1")
    model = table[(table.forecaster_id == "whyalwaysrose") & (table.quantity == "vote_share")].set_index(
        "candidate_id"
    )
    quantiles = pd.read_csv(FOLDER / "quantiles.csv")
    ends = quantiles[
        (quantiles.forecast_id == model.forecast_id.iloc[0]) & (quantiles.candidate_id == "le-pen")
    ].value
    assert (model.lower["le-pen"], model.upper["le-pen"]) == (ends.min(), ends.max())
    assert not table.duplicated(["forecaster_id", "quantity", "candidate_id"]).any()


@pytest.mark.parametrize("number", [1, 2])
def test_the_band_of_finished_polls_is_the_percentile_of_their_published_errors(number):
    table = finished_poll_errors(number)
    band = finished_poll_band(number)
    assert band.high == pytest.approx(table.error.quantile(0.9))
    assert (table.error <= band.median).mean() == pytest.approx(0.5, abs=0.02)
    assert not table.forecaster_id.isin(["fivethirtyeight", "huffpost-pollster"]).any()


def test_a_scenario_can_be_chosen_on_the_command_line(tmp_path):
    path = tmp_path / "line.csv"
    arguments = ["chart", "campaign-timeline", "-e", "fr-pres-2027", "--format", "csv", "-o", str(path)]
    result = CliRunner().invoke(
        app, [*arguments, "--scenario", "duel-melenchon-v-le-pen", "--contest", "fr-pres-2027-r2"]
    )
    assert result.exit_code == 0, result.output
    assert set(pd.read_csv(path).candidate_id) == {"melenchon", "le-pen"}
    wrong = CliRunner().invoke(app, [*arguments, "--scenario", "nobody"])
    assert isinstance(wrong.exception, UnknownName)
