"""The releases of the record, row by row: the first collection beside the record, what was added later on its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.records.cited import PAGE_OF
from pollbench.records.record import COLLECTION, record_beside
from pollbench.records.unscored import unscored_table

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.records.record import Record
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.language.words import Words

#: A release that prints more names shows the first of them.
MOST_NAMES = 30

#: The kind of a claim that names who wins.
WINNER = "winner_call"


def content(frames: Gathered, words: Words) -> dict[str, Any]:
    """The page of the releases that were added later, and of the contests without a result."""
    record = record_beside(frames.bench)
    unscored = unscored_table(record.bench)
    return {
        **listed(record, "record-releases", words),
        "unscored": unscored_rows(unscored, words),
        "unscored_sentence": unscored_sentence(unscored, words),
        "data_line": data_line(record, words),
        "shown": [],
    }


def data_line(record: Record, words: Words) -> str:
    """The data that a page of the record rests on: the collection with its newest revision."""
    return words("page.revision", election=COLLECTION, revision=max(record.bench.revisions.values()))


def listed(record: Record, page: str, words: Words) -> dict[str, Any]:
    """The table of the releases of a page, what it can be filtered by, and where the other releases stand."""
    table = record.releases
    here = table[table.read_by.map(PAGE_OF) == page]
    rows = [release_row(row, words) for row in here.to_dict("records")]
    return {
        "releases": rows,
        "methods": sorted({row["method"] for row in rows}),
        "filter_text": words("record.filter.shown", shown="{shown}", all="{all}"),
        "others": others_sentence(record, page, words),
    }


def others_sentence(record: Record, page: str, words: Words) -> str:
    """How many releases stand here, and how many on the other page."""
    pages = record.releases.read_by.map(PAGE_OF)
    here, all_of_them = int((pages == page).sum()), len(pages)
    key = {"record": "first", "record-releases": "later"}[page]
    return words(
        f"record.listed_{key}",
        here=words.count(here),
        all=words.count(all_of_them),
        others=words.count(all_of_them - here),
    )


def addresses(record: Record, page: str) -> dict[str, str]:
    """Where the row of every release stands, seen from a page, by its id."""
    table = record.releases
    return {
        forecast_id: f"#{forecast_id}" if where == page else f"{where}.html#{forecast_id}"
        for forecast_id, where in zip(table.forecast_id, table.read_by.map(PAGE_OF), strict=True)
    }


def unscored_sentence(unscored: pd.DataFrame, words: Words) -> str:
    """How many contests have no result, of which nothing is scored, and why."""
    reasons = unscored.reason.value_counts()
    return words(
        "record.unscored",
        contests=words.count(len(unscored)),
        releases=words.count(int(unscored.releases.sum())),
        later=words.count(int((unscored.later_releases > 0).sum())),
        no_address=words.count(int(reasons.get("no_address", 0))),
        to_come=words.count(int(reasons.get("to_come", 0))),
        none=words.count(int(reasons.get("none", 0))),
        day=words.day(unscored.last_page.max()),
    )


def unscored_rows(unscored: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """The contests without a result, in order of their day."""
    return [
        {
            "id": row["contest_id"],
            "contest": row["election"],
            "day": words.day_in_figures(row["day"]),
            "iso": str(row["day"])[:10],
            "releases": row["releases"],
            "reason": words(f"record.reason.{row['reason']}"),
        }
        for row in unscored.to_dict("records")
    ]


def release_row(row: dict[Any, Any], words: Words) -> dict[str, Any]:
    """One release: what was printed, where, and what it came to."""
    seen, led = row["first_seen_on"], row["leader_right"]
    dated = seen is not None and seen == seen
    return {
        "id": row["forecast_id"],
        "name": row["name"],
        "contest": row["election"],
        "year": row["year"],
        "day": words.day_in_figures(seen) if dated else "",
        "iso": str(seen)[:10] if dated else "",
        "method": words(f"record.method.{row['method']}"),
        "claim": words(f"record.claim.{row['claim_kind']}"),
        "known": words(f"record.known.{row['known_before_vote']}"),
        "coders": words(f"record.{row['read_by']}"),
        "figures": printed(row["figures"], row["claim_kind"], words),
        "mae": words.number(row["mae"]) if row["mae"] == row["mae"] else "",
        "sort_mae": f"{row['mae']:.6f}" if row["mae"] == row["mae"] else "",
        "right": "" if led != led else words("record.yes") if led == 1 else words("record.no"),
        "url": row["url"] if isinstance(row["url"], str) else "",
        "location": row["location"],
    }


def printed(figures: str, claim: str, words: Words) -> str:
    """The printed figures, ``Ann 47.1; Bob 30``, their numbers as the language writes them; no more than ``MOST_NAMES``.

    Who is named the winner alone, by a figure of 1 in the data, has no number.

    Examples
    --------
    >>> from pollbench_dashboards.language.words import Words
    >>> printed("Ann 47.1; Bob Lee 1200", "vote_share", Words("fr")), printed("Ann 1", "winner_call", Words("fr"))
    ('Ann 47,1\u202f; Bob Lee 1\u202f200', 'Ann')
    """
    shown = figures.split("; ")
    pairs = [item.rpartition(" ") for item in shown[:MOST_NAMES]]
    if claim == WINNER and [float(value) for *_, value in pairs] == [1]:
        return pairs[0][0]
    written = [f"{name} {words.significant(float(value), 10)}" for name, _, value in pairs]
    return words.listed([*written, "…"] if len(shown) > MOST_NAMES else written)
