"""Printed chances of winning of markets, and how often what they called likely came true."""

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

#: Height of the square's drawing, pixels.
HEIGHT = 320


@chart(
    topic="record",
    frames=("record_calibration",),
    polls=False,
    pooled=True,
    aliases=("calibration", "calibrage"),
)
def record_chances(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw the recalibrated frequency of the chances of markets with its band, beside the line of perfect calibration."""
    every = frames["record_calibration"]
    table = every[every.who == "market"].reset_index(drop=True)
    table["family"] = "market"
    table["printed"] = [words.share(chance, 0) for chance in table.chance]
    row = table.iloc[0]
    return Drawing(
        chart=_draw(table, view, words),
        data=table,
        title=words(
            "chart.record_chances.finding",
            chances=words.count(row.chances),
            contests=words.count(row.contests),
            miss=words.number(row.miscalibration, 3),
            brier=words.number(row.brier, 3),
        ),
        subtitle=words("chart.record_chances.subtitle"),
        caption=words("record.caption.source"),
        alternative=main_values(
            table[table.chance % 10 == 0],
            "printed",
            "recalibrated",
            words,
            label="record.column.came",
            decimals=0,
        ),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    scale = alt.Scale(domain=[0, 100], nice=False)
    x = alt.X("chance:Q", scale=scale, axis=_titled(words, "record.column.chance", grid=False))
    y_scale = alt.Scale(domain=[0, 100], nice=False)
    base = Chart(table)
    band = base.mark_area(style="band").encode(
        x=x, y=alt.Y("low:Q", scale=y_scale, axis=_titled(words, "record.column.came")), y2="high:Q"
    )
    color = alt.Color("family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=None)
    line = base.mark_line(strokeWidth=2).encode(x=x, y=alt.Y("recalibrated:Q", scale=y_scale), color=color)
    dots = base.mark_point(filled=True, size=40).encode(
        x=x,
        y=alt.Y("recalibrated:Q", scale=y_scale),
        color=color,
        shape=alt.Shape("family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=None),
        tooltip=tooltip(
            words,
            ("chance:Q", "record.column.chance", ".0f"),
            ("recalibrated:Q", "record.column.came", ".0f"),
            ("low:Q", "column.low", ".0f"),
            ("high:Q", "column.high", ".0f"),
        ),
    )
    ends = Chart(pd.DataFrame({"same": [0.0, 100.0]}))
    perfect = ends.mark_line(style="result", strokeDash=[4, 3], strokeWidth=1).encode(
        x=alt.X("same:Q", scale=scale), y=alt.Y("same:Q", scale=y_scale)
    )
    return alt.layer(band, perfect, line, dots).properties(width=view.width - 72, height=HEIGHT)


def _titled(words: Words, key: str, **options: Any) -> alt.Axis:
    """An axis of shares that says what they are shares of."""
    axis = share_axis(words, **options)
    axis.title = words(key)
    return axis
