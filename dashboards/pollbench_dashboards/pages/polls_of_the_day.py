"""The last poll of every house about a line-up, their mean, and what finished polls have erred by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.errors import CoverageError
from pollbench_dashboards.language.naming import surname
from pollbench_dashboards.language.words import Words

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered


def poll_board(frames: Gathered, contest_id: str, words: Words) -> dict[str, Any] | None:
    """The last poll of every house, their mean, and what finished polls have erred by; None without polls."""
    from pollbench.campaign.last_polls import last_polls_table
    from pollbench.history.finished_polls import finished_poll_band

    try:
        table = last_polls_table(frames.bench, contest_id)
    except CoverageError:
        return None
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    means = table.drop_duplicates("candidate_id").sort_values("mean_pct", ascending=False)
    names = list(means.candidate_id)
    band = finished_poll_band(1 if len(names) > 2 else 2)
    houses = []
    for _, rows in table.groupby("forecast_id", sort=False):
        first = rows.iloc[0]
        by_name = rows.set_index("candidate_id")
        houses.append(
            {
                "name": str(first["name"]),
                "sponsors": _sponsors(first.sponsors, words),
                "days": words.period(
                    None if pd.isna(first.measured_from) else first.measured_from, first.measured_to
                ),
                "n": "" if pd.isna(first.n) else words.count(int(first.n)),
                "expressing": first.n_basis == "expressing",
                "notice": first.notice_url if pd.notna(first.notice_url) else "",
                "shares": [
                    _printed(by_name, name, words) if name in by_name.index else words("mark.unknown")
                    for name in names
                ],
            }
        )
    differ = _houses_differ(frames, contest_id, table, people, words)
    leader, second = (means.iloc[index] for index in (0, 1))
    count = int(means.houses.iloc[0])
    return {
        "names": [surname(people.get(name, name), name) for name in names],
        "houses": houses,
        "means": [words.share(value) for value in means.mean_pct],
        "lows": [words.number(max(value - band.high, 0), 0) for value in means.mean_pct],
        "highs": [words.number(value + band.high, 0) for value in means.mean_pct],
        "finding": words(
            "open.finding",
            houses=words.count(count),
            leader=surname(people[leader.candidate_id], leader.candidate_id),
            first=words.share(leader.mean_pct),
            second=surname(people[second.candidate_id], second.candidate_id),
            share=words.share(second.mean_pct),
        ),
        "differ": differ,
        "forecasts": sorted(set(table.forecast_id)),
        "band": words(
            "open.band",
            high=words.number(band.high, 1),
            median=words.number(band.median, 1),
            shares=words.count(band.shares),
            contests=words.count(band.contests),
        ),
    }


def _houses_differ(
    frames: Gathered, contest_id: str, table: pd.DataFrame, people: dict[str, str], words: Words
) -> str:
    """By how much the houses differ in their last polls, and whether house effects can be estimated yet."""
    from pollbench.campaign.house_effects import house_effects_table

    printed = table[table.value.notna()]
    ranges = printed.groupby("candidate_id", sort=False)["value"].agg(["min", "max"])
    # Of two names with the same range the one with more of the vote.
    widest = str((ranges["max"] - ranges["min"]).idxmax())
    values = {
        "name": surname(people.get(widest, widest), widest),
        "low": words.number(ranges["min"][widest], 1),
        "high": words.number(ranges["max"][widest], 1),
    }
    if table.house.nunique() < 2:
        return ""
    try:
        house_effects_table(frames.bench, contest_id)
    except CoverageError:
        return words("open.differ_only", **values)
    return words("open.differ", **values)


def _sponsors(named: str | float, words: Words) -> str:
    """Who ordered the poll, in words; empty where it is not known."""
    if not isinstance(named, str):
        return ""
    return words.join([entry.strip() for entry in words.translated(named, "data").split(";")], most=9)


def _printed(rows: pd.DataFrame, name: str, words: Words) -> str:
    value = words.number(float(rows.printed[name]), 1)
    return f"<{value}" if rows.flag[name] == "lt" else value
