"""Apply one measure to forecasts that belong together: rows, and in sentences what has no value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from inspect import signature
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.measures import Measure

if TYPE_CHECKING:
    import pandas as pd

#: What was not computed: the sentence, and the forecast it concerns ('' for all).
Reason = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """Forecasts of one board that are scored together: those of one quantity, or of a baseline.

    Attributes
    ----------
    forecast, result : arrays (F, K) and (K,).
    labels : one row a forecast, in the order of ``forecast``.
    given : what a measure may need besides: population (valid votes) and seed.
    """

    forecast: np.ndarray
    result: np.ndarray
    candidates: tuple[str, ...]
    labels: pd.DataFrame
    given: dict[str, Any]

    def of(self, kept: np.ndarray) -> Entry:
        """The same with the forecasts for which ``kept`` holds."""
        return replace(self, forecast=self.forecast[kept], labels=self.labels[kept].reset_index(drop=True))


def apply_measure(measure: Measure, entry: Entry) -> tuple[list[pd.DataFrame], list[Reason]]:
    """The rows of one measure over one entry, and in sentences what has no value and why."""
    quantity = entry.labels.quantity.iloc[0]
    if quantity not in measure.quantities:
        accepted = ", ".join(sorted(measure.quantities))
        return [], [(f"{measure.name} does not take {quantity}: it is a measure of {accepted}.", "")]
    if measure.inputs not in ("shares", "order"):
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
    if measure.needs_n:
        known = entry.labels.n.notna().to_numpy()
        for forecast_id in entry.labels.forecast_id[~known]:
            reasons.append((f"{measure.name} needs the number of respondents.", forecast_id))
        entry = entry.of(known)
    if measure.level == "set":
        return _score_sets(measure, entry, reasons)
    rows = []
    for part in _sound_parts(measure, entry, reasons):
        values = _values(measure, part)
        interval = _interval(measure, part)
        for component, value in values.items():
            rows.append(_rows(measure, part, component, value, interval if component == "" else None))
    return [_without_undefined(measure, frame, reasons) for frame in rows], reasons


def _needs(measure: Measure, entry: Entry) -> dict[str, Any]:
    # A measure may need something for its interval alone, as a seed.
    taken = signature(measure.function).parameters
    needs = {name: entry.given[name] for name in measure.needs if name in taken}
    if measure.needs_n:
        needs["n"] = entry.labels.n.to_numpy(dtype=float)
    return needs


def _interval(measure: Measure, entry: Entry) -> tuple[np.ndarray, np.ndarray] | None:
    """The 95 % interval of the value, empty for forecasts without the n that it needs."""
    if measure.interval is None:
        return None
    taken = signature(measure.interval).parameters
    needs = {name: entry.given[name] for name in measure.needs if name in taken}
    known = np.ones(len(entry.labels), dtype=bool)
    if "n" in taken:
        known = entry.labels.n.notna().to_numpy()
        needs["n"] = entry.labels.n.to_numpy(dtype=float)[known]
    per_forecast = len(entry.candidates) if measure.level == "candidate" else 1
    low = np.full((len(known), per_forecast), np.nan)
    high = low.copy()
    if known.any():
        ends = measure.interval(entry.forecast[known], entry.result, **needs)
        low[known], high[known] = (np.asarray(end, dtype=float).reshape(-1, per_forecast) for end in ends)
    return low.reshape(-1), high.reshape(-1)


def _values(measure: Measure, entry: Entry) -> dict[str, Any]:
    value = measure(entry.forecast, entry.result, **_needs(measure, entry))
    return value if measure.components else {"": value}


def _sound_parts(measure: Measure, entry: Entry, reasons: list[Reason]) -> list[Entry]:
    """The entry, or, if some of its forecasts are outside the domain, the part that is inside."""
    if not len(entry.forecast):
        return []
    try:
        _values(measure, entry)
    except DomainError as error:
        if len(entry.forecast) == 1:
            reasons.append((str(error), entry.labels.forecast_id.iloc[0]))
            return []
    else:
        return [entry]
    kept = np.zeros(len(entry.forecast), dtype=bool)
    for place in range(len(entry.forecast)):
        only = np.arange(len(entry.forecast)) == place
        kept[place] = bool(_sound_parts(measure, entry.of(only), reasons))
    return [entry.of(kept)] if kept.any() else []


def _score_sets(
    measure: Measure, entry: Entry, reasons: list[Reason]
) -> tuple[list[pd.DataFrame], list[Reason]]:
    """A measure of sets: one set a family, poll averages left out, for they repeat the polls."""
    rows = []
    for family in sorted(entry.labels.family.unique()):
        kept = ((entry.labels.family == family) & (entry.labels.kind != "poll_average")).to_numpy()
        if family == "baseline" or kept.sum() < 2:
            continue
        part = entry.of(kept)
        try:
            values = _values(measure, part)
        except DomainError as error:
            reasons.append((str(error), f"the {family} family"))
            continue
        label = part.labels.iloc[:1].assign(
            forecaster_id="", forecast_id="", status="", horizon_days=np.nan, n=np.nan, n_basis=""
        )
        whole = replace(part, labels=label)
        for component, value in values.items():
            frame = _rows(measure, whole, component, np.atleast_1d(np.asarray(value, dtype=float)), None)
            rows.append(_without_undefined(measure, frame.assign(n_forecasts=int(kept.sum())), reasons))
    return rows, reasons


def _rows(
    measure: Measure,
    entry: Entry,
    component: str,
    value: Any,
    interval: tuple[np.ndarray, np.ndarray] | None,
) -> pd.DataFrame:
    import pandas as pd

    candidates = len(entry.candidates)
    values = np.asarray(value, dtype=float)
    by_candidate = measure.level == "candidate" or values.size == len(entry.labels) * candidates > len(
        entry.labels
    )
    frame = entry.labels.drop(columns="kind")
    if by_candidate:
        frame = frame.loc[frame.index.repeat(candidates)].reset_index(drop=True)
        names = np.tile(np.array(entry.candidates, dtype=object), len(entry.labels))
    else:
        names = np.full(len(frame), "", dtype=object)
    low, high = (np.nan, np.nan) if interval is None else interval
    return frame.assign(
        candidate_id=pd.Series(names, dtype="str"),
        measure=measure.name,
        component=component,
        value=values.reshape(-1),
        low=low,
        high=high,
        n_candidates=candidates,
        n_forecasts=1,
        measure_version=measure.version,
    )


def _without_undefined(measure: Measure, frame: pd.DataFrame, reasons: list[Reason]) -> pd.DataFrame:
    """The rows with a value; the others become a sentence."""
    empty = frame.value.isna()
    for forecast_id in frame.forecast_id[empty].unique():
        reasons.append((f"{measure.name} has no value: {measure.undefined}.", forecast_id))
    return frame[~empty]
