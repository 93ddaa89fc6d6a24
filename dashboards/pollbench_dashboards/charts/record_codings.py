"""Specification curve: how much closer what was told afterwards is, under every coding of doubtful releases."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import names_axis, plot_width, row_step, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import FAMILIES
from pollbench_dashboards.language.naming import room
from pollbench_dashboards.language.words import Words

#: Ratios that the axis names; Vega thins out more values than it is promised.
TICKS = [0.5, 1, 2, 4, 8, 16, 32, 64]


@chart(
    topic="record",
    frames=("record_codings",),
    polls=False,
    pooled=True,
    aliases=("before-and-after", "avant-après"),
)
def record_codings(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per coding: the ratio of median errors with its interval, on a logarithmic axis."""
    table = frames["record_codings"].sort_values(
        ["ratio", "coding"], ascending=[False, True], ignore_index=True
    )
    table["family"] = "buzz"
    table["name"] = [words(f"record.coding.{coding}") for coding in table.coding]
    return Drawing(
        chart=_draw(table, view, words),
        data=table,
        title=words(
            "chart.record_codings.finding",
            above=words.count((table.ratio > 1).sum()),
            codings=words.count(len(table)),
            low=words.number(table.ratio.min()),
            high=words.number(table.ratio.max()),
        ),
        subtitle=words("chart.record_codings.subtitle"),
        caption=words("record.caption.source"),
        alternative=main_values(table, "name", "ratio", words, label="record.column.times"),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    names = room(table.name)
    y = alt.Y("name:N", sort=list(table["name"]), axis=names_axis(view, names))
    scale = alt.Scale(type="log", domain=[0.5, 80], nice=False, clamp=True)
    axis = alt.Axis(title=words("record.axis.ratio"), values=TICKS, tickCount=len(TICKS), format="~g")
    tips = tooltip(
        words,
        ("name:N", "record.column.coding", ""),
        ("ratio:Q", "record.column.ratio", ".1f"),
        ("low:Q", "column.low", ".1f"),
        ("high:Q", "column.high", ".1f"),
        ("before_median:Q", "record.column.before", ".1f"),
        ("after_median:Q", "record.column.after", ".1f"),
        ("p_houses:Q", "record.column.houses", ".3f"),
    )
    base = Chart(table)
    spans = base.mark_rule(style="whisker").encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", y=y)
    dots = base.mark_point(filled=True, size=70).encode(
        x=alt.X("ratio:Q", scale=scale),
        y=y,
        color=alt.Color("family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=None),
        shape=alt.Shape("family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=None),
        tooltip=tips,
    )
    # On a narrow screen the names stand above the marks: a line from top to bottom would strike them through.
    ones = Chart(table.assign(one=1.0)) if view.compact else Chart(pd.DataFrame({"one": [1.0]}))
    same = (
        ones.mark_tick(style="result", thickness=2, size=10).encode(x=alt.X("one:Q", scale=scale), y=y)
        if view.compact
        else ones.mark_rule(style="result").encode(x=alt.X("one:Q", scale=scale))
    )
    return alt.layer(spans, same, dots).properties(width=plot_width(view, names), height=row_step(view))
