"""Murphy diagram: what printed chances cost a person who acts above any threshold, beside always printing the base rate."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import share_axis, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.words import Words

#: Height of the drawing, pixels; room for the labels at the end of the lines.
HEIGHT, LABELS = 240, 120


@chart(
    topic="record",
    frames=("record_murphy",),
    polls=False,
    pooled=True,
    aliases=("murphy-diagram", "diagramme-de-murphy"),
)
def record_thresholds(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one line per kind of forecaster, and the base rate of the markets' outcomes."""
    every = frames["record_murphy"]
    markets = every[every.who == "market"]
    better = markets.score < markets.base_score
    table = pd.concat(
        [
            *(rows.assign(line=words(f"record.who.{who}")) for who, rows in every.groupby("who", sort=True)),
            markets.assign(line=words("record.who.base"), score=markets.base_score),
        ],
        ignore_index=True,
    )
    return Drawing(
        chart=_draw(table, view, words),
        data=table,
        title=words(
            "chart.record_thresholds.finding",
            better=words.count(better.sum()),
            thresholds=words.count(len(markets)),
        ),
        subtitle=words("chart.record_thresholds.subtitle"),
        caption=words("record.caption.source"),
        alternative=main_values(
            table[table.threshold == 50], "line", "score", words, label="record.column.score", decimals=2
        ),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    x = alt.X("threshold:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=share_axis(words))
    y = alt.Y("score:Q", scale=alt.Scale(zero=True), axis=alt.Axis(title=None, format="~g"))
    base = Chart(table)
    lines = base.mark_line(strokeWidth=2).encode(
        x=x,
        y=y,
        strokeDash=alt.StrokeDash("line:N", legend=None),
        detail="line:N",
        tooltip=tooltip(
            words,
            ("line:N", "record.column.group", ""),
            ("threshold:Q", "record.column.chance", ".0f"),
            ("score:Q", "record.column.score", ".2f"),
        ),
    )
    labels = (
        Chart(table[table.threshold == (70 if view.compact else 60)])
        .mark_text(align="left", dx=6, dy=-8, style="label")
        .encode(x=x, y=y, text="line:N")
    )
    return alt.layer(lines, labels).properties(width=view.width - 72, height=HEIGHT)
