"""Apply one measure to forecasts that belong together: rows, and in sentences what has no value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from inspect import signature
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.measures import Measure
from pollbench.measures._measure import Inputs

if TYPE_CHECKING:
    import pandas as pd

#: Inputs of measures that are fed by an entry of another kind: an order is read from the same figures as shares.
FEEDS = {"order": "shares"}
#: What was not computed: the sentence, and the forecast it concerns ('' for all).
Reason = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """Forecasts of one board that are scored together: those of one quantity, or of a baseline.

    Attributes
    ----------
    forecast, result : arrays (F, K) and (K,).
    labels : one row per forecast, in the order of ``forecast``.
    inputs : what ``forecast`` holds, as `Measure.inputs` says it: "shares" (F, K), "probabilities" (F, K),
        "quantiles" (F, levels, K) or "interval" (F, 2, K).
    component : what the rows of this entry are called besides their measure, such as the level "95 %".
    given : what a measure may need besides: population (valid votes) and seed.
    """

    forecast: np.ndarray
    result: np.ndarray
    candidates: tuple[str, ...]
    labels: pd.DataFrame
    given: dict[str, Any]
    inputs: Inputs = "shares"
    component: str = ""

    def of(self, selected: np.ndarray) -> Entry:
        """The same with the forecasts for which ``selected`` holds."""
        return replace(
            self, forecast=self.forecast[selected], labels=self.labels[selected].reset_index(drop=True)
        )


@dataclass(frozen=True)
class Scored:
    """Values of one measure, or of one component of it, over an entry.

    Attributes
    ----------
    places : (V,) rows of the labels of the entry; -1 for a value of a set.
    candidates : (V,) candidates, or '' for values of whole forecasts.
    value, low, high : (V,); the ends are NaN where there is no interval.
    family : of the set, for values of a set.
    n_forecasts : 1, or the size of the set.
    """

    measure: Measure
    component: str
    places: np.ndarray
    candidates: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    family: str = ""
    n_forecasts: int = 1


def apply_measure(measure: Measure, entry: Entry) -> tuple[list[Scored], list[Reason]]:
    """The values of one measure over one entry, and in sentences what has none and why."""
    quantity = entry.labels.quantity.iloc[0]
    if quantity not in measure.quantities:
        accepted = ", ".join(sorted(measure.quantities))
        return [], [(f"{measure.name} does not take {quantity}: it is a measure of {accepted}.", "")]
    if FEEDS.get(measure.inputs, measure.inputs) != entry.inputs:
        sentence = (
            f"{measure.name} takes {measure.inputs}, and a published {quantity} is a single figure for each "
            "candidate; pass an array of your own to the function."
        )
        return [], [(sentence, "")]
    lacking = set(measure.needs) - entry.given.keys()
    if lacking:
        listed = ", ".join(sorted(lacking))
        return [], [(f"{measure.name} needs {listed}, which no forecast publishes; call the function.", "")]
    reasons: list[Reason] = []
    eligible = np.ones(len(entry.labels), dtype=bool)
    if measure.needs_n:
        eligible = entry.labels.n.notna().to_numpy()
        reasons += [
            (f"{measure.name} needs the number of respondents.", forecast_id)
            for forecast_id in entry.labels.forecast_id[~eligible]
        ]
    if measure.level == "set":
        return _apply_to_sets(measure, entry, eligible, reasons), reasons
    eligible = _inside_domain(measure, entry, eligible, reasons)
    if not eligible.any():
        return [], reasons
    scorable = entry.of(eligible)
    values = _values(measure, scorable)
    interval = _interval(measure, scorable)
    places = np.flatnonzero(eligible)
    scored = [
        _scored(measure, scorable, places, component, value, interval if component == "" else None)
        for component, value in values.items()
    ]
    scored = [_without_undefined(measured, entry, reasons) for measured in scored]
    return [
        replace(measured, component=_joined(entry.component, measured.component)) for measured in scored
    ], reasons


def _joined(*components: str) -> str:
    return " ".join(filter(None, components))


def _options(function: Callable[..., Any], measure: Measure, entry: Entry) -> dict[str, Any]:
    """What ``function``, a measure or its interval, asks for besides forecast and result."""
    asked = signature(function).parameters
    options = {name: entry.given[name] for name in measure.needs if name in asked}
    if "n" in asked and (measure.needs_n or function is measure.interval):
        options["n"] = entry.labels.n.to_numpy(dtype=float)
    return options


def _values(measure: Measure, entry: Entry) -> dict[str, Any]:
    value = measure(entry.forecast, entry.result, **_options(measure.function, measure, entry))
    return value if measure.components else {"": value}


def _interval(measure: Measure, entry: Entry) -> tuple[np.ndarray, np.ndarray] | None:
    """The 95 % interval of the value, empty for forecasts without the n that it needs."""
    if measure.interval is None:
        return None
    known = np.ones(len(entry.labels), dtype=bool)
    if "n" in signature(measure.interval).parameters:
        known = entry.labels.n.notna().to_numpy()
    per_forecast = len(entry.candidates) if measure.level == "candidate" else 1
    low = np.full((len(known), per_forecast), np.nan)
    high = low.copy()
    if known.any():
        scorable = entry.of(known)
        ends = measure.interval(
            scorable.forecast, scorable.result, **_options(measure.interval, measure, scorable)
        )
        low[known], high[known] = (np.asarray(end, dtype=float).reshape(-1, per_forecast) for end in ends)
    return low.reshape(-1), high.reshape(-1)


def _inside_domain(measure: Measure, entry: Entry, eligible: np.ndarray, reasons: list[Reason]) -> np.ndarray:
    """``eligible`` without the forecasts that are outside the domain of the measure, each with its reason."""
    if not eligible.any():
        return eligible
    try:
        _values(measure, entry.of(eligible))
    except DomainError as error:
        if eligible.sum() == 1:
            reasons.append((str(error), entry.labels.forecast_id[eligible].iloc[0]))
            return np.zeros_like(eligible)
    else:
        return eligible
    inside = np.zeros_like(eligible)
    for index in np.flatnonzero(eligible):
        only = np.zeros_like(eligible)
        only[index] = True
        inside |= _inside_domain(measure, entry, only, reasons)
    return inside


def _apply_to_sets(
    measure: Measure, entry: Entry, eligible: np.ndarray, reasons: list[Reason]
) -> list[Scored]:
    """One value per family, poll averages left out, for they repeat the polls."""
    scored = []
    for family in sorted(set(entry.labels.family) - {"baseline"}):
        members = (
            (entry.labels.family == family) & (entry.labels.kind != "poll_average")
        ).to_numpy() & eligible
        if members.sum() < 2:
            continue
        family_entry = entry.of(members)
        try:
            values = _values(measure, family_entry)
        except DomainError as error:
            reasons.append((str(error), f"the {family} family"))
            continue
        for component, value in values.items():
            whole = np.atleast_1d(np.asarray(value, dtype=float))
            by_candidate = whole.size == len(family_entry.candidates) > 1
            names = np.array(family_entry.candidates if by_candidate else [""] * whole.size, dtype=object)
            empty = np.full(whole.size, np.nan)
            scored_set = Scored(
                measure,
                component,
                np.full(whole.size, -1),
                names,
                whole,
                empty,
                empty,
                family,
                int(members.sum()),
            )
            scored.append(_without_undefined(scored_set, entry, reasons))
    return scored


def _scored(
    measure: Measure,
    entry: Entry,
    places: np.ndarray,
    component: str,
    value: Any,
    interval: tuple[np.ndarray, np.ndarray] | None,
) -> Scored:
    values = np.asarray(value, dtype=float)
    candidates = len(entry.candidates)
    if measure.level == "candidate" or values.size == len(places) * candidates > len(places):
        names = np.tile(np.array(entry.candidates, dtype=object), len(places))
        places = np.repeat(places, candidates)
    else:
        names = np.full(len(places), "", dtype=object)
    empty = np.full(len(places), np.nan)
    low, high = interval or (empty, empty)
    return Scored(measure, component, places, names, values.reshape(-1), low, high)


def _without_undefined(scored: Scored, entry: Entry, reasons: list[Reason]) -> Scored:
    """What has a value; the rest becomes a sentence."""
    empty = np.isnan(scored.value)
    if not empty.any():
        return scored
    sentence = f"{scored.measure.name} has no value: {scored.measure.undefined}."
    concerned = scored.places[empty]
    if (concerned < 0).any():
        reasons.append((sentence, f"the {scored.family} family"))
    else:
        reasons += [
            (sentence, forecast_id) for forecast_id in entry.labels.forecast_id.iloc[np.unique(concerned)]
        ]
    return replace(
        scored,
        places=scored.places[~empty],
        candidates=scored.candidates[~empty],
        value=scored.value[~empty],
        low=scored.low[~empty],
        high=scored.high[~empty],
    )
