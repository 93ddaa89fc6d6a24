"""What a board must know about a contest besides scores: its result, its election, its forecasts.

``score`` puts this into ``Scores.contests``, as plain words and numbers, so that ranking the scores
needs no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

import pandas as pd

from pollbench.inference.sampling import rounding_step
from pollbench.selection.candidates import candidates_of
from pollbench.selection.comparison import Comparison

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

_DESCRIPTIONS = """
SELECT c.contest_id, c.election_id, c.round, c.advance, e.country, e.office, e.year
FROM contest c JOIN election e USING (election_id)
"""
#: Figures that a house rounds itself; a price computed from odds or a bound says nothing about it.
_FIGURES = """
SELECT f.contest_id, f.forecaster_id, list(p.value::DOUBLE) AS figures
FROM forecast f JOIN prediction p USING (forecast_id)
WHERE f.quantity IN ('vote_share', 'digital_share', 'share_of_voice')
  AND (p.flag IS NULL OR p.flag = 'about')
GROUP BY f.contest_id, f.forecaster_id
"""


class ScoredForecast(TypedDict):
    """One forecast of a board: its forecaster, and what is known about its release.

    step : points to which the house rounds; last_release : "yes", "no" or "unknown".
    """

    name: str
    house: str
    kind: str
    last_release: str
    recalled: bool
    step: float


class ScoredContest(TypedDict):
    """One contest of a board, its result, and its forecasts by id.

    advance : how many candidates go on; result : per cent, in the order of the candidates;
    main : whether the candidates are the main set.
    """

    election_id: str
    round: int
    advance: int
    country: str
    office: str
    year: int
    candidates: list[str]
    result: list[float]
    main: bool
    forecasts: dict[str, ScoredForecast]


def descriptions(bench: Bench) -> dict[str, dict[str, Any]]:
    """Election, round, year, country, office and how many advance, by contest."""
    rows: list[Any] = bench.frame(_DESCRIPTIONS).to_dict(orient="records")
    return {str(row["contest_id"]): row for row in rows}


def about(bench: Bench, comparison: Comparison) -> ScoredContest:
    """Everything a board of this contest needs, as plain words, numbers and lists.

    Parameters
    ----------
    bench, comparison : the data and the comparison that was scored.

    Returns
    -------
    dict with election_id, round, advance, country, office, year; candidates and result (lists in
    the same order); main (whether the candidates are the main set); forecasts: forecast_id ->
    name, house, kind, last_release, recalled, step (points to which the house rounds).
    """
    description = descriptions(bench)[comparison.contest_id]
    figures = bench.frame(_FIGURES)
    steps = {
        str(row.forecaster_id): rounding_step(row.figures)
        for row in figures[figures.contest_id == comparison.contest_id].itertuples()
    }
    main = candidates_of(bench, comparison.contest_id, "main")
    return {
        "election_id": str(description["election_id"]),
        "round": int(description["round"]),
        "advance": int(description["advance"]),
        "country": str(description["country"]),
        "office": str(description["office"]),
        "year": int(description["year"]),
        "candidates": list(comparison.candidates),
        "result": [float(share) for share in comparison.result],
        "main": set(main) == set(comparison.candidates),
        "forecasts": {
            str(row.forecast_id): {
                "name": str(row.name),
                "house": str(row.house),
                "kind": str(row.kind),
                "last_release": str(row.last_release),
                "recalled": bool(row.recalled),
                "step": steps.get(str(row.forecaster_id), 0.0),
            }
            for row in pd.DataFrame(comparison.forecasts).itertuples()
        },
    }
