"""Frames about time, houses, claims and probabilities."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pollbench.selection.reading import is_poll
from pollbench_dashboards.frames.accuracy import with_recalled
from pollbench_dashboards.frames.gathered import Gathered, frame


def _with_names(all_frames: Gathered, table: pd.DataFrame) -> pd.DataFrame:
    """The table with the names of its candidates."""
    people = dict(zip(all_frames["person"].candidate_id, all_frames["person"].name, strict=True))
    return table.assign(candidate=table.candidate_id.map(people))


@frame
def house_effect(all_frames: Gathered) -> pd.DataFrame:
    """House effects of the contest in focus: each firm against the others at the same time."""
    from pollbench.campaign.house_effects import house_effects_table
    from pollbench.errors import CoverageError

    try:
        table = house_effects_table(
            all_frames.bench, all_frames.focus, count=5, policy=all_frames.policy.reading
        )
    except CoverageError:
        # Too few firms or surveys for an effect: the chart says so.
        return pd.DataFrame(
            columns=["contest_id", "candidate_id", "candidate", "house", "effect", "low", "high"]
        )
    return _with_names(all_frames, table)


@frame
def house_poll(all_frames: Gathered) -> pd.DataFrame:
    """The polls that the house effects of the contest in focus rest on."""
    from pollbench.campaign.house_effects import compared_polls
    from pollbench.errors import CoverageError

    try:
        table = compared_polls(all_frames.bench, all_frames.focus, all_frames.policy.reading)
    except CoverageError:
        return pd.DataFrame(columns=["contest_id", "forecast_id"])
    return table[["contest_id", "forecast_id"]].drop_duplicates(ignore_index=True)


@frame
def distance(all_frames: Gathered) -> pd.DataFrame:
    """Distance of every published set of shares to the result, by days before the vote."""
    from pollbench.campaign.distance import distance_table

    chosen = _candidates(all_frames)
    if not chosen:
        return pd.DataFrame()
    return distance_table(all_frames.bench, all_frames.focus, chosen, all_frames.policy.reading)


@frame
def closest_day(all_frames: Gathered) -> pd.DataFrame:
    """Who was closest to the result on each day, with what was public on that day."""
    from pollbench.campaign.distance import closest_by_day_table

    chosen = _candidates(all_frames)
    if not chosen:
        return pd.DataFrame()
    reading = all_frames.policy.reading
    return closest_by_day_table(all_frames.bench, all_frames.focus, chosen, policy=reading)


def _candidates(all_frames: Gathered) -> tuple[str, ...]:
    """The candidates of the contest in focus, if it has a result."""
    for comparison in all_frames.comparisons:
        if comparison.contest_id == all_frames.focus:
            return comparison.candidates
    return ()


@frame
def last_error(all_frames: Gathered) -> pd.DataFrame:
    """Error and effective sample of everybody's last figures, in every contest loaded."""
    from pollbench.history.last_errors import errors_table

    if not all_frames.comparisons:
        return pd.DataFrame()
    return with_recalled(all_frames, errors_table(all_frames.bench))


@frame
def herding_family(all_frames: Gathered) -> pd.DataFrame:
    """How many tests of all contests say that the last polls were too close together, or too far apart."""
    from pollbench.campaign.herding import herding_family as family

    return family(all_frames.bench)


@frame
def board(all_frames: Gathered) -> pd.DataFrame:
    """The leaderboard by mean absolute error, with what chance alone would have given."""
    from pollbench.ranking.leaderboard import leaderboard
    from pollbench.scoring.score import score

    if all_frames["score"].empty:
        return pd.DataFrame()
    return leaderboard(score(all_frames.bench, policy=all_frames.policy))


@frame
def poll_board(all_frames: Gathered) -> pd.DataFrame:
    """The leaderboard of the polls alone, averages left out: how far apart so many equally good polls lie."""
    from pollbench.ranking.leaderboard import leaderboard
    from pollbench.scoring.score import score

    if all_frames["score"].empty:
        return pd.DataFrame()
    scores = score(all_frames.bench, ["mae"], all_frames.policy)
    forecasters = all_frames["forecaster"]
    own_polls = forecasters.forecaster_id[is_poll(forecasters)]
    rows = scores.frame
    polls = rows[rows.forecaster_id.isin(own_polls)]
    return leaderboard(replace(scores, frame=polls), baseline="flat") if len(polls) else pd.DataFrame()


@frame
def probability(all_frames: Gathered) -> pd.DataFrame:
    """Every printed probability with what happened."""
    from pollbench.statements.probabilities import probabilities_table

    return probabilities_table(all_frames.bench, implied=False)


@frame
def published(all_frames: Gathered) -> pd.DataFrame:
    """One row per forecast: who published what on which day; the questions of one survey are one release."""
    return all_frames.bench.frame(
        "SELECT contest_id, forecast_id, coalesce(survey, public_on || '/' || release) AS release_id, forecaster_id, "
        "name, family, kind, quantity, status, public_on, recalled, "
        "date_diff('day', public_on, day) AS days_before FROM forecast_day WHERE condition IS NULL "
        "AND (lineup IS NULL OR lineup NOT LIKE 'duel-%') ORDER BY contest_id, forecaster_id, public_on, forecast_id"
    )


@frame
def circulating(all_frames: Gathered) -> pd.DataFrame:
    """Figures in circulation beside the official or best ones."""
    from pollbench.selection.coverage import claimed_against_recomputed_table

    return claimed_against_recomputed_table(all_frames.bench)
