"""Figures in circulation, beside the official or best ones."""

from __future__ import annotations

import re

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import each_row
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.text_rows import text_rows
from pollbench_dashboards.drawing.theme import LABEL
from pollbench_dashboards.language.naming import surname
from pollbench_dashboards.language.words import Words

#: Where the text starts, right of its mark, pixels.
TEXT = 24

VERDICTS = ("holds", "rounding", "approximate", "contradicted", "unverifiable")


@chart(
    topic="accuracy",
    frames=("contest", "candidate", "circulating"),
    polls=False,
    aliases=("fact-check", "vérification"),
)
def claimed_against_recomputed(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per figure in circulation: what is quoted, what is right, and the verdict as a mark."""
    table = frames["circulating"]
    if table.empty:
        return nothing(frames, view, words, "nothing.circulating")
    order = {
        name: index
        for index, name in enumerate(("contradicted", "unverifiable", "approximate", "rounding", "holds"))
    }
    table = table.assign(place=table.verdict.map(order)).sort_values(
        ["place", "figure_id"], ignore_index=True
    )
    table["verdict_words"] = table.verdict.map(
        {verdict: words(f"circulating.{verdict}") for verdict in VERDICTS}
    )
    people = {
        row.candidate_id: surname(row.candidate, row.candidate_id) for row in each_row(frames["candidate"])
    }
    for column in ("stated", "best"):
        table[column] = [with_surnames(text, people) for text in table[column]]
    counts = table.verdict.value_counts()
    title = words(
        "chart.claimed_against_recomputed.finding",
        number=len(table),
        **{verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS},
    )
    return finished(
        frames,
        view,
        words,
        "claimed_against_recomputed",
        _draw(table, view, words),
        table.drop(columns="place"),
        title,
        alternative=words.listed(
            f"{row.statement}{words('mark.colon')} {row.stated}, {row.verdict_words}"
            for row in table.itertuples()
        ),
    )


def with_surnames(text: object, people: dict[str, str]) -> str:
    """The text with the names of candidates in place of their ids."""
    if not people:
        return str(text)
    ids = "|".join(re.escape(name) for name in sorted(people, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])({ids})(?![\w-])", lambda match: people[match[1]], str(text))


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    size = 12 if view.compact else LABEL
    said = [
        f"{row.statement}{words('mark.colon')} {row.stated}"
        + (f" → {row.best}" if row.best and row.best != row.stated else "")
        for row in each_row(table)
    ]
    rows = text_rows(table.assign(said=said), "said", view.width - 48 - TEXT, size)
    domain = [words(f"circulating.{verdict}") for verdict in VERDICTS]
    marks = (
        Chart(rows.table)
        .mark_point(filled=True, size=90, style="result")
        .encode(
            x=alt.XValue(8),
            y=rows.y("at"),
            shape=alt.Shape(
                "verdict_words:N",
                scale=alt.Scale(domain=domain, range=["circle", "triangle-up", "diamond", "cross", "square"]),
                legend=alt.Legend(
                    title=None, orient="top", direction="horizontal", columns=2 if view.compact else 4
                ),
            ),
            tooltip=[
                alt.Tooltip("statement:N", title=words("data.statement")),
                alt.Tooltip("stated:N", title=words("data.stated")),
                alt.Tooltip("best:N", title=words("data.official")),
                alt.Tooltip("verdict_words:N", title=words("data.verdict")),
                alt.Tooltip("sources:N", title=words("column.sources")),
            ],
        )
    )
    return alt.layer(rows.text(TEXT), marks).properties(width=view.width - 48, height=rows.height)
