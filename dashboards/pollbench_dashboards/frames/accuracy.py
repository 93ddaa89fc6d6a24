"""Frames of who published, what the policy compares, and how far off it was."""

from __future__ import annotations

import pandas as pd

from pollbench.data.elections import shipped_elections
from pollbench.errors import NothingToCompare
from pollbench.selection.reading import is_poll
from pollbench_dashboards.frames.gathered import SHARES, Gathered, frame


@frame
def policy(all_frames: Gathered) -> pd.DataFrame:
    """The policy, one row."""
    chosen = all_frames.policy
    return pd.DataFrame(
        {
            "policy_id": [chosen.policy_id],
            "within_days": [chosen.within_days],
            "select": [chosen.select],
            "below": [chosen.below],
            "candidates": [chosen.candidates if isinstance(chosen.candidates, str) else "own"],
        }
    )


@frame
def contest(all_frames: Gathered) -> pd.DataFrame:
    """The contests, with the titles of their elections; ``main`` marks the one that charts show first."""
    table = all_frames.bench.frame(
        "SELECT c.*, e.country::VARCHAR AS country, e.year, e.office, e.title, e.revision FROM contest c JOIN election e USING (election_id) "
        "ORDER BY c.election_id, c.round"
    )
    table["credit"] = _credits(all_frames, table)
    table["scored"] = table.contest_id.isin({comparison.contest_id for comparison in all_frames.comparisons})
    table["main"] = table.contest_id == _main_contest(all_frames, table)
    return table


#: The source that most forecasts about a contest name first.
_FIRST_SOURCE = """
SELECT f.contest_id, concat_ws(', ', s.title, s.publisher, s.licence) AS credit
FROM forecast f JOIN source s ON s.source_id = string_split(f.sources, ' ')[1]
GROUP BY f.contest_id, s.source_id, s.title, s.publisher, s.licence
QUALIFY row_number() OVER (PARTITION BY f.contest_id ORDER BY count(*) DESC, s.source_id) = 1
"""


def _credits(all_frames: Gathered, table: pd.DataFrame) -> pd.Series:
    """Title, publisher and licence of the data of elections that do not come with PollBench; '' for those that do."""
    named = all_frames.bench.frame(_FIRST_SOURCE).set_index("contest_id")["credit"]
    added = ~table.election_id.isin(shipped_elections())
    return table.contest_id.map(named).astype(object).where(added).fillna("").astype(str)


def _main_contest(all_frames: Gathered, table: pd.DataFrame) -> str:
    """Where most forecasters who are no polls stand beside polls; of equals the one with most candidates, else the first.

    A question among more candidates is harder, so a first round goes before its run-off.
    """
    best, most = "", (False, 0, 0)
    for comparison in all_frames.comparisons:
        families = comparison.forecasts.family
        others = comparison.forecasts.forecaster_id[families.isin(["buzz", "market", "model"])].nunique()
        size = (bool((families == "poll").any()) and others > 0, others, len(comparison.candidates))
        if not best or size > most:
            best, most = comparison.contest_id, size
    return best or (str(table.contest_id.iloc[0]) if len(table) else "")


@frame
def candidate(all_frames: Gathered) -> pd.DataFrame:
    """Who stands where, by result (before the vote: by the last polls); ``main`` marks the set that the policy compares."""
    from pollbench.selection.candidates import candidates_of

    table = all_frames.bench.frame(
        "SELECT c.contest_id, c.candidate_id, p.name AS candidate, c.party, o.share_pct, o.rank FROM candidate c "
        "JOIN person p USING (candidate_id) LEFT JOIN oracle o USING (contest_id, candidate_id) "
        "LEFT JOIN last_polls_mean m USING (contest_id, candidate_id) "
        "ORDER BY c.contest_id, o.rank NULLS LAST, m.mean_pct DESC NULLS LAST, c.candidate_id"
    )
    chosen = {
        (comparison.contest_id, who) for comparison in all_frames.comparisons for who in comparison.candidates
    }
    for waiting in all_frames.bench.open_contests:
        main = candidates_of(all_frames.bench, waiting, all_frames.policy.candidates)
        chosen.update((waiting, who) for who in main)
    table["main"] = [pair in chosen for pair in zip(table.contest_id, table.candidate_id, strict=True)]
    return table


@frame
def forecaster(all_frames: Gathered) -> pd.DataFrame:
    """Who published."""
    return all_frames.bench.table("forecaster")


@frame
def comparison(all_frames: Gathered) -> pd.DataFrame:
    """One row per forecast and candidate, under the policy, beside the result."""
    parts = [comparison.frame for comparison in all_frames.comparisons]
    if not parts:
        return pd.DataFrame()
    table = pd.concat(parts, ignore_index=True)
    return table[table.quantity.isin(SHARES)].reset_index(drop=True)


@frame
def left_out(all_frames: Gathered) -> pd.DataFrame:
    """Whom the policy leaves out, and why."""
    parts = [comparison.left_out for comparison in all_frames.comparisons]
    if not parts:
        return pd.DataFrame(columns=["contest_id", "forecaster_id", "forecast_id", "reason", "age_days"])
    table = pd.concat(parts, ignore_index=True)
    who = all_frames["forecaster"][["forecaster_id", "name", "family"]]
    return table.merge(who, on="forecaster_id", how="left")


@frame
def score(all_frames: Gathered) -> pd.DataFrame:
    """Scores of every forecast and of the baselines beside it, with the names of the forecasters."""
    from pollbench.scoring.score import score as score_bench

    try:
        table = score_bench(all_frames.bench, policy=all_frames.policy).frame
    except NothingToCompare:
        # Nobody has voted yet, or no forecast counts (a primary without polls): the charts say so.
        return pd.DataFrame()
    who = all_frames["forecaster"][["forecaster_id", "name", "house", "kind"]]
    return with_recalled(all_frames, table.merge(who, on="forecaster_id", how="left"))


def with_recalled(all_frames: Gathered, table: pd.DataFrame) -> pd.DataFrame:
    """The table with a column that says which forecasts are known only from texts written after the vote."""
    recalled = all_frames.bench.frame("SELECT forecast_id FROM forecast WHERE recalled").forecast_id
    return table.assign(recalled=table.forecast_id.isin(set(recalled)))


@frame
def milestone(all_frames: Gathered) -> pd.DataFrame:
    """Days that time lines mark."""
    return all_frames.bench.table("milestone")


@frame
def campaign(all_frames: Gathered) -> pd.DataFrame:
    """Every published share of someone on the ballot, over the whole campaign, beside the result."""
    table = all_frames.bench.frame(
        "SELECT f.contest_id, f.forecast_id, f.forecaster_id, f.name, f.house, f.family, f.kind, f.quantity, f.status, "
        "f.lineup, f.measured_from, f.measured_to, f.public_on, f.horizon_days, f.release, f.rolling_series, f.recalled, "
        "coalesce(f.expressing_n, f.sample_size) AS n, p.candidate_id, w.name AS candidate, p.value AS forecast, "
        "p.flag, o.share_pct AS result, f.sources "
        f"FROM forecast_day f JOIN (SELECT *, {all_frames.policy.below} AS value FROM reading) p USING (forecast_id) JOIN person w USING (candidate_id) "
        "LEFT JOIN oracle o USING (contest_id, candidate_id) "
        "WHERE f.quantity IN ('vote_share', 'digital_share', 'share_of_voice') AND f.condition IS NULL "
        "AND (f.lineup IS NULL OR f.lineup IN ('final', 'near-final')) AND f.status <> 'index' AND p.value IS NOT NULL "
        "AND EXISTS (FROM candidate c WHERE c.contest_id = f.contest_id AND c.candidate_id = p.candidate_id) "
        # Before the vote there is no rank, and rows in any order would not be the same rows.
        "ORDER BY f.contest_id, f.public_on, f.forecast_id, o.rank, p.candidate_id"
    )
    table["day"] = table.measured_to.fillna(table.public_on)
    table["error"] = table.forecast - table.result
    return table


@frame
def claim(all_frames: Gathered) -> pd.DataFrame:
    """What was announced in words, with what became of it."""
    from pollbench.statements.claims import claims_table

    return claims_table(all_frames.bench)


@frame
def person(all_frames: Gathered) -> pd.DataFrame:
    """Everyone tested or quoted."""
    return all_frames.bench.table("person")


@frame
def notice_row(all_frames: Gathered) -> pd.DataFrame:
    """What the legal mentions of every forecast are made of."""
    from pollbench.attribution.legal_notice import ROWS

    table = all_frames.bench.frame(f"{ROWS} ORDER BY f.forecast_id")
    polled = is_poll(table)
    surveys = all_frames.bench.frame(
        "SELECT forecast_id, coalesce(survey, forecast_id) AS survey FROM forecast"
    )
    table = table.merge(surveys, on="forecast_id")
    return table.assign(averaged=(table.family == "poll") & ~polled, polled=polled)
