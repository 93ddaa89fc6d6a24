"""What each defence would take away, from attackers who do not know it and from those who do."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards._chart import Drawing, Frames, View, chart
from pollbench_dashboards.marks import (
    finished,
    names_axis,
    nothing,
    of_contest,
    plot_width,
    row_step,
    target_name,
)
from pollbench_dashboards.naming import short_names
from pollbench_dashboards.words import Words

#: The app that anyone may join is the case that defences were made for.
MECHANISM = "daily_rating"
#: Budget of the comparison, per cent of the base.
BUDGET = 10.0


@chart(topic="manipulation", frames=("contest", "candidate", "defence", "target"), polls=False)
def defence_value(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw a row a defence: the points it takes away, plain and against an attacker who adapts, and its price."""
    table = of_contest(frames, "defence", view)
    goal = frames["target"]
    if table.empty or goal.empty:
        return nothing(frames, view, words, "nothing.detection")
    table = table[(table.target == goal.target.iloc[0]) & (table.budget == BUDGET)]
    chosen = (
        MECHANISM
        if (table.mechanism == MECHANISM).any()
        else str(table.mechanism.iloc[0])
        if len(table)
        else ""
    )
    table = table[table.mechanism == chosen]
    if table.empty:
        return nothing(frames, view, words, "nothing.detection")
    table = table[table.forecaster_id == table.forecaster_id.iloc[0]]
    table = table.assign(
        who=short_names(table, words),
        panel=table.timing.map({each: words(f"timing.{each}") for each in set(table.timing)}),
        label=table.defence_id.map({each: words(f"defence.{each}") for each in set(table.defence_id)}),
        price_pct=100 * (table.variance_factor - 1),
        left_plain=table.shift_plain.clip(lower=0),
        left_adapted=table.shift_adapted.clip(lower=0),
    )
    table["price"] = [words("label.price", price=words.share(value, 0)) for value in table.price_pct]
    table = table.sort_values(["timing", "left_adapted", "left_plain", "label"], ignore_index=True)
    return finished(
        frames,
        view,
        words,
        "defence_value",
        _draw(table, view, words),
        table,
        finding(table, words),
        subtitle={
            "target": target_name(frames),
            "name": str(table.who.iloc[0]),
            "budget": words.share(BUDGET, 0),
        },
        notes=(words("chart.defence_value.note"), words("caption.would_suffice")),
    )


def finding(table: pd.DataFrame, words: Words) -> str:
    """How many defences hold against an attacker who knows them."""
    by_defence = table.groupby("label").agg(
        plain=("shift_plain", "min"), adapted=("shift_adapted", "min"), none=("shift_none", "max")
    )
    helped = int((by_defence.plain < 0.95 * by_defence.none).sum())
    holding = by_defence[by_defence.adapted < 0.95 * by_defence.none]
    names = (
        words.join(list(holding.sort_values("adapted").index), most=3) if len(holding) else words("word.none")
    )
    return words(
        "chart.defence_value.finding",
        helped=helped,
        number=len(by_defence),
        holding=len(holding),
        names=names,
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    panels = list(dict.fromkeys(table.panel))
    order = list(dict.fromkeys(table.label))
    columns = 1 if view.compact else 2
    width = plot_width(view) - 40 if view.compact else int((view.width - 230) / 2) - 20
    y = alt.Y("label:N", sort=order, axis=names_axis(view))
    scale = alt.Scale(domain=[0, float(table.shift_none.max()) * 1.08], nice=False)
    tips = [
        alt.Tooltip("label:N", title=words("column.defence")),
        alt.Tooltip("shift_none:Q", title=words("column.undefended"), format=".2f"),
        alt.Tooltip("left_plain:Q", title=words("column.left_plain"), format=".2f"),
        alt.Tooltip("left_adapted:Q", title=words("column.left_adapted"), format=".2f"),
        alt.Tooltip("price:N", title=words("column.price")),
        alt.Tooltip("lead_time_days:Q", title=words("column.lead_time")),
        alt.Tooltip("adaptive:N", title=words("column.adaptive")),
    ]
    base = alt.Chart().encode(y=y, tooltip=tips)
    x = alt.X("left_adapted:Q", scale=scale, axis=alt.Axis(title=words("axis.left"), tickCount=4))
    layers = alt.layer(
        alt.Chart().mark_rule(style="guide").encode(x=alt.X("max(shift_none):Q", scale=scale)),
        base.mark_rule(style="whisker").encode(x=alt.X("left_plain:Q", scale=scale), x2="left_adapted:Q"),
        base.mark_point(filled=False, size=70, style="result", strokeWidth=2).encode(
            x=alt.X("left_plain:Q", scale=scale)
        ),
        base.mark_point(filled=True, size=70, style="result").encode(x=x),
        data=table,
    ).properties(width=width, height=row_step(view))
    return layers.facet(
        facet=alt.Facet("panel:N", sort=panels, header=alt.Header(title=None)), columns=columns, spacing=20
    )
