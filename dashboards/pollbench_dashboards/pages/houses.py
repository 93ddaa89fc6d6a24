"""Houses and forecasters over all elections: one board, and one page per house."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.history.pooled_board import independent
from pollbench_dashboards.drawing.choosing import contest_title, each_row
from pollbench_dashboards.language.data_words import translated_columns
from pollbench_dashboards.language.naming import slug
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.html import safe
from pollbench_dashboards.pages.votes import house_page, page_of

if TYPE_CHECKING:
    from markupsafe import Markup

    from pollbench_dashboards.frames.gathered import Gathered

#: What a reader of a poll should find beside it, by the column that holds it.
DISCLOSED = ("sample_size", "measured_from", "mode", "sampling", "sponsors", "notice_url")
#: The little curve of a house: width, height and the error at its top, pixels and points.
SPARK = (96, 24)


def houses(frames: Gathered, words: Words) -> list[dict[str, Any]]:
    """Every house that published a figure: how often, how far off, on which side, how open about it."""
    return frames.once(("houses", words.locale), lambda: _houses(frames, words))


def _houses(frames: Gathered, words: Words) -> list[dict[str, Any]]:
    who = translated_columns(frames["forecaster"], words, ["name"]).sort_values(
        "name", key=lambda name: name.str.casefold()
    )
    counted = frames.once("figures of houses", lambda: _counted(frames))
    rows = [
        {
            "house": str(house),
            "page": house_page(str(house)),
            "name": " / ".join(dict.fromkeys(names.name)),
            "families": list(dict.fromkeys(names.family)),
            **counted[str(house)],
            "of": [
                {"anchor": slug(who), "name": name}
                for who, name in zip(names.forecaster_id, names.name, strict=True)
            ],
        }
        for house, names in who.groupby("house", sort=False)
        if str(house) in counted
    ]
    return sorted(
        rows, key=lambda row: (row["mae"] is None, -row["contests"], row["mae"] or 0.0, row["name"])
    )


def _counted(frames: Gathered) -> dict[str, dict[str, Any]]:
    """What no language changes of the houses that published: how often, how far off, on which side, how open."""
    errors = frames["last_error"]
    errors = independent(errors) if len(errors) else errors.assign(excess=[])
    forecasts = frames.bench.table("forecast").merge(
        frames["forecaster"][["forecaster_id", "house"]], on="forecaster_id"
    )
    days = frames["contest"].set_index("contest_id").day
    known = (
        errors.assign(day=errors.contest_id.map(days)).sort_values(["day", "contest_id"])
        if len(errors)
        else errors
    )
    worst = float(errors.mae.max()) if len(errors) else 1.0
    signed, rows = _by_house(_on_the_winner(frames)), _by_house(known)
    return {
        house: _figures_of(published, rows.get(house, known.iloc[:0]), signed.get(house), worst)
        for house, published in _by_house(forecasts).items()
    }


def _by_house(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each house, in their order."""
    return {str(house): rows for house, rows in table.groupby("house", sort=False)} if len(table) else {}


def _figures_of(
    published: pd.DataFrame, errors: pd.DataFrame, signed: pd.DataFrame | None, worst: float
) -> dict[str, Any]:
    shares = disclosed(published)
    return {
        "contests": int(errors.contest_id.nunique()) if len(errors) else 0,
        "releases": int(published.survey.fillna(published.forecast_id).nunique()),
        "mae": _mean(errors.mae) if len(errors) else None,
        "excess": _mean(errors.excess) if len(errors) else None,
        "bias": _mean(pd.Series(dtype=float) if signed is None else signed.error),
        "disclosed": shares,
        "open": openness(shares),
        "spark": spark(list(errors.groupby("contest_id", sort=False).mae.mean()), worst)
        if len(errors)
        else "",
    }


def content(row: dict[str, Any], frames: Gathered, words: Words) -> dict[str, Any]:
    """The page of one house: every vote it forecast, and what it disclosed."""
    table = frames["board"]
    rows_of_house = table[table.house == row["house"]] if len(table) else table
    size = frames.once(
        "size of boards",
        lambda: (
            {str(name): int(count) for name, count in table.contest_id.value_counts().items()}
            if len(table)
            else {}
        ),
    )
    contests = frames["contest"].set_index("contest_id", drop=False)
    titles = frames.once(
        ("contest titles", words.locale),
        lambda: {contest_id: contest_title(contest, words) for contest_id, contest in contests.iterrows()},
    )
    winner = _on_the_winner(frames)
    on_winner = dict(zip(winner.forecast_id, winner.error, strict=True)) if len(winner) else {}
    lines = []
    if len(rows_of_house):
        rows_of_house = translated_columns(rows_of_house, words, ["name"]).assign(
            day=rows_of_house.contest_id.map(contests.day)
        )
        for row_of_board in each_row(rows_of_house.sort_values(["day", "contest_id", "value"])):
            lines.append(
                {
                    "contest": titles[row_of_board.contest_id],
                    "href": f"{page_of(row_of_board.contest_id)}.html#{row_of_board.forecast_id}",
                    "id": row_of_board.forecast_id,
                    "name": row_of_board.name,
                    "error": row_of_board.value,
                    "rank": int(row_of_board.rank),
                    "among": int(size[row_of_board.contest_id]),
                    "bias": on_winner.get(row_of_board.forecast_id),
                    "tied": str(row_of_board.tied_with_best),
                    "votes": row_of_board.quantity == "vote_share",
                }
            )
    return {
        "title": row["name"],
        "description": words("houses.of", name=row["name"]),
        "house": row,
        "lines": lines,
        "shown": [],
    }


def disclosed(published: pd.DataFrame) -> dict[str, float]:
    """For every thing a reader should find beside a poll, the per cent of releases for which the data hold it."""
    return {name: 100.0 * float(published[name].notna().mean()) for name in DISCLOSED}


def openness(shares: dict[str, float]) -> float:
    """The mean of what was disclosed, per cent.

    Examples
    --------
    >>> openness({"sample_size": 100.0, "mode": 50.0})
    75.0
    """
    return math.fsum(shares.values()) / len(shares)


def _on_the_winner(frames: Gathered) -> pd.DataFrame:
    """The signed error of every last figure on the candidate who came first."""
    return frames.once("errors on the winner", lambda: _signed(frames))


def _signed(frames: Gathered) -> pd.DataFrame:
    table = frames["comparison"]
    if table.empty:
        return table
    best = table.groupby("contest_id").result.transform("max")
    return table[(table.result == best) & (table.kind != "poll_average")]


def _mean(values: pd.Series) -> float | None:
    known = values.dropna()
    return float(known.mean()) if len(known) else None


def spark(values: Sequence[float], top: float) -> Markup | str:
    """A curve of the errors vote by vote as a picture of a few letters' size; empty with fewer than two.

    Examples
    --------
    >>> spark([1.0], 4.0)
    ''
    >>> "<polyline" in spark([1.0, 2.0], 4.0)
    True
    """
    if len(values) < 2:
        return ""
    width, height = SPARK
    step = (width - 6) / (len(values) - 1)
    points = [
        (3 + step * index, height - 3 - (height - 6) * value / top) for index, value in enumerate(values)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return safe(
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f'<polyline points="{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.5"/></svg>'
    )
