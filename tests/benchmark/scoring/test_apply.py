"""One measure over forecasts that belong together: values where it has them, one sentence for each that it lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pollbench.errors import DomainError
from pollbench.measures import Measure, named
from pollbench.scoring.apply import Entry, apply_measure

RESULT = np.array([50.0, 30.0, 20.0])


def entry(forecast: list[list[float]], **cells: Any) -> Entry:
    rows = len(forecast)
    labels = pd.DataFrame(
        {
            "forecast_id": [f"f{number}" for number in range(rows)],
            "family": "poll",
            "kind": "quota_poll",
            "quantity": "vote_share",
            "n": np.nan,
        }
    ).assign(**cells)
    return Entry(np.array(forecast, dtype=float), RESULT, ("ann", "bob", "cid"), labels, {})


def made(function, **fields: Any) -> Measure:
    """A measure that nothing registers: the mean absolute error with another function."""
    return replace(named("mae"), name="made", function=function, **fields)


def values(scored) -> dict[str, list[float]]:
    return {one.component: one.value.round(6).tolist() for one in scored}


EXACT, OFF = [50, 30, 20], [52, 30, 18]


def test_a_quantity_that_the_measure_does_not_take_is_one_sentence():
    scored, reasons = apply_measure(named("mae"), entry([OFF], quantity="win_probability"))
    assert scored == []
    ((sentence, concerned),) = reasons
    assert sentence.startswith("mae does not take win_probability: it is a measure of ")
    assert concerned == ""


def test_single_figures_do_not_feed_a_measure_of_distributions():
    measure = replace(named("mae"), name="made", inputs="samples")
    assert apply_measure(measure, entry([OFF])) == (
        [],
        [
            (
                "made takes samples, and a published vote_share is a single figure for each candidate; pass an array of "
                "your own to the function.",
                "",
            )
        ],
    )


def test_what_a_measure_needs_besides_is_named():
    measure = replace(named("mae"), name="made", needs=("seed", "levels"))
    assert apply_measure(measure, entry([OFF])) == (
        [],
        [("made needs levels, seed, which no forecast publishes; call the function.", "")],
    )


def test_forecasts_without_the_number_of_respondents_are_named_and_the_others_have_values():
    def per_root_n(forecast, result, n):
        return np.abs(forecast - result).mean(axis=-1) * np.sqrt(n)

    scored, reasons = apply_measure(made(per_root_n, needs_n=True), entry([OFF, OFF], n=[np.nan, 900.0]))
    assert values(scored) == {"": [40.0]}
    assert scored[0].places.tolist() == [1]
    assert reasons == [("made needs the number of respondents.", "f0")]
    scored, reasons = apply_measure(made(per_root_n, needs_n=True), entry([OFF]))
    assert (scored, len(reasons)) == ([], 1)


def refuses_exact(forecast, result):
    if (forecast == result).all(axis=-1).any():
        message = "An exact forecast is outside."
        raise DomainError(message)
    return np.abs(forecast - result).mean(axis=-1)


def test_a_forecast_outside_the_domain_is_named_and_the_others_have_values():
    scored, reasons = apply_measure(made(refuses_exact), entry([OFF, EXACT, OFF]))
    assert scored[0].places.tolist() == [0, 2]
    assert reasons == [("An exact forecast is outside.", "f1")]
    assert apply_measure(made(refuses_exact), entry([EXACT])) == (
        [],
        [("An exact forecast is outside.", "f0")],
    )


def undefined_where_exact(forecast, result):
    error = np.abs(forecast - result)
    return {"": np.where(error.any(axis=-1), error.mean(axis=-1), np.nan), "largest": error.max(axis=-1)}


def test_a_value_that_does_not_exist_becomes_the_sentence_of_its_measure():
    measure = made(undefined_where_exact, components=("", "largest"), undefined="the forecast is exact")
    scored, reasons = apply_measure(measure, replace(entry([EXACT, OFF]), component="95 %"))
    assert values(scored) == {"95 %": [1.333333], "95 % largest": [0.0, 2.0]}
    assert reasons == [("made has no value: the forecast is exact.", "f0")]


def test_an_interval_stands_beside_the_value_where_its_n_is_known():
    def interval(forecast, result, n):
        error = np.abs(forecast - result).mean(axis=-1)
        return error - 1 / n, error + 1 / n

    scored, reasons = apply_measure(
        replace(named("mae"), interval=interval), entry([OFF, OFF], n=[np.nan, 10.0])
    )
    assert reasons == []
    assert scored[0].low.tolist() == [pytest.approx(np.nan, nan_ok=True), pytest.approx(4 / 3 - 0.1)]
    assert scored[0].high.tolist() == [pytest.approx(np.nan, nan_ok=True), pytest.approx(4 / 3 + 0.1)]
    (none,), _ = apply_measure(replace(named("mae"), interval=interval), entry([OFF]))
    assert np.isnan(none.low).all()


def test_a_measure_of_candidates_has_a_value_for_each_with_its_interval():
    def interval(forecast, result):
        return forecast - result - 1, forecast - result + 1

    measure = made(lambda forecast, result: forecast - result, level="candidate", interval=interval)
    (scored,), reasons = apply_measure(measure, entry([OFF, EXACT]))
    assert scored.candidates.tolist() == ["ann", "bob", "cid"] * 2
    assert scored.places.tolist() == [0, 0, 0, 1, 1, 1]
    assert scored.value.tolist() == [2, 0, -2, 0, 0, 0]
    assert scored.low.tolist() == [1, -1, -3, -1, -1, -1]
    assert reasons == []


def spread(forecast, result):
    if (forecast < 0).any():
        message = "A share is negative."
        raise DomainError(message)
    return {
        "": forecast.mean(axis=-1).std(),
        "by candidate": np.where(forecast.std(axis=0) > 0, forecast.std(axis=0), np.nan),
    }


def test_a_measure_of_a_set_has_a_value_per_family_and_leaves_averages_and_baselines_out():
    measure = made(spread, level="set", components=("", "by candidate"), undefined="all forecasts agree")
    family = ["poll", "poll", "poll", "baseline", "baseline", "model", "model", "market"]
    kind = ["quota_poll", "quota_poll", "poll_average", "naive", "naive", "model", "model", "market"]
    rows = [OFF, EXACT, [0, 0, 100], OFF, OFF, [-1, 1, 100], OFF, OFF]
    scored, reasons = apply_measure(measure, entry(rows, family=family, kind=kind))
    assert [(one.component, one.family, one.n_forecasts) for one in scored] == [
        ("", "poll", 2),
        ("by candidate", "poll", 2),
    ]
    assert scored[1].candidates.tolist() == ["ann", "cid"]
    assert scored[1].value.tolist() == [1, 1]
    assert reasons == [
        ("A share is negative.", "the model family"),
        ("made has no value: all forecasts agree.", "the poll family"),
    ]
