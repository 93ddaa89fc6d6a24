"""Seats that were forecast beside seats that were won."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.errors import NoSuchVote, NothingToCompare
from pollbench.selection.latest import FORECASTER_AND_QUANTITY, last_of

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.selection.policy import Policy

_FORECASTS = """
SELECT contest_id, forecaster_id, name, house, family, kind, quantity, forecast_id, status, recalled,
  horizon_days::DOUBLE AS horizon_days, recency
FROM forecast_day
WHERE quantity = 'seats' AND public_on <= least(day, coalesce($as_of::DATE, day))
  AND ($window::INTEGER IS NULL OR age_days <= $window::INTEGER) AND list_contains($statuses::VARCHAR[], status::VARCHAR)
ORDER BY contest_id, forecaster_id, forecast_id
"""
_FIGURES = """
SELECT r.forecast_id, r.candidate_id, p.name AS candidate, r.bound AS forecast, o.seats::DOUBLE AS result,
  (SELECT sum(w.seats) FROM oracle w WHERE w.contest_id = f.contest_id)::DOUBLE AS all_seats
FROM reading r
JOIN forecast f USING (forecast_id)
JOIN person p USING (candidate_id)
JOIN oracle o USING (contest_id, candidate_id)
WHERE f.quantity = 'seats' AND r.bound IS NOT NULL AND o.seats IS NOT NULL
ORDER BY r.forecast_id, o.seats DESC, r.candidate_id
"""


def seats_table(bench: Bench, policy: Policy) -> pd.DataFrame:
    r"""The last forecasts of seats that a policy lets in, beside the seats that were won.

    .. math:: e_k = p_k - s_k, \quad 100\, e_k / \sum_j s_j

    in seats and in points of all seats of the contest; the mean absolute error is over the candidates printed.

    Parameters
    ----------
    bench : the data; only contests whose result says seats count.
    policy : ``as_of``, ``within_days``, ``statuses`` and ``select`` ("all" or the last of each forecaster).

    Returns
    -------
    frame with contest_id, forecaster_id, name, house, family, kind, forecast_id, status, recalled, horizon_days,
    candidate_id, candidate, forecast, result, error (seats; positive = overestimated), error_share (points of all
    seats), mae (seats, the same in all rows of a forecast), n_candidates. Sorted by contest, mae and forecaster, the
    largest result first.

    Raises
    ------
    NothingToCompare : no contest has both seats that were forecast and seats that were won (`NoSuchVote` if none has either).
    """
    given = {"as_of": policy.as_of, "window": policy.within_days, "statuses": list(policy.statuses)}
    forecasts = bench.frame(_FORECASTS, given)
    if policy.select != "all":
        forecasts = last_of(forecasts, FORECASTER_AND_QUANTITY)
    table = forecasts.merge(bench.frame(_FIGURES), on="forecast_id")
    if table.empty:
        message = f"No contest of {', '.join(bench.elections)} has both seats that were forecast and seats that were won."
        in_seats = bench.frame(
            "SELECT 1 FROM oracle WHERE seats IS NOT NULL UNION ALL SELECT 1 FROM forecast WHERE quantity = 'seats'"
        )
        raise NoSuchVote(message) if in_seats.empty else NothingToCompare(message)
    table["error"] = table["forecast"] - table["result"]
    table["error_share"] = 100.0 * table["error"] / table["all_seats"]
    by_forecast = table["error"].abs().groupby(table["forecast_id"])
    table["mae"] = by_forecast.transform("mean")
    table["n_candidates"] = by_forecast.transform("size")
    table = table.sort_values(
        ["contest_id", "mae", "forecaster_id", "forecast_id"], kind="stable", ignore_index=True
    )
    return table.drop(columns=["quantity", "recency", "all_seats"])
