"""Several samples of one house on one day, and rolling waves beside separate surveys: a policy, and listed."""

from __future__ import annotations

import pandas as pd
import pytest

from clean_election import write
from clean_rows import BALLOT, FIRST, clean_tables, figures, poll
from pollbench.data.store import load
from pollbench.scoring.compare import compare
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy
from pollbench.selection.samples import averaged_figures, chosen_forecasts, fitting_waves, with_mean_size

IFOP = "fr-pres-2012-r1"


@pytest.fixture
def two_samples(tmp_path):
    """Alpha asked 500 persons online and 4,000 by telephone, both up to 17 April."""
    tables = clean_tables()
    twin = poll("alpha", "2030-04-17", FIRST) | {
        "forecast_id": "alpha-2030-04-17-b",
        "survey": "alpha-2030-04-17-phone",
        "sample_size": "5000",
        "expressing_n": "4000",
    }
    tables["forecast"].append(twin)
    tables["prediction"] += figures(twin["forecast_id"], BALLOT | {"ann": 31, "bob": 25})
    with load(write(tmp_path, tables)) as opened:
        yield opened


def of_alpha(bench, **policy):
    comparison = compare(bench, Policy(missing="drop", candidates="all", **policy), FIRST)[0]
    row = comparison.forecasts[comparison.forecasts.forecaster_id == "alpha"]
    return (
        comparison,
        row.iloc[0],
        dict(zip(comparison.candidates, comparison.forecast[row.index[0]], strict=True)),
    )


def test_the_larger_sample_of_a_day_counts_and_the_other_is_listed(two_samples):
    comparison, row, shares = of_alpha(two_samples)
    assert row.forecast_id == "alpha-2030-04-17-b"
    assert shares["ann"] == 31
    assert comparison.samples[["forecast_id", "reason"]].values.tolist() == [
        ["alpha-2030-04-17-a", "a sample of the same day as alpha-2030-04-17-b"]
    ]


def test_the_mean_of_samples_is_the_mean_of_their_figures_and_says_so(two_samples):
    comparison, row, shares = of_alpha(two_samples, select="mean_of_samples")
    assert shares["ann"] == pytest.approx((27 + 31) / 2)
    assert shares["cleo"] == pytest.approx(21)
    # Two samples of 800 and 4,000 averaged alike vary as one of 4 / (1/800 + 1/4000).
    assert row.n == pytest.approx(4 / (1 / 800 + 1 / 4000))
    assert comparison.samples.reason.tolist() == ["averaged into alpha-2030-04-17-b"]
    frame = comparison.frame[comparison.frame.forecaster_id == "alpha"].set_index("candidate_id")
    assert frame.forecast["bob"] == pytest.approx(27)
    assert frame.error["bob"] == pytest.approx(27 - 25)


def test_scores_list_what_was_not_taken(two_samples):
    scores = score(two_samples, ["mae"], Policy(missing="drop", candidates="all"), FIRST)
    assert "a sample of the same day as alpha-2030-04-17-b" in {row["reason"] for row in scores.left_out}


def test_one_sample_a_day_is_its_own_mean(bench):
    plain, mean = (
        compare(bench, Policy(missing="drop", select=select), "fr-pres-2017-r1")[0]
        for select in ("last", "mean_of_samples")
    )
    assert (plain.forecast == mean.forecast).all()
    assert plain.forecasts.n.equals(mean.forecasts.n)


@pytest.mark.parametrize(("waves", "total"), [("any", 6.67), ("rolling", 8.67), ("separate", 6.67)])
def test_ifop_of_2012_is_scored_by_its_separate_survey_or_by_its_rolling_one(all_elections, waves, total):
    # Sums of absolute errors over ten candidates, as rankings of 2012 printed them.
    policy = Policy(missing="drop", candidates="all", waves=waves)
    scores = score(all_elections, ["mae"], policy, IFOP)
    ifop = scores.frame[(scores.frame.forecaster_id == "ifop") & (scores.frame.family == "poll")]
    assert 10 * ifop.value.item() == pytest.approx(total, abs=0.005)
    listed = {row["forecast_id"] for row in scores.left_out if "same day" in str(row["reason"])}
    assert len({"ifop-2012-04-20-a", "ifop-2012-04-20-c"} & listed) == 1


def test_the_policy_says_which_waves_count():
    assert "rolling waves and separate surveys alike" in Policy().describe()
    assert "rolling waves where a forecaster has them" in Policy(waves="rolling").describe()


def test_waves_reach_the_baselines(all_elections):
    made = {
        waves: score(
            all_elections, ["mae"], Policy(missing="drop", candidates="all", waves=waves), IFOP
        ).frame
        for waves in ("rolling", "separate")
    }
    averages = [
        table[table.forecaster_id == "poll_average"].set_index("forecast_id").value for table in made.values()
    ]
    both = averages[0].to_frame("rolling").join(averages[1].rename("separate"), how="inner")
    assert (both.rolling != both.separate).any()


def test_the_mean_of_three_samples_is_as_sure_as_its_variance_says():
    chosen = pd.DataFrame({"forecast_id": ["a", "z"], "n": [500.0, 800.0]})
    samples = pd.DataFrame(
        {"reason": ["averaged with a"] * 2, "chosen_id": ["a", "a"], "n": [1000.0, 2000.0]}
    )
    sized = with_mean_size(chosen, samples)
    assert sized.n.tolist() == pytest.approx([9 / (1 / 500 + 1 / 1000 + 1 / 2000), 800])


WAVES = pd.DataFrame(
    [("a", "ifop", None), ("b", "ifop", "ifop-rolling"), ("c", "bva", ""), ("d", "elabe", "elabe-rolling")],
    columns=["forecast_id", "forecaster_id", "rolling_series"],
).assign(contest_id="x", quantity="vote_share")


@pytest.mark.parametrize(("waves", "expected"), [("any", "abcd"), ("rolling", "bcd"), ("separate", "acd")])
def test_the_kind_of_wave_that_is_not_wanted_goes_where_there_is_another(waves, expected):
    assert "".join(fitting_waves(WAVES, Policy(waves=waves)).forecast_id) == expected
    assert fitting_waves(WAVES.iloc[:0], Policy(waves=waves)).empty


def test_updates_of_what_is_no_survey_are_no_samples_and_all_are_taken_where_all_are_asked_for():
    rows = WAVES.assign(
        forecaster_id="ifop", lineup="final", scenario=None, measured_to="2030-04-01", n=1000.0,
        survey=["s1", "s2", None, "s4"], recency=[1, 2, 3, 4],
    )  # fmt: skip
    chosen, samples = chosen_forecasts(rows, Policy(waves="separate", select="mean_of_samples"))
    assert chosen.forecast_id.tolist() == ["c"]
    assert dict(zip(samples.forecast_id, samples.reason, strict=True)) == {
        "a": "averaged into c",
        "b": "a sample of the same day as c",
        "d": "a sample of the same day as c",
    }
    every, none = chosen_forecasts(rows, Policy(select="all"))
    assert every.forecast_id.tolist() == list("abcd")
    assert none.empty
    assert {"chosen_id", "reason"} <= set(none.columns)


def test_the_size_of_a_mean_is_not_known_where_that_of_one_sample_is_not():
    chosen = pd.DataFrame({"forecast_id": ["a", "z"], "n": [500.0, 800.0]})
    samples = pd.DataFrame(
        {
            "reason": ["averaged into a"] * 2 + ["a sample of the same day as z"],
            "chosen_id": ["a", "a", "z"],
            "n": [1000.0, None, 5.0],
        }
    )
    sized = with_mean_size(chosen, samples)
    assert sized.n.isna().tolist() == [True, False]
    assert sized.n[1] == 800
    assert with_mean_size(chosen, samples.iloc[2:]) is chosen


def test_a_candidate_that_one_sample_lacks_is_missing_from_the_mean_and_other_forecasts_stay():
    figures = pd.DataFrame(
        [
            ("a", "ann", 30.0), ("a", "bob", 20.0), ("b", "ann", 34.0), ("c", "ann", 35.0), ("c", "bob", 26.0),
            ("z", "ann", 50.0),
        ],
        columns=["forecast_id", "candidate_id", "value"],
    ).assign(flag="", lower=0.0, upper=99.0)  # fmt: skip
    samples = pd.DataFrame(
        {"forecast_id": ["a", "b"], "chosen_id": ["c", "c"], "reason": ["averaged into c"] * 2}
    )
    read = averaged_figures(figures, samples)
    assert read.index.tolist() == list(range(len(read)))
    read = read.set_index(["forecast_id", "candidate_id"])
    assert read.value["c", "ann"] == pytest.approx(33)
    assert ("c", "bob") not in read.index
    assert read.value["z", "ann"] == 50
    assert read.value["a", "ann"] == 30
    assert read.lower[("c", "ann")] != read.lower[("c", "ann")]
    assert read.upper["z", "ann"] == 99
    assert averaged_figures(figures, samples.iloc[:0]) is figures
