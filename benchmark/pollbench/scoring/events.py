"""Printed probabilities as events: what was said to happen, how probably, and whether it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pollbench.data.memo import Key
from pollbench.scoring.outcomes import outcome
from pollbench.scoring.votes import totals_of, votes_of

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

_ALL: Key[pd.DataFrame] = Key("printed probabilities as events")

_PRINTED = """
SELECT f.contest_id, f.forecaster_id, f.name, f.family, f.kind, f.forecast_id, f.quantity::VARCHAR AS quantity,
  f.public_on, f.day AS vote_day, f.round, f.advance, f.recalled, f.complete, coalesce(f.condition, '') AS condition,
  f.recency, f.age_days, coalesce(f.measured_to, f.public_on) < f.previous_round AS before_round,
  p.candidate_id AS candidates, p.value::DOUBLE AS printed, coalesce(p.flag::VARCHAR, '') AS flag
FROM forecast_day f JOIN prediction p USING (forecast_id)
WHERE f.quantity IN ('win_probability', 'runoff_probability')
ORDER BY f.contest_id, f.forecaster_id, f.public_on, f.forecast_id, p.candidate_id
"""

_EVENTS = """
SELECT f.contest_id, f.forecaster_id, f.name, f.family, f.kind, f.forecast_id, f.quantity::VARCHAR AS quantity, e.type::VARCHAR AS question,
  f.public_on, f.day AS vote_day, f.round, f.advance, f.recalled, coalesce(f.condition, '') AS condition,
  f.recency, f.age_days, coalesce(f.measured_to, f.public_on) < f.previous_round AS before_round, e.event_id,
  e.candidates, e.low::DOUBLE AS band_low, e.high::DOUBLE AS band_high, e.value::DOUBLE AS printed,
  coalesce(e.flag::VARCHAR, '') AS flag
FROM forecast_day f JOIN event e USING (forecast_id)
WHERE e.type <> 'margin'
ORDER BY f.contest_id, f.forecaster_id, f.public_on, f.forecast_id, e.event_id
"""


def events_of(bench: Bench) -> pd.DataFrame:
    """Every printed probability, one row per event, with its outcome.

    Returns
    -------
    frame with the forecast (contest_id, forecaster_id, name, family, kind, forecast_id, quantity, public_on,
    vote_day, round, advance, recalled, condition, recency, age_days, before_round), question ("leader",
    "qualifies", "winner", "qualified_pair", "share_band", ...), candidates (with a band as "le-pen 30-35"),
    printed and probability (per cent; rescaled where the list is complete), complete, flag, and occurred
    (1, 0, NaN before the vote or where it supposes a pair that did not meet).
    """
    return bench.memo(_ALL, lambda: _made(bench)).copy()


def _made(bench: Bench) -> pd.DataFrame:
    votes, totals = votes_of(bench), totals_of(bench)
    table = pd.concat([_printed(bench), _events(bench)], ignore_index=True)
    table["occurred"] = [_occurred(row, votes, totals) for row in table.itertuples()]
    return table


def _printed(bench: Bench) -> pd.DataFrame:
    table = bench.frame(_PRINTED)
    final = table["advance"] == 1
    wins = table["quantity"] == "win_probability"
    table["question"] = np.where(~wins, "qualifies", np.where(final, "winner", "leader"))
    total = table.groupby("forecast_id")["printed"].transform("sum")
    due = np.where(wins, 100.0, 100.0 * table["advance"])
    whole = table["complete"].astype(bool)
    table["probability"] = table["printed"].where(~whole, table["printed"] * due / total)
    return table


def _events(bench: Bench) -> pd.DataFrame:
    table = bench.frame(_EVENTS)
    band = table["question"] == "share_band"
    pairs = zip(table["band_low"], table["band_high"], strict=True)
    ends = pd.Series([f"{low:g}-{high:g}" for low, high in pairs], index=table.index, dtype="str")
    table["named"] = table["candidates"]
    table["candidates"] = table["candidates"].where(~band, table["candidates"] + " " + ends)
    table["probability"], table["complete"] = table["printed"], False
    return table


def _occurred(row: Any, votes: dict[str, dict[str, int]], totals: dict[str, int]) -> float:
    counted, total = votes.get(row.contest_id), totals.get(row.contest_id)
    if not counted or (row.question == "share_band" and total is None):
        return float("nan")
    if row.condition and set(row.condition.split()) != set(counted):
        return float("nan")
    named = (row.named if isinstance(row.named, str) else row.candidates).split()
    low = None if pd.isna(row.band_low) else row.band_low
    high = None if pd.isna(row.band_high) else row.band_high
    judged = outcome(row.question, named, counted, advance=int(row.advance), total=total, low=low, high=high)
    return float("nan") if judged.occurred is None else judged.occurred
