"""The door of the measures: every measure takes the same numbers the same way, or says why it does not."""

from __future__ import annotations

import dask.array as da
import numpy as np
import pandas as pd
import pytest

import measure_cases as cases
from pollbench.errors import DomainError
from pollbench.measures import named, registered
from pollbench.measures._door import together
from pollbench.measures.point import mae

SHARES = [
    name for name, measure in registered().items() if measure.inputs in ("shares", "order", "probabilities")
]
IN_ORDER = [name for name, measure in registered().items() if measure.inputs in ("shares", "order")]


def test_unsigned_bytes_are_widened():
    assert mae(np.array([20, 23], np.uint8), np.array([24, 21], np.uint8)) == 3.0


@pytest.mark.parametrize("name", IN_ORDER)
@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int64, np.uint64])
def test_whole_numbers_of_any_kind_give_the_same(name, kind):
    case = cases.make(named(name), 3)
    forecast, result = np.round(case.forecast) + 1, np.round(case.result) + 1
    expected = case.on(named(name), forecast=forecast, result=result)
    found = case.on(named(name), forecast=forecast.astype(kind), result=result.astype(kind))
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("name", registered())
def test_lists_and_tuples_are_taken(name):
    case = cases.make(named(name), 3)
    found = case.on(named(name), forecast=case.forecast.tolist(), result=tuple(case.result.tolist()))
    np.testing.assert_array_equal(found, case.on(named(name)))


@pytest.mark.parametrize("name", registered())
@pytest.mark.parametrize("side", ["forecast", "result"])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (pd.Series([50.0, 30, 10, 5, 5], index=[4, 3, 2, 1, 0]), "to_numpy"),
        (pd.array([50.0, None, 10, 5, 5], dtype="Float64"), "to_numpy"),
        (pd.DataFrame([[50.0, 30, 10, 5, 5]]), "to_numpy"),
        (np.ma.masked_invalid([50.0, np.nan, 10, 5, 5]), "masked"),
        (None, "NoneType"),
        ("fifty", "str"),
        (["50", "30", "10", "5", "5"], "must hold numbers"),
        ([50.0, None, 10, 5, 5], "must hold numbers"),
        ([[50.0], [30.0, 20.0]], "unequal length"),
        (np.array([50j, 30, 10, 5, 5]), "must hold numbers"),
        (np.array(["2017-04-23"] * 5, "datetime64[D]"), "must hold numbers"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_would_be_misread_is_refused(name, side, wrong, message):
    case = cases.make(named(name), 3)
    with pytest.raises(DomainError, match=message) as caught:
        case.on(named(name), **{side: wrong})
    assert f"{name}: the {side}" in str(caught.value)


@pytest.mark.parametrize("name", registered())
@pytest.mark.parametrize("lazy", [False, True])
def test_shapes_that_do_not_meet_are_refused_at_once(name, lazy):
    case = cases.make(named(name), 3)
    many = cases.make(named(name), 2).forecast
    result = np.broadcast_to(case.result, (3, cases.CANDIDATES))
    if named(name).level == "set":
        result = np.broadcast_to(case.result, (3, cases.SET, cases.CANDIDATES))
    with pytest.raises(DomainError, match="do not meet"):
        case.on(named(name), forecast=da.from_array(many) if lazy else many, result=result)


@pytest.mark.parametrize("name", [name for name, measure in registered().items() if measure.needs_n])
@pytest.mark.parametrize("wrong", [None, "1000", pd.Series([1000, 1000, 1000])])
def test_sizes_come_through_the_same_door(name, wrong):
    case = cases.make(named(name), 3)
    with pytest.raises(DomainError, match="the n"):
        cases.Case(case.forecast, case.result, {**case.options, "n": wrong}).on(named(name))


@pytest.mark.parametrize("name", registered())
@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_a_lazy_array_is_checked_when_it_is_computed(name, wrong):
    case = cases.make(named(name), 6)
    forecast = case.forecast.copy()
    forecast[4, ..., 1] = wrong
    lazy = case.on(named(name), forecast=da.from_array(forecast, chunks=(2, *forecast.shape[1:])))
    with pytest.raises(DomainError, match=r"NaN|must"):
        lazy.compute()


@pytest.mark.parametrize("name", [name for name in SHARES if named(name).inputs != "order"])
def test_a_negative_share_in_a_lazy_array_is_refused_when_it_is_computed(name):
    case = cases.make(named(name), 6)
    forecast = case.forecast.copy()
    forecast[4, ..., 1] = -1.0
    lazy = case.on(named(name), forecast=da.from_array(forecast, chunks=(2, *forecast.shape[1:])))
    with pytest.raises(DomainError):
        lazy.compute()


def test_lengths_that_dask_does_not_know_are_judged_when_they_are_computed():
    values = da.from_array(np.array([10.0, 20.0, 30.0]))
    first, second = together("a function", one=values[values > 15], two=values[values < 25])
    assert (first + second).compute().tolist() == [30, 50]
    with pytest.raises(DomainError, match=r"a function: arrays of the shapes \(3,\), \(2,\) do not meet"):
        together("a function", one=values, two=np.array([1.0, 2.0]))
