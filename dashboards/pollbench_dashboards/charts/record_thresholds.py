"""Murphy diagram: what printed chances cost a person who acts above any threshold, beside always printing the base rate."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import share_axis, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import FAMILIES
from pollbench_dashboards.language.words import Words

#: Height of the drawing, pixels.
HEIGHT = 240
#: Where each line is named, so that the names stand apart: threshold, and how the name hangs on the line there.
LABELLED: dict[str, tuple[float, dict[str, Any]]] = {
    "baseline": (50.0, {"align": "left", "dx": 6, "dy": -8}),
    "model": (72.0, {"align": "right", "dx": 0, "dy": 14}),
    "market": (78.0, {"align": "left", "dx": 6, "dy": -8}),
}

#: How the line of each family is drawn, the same in every language.
DASHES = {"market": [1, 0], "model": [6, 3], "baseline": [2, 2]}


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
            *(
                rows.assign(line=words(f"record.who.{who}"), family="market" if who == "market" else "model")
                for who, rows in every.groupby("who", sort=True)
            ),
            markets.assign(line=words("record.who.base"), score=markets.base_score, family="baseline"),
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
        color=_color(),
        strokeDash=alt.StrokeDash(
            "family:N", scale=alt.Scale(domain=list(DASHES), range=list(DASHES.values())), legend=None
        ),
        detail="line:N",
        tooltip=tooltip(
            words,
            ("line:N", "record.column.group", ""),
            ("threshold:Q", "record.column.chance", ".0f"),
            ("score:Q", "record.column.score", ".2f"),
        ),
    )
    labels = [
        Chart(table[(table.family == family) & (table.threshold == at)])
        .mark_text(style="label", **hung)
        .encode(x=x, y=y, text="line:N", color=_color())
        for family, (at, hung) in LABELLED.items()
    ]
    return alt.layer(lines, *labels).properties(width=view.width - 72, height=HEIGHT)


def _color() -> alt.Color:
    return alt.Color("family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=None)
