"""Beside each error, what an unbiased sample of the same size would have scored, and who is tied with the best."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, hollow_sentence, nothing, quantity_words
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import of_contest
from pollbench_dashboards.drawing.highlighted import Measured
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import (
    family_color,
    family_shape,
    names_axis,
    plot_width,
    points,
    row_step,
    ticks,
    tooltip,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.tie_brackets import brackets, note
from pollbench_dashboards.drawing.tie_brackets import width as brackets_width
from pollbench_dashboards.language.naming import labelled, recalled_sentence, room
from pollbench_dashboards.language.words import Words


@chart(
    topic="accuracy",
    frames=("contest", "candidate", "board"),
    aliases=("how-surely", "luck", "hasard"),
    measured=Measured("value", "error"),
)
def chance_beside_error(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per forecaster: its error, the range of chance, and a bracket around those that it leaves undecided."""
    table = of_contest(frames, "board", view)
    table = table[table.family != "baseline"] if len(table) else table
    if table.empty:
        return nothing(frames, view, words, "nothing.comparison")
    table = labelled(table, words)
    table["quantity_words"] = quantity_words(table, words)
    table = table.sort_values(["value", "who"], ignore_index=True)
    return finished(
        frames,
        view,
        words,
        "chance_beside_error",
        _draw(table, view, words),
        table,
        finding(table, words),
        notes=(
            words("chart.chance_beside_error.note"),
            note(table, words),
            hollow_sentence(table, words),
            recalled_sentence(table, words),
        ),
        alternative=main_values(table, "who", "value", words, label="column.mae"),
    )


def finding(table: pd.DataFrame, words: Words) -> str:
    """How many of the others one vote does not distinguish from the closest, and which ones it does.

    ``table`` holds the rows of a board, closest first.
    """
    key = "chart.chance_beside_error"
    best, others = table.iloc[0], table.iloc[1:]
    if others.empty:
        return words(f"{key}.alone", best=best.who)
    apart = others[others.tied_with_best == "no"]
    if (table.tied_with_best == "unknown").any():
        return words(f"{key}.unknown", best=best.who, others=len(others))
    furthest = others.iloc[-1]
    return words(
        f"{key}.{'none' if apart.empty else 'some'}",
        tied=len(others) - len(apart),
        others=len(others),
        number=len(table),
        best=best.who,
        furthest=furthest.who,
        gap=words.number(abs(float(furthest.value) - float(best.value))),
        reach=words.points(float(table.tie_range.iloc[0])),
        apart=words.join(list(apart.who), most=4),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    present = list(table.family)
    top = (
        float(max(table.value.max(), table.expected_high.max() if table.expected_high.notna().any() else 0))
        * 1.06
    )
    scale = alt.Scale(domain=[0, top], nice=False)
    names = room(table.who)
    width = plot_width(view, names) - brackets_width(table, view)
    y = alt.Y("who:N", scale=alt.Scale(domain=list(table.who)), axis=names_axis(view, names))
    x = alt.X("value:Q", scale=scale, axis=alt.Axis(title=words("axis.mae"), tickCount=ticks(view, 5)))
    chance = (
        Chart(table)
        .transform_filter("isValid(datum.expected_low)")
        .mark_bar(style="band", height=10)
        .encode(x=alt.X("expected_low:Q", scale=scale), x2=alt.X2("expected_high:Q"), y=y)
    )
    dots = Chart(table).encode(
        x=x,
        y=y,
        color=family_color(present, words, view),
        shape=family_shape(present, words, view),
        tooltip=tooltip(
            words,
            ("name:N", "column.name", ""),
            ("value:Q", "column.mae", ".2f"),
            ("expected_low:Q", "column.chance_low", ".2f"),
            ("expected_high:Q", "column.chance_high", ".2f"),
            ("luck_pct:Q", "column.luck", ".1f"),
            ("quantity_words:N", "column.quantity", ""),
            ("n:Q", "column.n", ",d"),
        ),
    )
    return alt.layer(chance, *points(dots, 80), *brackets(table, view, words, y, width)).properties(
        width=width, height=row_step(view)
    )
