"""Who published what, about whom, how often and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pollbench.selection.candidates import candidates_of

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

_COVERAGE = """
SELECT f.contest_id, f.forecaster_id, f.name, f.house, f.family, f.kind, f.quantity::VARCHAR AS quantity,
  count(DISTINCT f.forecast_id) AS forecasts,
  min(f.public_on) AS first_day, max(f.public_on) AS last_day, any_value(f.day) AS vote_day,
  count(DISTINCT p.candidate_id) FILTER (c.candidate_id IS NOT NULL) AS candidates,
  coalesce(string_agg(DISTINCT p.candidate_id, ' ') FILTER (c.candidate_id IS NOT NULL), '') AS named,
  bool_and(f.recalled) AS recalled,
  string_agg(DISTINCT f.status::VARCHAR, ' ' ORDER BY f.status::VARCHAR) AS status
FROM forecast_day f
LEFT JOIN prediction p USING (forecast_id)
LEFT JOIN candidate c ON c.contest_id = f.contest_id AND c.candidate_id = p.candidate_id
WHERE f.lineup IS NULL OR f.lineup NOT LIKE 'duel-%'
GROUP BY ALL
ORDER BY f.contest_id, f.family, f.forecaster_id, quantity
"""


def coverage_table(bench: Bench) -> pd.DataFrame:
    """Who published which quantity about which contest, how often, when and about whom.

    Returns
    -------
    frame with contest_id, forecaster_id, name, house, family, kind, quantity, status (with
    spaces, where several), forecasts, first_day, last_day (datetime64), days_before (of the last
    one), candidates (number named who stood), main_candidates (how many of the main set),
    main_set (size of that set), recalled (all of it is known only from after the vote). Duels
    that never took place are left out. Sorted by contest, family, forecaster and quantity.
    """
    table = bench.frame(_COVERAGE)
    sets = {contest: set(candidates_of(bench, contest, "main")) for contest in table["contest_id"].unique()}
    table["main_set"] = table["contest_id"].map({contest: len(members) for contest, members in sets.items()})
    table["main_candidates"] = [
        len(sets[str(row.contest_id)] & set(str(row.named).split()))
        for row in table[["contest_id", "named"]].itertuples()
    ]
    for column in ("first_day", "last_day", "vote_day"):
        table[column] = pd.to_datetime(table[column])
    table["days_before"] = (table["vote_day"] - table["last_day"]).dt.days
    return table[
        [
            "contest_id", "forecaster_id", "name", "house", "family", "kind", "quantity", "status", "forecasts",
            "first_day", "last_day", "days_before", "candidates", "main_candidates", "main_set", "recalled",
        ]
    ]  # fmt: skip


_FIGURES = """
SELECT figure_id, statement, stated_value AS stated, coalesce(official_value, '') AS best, verdict::VARCHAR AS verdict,
  try_cast(stated_value AS DOUBLE) AS stated_number, try_cast(official_value AS DOUBLE) AS best_number,
  sources, coalesce(note, '') AS note
FROM figure ORDER BY figure_id
"""


def claimed_against_recomputed_table(bench: Bench) -> pd.DataFrame:
    """Figures in circulation beside the official or best ones.

    Returns
    -------
    frame with figure_id, statement, stated, best, difference (stated - best, where both are
    numbers, else NaN), verdict ("holds", "rounding", "approximate", "contradicted", "unverifiable"), sources,
    note. Sorted by id.
    """
    table = bench.frame(_FIGURES)
    table["difference"] = table["stated_number"] - table["best_number"]
    return table[["figure_id", "statement", "stated", "best", "difference", "verdict", "sources", "note"]]
