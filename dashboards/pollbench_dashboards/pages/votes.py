"""Every round of every election: a page of plain tables each, and the switch between them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.selection.reading import is_poll
from pollbench_dashboards.charts.error_by_forecaster import finding, prepare
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.drawing.choosing import (
    candidates_in_view,
    contest_title,
    each_row,
    election_title,
    of_contest,
)
from pollbench_dashboards.language.naming import slug
from pollbench_dashboards.language.typography import capitalised
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import uncompared
from pollbench_dashboards.pages.legal_mentions import mentions_of_forecasts
from pollbench_dashboards.pages.scenarios import open_election

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure


#: An error at which the cell of a figure has its full colour, and the least that counts as one as printed, points.
FULL_COLOUR, SEEN = 5.0, 0.05

#: Charts of one round that a reader may draw, by the names that are typed; to draw all of them for every round costs minutes.
CHARTS_TO_DRAW = (
    "forecast-against-result",
    "error-by-forecaster",
    "campaign-timeline",
    "house-effects",
    "bias-heat-map",
)


def page_of(contest_id: str) -> str:
    """The name of the page of a round."""
    return f"vote-{slug(contest_id)}"


def house_page(house: str) -> str:
    """The name of the page of a house."""
    return f"house-{slug(house)}"


def scored(frames: Gathered) -> list[str]:
    """The rounds that have a page: those with forecasts to set beside a result."""
    table = frames["board"]
    return [] if table.empty else sorted(set(table.contest_id))


def voted(frames: Gathered) -> list[str]:
    """The rounds with a result, those without a figure to set beside it included."""
    contests = frames["contest"]
    return sorted(contests.contest_id[contests.scored])


def switch(frames: Gathered, words: Words) -> list[dict[str, Any]]:
    """Elections in the order of their votes, each with links to its rounds."""
    return frames.once(("switch", words.locale), lambda: _switch(frames, words))


def _switch(frames: Gathered, words: Words) -> list[dict[str, Any]]:
    known, waiting = set(voted(frames)), open_election(frames.bench)
    contests = frames["contest"].sort_values(["day", "contest_id"], kind="stable")
    elections: dict[str, dict[str, Any]] = {}
    for _, row in contests.iterrows():
        if row.contest_id in known or (not row.scored and row.election_id == waiting):
            of_election = elections.setdefault(
                str(row.election_id), {"title": election_title(row, words), "rounds": []}
            )
            page = page_of(str(row.contest_id)) if row.contest_id in known else "open"
            label = words("votes.round", round=words.spelled("round", int(row["round"])))
            of_election["rounds"].append({"id": str(row.contest_id), "label": label, "page": page})
    return list(elections.values())


def _contest(frames: Gathered, contest_id: str) -> pd.Series:
    contests = frames["contest"]
    return contests.iloc[int((contests.contest_id == contest_id).to_numpy().argmax())]


def data_line(contest: pd.Series, words: Words) -> str:
    """The data that the page of a round rests on, for the foot of its print."""
    return words("page.revision", election=contest.election_id, revision=contest.revision)


def overview(frames: Gathered, words: Words) -> dict[str, Any]:
    """The list of all rounds: who won, how far off the polls were, who was closest."""
    rows = []
    for contest_id in scored(frames):
        table = of_contest(frames, "board", View(contest_id=contest_id))
        contest = _contest(frames, contest_id)
        winner = of_contest(frames, "candidate", View(contest_id=contest_id)).iloc[0]
        polls, best = table[is_poll(table)], table.sort_values(["value", "name"]).iloc[0]
        rows.append(
            {
                "page": page_of(contest_id),
                "day": contest.day,
                "title": contest_title(contest, words),
                "winner": winner.candidate,
                "share": winner.share_pct,
                "forecasters": len(table),
                "polls": len(polls),
                "middle": None if polls.empty else float(polls.value.median()),
                "best": words.translated(str(best["name"]), "data"),
                "error": float(best.value),
            }
        )
    return {
        "rows": sorted(rows, key=lambda row: (row["day"], row["page"])),
        "open_rounds": words(
            "votes.open_rounds",
            contests=words.listed(
                contest_title(row, words) for _, row in frames["contest"].iterrows() if not row.scored
            ),
        )
        if not frames["contest"].scored.all()
        else "",
        "switch": switch(frames, words),
        "shown": [],
    }


def template_of(frames: Gathered, contest_id: str) -> str:
    """The template of the page of a round: with or without figures to set beside its result."""
    return "vote" if contest_id in scored(frames) else "uncompared"


def content(
    frames: Gathered, contest_id: str, words: Words, pictures: Mapping[str, Figure] = MappingProxyType({})
) -> dict[str, Any]:
    """The page of one round: its sentence, its result, every last figure beside it, and its pictures.

    The legal mentions are those of the polls in the table and in the pictures, each once.
    """
    if template_of(frames, contest_id) == "uncompared":
        return {
            **uncompared.content(frames, _contest(frames, contest_id), words),
            "data_line": data_line(_contest(frames, contest_id), words),
            "switch": switch(frames, words),
        }
    view = View(locale=words.locale, contest_id=contest_id)
    contest = _contest(frames, contest_id)
    who = candidates_in_view(frames, view)
    errors = prepare(frames, view, words)
    board = of_contest(frames, "board", view).drop_duplicates("forecast_id").set_index("forecast_id")
    figures = of_contest(frames, "comparison", view).set_index(["forecast_id", "candidate_id"])
    most = float(max(errors.mae.max(), board.expected_high.max() if "expected_high" in board else 0)) or 1.0
    rows = []
    for row in each_row(errors):
        on_board: Mapping[str, Any] = board.loc[row.forecast_id] if row.forecast_id in board.index else {}
        rows.append(
            {
                "id": row.forecast_id,
                "name": row.who,
                "house": house_page(row.house),
                "family": row.family,
                "votes": row.quantity == "vote_share",
                "quantity": row.quantity_words,
                "error": row.mae,
                "width": round(100 * row.mae / most, 1),
                "expected": _expected(on_board, words),
                "chance": _span(on_board, most),
                "tied": str(on_board.get("tied_with_best", "unknown")),
                "n": None if pd.isna(row.n) else int(row.n),
                "days": row.horizon_days,
                "figures": [
                    _figure(figures, str(row.forecast_id), str(candidate)) for candidate in who.candidate_id
                ],
            }
        )
    title = capitalised(finding(errors, words)[0])
    drawn = list(pictures.values())
    shown = pd.concat([errors.forecast_id, *(picture.wide.data.forecast_id for picture in drawn)])
    return {
        "title": title,
        "data_line": data_line(contest, words),
        "description": contest_title(contest, words),
        "contest_id": contest_id,
        "election_id": contest.election_id,
        "charts": CHARTS_TO_DRAW,
        "switch": switch(frames, words),
        "results": [(row.short, row.share_pct) for row in each_row(who)],
        "rows": rows,
        "policy_id": frames.policy.policy_id,
        "tie_range": None if errors.tie_range.isna().all() else float(errors.tie_range.iloc[0]),
        "pictures": drawn,
        "mentions": mentions_of_forecasts(frames, shown.drop_duplicates(), words),
        "shown": [],
    }


def _expected(row: Mapping[str, Any], words: Words) -> str:
    """What nine in ten unbiased samples of the same size would have missed by; empty without a known sample."""
    low, high = row.get("expected_low"), row.get("expected_high")
    if low is None or high is None or pd.isna(low):
        return ""
    return words("charts.range", low=words.number(float(low), 2), high=words.number(float(high), 2))


def _span(row: Mapping[str, Any], most: float) -> tuple[float, float] | None:
    """The same as start and width of a band, in per cent of the longest bar; None without a known sample."""
    low, high = row.get("expected_low"), row.get("expected_high")
    if low is None or high is None or pd.isna(low):
        return None
    return round(100 * float(low) / most, 1), round(100 * (float(high) - float(low)) / most, 1)


def _figure(figures: pd.DataFrame, forecast_id: str, candidate_id: str) -> dict[str, Any]:
    """A share as published: the side of the result on which it lies, and how strongly its cell is coloured, 0 to 1."""
    if (forecast_id, candidate_id) not in figures.index:
        return {"candidate": candidate_id, "share": None}
    figure: Any = figures.loc[(forecast_id, candidate_id)]
    error = float(figure.error)
    return {
        "candidate": candidate_id,
        "share": float(figure.forecast),
        "side": "above" if error >= SEEN else "below" if error <= -SEEN else "",
        "strength": round(min(abs(error) / FULL_COLOUR, 1.0), 2),
    }
