"""The page of an election that is still to come: polls of the day, everything beside them, claims, the protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench_dashboards.drawing.captions import claim_sentence
from pollbench_dashboards.drawing.choosing import contest_title, each_row
from pollbench_dashboards.language.naming import surname
from pollbench_dashboards.language.typography import capitalised
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.moved import moved
from pollbench_dashboards.pages.polls_of_the_day import poll_board
from pollbench_dashboards.pages.protocol import protocol_state
from pollbench_dashboards.pages.scenarios import Standing, choices, scenario_title
from pollbench_dashboards.pages.votes import data_line

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure

#: Newest releases that the page lists; names that a reading of a market shows.
NEWEST, MOST_NAMES = 12, 6


def content(
    frames: Gathered,
    shown: Standing,
    every: Sequence[Standing],
    words: Words,
    figures: Mapping[str, Figure],
) -> dict[str, Any]:
    """What the template of the page needs for one scenario; ``figures`` holds its figure alone."""
    from pollbench.campaign.last_polls import last_readings_table

    [figure] = figures.values()
    bench = shown.frames.bench
    contest = next(row for _, row in frames["contest"].iterrows() if row.contest_id == shown.contest_id)
    return {
        "data_line": data_line(contest, words),
        "headline": words("open.title", contest=contest_title(contest, words)),
        "lead": lead(frames, contest, words),
        "doubt": capitalised(words.translated(str(contest.note), "data")) if pd.notna(contest.note) else "",
        "vote": contest.day,
        "scenario": scenario_title(frames, shown.scenario_id, words),
        "default": shown.default,
        "choices": choices(frames, shown, every, words),
        "polls": poll_board(shown.frames, shown.contest_id, words),
        "beside": readings(frames, last_readings_table(frames.bench, shown.contest_id), words),
        "people": moved(shown.frames, shown.contest_id, words),
        "newest": newest_releases(frames, str(contest.election_id), words),
        "claims": claims(frames, str(contest.election_id), words),
        "protocol": protocol_state(bench, words),
        "figure": figure,
        "shown": [figure],
    }


def lead(frames: Gathered, contest: pd.Series, words: Words) -> str:
    """When the vote is, and how many days after the newest figure held."""
    newest = newest_day(frames.bench, str(contest.election_id))
    return words(
        "open.lead",
        day=words.day(contest.day),
        days=words.count((contest.day - newest).days),
        newest=words.day(newest),
    )


def newest_day(bench: Bench, election_id: str) -> pd.Timestamp:
    """The day of the newest figure that is held: no clock is read, so that the page stays the same."""
    rows = bench.frame(
        "SELECT max(public_on) AS day FROM forecast_day WHERE election_id = ? AND public_on <= day",
        [election_id],
    )
    return pd.Timestamp(rows.day.iloc[0])


def readings(
    frames: Gathered, table: pd.DataFrame, words: Words, most: int = MOST_NAMES
) -> list[dict[str, Any]]:
    """What markets, models, averages and machines last said, each with what it claims to be.

    ``table`` has the readings (`last_readings_table`); of each the first ``most`` names are shown.
    """
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    forecasters = []
    for _, rows in table.groupby(["forecaster_id", "quantity"], sort=False):
        first = rows.iloc[0]
        figures = []
        for row in each_row(rows.head(most)):
            value = words.number(row.printed, 1)
            if pd.notna(row.lower) and pd.notna(row.upper):
                value = words(
                    "open.interval",
                    value=value,
                    low=words.number(row.lower, 1),
                    high=words.number(row.upper, 1),
                )
            figures.append(
                words(
                    "open.figure",
                    name=surname(people.get(row.candidate_id, ""), str(row.candidate_id)),
                    value=value,
                )
            )
        left = len(rows) - most
        forecasters.append(
            {
                "name": str(first["name"]),
                "family": words(f"family.{first.family}"),
                "claims": words(f"quantity.{first.quantity}"),
                "day": words.day(first.public_on),
                "figures": words.listed(figures) + (words("open.more", number=left) if left > 0 else ""),
                "moved": words(f"mechanism.{first.mechanism}") if first.mechanism != "none" else "",
            }
        )
    return forecasters


def newest_releases(frames: Gathered, election_id: str, words: Words) -> list[dict[str, str]]:
    """Who published last: the newest surveys, and the readings of each day together."""
    rows = frames.bench.frame(
        "SELECT name, family, public_on, count(*) AS number, survey IS NOT NULL AS poll FROM forecast_day "
        "WHERE election_id = ? AND NOT recalled AND public_on <= day "
        "GROUP BY name, family, public_on, survey IS NOT NULL, coalesce(survey, '') "
        "ORDER BY public_on DESC, name LIMIT ?",
        [election_id, NEWEST],
    )
    return [
        {
            "day": words.day(row.public_on),
            "name": str(row.name),
            "family": words(f"family.{row.family}"),
            "what": words.plural(
                "open.lists" if row.poll else "open.readings", int(row.number), number=words.count(row.number)
            ),
        }
        for row in each_row(rows)
    ]


def claims(frames: Gathered, election_id: str, words: Words) -> list[str]:
    """What was announced in words about the election."""
    table = frames.bench.frame(
        "SELECT cl.*, fo.name FROM claim cl JOIN contest c USING (contest_id) JOIN forecaster fo USING (forecaster_id) "
        "WHERE c.election_id = ? ORDER BY made_on, claim_id",
        [election_id],
    )
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    lines = []
    for row in each_row(table):
        said = claim_sentence(row, people, words)
        hedge = f", {words('open.hedged')}" if row.hedged else ""
        lines.append(capitalised(f"{row.name}{words('mark.colon')} {said}{hedge}"))
    return lines
