"""Measures over a comparison: tidy score rows, each with its pedigree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from pollbench import baselines, measures
from pollbench.comparison import Comparison, compare
from pollbench.errors import DomainError, PolicyError
from pollbench.measures import Measure
from pollbench.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.store import Bench

#: The seed of intervals that rest on draws: the day of the first round of 2017.
SEED = 20170423
#: The measures of the main job, in the order in which boards show them.
FIRST_MEASURES = (
    "mae",
    "bias",
    "absolute_error",
    "rmse",
    "largest_error",
    "margin_error",
    "leader_called",
    "pair_called",
    "kendall_tau_b",
)

KEY = [
    "contest_id",
    "forecaster_id",
    "family",
    "forecast_id",
    "quantity",
    "status",
    "horizon_days",
    "candidate_id",
    "measure",
    "component",
]
COLUMNS = [
    *KEY,
    "value",
    "low",
    "high",
    "n",
    "n_basis",
    "n_candidates",
    "n_forecasts",
    "policy_id",
    "measure_version",
    "dataset_revision",
]


@dataclass(frozen=True)
class _Entry:
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

    def of(self, kept: np.ndarray) -> _Entry:
        """The same with the forecasts for which ``kept`` holds."""
        return replace(self, forecast=self.forecast[kept], labels=self.labels[kept].reset_index(drop=True))


def score(
    bench: Bench,
    measures: Sequence[str] | Literal["all"] = FIRST_MEASURES,
    policy: Policy | None = None,
    contest_id: str | None = None,
) -> pd.DataFrame:
    """Score every forecast that a policy admits, and the baselines in the same run.

    Parameters
    ----------
    bench : an opened data set.
    measures : names, or "all".
    policy : which forecasts count; the default one if None.
    contest_id : only that contest.

    Returns
    -------
    One row for each contest, forecast, measure, and candidate or component where the measure has
    them. Columns: contest_id, forecaster_id, family, forecast_id, quantity, status, horizon_days
    (from the middle of the fieldwork), candidate_id ('' for measures of a whole forecast), measure,
    component ('' where there is none), value, low, high, n, n_basis (expressing_n, sample_size or
    ''), n_candidates, n_forecasts, policy_id, measure_version, dataset_revision. Sorted by the key,
    which is all that comes before value. ``attrs["refused"]`` lists in sentences what was not
    computed and why; ``attrs["left_out"]`` the forecasters that the policy leaves out, as records.

    Raises
    ------
    UnknownName : no such measure, contest or candidate.
    PolicyError : nobody has voted yet, or no measure suits any quantity of the policy.
    CoverageError : under ``missing="error"``, a forecast lacks a candidate.

    Examples
    --------
    >>> from pollbench.store import load
    >>> scores = score(load("fr-pres-2017"), ["mae"], Policy(missing="drop"), "fr-pres-2017-r1")
    >>> scores.query("forecaster_id == 'filteris'").value.round(2).item()
    2.15
    """
    import pandas as pd

    policy = policy or Policy()
    chosen = _chosen(measures)
    comparisons = compare(bench, policy, contest_id)
    contests = bench.contests.set_index("contest_id")
    rows: list[pd.DataFrame] = []
    refused: list[str] = []
    for comparison in comparisons:
        contest = contests.loc[comparison.contest_id]
        for entry in _entries(bench, comparison, contest):
            for measure in chosen:
                scored, reasons = _score_entry(measure, entry)
                refused += [f"{comparison.contest_id}: {reason}" for reason in reasons]
                rows += [
                    frame.assign(
                        contest_id=comparison.contest_id,
                        dataset_revision=bench.revisions[contest.election_id],
                    )
                    for frame in scored
                    if len(frame)
                ]
    if not rows:
        message = "Nothing can be scored. " + " ".join(dict.fromkeys(refused))
        raise PolicyError(message)
    scores = pd.concat(rows, ignore_index=True)
    scores["policy_id"] = policy.policy_id
    scores = scores[COLUMNS].sort_values(KEY, ignore_index=True)
    scores.attrs["refused"] = list(dict.fromkeys(refused))
    left_out = pd.concat([each.left_out for each in comparisons], ignore_index=True)
    scores.attrs["left_out"] = left_out.to_dict(orient="records")
    return scores


def _chosen(names: Sequence[str] | Literal["all"]) -> list[Measure]:
    if isinstance(names, str):
        if names != "all":
            return [measures.named(names)]
        return list(measures.registered().values())
    return [measures.named(name) for name in names]


def _entries(bench: Bench, comparison: Comparison, contest: Any) -> Iterator[_Entry]:
    """The forecasters' own figures by quantity, then each baseline."""
    given = {"population": int(contest.valid), "seed": SEED}
    columns = [
        "forecaster_id",
        "family",
        "kind",
        "forecast_id",
        "quantity",
        "status",
        "horizon_days",
        "n",
        "n_basis",
    ]
    labels = comparison.forecasts[columns]
    for quantity in sorted(labels.quantity.unique()):
        mask = (labels.quantity == quantity).to_numpy()
        yield _Entry(
            comparison.forecast[mask],
            comparison.result,
            comparison.candidates,
            labels[mask].reset_index(drop=True),
            given,
        )
    for name, baseline in baselines.registered().items():
        made = baseline.function(bench, comparison)
        if len(made.forecast):
            own = made.forecasts.assign(
                forecaster_id=name,
                family="baseline",
                kind="",
                quantity="vote_share",
                status="",
                n=np.nan,
                n_basis="",
            )[columns]
            yield _Entry(made.forecast, comparison.result, comparison.candidates, own, given)


def _score_entry(measure: Measure, entry: _Entry) -> tuple[list[pd.DataFrame], list[str]]:
    """The rows of one measure over one entry, and in sentences what has no value and why."""
    quantity = entry.labels.quantity.iloc[0]
    if quantity not in measure.quantities:
        accepted = ", ".join(sorted(measure.quantities))
        return [], [f"{measure.name} does not take {quantity}: it is a measure of {accepted}."]
    if measure.inputs not in ("shares", "order"):
        return [], [
            f"{measure.name} takes {measure.inputs}, and a published {quantity} is a single figure for each "
            "candidate; pass an array of your own to the function."
        ]
    lacking = set(measure.needs) - entry.given.keys()
    if lacking:
        return [], [
            f"{measure.name} needs {', '.join(sorted(lacking))}, which no forecast publishes; call the function."
        ]
    reasons: list[str] = []
    if measure.needs_n:
        known = entry.labels.n.notna().to_numpy()
        for forecast_id in entry.labels.forecast_id[~known]:
            reasons.append(f"{measure.name} needs the number of respondents, and {forecast_id} has none.")
        entry = entry.of(known)
    if measure.level == "set":
        return _score_sets(measure, entry, reasons)
    rows = []
    for part in _sound_parts(measure, entry, reasons):
        values = _values(measure, part)
        interval = (
            None
            if measure.interval is None
            else measure.interval(part.forecast, part.result, **_needs(measure, part))
        )
        for component, value in values.items():
            rows.append(_rows(measure, part, component, value, interval if component == "" else None))
    return [_without_undefined(measure, frame, reasons) for frame in rows], reasons


def _needs(measure: Measure, entry: _Entry) -> dict[str, Any]:
    needs = {name: entry.given[name] for name in measure.needs}
    if measure.needs_n:
        needs["n"] = entry.labels.n.to_numpy(dtype=float)
    return needs


def _values(measure: Measure, entry: _Entry) -> dict[str, Any]:
    value = measure(entry.forecast, entry.result, **_needs(measure, entry))
    return value if measure.components else {"": value}


def _sound_parts(measure: Measure, entry: _Entry, reasons: list[str]) -> list[_Entry]:
    """The entry, or, if some of its forecasts are outside the domain, the part that is inside."""
    if not len(entry.forecast):
        return []
    try:
        _values(measure, entry)
    except DomainError as error:
        if len(entry.forecast) == 1:
            reasons.append(f"{entry.labels.forecast_id.iloc[0]}: {error}")
            return []
    else:
        return [entry]
    kept = np.zeros(len(entry.forecast), dtype=bool)
    for place in range(len(entry.forecast)):
        only = np.arange(len(entry.forecast)) == place
        kept[place] = bool(_sound_parts(measure, entry.of(only), reasons))
    return [entry.of(kept)] if kept.any() else []


def _score_sets(measure: Measure, entry: _Entry, reasons: list[str]) -> tuple[list[pd.DataFrame], list[str]]:
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
            reasons.append(f"{family}: {error}")
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
    measure: Measure, entry: _Entry, component: str, value: Any, interval: tuple[Any, Any] | None
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
    low, high = (
        (np.nan, np.nan)
        if interval is None
        else (np.asarray(end, dtype=float).reshape(-1) for end in interval)
    )
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


def _without_undefined(measure: Measure, frame: pd.DataFrame, reasons: list[str]) -> pd.DataFrame:
    """The rows with a value; the others become a sentence."""
    empty = frame.value.isna()
    for forecast_id in frame.forecast_id[empty].unique():
        reasons.append(f"{measure.name} has no value for {forecast_id}: {measure.undefined}.")
    return frame[~empty]
