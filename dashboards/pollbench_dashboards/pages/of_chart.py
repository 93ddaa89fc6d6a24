"""A page of its own for every chart, and the frame in which another site shows it."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import escape

from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.html import embedded_json, safe

if TYPE_CHECKING:
    from pollbench_dashboards.drawing.chart import Drawing
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure

#: Rows of the table beside the picture; all of them are in the CSV.
ROWS = 200
#: Columns of codes and the group of texts that has a word for each.
CODES = {"family": "family", "quantity": "quantity", "goal": "goal", "method": "method_of_flows"}
#: Columns of ids that another column, where it stands, says in words.
IN_WORDS = {"candidates": frozenset({"sentence", "event", "candidate"})}
#: Columns of a table for readers, besides those that have a word under ``column``.
BY_NAME = ("year", "who")


def content(frames: Gathered, figure: Figure, words: Words) -> dict[str, Any]:
    """What the template of the page of one chart needs."""
    table = figure.wide.data
    heads, rows = readable(table, words, tips_of(figure.wide.bare()))
    return {
        "title": figure.title,
        "description": figure.subtitle or figure.title,
        "figure": figure,
        "shown": [figure],
        "table": (heads, rows),
        "rows": len(table),
        "command": cite_command(frames, figure, rows[0][-1][0]) if rows else "",
        "citation": citation(frames, figure, words),
        "sources": sources(frames, table, words),
        "dataset": safe(embedded_json(described(frames, figure, words))),
        # The protocol concerns a vote to come: beside a chart of votes that are over, on another site, it would puzzle.
        "to_come": to_come(frames, figure),
    }


def to_come(frames: Gathered, figure: Figure) -> bool:
    """Whether no vote of those that a chart is about is over: of its contest where it shows a single one."""
    contests, shown = frames["contest"], figure.wide.view.contest_id
    if shown:
        contests = contests[contests.contest_id == shown]
    return not contests.scored.any()


def cite_command(frames: Gathered, figure: Figure, cell: str) -> str:
    """What to type for the citation of a cell; elections are named if the site does not show those that are shipped."""
    from pollbench.data.elections import shipped_elections

    shown = sorted(frames.bench.elections)
    named = "" if shown == sorted(shipped_elections()) else "".join(f" -e {election}" for election in shown)
    return f"pollbench cite chart:{figure.slug}.{cell}{named}"


def tips_of(node: Any) -> dict[str, str]:
    """Field -> heading of what a pointer would show: the table holds it too, for the keyboard and for touch."""
    if isinstance(node, list):
        return {field: title for item in node for field, title in tips_of(item).items()}
    if not isinstance(node, dict):
        return {}
    shown = node.get("encoding", {}).get("tooltip", [])
    tips = {tip["field"]: tip.get("title", "") for tip in (shown if isinstance(shown, list) else [shown])}
    for key in ("layer", "hconcat", "vconcat", "concat", "spec"):
        tips |= tips_of(node.get(key, []))
    return {field: title for field, title in tips.items() if title.strip()}


def readable(
    table: pd.DataFrame, words: Words, tips: Mapping[str, str] | None = None
) -> tuple[list[str], list[list[tuple[str, str]]]]:
    """Heads, and id and text of the cells, of the first ROWS rows; columns for machines are left out.

    The id of a cell is its row, counted from 1, and its column: ``table.3.mae``.
    ``tips`` : field -> heading of what the drawing shows under a pointer; those columns stand in the table too.
    """
    tips = tips or {}
    columns = [
        name for name in table.columns if (words.has(f"column.{name}") or name in tips) and name != "sources"
    ]
    # A code whose words stand beside it is left out, and so is a column of blanks: before a vote nothing has an error.
    columns = [
        name
        for name in columns
        if table[name].notna().any()
        and f"{name}_words" not in columns
        and not IN_WORDS.get(str(name), frozenset()) & set(columns)
    ]
    if len(columns) < 2:
        # A chart whose columns have no words of their own shows them by the names that the CSV has.
        columns = [name for name in table.columns if not str(name).endswith(("_id", "_version", "_revision"))]
    headed: dict[str, Any] = {}
    for name in columns:
        # The same said twice, in full and as the drawing abbreviates it, is said once.
        headed.setdefault(_head(str(name), words, tips), name)
    heads, columns = list(headed), list(headed.values())
    cells = [
        [
            (
                cell_id(number, str(name)),
                words(f"{CODES[str(name)]}.{row[name]}")
                if words.has(f"{CODES.get(str(name))}.{row[name]}")
                else _cell(row[name], words, said=str(name).endswith("_words")),
            )
            for name in columns
        ]
        for number, row in enumerate(table.head(ROWS).to_dict("records"), start=1)
    ]
    return heads, cells


def _head(name: str, words: Words, tips: Mapping[str, str]) -> str:
    """The heading of a column: as under a pointer, in words, or the name that the CSV has."""
    if tips.get(name):
        return tips[name]
    return words(f"column.{name}") if words.has(f"column.{name}") else safe(f"<code>{escape(name)}</code>")


def cell_id(row: int, column: str) -> str:
    """The id of a cell on the page of its chart.

    Examples
    --------
    >>> cell_id(3, "mae")
    'table.3.mae'
    """
    return f"table.{row}.{re.sub(r'[^A-Za-z0-9_-]+', '-', column)}"


def cells_in_words(drawing: Drawing, words: Words) -> dict[str, str]:
    """The id of every cell that a page shows: the names of its row, its column and its value in words."""
    heads, rows = readable(drawing.data, words, tips_of(drawing.bare()))
    said = {}
    for cells in rows:
        named = [
            _plain(cell) for _, cell in cells if any(letter.isalpha() for letter in cell) and "_" not in cell
        ]
        for head, (identity, text) in zip(heads, cells, strict=True):
            said[identity] = words(
                "charts.cell", row=", ".join(named[:2]), column=_plain(head), value=_plain(text)
            )
    return said


def _plain(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", str(markup))


def _cell(value: Any, words: Words, *, said: bool = False) -> str:
    """A value as the page prints it; ``said`` in the words of the language already."""
    if isinstance(value, pd.Timestamp) or hasattr(value, "isoformat"):
        return "" if pd.isna(value) else words.day_in_figures(value)
    if not isinstance(value, str) and pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, float) and math.isinf(value):
        return "∞"
    if isinstance(value, float):
        return words.count(value) if value == round(value) and abs(value) >= 100 else words.number(value, 2)
    if isinstance(value, int) and not isinstance(value, bool):
        return words.count(value)
    if said:
        return str(value)
    # The drawing speaks the language of its page already, its names and its sentences alike.
    return words.translated(str(value), "data")


def citation(frames: Gathered, figure: Figure, words: Words) -> str:
    """How to cite one chart: its finding, its name, the data and the policy that it rests on."""
    data = ", ".join(
        words("page.revision", election=election, revision=revision)
        for election, revision in sorted(frames.bench.revisions.items())
    )
    table = figure.wide.data
    policies = sorted(set(table.policy_id.dropna())) if "policy_id" in table else []
    policy = words("charts.policy", policy=", ".join(policies)) if policies else ""
    return words("charts.citation", title=figure.title, name=figure.slug, data=data, policy=policy)


#: Which sources the forecasts with these ids name, the ids one per line.
_SOURCES = (
    "SELECT DISTINCT sources FROM forecast WHERE sources IS NOT NULL "
    "AND forecast_id IN (SELECT unnest(string_split(?, chr(10)))) ORDER BY sources"
)


def sources(frames: Gathered, table: pd.DataFrame, words: Words) -> list[dict[str, str]]:
    """The sources of the rows drawn, as title and address, in the order of their titles."""
    if "forecast_id" not in table:
        return []
    used = sorted(set(table.forecast_id.dropna()))
    # Asked of these forecasts alone: another one is no reason to write the page anew.
    cells = frames.bench.frame(_SOURCES, ["\n".join(used)]).sources
    keys = {key for cell in cells for key in str(cell).replace(";", " ").split()}
    return named_sources(frames, keys, words)


def named_sources(frames: Gathered, keys: Collection[str], words: Words) -> list[dict[str, str]]:
    """Sources by their ids, as title and address, in the order of their titles."""
    known = frames.bench.table("source").drop_duplicates("source_id")
    chosen = known[known.source_id.isin(list(keys))].sort_values(["title", "source_id"])
    return [
        {"title": words.typeset(str(row.title)), "url": row.url if isinstance(row.url, str) else ""}
        for row in chosen.itertuples()
    ]


def described(frames: Gathered, figure: Figure, words: Words) -> Any:
    """What search engines read: the data set behind the chart, and of announcements a review each."""
    table = dataset(frames, figure, words)
    reviews = claim_reviews(frames, figure) if figure.name == "claims_board" and not figure.failed else []
    return [table, *reviews] if reviews else table


#: How a verdict stands on a scale from false to true; what cannot be verified or is open is not reviewed.
RATINGS = {"false": 1, "partly": 3, "true": 5}


def claim_reviews(frames: Gathered, figure: Figure) -> list[dict[str, Any]]:
    """The announcements about votes that are over, as schema.org describes the review of a claim.

    Announcements known only from texts written after the vote are left out, and so is what cannot be verified.
    """
    if "claim_id" not in figure.wide.data:
        return []
    urls = frames.bench.table("source").drop_duplicates("source_id").set_index("source_id").url
    reviews = []
    for row in figure.wide.data.to_dict("records"):
        if row["verdict"] not in RATINGS or row["recalled"]:
            continue
        keys = [key for key in str(row["sources"]).split() if isinstance(urls.get(key), str)]
        reviews.append(
            {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "identifier": row["claim_id"],
                "claimReviewed": row["sentence"],
                "author": {"@type": "Organization", "name": "PollBench"},
                "itemReviewed": {
                    "@type": "Claim",
                    "author": {"@type": "Organization", "name": row["name"]},
                    **(
                        {"appearance": [{"@type": "CreativeWork", "url": urls[key]} for key in keys]}
                        if keys
                        else {}
                    ),
                },
                "reviewRating": {
                    "@type": "Rating",
                    "ratingValue": RATINGS[row["verdict"]],
                    "worstRating": 1,
                    "bestRating": 5,
                    "alternateName": row["verdict_words"],
                },
            }
        )
    return reviews


def dataset(frames: Gathered, figure: Figure, words: Words) -> dict[str, Any]:
    """The table behind a chart as schema.org describes a data set."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": figure.title,
        "description": figure.alternative,
        "inLanguage": words.locale,
        "identifier": figure.slug,
        "version": ", ".join(f"{name} {number}" for name, number in sorted(frames.bench.revisions.items())),
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        "creator": {"@type": "Organization", "name": "PollBench"},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"charts/{figure.file}.{ending}"}
            for kind, ending in (("text/csv", "csv"), ("image/svg+xml", "svg"), ("application/pdf", "pdf"))
        ],
    }
