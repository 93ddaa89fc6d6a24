"""Figures in circulation, beside the official or best ones."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards._chart import Drawing, Frames, View, chart
from pollbench_dashboards.marks import each_row, finished, nothing
from pollbench_dashboards.words import Words, wrapped

VERDICTS = ("holds", "rounding", "contradicted", "unverifiable")


@chart(topic="accuracy", frames=("contest", "candidate", "circulating"), polls=False)
def claimed_against_recomputed(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw a row a figure in circulation: what is quoted, what is right, and the verdict as a mark."""
    table = frames["circulating"]
    if table.empty:
        return nothing(frames, view, words, "nothing.circulating")
    order = {name: place for place, name in enumerate(("contradicted", "unverifiable", "rounding", "holds"))}
    table = table.assign(place=table.verdict.map(order)).sort_values(
        ["place", "figure_id"], ignore_index=True
    )
    table["verdict_words"] = table.verdict.map({each: words(f"circulating.{each}") for each in VERDICTS})
    table["row"] = range(len(table))
    counts = table.verdict.value_counts()
    title = words(
        "chart.claimed_against_recomputed.finding",
        number=len(table),
        **{each: int(counts.get(each, 0)) for each in VERDICTS},
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
            f"{row.statement}: {row.stated}, {row.verdict_words}" for row in table.itertuples()
        ),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    room = view.width - 130 if not view.compact else view.width - 60
    size = 12 if view.compact else 13
    said = [
        wrapped(
            f"{row.statement}: {row.stated}"
            + (f" → {row.best}" if row.best and row.best != row.stated else ""),
            room,
            size,
        )[:3]
        for row in each_row(table)
    ]
    table = table.assign(text=pd.Series(said, index=table.index))
    step = 52 if view.compact else 40
    base = alt.Chart(table).encode(y=alt.Y("row:O", axis=None))
    domain = [words(f"circulating.{each}") for each in VERDICTS]
    marks = base.mark_point(filled=True, size=90).encode(
        x=alt.XValue(8),
        shape=alt.Shape(
            "verdict_words:N",
            scale=alt.Scale(domain=domain, range=["circle", "triangle-up", "cross", "square"]),
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
    text = base.mark_text(
        style="label", align="left", baseline="middle", fontSize=size, lineHeight=size + 3
    ).encode(x=alt.XValue(24), text=alt.Text("text:N"))
    return alt.layer(text, marks).properties(width=view.width - 48, height=alt.Step(step))
