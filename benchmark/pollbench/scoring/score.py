"""Measures over a comparison: tidy score rows, each with its pedigree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from pollbench import measures
from pollbench.arguments import checked
from pollbench.data.kept import kept
from pollbench.data.memo import Key
from pollbench.errors import NothingToCompare, PolicyError
from pollbench.measures import Measure
from pollbench.measures._measure import PROBABILITIES
from pollbench.scoring.apply import FEEDS, Entry, Reason, Scored, apply_measure
from pollbench.scoring.compare import compare
from pollbench.scoring.entries import probability_entries, quantile_entries, share_entries
from pollbench.scoring.score_bytes import SCORES
from pollbench.scoring.scores import Scores
from pollbench.selection.contests import about
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

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

_SCORES: Key[Scores] = Key("scores under a policy")

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


@checked
def score(
    bench: Bench,
    measures: Sequence[str] | Literal["all"] = FIRST_MEASURES,
    policy: Policy | None = None,
    contest_id: str | None = None,
) -> Scores:
    """Score every forecast that a policy admits, and the baselines in the same run.

    Parameters
    ----------
    bench : an opened data set.
    measures : names, or "all".
    policy : which forecasts count; the default one if None.
    contest_id : only that contest.

    Returns
    -------
    Scores. Its ``frame`` has one row for each contest, forecast, measure, and candidate or component
    where the measure has them. Columns: contest_id, forecaster_id, family, forecast_id, quantity, status, horizon_days
    (from the middle of the fieldwork), candidate_id ('' for measures of a whole forecast), measure,
    component ('' where there is none), value, low, high, n, n_basis (expressing_n, sample_size or
    ''), n_candidates, n_forecasts, policy_id, measure_version, dataset_revision. Sorted by the key,
    which is all that comes before value. Printed probabilities are scored event by event (candidate_id
    holds the event, such as "macron" or "le-pen 30-35"), published quantiles as intervals (the level in
    ``component``) and as a whole. ``refused`` lists in sentences what was not computed and
    why; ``left_out`` the forecasters that the policy leaves out; ``contests`` what boards must know
    about each contest (see contests.about).

    Raises
    ------
    UnknownName : no such measure, contest or candidate.
    NothingToCompare : no vote has been held yet, or no forecast counts.
    PolicyError : no measure suits any quantity of the policy.
    CoverageError : under ``missing="error"``, a forecast lacks a candidate.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> scores = score(load("fr-pres-2017"), ["mae"], Policy(missing="drop"), "fr-pres-2017-r1")
    >>> scores.frame.query("forecaster_id == 'filteris'").value.round(2).item()
    2.15
    """
    policy = policy or Policy()
    chosen = _chosen(measures)
    _require_some_that_suit(chosen, policy)
    key = _SCORES.of(tuple(measure.name for measure in chosen), policy, contest_id)
    scores = bench.memo(
        key,
        lambda: kept(bench, key.name, key.details, lambda: _score(bench, chosen, policy, contest_id), SCORES),
    )
    return replace(scores, frame=scores.frame.copy())


def _score(bench: Bench, chosen: list[Measure], policy: Policy, contest_id: str | None) -> Scores:
    import pandas as pd

    comparisons = compare(bench, policy, contest_id)
    contests = bench.contests.set_index("contest_id")
    rows: list[pd.DataFrame] = []
    waiting = [] if contest_id else bench.open_contests
    refused: list[Reason] = [(f"{contest}: nobody has voted yet.", "") for contest in waiting]
    if contest_id is None:
        seats_alone = contests.index.difference(
            [*waiting, *(comparison.contest_id for comparison in comparisons)]
        )
        refused += [
            (f"{contest}: its result is in seats alone (table seats).", "") for contest in seats_alone
        ]
    for comparison in comparisons:
        contest = contests.loc[comparison.contest_id]
        entries = [*share_entries(bench, comparison, contest, refused)]
        entries += [*probability_entries(bench, comparison), *quantile_entries(bench, comparison)]
        offered = {entry.inputs for entry in entries}
        for entry in entries:
            scored: list[Scored] = []
            for measure in chosen:
                wanted = FEEDS.get(measure.inputs, measure.inputs)
                if entry.inputs != wanted and wanted in offered:
                    # Another entry of the same forecasts holds what this measure takes.
                    continue
                values, reasons = apply_measure(measure, entry)
                scored += [measured for measured in values if len(measured.value)]
                if entry.labels.family.iloc[0] != "baseline":
                    refused += reasons
            if scored:
                revision = bench.revisions[str(contest.election_id)]
                rows.append(
                    _rows(entry, scored).assign(contest_id=comparison.contest_id, dataset_revision=revision)
                )
    if not rows:
        left = [
            f"{row.forecast_id}: {row.reason}"
            for comparison in comparisons
            for row in comparison.left_out.itertuples()
        ]
        held = [comparison.contest_id for comparison in comparisons]
        empty = [] if refused or left else _what_there_is(bench, policy, held)
        if bench.report is not None:
            empty += [str(finding) for finding in bench.report.unread]
        message = " ".join(
            [
                "Nothing can be scored.",
                *empty,
                *_sentences(refused),
                *([f"Left out: {'; '.join(left)}."] if left else []),
            ]
        )
        raise NothingToCompare(message)
    scores = pd.concat(rows, ignore_index=True)
    scores["policy_id"] = policy.policy_id
    scores["n"] = scores["n"].astype("float64")
    tables = [comparison.left_out for comparison in comparisons] + [
        comparison.samples for comparison in comparisons
    ]
    left_out = pd.concat(tables, ignore_index=True)
    # A list of probabilities with gaps is no comparison, and its events are scored one by one.
    left_out = left_out[
        ~left_out.forecast_id.isin(set(scores.forecast_id[scores.quantity.isin(PROBABILITIES)]))
    ]
    return Scores(
        frame=scores[COLUMNS].sort_values(KEY, ignore_index=True),
        contests={comparison.contest_id: about(bench, comparison) for comparison in comparisons},
        left_out=tuple(
            {str(name): value for name, value in row.items()} for row in left_out.to_dict(orient="records")
        ),
        refused=tuple(_sentences(refused)),
    )


def _what_there_is(bench: Bench, policy: Policy, held: Sequence[str]) -> list[str]:
    """Sentences on what is not forecast for these contests, and on what is."""
    some = ", ".join(held[:4]) + (f" and {len(held) - 4} more" if len(held) > 4 else "")
    lacking = [f"There is no forecast of {' or '.join(policy.quantities)} for {some}."]
    quantities = bench.frame(
        "SELECT DISTINCT contest_id, quantity::VARCHAR AS quantity FROM forecast ORDER BY ALL"
    )
    others = sorted(set(quantities[quantities.contest_id.isin(set(held))].quantity) - set(policy.quantities))
    if not others:
        return lacking
    how = [
        *(
            ["--quantities win_probability --measure brier scores chances"]
            if "win_probability" in others
            else []
        ),
        *(["the table seats compares seats"] if "seats" in others else []),
    ]
    there_is = f"There are forecasts of {', '.join(others)}{': ' if how else ''}{'; '.join(how)}."
    return [*lacking, there_is]


def _require_some_that_suit(chosen: list[Measure], policy: Policy) -> None:
    """PolicyError with a sentence for each measure if none takes any quantity of the policy."""
    if any(set(policy.quantities) & measure.quantities for measure in chosen):
        return
    asked = ", ".join(policy.quantities)
    reasons = [
        f"{measure.name} does not take {asked}: it is a measure of {', '.join(sorted(measure.quantities))}."
        for measure in chosen
    ]
    message = " ".join([*reasons, "Figures that are no shares enter through events and claims."])
    raise PolicyError(message)


def _sentences(refused: list[Reason]) -> list[str]:
    """Each sentence once, with the forecasts it concerns."""
    concerned: dict[str, list[str]] = {}
    for sentence, forecast_id in refused:
        concerned.setdefault(sentence, []).append(forecast_id)
    return [
        sentence + (f" Concerns {', '.join(dict.fromkeys(filter(None, ids)))}." if any(ids) else "")
        for sentence, ids in concerned.items()
    ]


def _chosen(names: Sequence[str] | Literal["all"]) -> list[Measure]:
    if names == "all":
        return list(measures.registered().values())
    return [measures.named(name) for name in names]


def _rows(entry: Entry, scored: Sequence[Scored]) -> pd.DataFrame:
    """The score rows of one entry: labels beside values."""
    import pandas as pd

    def column(values: Callable[[Scored], Any], kind: Any = object) -> np.ndarray:
        return np.concatenate(
            [
                np.broadcast_to(np.asarray(values(measured), dtype=kind), len(measured.value))
                for measured in scored
            ]
        )

    places = column(lambda measured: measured.places, int)
    of_set = places < 0
    frame = entry.labels.drop(columns="kind").take(np.where(of_set, 0, places)).reset_index(drop=True)
    if of_set.any():
        frame.loc[of_set, ["forecaster_id", "forecast_id", "status", "n_basis"]] = ""
        frame.loc[of_set, ["horizon_days", "n"]] = np.nan
        frame.loc[of_set, "family"] = column(lambda measured: measured.family)[of_set]
    return frame.assign(
        candidate_id=pd.Series(column(lambda measured: measured.candidates), dtype="str"),
        measure=pd.Series(column(lambda measured: measured.measure.name), dtype="str"),
        component=pd.Series(column(lambda measured: measured.component), dtype="str"),
        value=column(lambda measured: measured.value, float),
        low=column(lambda measured: measured.low, float),
        high=column(lambda measured: measured.high, float),
        n_candidates=len(entry.candidates),
        n_forecasts=column(lambda measured: measured.n_forecasts, int),
        measure_version=column(lambda measured: measured.measure.version, int),
    )
