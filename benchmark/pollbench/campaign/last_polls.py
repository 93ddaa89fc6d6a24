"""The polls of the day: every house's last poll of the line-up that stands, with their mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.errors import CoverageError

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench


def last_polls_table(bench: Bench, contest_id: str) -> pd.DataFrame:
    """One row per house and candidate: its last poll of the line-up that stands, as printed.

    Returns
    -------
    DataFrame, the newest poll first, then by the mean of the candidate: contest_id, forecast_id, forecaster_id,
    name, house, sponsors, measured_from, measured_to, n (who state an intention; the whole sample where that is
    not printed), n_basis, candidate_id, value (per cent; empty where only a bound is printed), printed, flag, mean_pct
    (of all houses' last polls), houses, notice_url, sources.

    Raises
    ------
    CoverageError : no poll asked about the line-up that stands.
    """
    table = bench.frame(
        "WITH last AS (SELECT * FROM final_poll WHERE contest_id = ? AND public_on <= day "
        "QUALIFY row_number() OVER (PARTITION BY house ORDER BY recency DESC) = 1) "
        "SELECT l.contest_id, l.forecast_id, l.forecaster_id, l.name, l.house, l.sponsors, l.measured_from, l.measured_to, "
        "coalesce(l.expressing_n, l.sample_size) AS n, "
        "CASE WHEN l.expressing_n IS NOT NULL THEN 'expressing' WHEN l.sample_size IS NOT NULL THEN 'sample' ELSE '' END "
        "AS n_basis, r.candidate_id, r.half AS value, r.printed, r.flag, m.mean_pct, m.houses, l.notice_url, l.sources "
        "FROM last l JOIN reading r USING (forecast_id) "
        "LEFT JOIN last_polls_mean m ON m.contest_id = l.contest_id AND m.candidate_id = r.candidate_id "
        "ORDER BY l.recency DESC, m.mean_pct DESC NULLS LAST, r.candidate_id",
        [contest_id],
    )
    if table.empty:
        message = f"{contest_id}: no poll asked about the line-up that stands. Choose another scenario."
        raise CoverageError(message)
    return table


def last_readings_table(bench: Bench, contest_id: str) -> pd.DataFrame:
    """The last reading of everything that is no poll: markets, models, averages, machines, buzz.

    Returns
    -------
    DataFrame, one row per forecaster, quantity and candidate, by forecaster: contest_id, forecast_id,
    forecaster_id, name, family, kind, quantity, unit, status, public_on, measured_to, candidate_id, value, lower and
    upper (of the widest interval that is printed), printed, confidence, mechanism, sources. Empty if nothing was published.
    """
    return bench.frame(
        "WITH last AS (SELECT f.*, o.mechanism AS way FROM forecast_day f JOIN forecaster o USING (forecaster_id) "
        "WHERE f.contest_id = ? AND f.survey IS NULL AND f.condition IS NULL AND NOT f.recalled AND f.quantity <> 'event' "
        "QUALIFY row_number() OVER (PARTITION BY f.forecaster_id, f.quantity ORDER BY recency DESC) = 1) "
        "SELECT l.contest_id, l.forecast_id, l.forecaster_id, l.name, l.family, l.kind, l.quantity, l.unit, l.status, "
        "l.public_on, l.measured_to, r.candidate_id, r.half AS value, coalesce(q.lower, r.lower) AS lower, "
        "coalesce(q.upper, r.upper) AS upper, r.printed, l.confidence, "
        "coalesce(l.mechanism, l.way) AS mechanism, l.sources FROM last l JOIN reading r USING (forecast_id) "
        "LEFT JOIN (SELECT forecast_id, candidate_id, min(value)::DOUBLE AS lower, max(value)::DOUBLE AS upper FROM quantile "
        "GROUP BY ALL) q USING (forecast_id, candidate_id) "
        "ORDER BY l.family, l.forecaster_id, l.quantity, r.printed DESC, r.candidate_id",
        [contest_id],
    )


def last_said_table(bench: Bench, contest_id: str) -> pd.DataFrame:
    """What everything that is no poll said last about a round or about who wins the election: its newest day alone.

    A market that quotes who wins stands beside the other round; its older quote of who gets there is history.

    Returns
    -------
    DataFrame as of `last_readings_table`, the round itself first, then the chances to win that belong to other rounds.
    """
    import pandas as pd

    rounds = bench.frame(
        "SELECT o.contest_id FROM contest c JOIN contest o USING (election_id) "
        "WHERE c.contest_id = ? AND o.contest_id <> c.contest_id ORDER BY o.day, o.contest_id",
        [contest_id],
    ).contest_id
    others = [last_readings_table(bench, str(other)) for other in rounds]
    tables = [
        last_readings_table(bench, contest_id),
        *(rows[rows.quantity == "win_probability"] for rows in others),
    ]
    table = pd.concat([rows for rows in tables if len(rows)] or tables[:1], ignore_index=True)
    newest = table.groupby("forecaster_id").public_on.transform("max")
    return table[table.public_on == newest].reset_index(drop=True)
