"""What a board knows of a contest, and comparisons of fewer forecasts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pollbench.data.bench import Bench
from pollbench.scoring.compare import compare
from pollbench.selection.contests import about
from pollbench.selection.policy import Policy

CONTEST = "fr-pres-2017-r1"


def test_a_board_knows_the_vote_its_candidates_and_how_each_forecaster_rounds(bench: Bench) -> None:
    comparison = compare(bench, Policy(missing="drop"), CONTEST)[0]
    known = about(bench, comparison)
    assert [known[name] for name in ("election_id", "round", "advance", "country", "office", "year")] == [
        "fr-pres-2017", 1, 2, "FR", "president", 2017,
    ]  # fmt: skip
    assert known["candidates"] == ["macron", "le-pen", "fillon", "melenchon"]
    assert known["result"] == comparison.result.tolist()
    assert known["main"]
    steps = {forecast["house"]: forecast["step"] for forecast in known["forecasts"].values()}
    assert (steps["elabe"], steps["opinionway"]) == (0.5, 1.0)
    everyone = about(bench, compare(bench, Policy(missing="drop", candidates="all"), CONTEST)[0])
    assert not everyone["main"]
    assert len(everyone["candidates"]) == 11
    unheard = replace(comparison, forecasts=comparison.forecasts.assign(forecaster_id="unheard-of"))
    assert {forecast["step"] for forecast in about(bench, unheard)["forecasts"].values()} == {0.0}


def test_fewer_forecasts_are_numbered_anew_and_have_the_same_columns(bench: Bench) -> None:
    comparison = compare(bench, Policy(missing="drop"), CONTEST)[0]
    selected = np.arange(len(comparison.forecasts)) % 2 == 1
    fewer = comparison.of(selected)
    assert fewer.forecast.tolist() == comparison.forecast[selected].tolist()
    for one, all_of_them in ((fewer.forecasts, comparison.forecasts), (fewer.frame, comparison.frame)):
        assert one.columns.tolist() == all_of_them.columns.tolist()
        assert one.index.tolist() == list(range(len(one)))
    assert set(fewer.frame.forecast_id) == set(fewer.forecasts.forecast_id)
