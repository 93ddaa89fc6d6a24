"""Measures over a comparison: tidy score rows, each with its pedigree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    """The forecasts of one board that are scored together: those of forecasters, or of a baseline."""

    forecast: np.ndarray
    result: np.ndarray
    candidates: tuple[str, ...]
    labels: pd.DataFrame


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
    revisions = bench.contests.set_index("contest_id").election_id.map(bench.revisions)
    rows: list[pd.DataFrame] = []
    refused: list[str] = []
    for comparison in comparisons:
        for entry in _entries(bench, comparison):
            for measure in chosen:
                scored, reasons = _score_entry(measure, entry)
                refused += [f"{comparison.contest_id}: {reason}" for reason in reasons]
                if scored is not None:
                    scored["contest_id"] = comparison.contest_id
                    scored["dataset_revision"] = revisions[comparison.contest_id]
                    rows.append(scored)
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


def _entries(bench: Bench, comparison: Comparison) -> Iterator[_Entry]:
    """The forecasters' own figures by quantity, then each baseline."""
    columns = ["forecaster_id", "family", "forecast_id", "quantity", "status", "horizon_days", "n", "n_basis"]
    labels = comparison.forecasts[columns]
    for quantity in sorted(labels.quantity.unique()):
        mask = (labels.quantity == quantity).to_numpy()
        yield _Entry(
            comparison.forecast[mask],
            comparison.result,
            comparison.candidates,
            labels[mask].reset_index(drop=True),
        )
    for name, baseline in baselines.registered().items():
        made = baseline.function(bench, comparison)
        if not len(made.forecast):
            continue
        own = made.forecasts.assign(
            forecaster_id=name, family="baseline", quantity="vote_share", status="", n=np.nan, n_basis=""
        )[columns]
        yield _Entry(made.forecast, comparison.result, comparison.candidates, own)


def _score_entry(measure: Measure, entry: _Entry) -> tuple[pd.DataFrame | None, list[str]]:
    """The rows of one measure over the forecasts of one entry, and what was refused."""
    quantity = entry.labels.quantity.iloc[0]
    if quantity not in measure.quantities:
        accepted = ", ".join(sorted(measure.quantities))
        return None, [
            f"{measure.name} does not take {quantity}: it is a measure of {accepted}, "
            f"and a {quantity.replace('_', ' ')} is not one of these."
        ]
    try:
        value = measure(entry.forecast, entry.result)
    except DomainError as error:
        return None, [str(error)]
    return _rows(measure, entry, value), []


def _rows(measure: Measure, entry: _Entry, value: Any) -> pd.DataFrame:
    import pandas as pd

    candidates = len(entry.candidates)
    if measure.level == "candidate":
        frame = entry.labels.loc[entry.labels.index.repeat(candidates)].reset_index(drop=True)
        frame["candidate_id"] = np.tile(np.array(entry.candidates, dtype=object), len(entry.labels))
        values = np.asarray(value, dtype=float).reshape(-1)
    else:
        frame = entry.labels.copy()
        frame["candidate_id"] = ""
        values = np.asarray(value, dtype=float)
    frame["candidate_id"] = pd.Series(frame["candidate_id"], dtype="str")
    return frame.assign(
        measure=measure.name,
        component="",
        value=values,
        low=np.nan,
        high=np.nan,
        n_candidates=candidates,
        n_forecasts=1,
        measure_version=measure.version,
    )
