"""What random sample each forecaster's last figures were worth, beside the sample it had."""

from __future__ import annotations

import altair as alt
import numpy as np
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
    tooltip,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import labelled, recalled_sentence, room
from pollbench_dashboards.language.words import Words

#: 90 % of random samples of n look like samples of 0.42 n to 5.69 n on four candidates and the rest
#: (manipulation model, section 5.10); the range of the sizes that fit is its inverse.
FITTING = (1 / 5.69, 1 / 0.42)
#: Room for a number of seven digits behind a line, pixels.
NUMBER = 72


@chart(
    topic="accuracy",
    frames=("contest", "candidate", "last_error"),
    aliases=("sample-size", "échantillon"),
    measured=Measured("n_eff", "sample", most_first=True, decimals=0),
)
def effective_sample(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per forecaster on a logarithmic axis: effective sample with its range, and the real one."""
    table = of_contest(frames, "last_error", view)
    # Where one candidate stood alone every figure hits the result: no sample has a size.
    table = table[np.isfinite(table.n_eff)] if len(table) else table
    if table.empty:
        return nothing(frames, view, words, "nothing.comparison")
    table = labelled(table, words)
    table["quantity_words"] = quantity_words(table, words)
    table["fit_low"], table["fit_high"] = table.n_eff * FITTING[0], table.n_eff * FITTING[1]
    table["n"] = table.n.astype(float)
    # Behind the line and behind the tick, so that neither runs through the number.
    table["printed_at"] = table[["fit_high", "n"]].max(axis=1)
    table["printed"] = [words.rounded(size) for size in table.n_eff]
    table = table.sort_values(["n_eff", "who"], ascending=[False, True], ignore_index=True)
    return finished(
        frames,
        view,
        words,
        "effective_sample",
        _draw(table, view, words),
        table,
        finding(table, words),
        notes=(
            words("chart.effective_sample.note"),
            hollow_sentence(table, words),
            recalled_sentence(table, words),
        ),
        alternative=main_values(
            table.sort_values("n_eff", ascending=False),
            "who",
            "n_eff",
            words,
            label="column.n_eff",
            decimals=0,
        ),
    )


def finding(table: pd.DataFrame, words: Words) -> str:
    """How many polls were worth no less than their sample, and what the weakest other figure was worth."""
    polls = table[(table.family == "poll") & table.n.notna()]
    others = table[table.family == "buzz"]
    worth = int((polls.n_eff >= polls.n).sum())
    if others.empty or polls.empty:
        middle = table.n_eff.median()
        return words("chart.effective_sample.middle", number=len(table), size=words.rounded(middle))
    weakest = others.iloc[-1]
    return words(
        f"chart.effective_sample.against{'' if worth else '_none'}",
        name=weakest.who,
        size=words.rounded(weakest.n_eff),
        worth=worth,
        polls=len(polls),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    present = list(table.family)
    low, high = (
        float(min(table.fit_low.min(), table.n.min() if table.n.notna().any() else np.inf)),
        float(table.printed_at.max()),
    )
    width = plot_width(view, room(table.who))
    bottom = max(1.0, low * 0.8)
    # The widest line leaves room for its number.
    top = bottom * (high / bottom) ** (width / (width - NUMBER))
    scale = alt.Scale(type="log", domain=[bottom, top], nice=False)
    y = alt.Y("who:N", sort=list(table.who), axis=names_axis(view, room(table.who)))
    axis = alt.Axis(title=words("axis.persons"), format=",d", values=[10, 100, 1000, 10000, 100000, 1000000])
    spans = (
        Chart(table)
        .mark_rule(style="whisker")
        .encode(x=alt.X("fit_low:Q", scale=scale, axis=axis), x2=alt.X2("fit_high:Q"), y=y)
    )
    nominal = (
        Chart(table)
        .transform_filter("isValid(datum.n)")
        .mark_tick(style="result", thickness=2, size=14, opacity=1)
        .encode(x=alt.X("n:Q", scale=scale), y=y)
    )
    dots = Chart(table).encode(
        x=alt.X("n_eff:Q", scale=scale),
        y=y,
        color=family_color(present, words, view),
        shape=family_shape(present, words, view),
        tooltip=tooltip(
            words,
            ("name:N", "column.name", ""),
            ("n_eff:Q", "column.n_eff", ",.0f"),
            ("fit_low:Q", "column.low", ",.0f"),
            ("fit_high:Q", "column.high", ",.0f"),
            ("n:Q", "column.n", ",d"),
            ("quantity_words:N", "column.quantity", ""),
        ),
    )
    numbers = (
        Chart(table)
        .mark_text(style="label", align="left", baseline="middle", dx=6)
        .encode(x=alt.X("printed_at:Q", scale=scale), y=y, text="printed:N")
    )
    return alt.layer(spans, nominal, *points(dots, 70), numbers).properties(
        width=width, height=row_step(view)
    )
