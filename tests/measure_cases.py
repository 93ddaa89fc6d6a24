"""Valid input for every measure, made from its declared ``inputs``, and the properties to check on it.

A check takes a measure and raises AssertionError when the measure lacks the property. The checks
know no measure by name, so that the suite can hand them a broken one and see them fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pollbench.measures import Measure

CANDIDATES = 5
SAMPLES = 30
LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)
#: In a set of forecasts, so many.
SET = 4


@dataclass(frozen=True)
class Case:
    """Arguments of one call: ``forecast`` with the leading axes asked for, ``result`` without any."""

    forecast: np.ndarray
    result: np.ndarray
    options: dict[str, Any]

    def on(self, measure: Measure, **changes: Any) -> Any:
        """What the measure returns for this case, a dict of components made into one value by ''."""
        arguments = {"forecast": self.forecast, "result": self.result, **changes}
        value = measure.function(arguments["forecast"], arguments["result"], **self.options)
        return value[""] if measure.components else value


def shares(rng: np.random.Generator, *leading: int) -> np.ndarray:
    return 100 * rng.dirichlet(np.array([8.0, 7, 6, 5, 1]), leading or None)


def core_axes(measure: Measure) -> int:
    """Number of axes of one forecast: candidates, before them samples, levels, ends or a set."""
    return 2 if measure.inputs in ("samples", "quantiles", "interval") or measure.level == "set" else 1


def make(measure: Measure, *leading: int, seed: int = 1) -> Case:
    """A valid case for ``measure``, the forecast far enough from the result to be worse."""
    rng = np.random.default_rng(seed)
    result = shares(rng)
    options: dict[str, Any] = {}
    sized = leading
    if measure.level == "set":
        sized = (*leading, SET)
    if measure.inputs in ("shares", "order"):
        forecast = shares(rng, *sized)
    elif measure.inputs == "probabilities":
        forecast = shares(rng, *leading)
        result = np.eye(CANDIDATES)[2]
    elif measure.inputs == "samples":
        forecast = shares(rng, *leading)[..., None, :] + rng.normal(size=(*leading, SAMPLES, CANDIDATES))
    elif measure.inputs == "quantiles":
        steps = np.array([-2.0, -1, 0, 1, 2])[:, None] * rng.random()
        forecast = shares(rng, *leading)[..., None, :] + steps
        options["levels"] = LEVELS
    elif measure.inputs == "interval":
        forecast = shares(rng, *leading)[..., None, :] + np.array([[-1.0], [1.0]])
        options["level"] = 0.9
    elif "deviation" in measure.needs:
        forecast = shares(rng, *leading)
        options["deviation"] = np.linspace(1, 3, CANDIDATES)
    elif "covariance" in measure.needs:
        forecast = shares(rng, *leading)
        options["covariance"] = np.eye(CANDIDATES) * 4 - 0.5
    else:
        forecast = 10 * shares(rng, *leading)
    if measure.needs_n:
        options["n"] = rng.integers(500, 2000, sized) if sized else 1000
    if "population" in measure.needs:
        options["population"] = 1_000_000
    return Case(forecast, result, options)


def perfect(measure: Measure, case: Case) -> np.ndarray:
    """The forecast that knew the result, in the shape of the case."""
    result = case.result
    if measure.inputs == "probabilities":
        result = 100 * result
    elif measure.inputs == "parameters" and not measure.needs:
        result = 1000 * result / result.sum()
    wide = result[None, :] if core_axes(measure) == 2 else result
    return np.broadcast_to(wide, case.forecast.shape).copy()


def expected_shape(measure: Measure, *leading: int) -> tuple[int, ...]:
    return (*leading, CANDIDATES) if measure.level == "candidate" else leading


def check_perfect_forecast_has(measure: Measure, best: float) -> None:
    """The oracle gets ``best``, and nothing gets a better value."""
    for seed in range(5):
        case = make(measure, 6, seed=seed)
        value = case.on(measure, forecast=perfect(measure, case))
        np.testing.assert_allclose(value, np.full(np.shape(value), best), atol=1e-6)
        others = case.on(measure)
        if measure.orientation == "lower":
            assert (others >= best - 1e-12).all()
        if measure.orientation == "higher":
            assert (others <= best + 1e-12).all()


def check_moving_towards_the_result(measure: Measure, claim: str) -> None:
    """The value "improves", "never worsens" (averaged over the candidates) or "improves on average"."""
    gains = []
    for seed in range(8):
        case = make(measure, 6, seed=seed)
        oracle = perfect(measure, case)
        steps = [case.forecast + part * (oracle - case.forecast) for part in (0, 0.3, 0.6)]
        values = np.array([case.on(measure, forecast=step) for step in steps])
        gains.append(np.diff({"lower": -1.0, "higher": 1.0}[measure.orientation] * values, axis=0))
    if claim == "improves":
        assert all((each > 0).all() for each in gains)
    elif claim == "never worsens":
        if measure.level == "candidate":
            gains = [each.mean(axis=-1) for each in gains]
        assert all((each >= -1e-12).all() for each in gains)
        assert any((each > 0).any() for each in gains)
    else:
        assert np.mean(gains) > 0


def check_positive_means_overestimated(measure: Measure) -> None:
    """Raise the winner, lower the last: the signed value of the winner rises from 0."""
    case = make(measure, 3)
    winner, last = int(case.result.argmax()), int(case.result.argmin())
    oracle = perfect(measure, case)
    moved = oracle.copy()
    part = 0.5 * case.result[last]
    moved[..., winner] += part
    moved[..., last] -= part
    value = case.on(measure, forecast=moved)
    if measure.level == "candidate":
        assert (value[..., winner] > 1e-6).all()
        assert (value[..., last] < -1e-6).all()
    else:
        assert (value > 1e-6).all()


def check_permuting_candidates(measure: Measure, *, moves_with_them: bool) -> None:
    order = np.array([3, 0, 4, 1, 2])
    case = make(measure, 6)
    options = dict(case.options)
    if "deviation" in options:
        options["deviation"] = options["deviation"][order]
    permuted = Case(case.forecast[..., order], case.result[order], options)
    value, after = case.on(measure), permuted.on(measure)
    np.testing.assert_allclose(after, value[..., order] if moves_with_them else value, atol=1e-10)


def check_exchange(measure: Measure, sign: float) -> None:
    """Exchanging forecast and result leaves the value (1) or turns its sign (-1)."""
    case = make(measure)
    there = case.on(measure)
    back = case.on(measure, forecast=case.result, result=case.forecast)
    np.testing.assert_allclose(back, sign * there, rtol=1e-9, atol=1e-12)


def check_exchange_matters(measure: Measure) -> None:
    """The two arguments are not interchangeable: a call in the wrong order gives another value."""
    found = []
    for seed in range(12):
        case = make(measure, seed=seed)
        forecast = case.forecast
        if measure.inputs == "order":  # rounded figures have ties, results have none
            forecast = np.round(forecast / 10) * 10
        there = case.on(measure, forecast=forecast)
        back = case.on(measure, forecast=case.result, result=forecast)
        found.append(not np.allclose(there, back, rtol=1e-6) and not np.allclose(there, -back, rtol=1e-6))
    assert any(found)


def check_scale(measure: Measure, power: float) -> None:
    """Both sides times 3 multiply the value by 3 to the ``power``."""
    case = make(measure, 6)
    options = dict(case.options)
    for name, degree in (("deviation", 1), ("covariance", 2)):
        if name in options:
            options[name] = options[name] * 3**degree
    scaled = Case(case.forecast * 3, case.result * 3, options).on(measure)
    np.testing.assert_allclose(scaled, case.on(measure) * 3.0**power, rtol=1e-9)


def check_leading_axes(measure: Measure) -> None:
    """One call over many forecasts is the calls one by one; float64; the shape that ``level`` says."""
    case = make(measure, 3, 2)
    value = measure.function(case.forecast, case.result, **case.options)
    parts = value if measure.components else {"": value}
    assert tuple(parts) == (measure.components or ("",))
    for name, part in parts.items():
        assert np.shape(part) == expected_shape(measure, 3, 2), name
        assert np.asarray(part).dtype == np.float64, name
    for at in np.ndindex(3, 2):
        options = {key: each[at] if key == "n" else each for key, each in case.options.items()}
        single = measure.function(case.forecast[at], case.result, **options)
        singles = single if measure.components else {"": single}
        for name, part in parts.items():
            np.testing.assert_allclose(singles[name], part[at], rtol=1e-10, atol=1e-12)


def check_lazy(measure: Measure) -> None:
    """A chunked lazy array stays lazy and computes to the same."""
    import dask.array as da

    case = make(measure, 40)
    chunks = (7, *case.forecast.shape[1:])
    options = dict(case.options)
    if getattr(options.get("n"), "ndim", 0):
        options["n"] = da.from_array(options["n"], chunks=(7, *options["n"].shape[1:]))
    lazy = measure.function(da.from_array(case.forecast, chunks=chunks), case.result, **options)
    eager = measure.function(case.forecast, case.result, **case.options)
    for name in measure.components or ("",):
        own, expected = (lazy[name], eager[name]) if measure.components else (lazy, eager)
        assert isinstance(own, da.Array), name
        np.testing.assert_allclose(own.compute(), expected, rtol=1e-12, atol=1e-12)
