"""What of one contest is scored together: shares by quantity, baselines, probabilities, quantiles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pollbench import baselines
from pollbench.measures._measure import PROBABILITIES
from pollbench.randomness import SEED
from pollbench.scoring.apply import Entry, Reason
from pollbench.scoring.events import events_of
from pollbench.selection.comparison import Comparison
from pollbench.selection.eligible import material_of
from pollbench.selection.reading import to_total

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

LABELS = [
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
_QUANTILES = """
SELECT forecast_id, candidate_id, level::DOUBLE AS level, value::DOUBLE AS value FROM quantile
ORDER BY forecast_id, level, candidate_id
"""


def share_entries(bench: Bench, comparison: Comparison, contest: Any, notes: list[Reason]) -> Iterator[Entry]:
    """The forecasters' own figures by quantity, then the baselines together; why one is empty goes to ``notes``."""
    given: dict[str, Any] = {"seed": SEED}
    if pd.notna(contest.valid):
        given["population"] = int(contest.valid)
    labels = comparison.forecasts[LABELS]
    for quantity in sorted(set(labels.quantity) - PROBABILITIES):
        mask = (labels.quantity == quantity).to_numpy()
        yield Entry(
            comparison.forecast[mask],
            comparison.result,
            comparison.candidates,
            labels[mask].reset_index(drop=True),
            given,
        )
    if labels.empty:
        return
    naive_forecasts = {
        name: baseline.function(bench, comparison) for name, baseline in baselines.registered().items()
    }
    notes += [
        (f"{comparison.contest_id}: baseline {name}: {forecasts.note}.", "")
        for name, forecasts in naive_forecasts.items()
        if forecasts.note
    ]
    naive_forecasts = {
        name: forecasts for name, forecasts in naive_forecasts.items() if len(forecasts.forecast)
    }
    naive_labels = [
        forecasts.forecasts.assign(forecaster_id=name) for name, forecasts in naive_forecasts.items()
    ]
    naive = pd.concat(naive_labels, ignore_index=True).assign(
        family="baseline", kind="", quantity="vote_share", status="", n=np.nan, n_basis=""
    )
    forecast = np.concatenate([forecasts.forecast for forecasts in naive_forecasts.values()])
    if comparison.policy.rescale == "main":
        forecast = to_total(forecast, comparison.result)
    yield Entry(
        forecast,
        comparison.result,
        comparison.candidates,
        naive[LABELS],
        given,
    )


def probability_entries(bench: Bench, comparison: Comparison) -> Iterator[Entry]:
    """The printed probabilities of each forecast that the policy lets in: its events with their outcomes.

    A list need not be complete: what was printed is scored event by event. Events without an outcome
    (a tie, a pair that did not meet) are left out.
    """
    forecasts = material_of(bench, comparison.policy, comparison.contest_id).forecasts
    forecasts = forecasts[forecasts.quantity.isin(PROBABILITIES)]
    if forecasts.empty:
        return
    events = events_of(bench)
    events = events[events.occurred.notna() & events.forecast_id.isin(set(forecasts.forecast_id))]
    for forecast_id, rows in events.groupby("forecast_id"):
        yield Entry(
            rows.probability.to_numpy(float)[None, :],
            rows.occurred.to_numpy(float),
            tuple(rows.candidates.astype(str)),
            forecasts.loc[forecasts.forecast_id == forecast_id, LABELS].reset_index(drop=True),
            {},
            inputs="probabilities",
        )


def quantile_entries(bench: Bench, comparison: Comparison) -> Iterator[Entry]:
    """Published quantiles of shares: those of the same levels together, and each pair of levels as an interval.

    Only forecasts that printed the same levels for every compared candidate, as printed: quantiles are
    not rescaled.
    """
    labels = comparison.forecasts[LABELS]
    printed = bench.frame(_QUANTILES)
    printed = printed[
        printed.forecast_id.isin(set(labels.forecast_id)) & printed.candidate_id.isin(comparison.candidates)
    ]
    if printed.empty or comparison.policy.rescale != "none":
        return
    wide = {
        str(forecast): rows.pivot(index="level", columns="candidate_id", values="value").reindex(
            columns=list(comparison.candidates)
        )
        for forecast, rows in printed.groupby("forecast_id")
    }
    groups: dict[tuple[float, ...], list[str]] = {}
    for forecast, table in wide.items():
        if not table.isna().to_numpy().any():
            groups.setdefault(tuple(table.index), []).append(forecast)
    for levels, members in sorted(groups.items()):
        values = np.stack([wide[forecast].to_numpy(float) for forecast in members])
        member_labels = (
            labels.set_index("forecast_id", drop=False).loc[members, LABELS].reset_index(drop=True)
        )
        proportions = [level / 100.0 for level in levels]
        yield Entry(
            values,
            comparison.result,
            comparison.candidates,
            member_labels,
            {"levels": proportions},
            inputs="quantiles",
        )
        for low in (level for level in levels if level < 50 and 100 - level in levels):
            ends = values[:, [levels.index(low), levels.index(100 - low)], :]
            width = 100 - 2 * low
            yield Entry(
                ends,
                comparison.result,
                comparison.candidates,
                member_labels,
                {"level": width / 100.0},
                inputs="interval",
                component=f"{width:g} %",
            )
