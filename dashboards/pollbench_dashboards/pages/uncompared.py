"""The page of a round that no figure can be set beside: its result, what was published about it, what was announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench_dashboards.drawing.captions import claim_sentence
from pollbench_dashboards.drawing.choosing import contest_title, each_row
from pollbench_dashboards.language.naming import short_name, surname
from pollbench_dashboards.language.policy_in_words import reason_in_words
from pollbench_dashboards.language.words import Words

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered

#: Names of a release that the page prints; the data hold the others.
MOST_NAMES = 8


def content(frames: Gathered, contest: pd.Series, words: Words) -> dict[str, Any]:
    """What the template of the page needs, besides the switch."""
    contest_id = str(contest.contest_id)
    results = frames["candidate"]
    results = results[(results.contest_id == contest_id) & results.share_pct.notna()]
    published = _published(frames, contest_id, words)
    title = contest_title(contest, words)
    return {
        "title": title,
        "description": words.plural("votes.uncompared", len(published), number=words.count(len(published)))
        if published
        else words("votes.uncompared_none"),
        "contest_id": contest_id,
        "day": words.day(contest.day),
        "results": [(row.candidate_id, row.candidate, row.share_pct) for row in each_row(results)],
        "rows": published,
        "claims": _claims(frames, contest_id, words),
        "shown": [],
    }


def _published(frames: Gathered, contest_id: str, words: Words) -> list[dict[str, Any]]:
    """Every release about the round, with what it claims to be, its figures, and why it is not compared."""
    table = frames.bench.frame(
        "SELECT f.forecast_id, f.forecaster_id, f.name, f.family, f.quantity, f.public_on, p.candidate_id, p.value "
        "FROM forecast_day f LEFT JOIN prediction p USING (forecast_id) WHERE f.contest_id = ? "
        # The first name of a ranking has the smallest number.
        "ORDER BY f.public_on, f.forecast_id, "
        "CASE WHEN f.quantity = 'rank' THEN p.value ELSE -p.value END NULLS LAST, p.candidate_id",
        [contest_id],
    )
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    left_out = frames["left_out"]
    reasons = dict(zip(left_out.forecast_id, left_out.reason, strict=True))
    rows = []
    for forecast_id, figures in table.groupby("forecast_id", sort=False):
        first = figures.iloc[0]
        reason = str(reasons.get(forecast_id, ""))
        rows.append(
            {
                "id": forecast_id,
                "name": short_name(str(first.forecaster_id), str(first["name"]), words),
                "family": words(f"family.{first.family}"),
                "quantity": words(f"quantity.{first.quantity}"),
                "day": words.day(first.public_on) if pd.notna(first.public_on) else "",
                "figures": [
                    (
                        str(row.candidate_id),
                        surname(people.get(row.candidate_id, ""), str(row.candidate_id)),
                        words.significant(float(row.value)),
                    )
                    for row in each_row(figures.head(MOST_NAMES))
                    if pd.notna(row.value)
                ],
                "reason": reason_in_words(reason, people, words) if reason else words("votes.other_quantity"),
            }
        )
    return rows


def _claims(frames: Gathered, contest_id: str, words: Words) -> list[tuple[str, str]]:
    """What was announced in words about the round, with what became of it."""
    table = frames["claim"]
    if table.empty:
        return []
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    names = dict(zip(frames["forecaster"].forecaster_id, frames["forecaster"].name, strict=True))
    return [
        (
            f"{short_name(row.forecaster_id, names[row.forecaster_id], words)}{words('mark.colon')} "
            f"{claim_sentence(row, people, words)}",
            words(f"verdict.{row.verdict or 'open'}"),
        )
        for row in each_row(table[table.contest_id == contest_id])
    ]
