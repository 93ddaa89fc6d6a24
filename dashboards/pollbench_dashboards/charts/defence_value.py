"""What each defence would take away, from attackers who do not know it and from those who do."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing, target_name
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import each_row, of_contest
from pollbench_dashboards.drawing.marks import names_axis, plot_width, row_step
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import LABEL, ROW
from pollbench_dashboards.language.naming import room, short_names
from pollbench_dashboards.language.typography import wrapped
from pollbench_dashboards.language.words import Words

#: The app that anyone may join is the case that defences were made for.
MECHANISM = "daily_rating"
#: Budget of the comparison, per cent of the base.
BUDGET = 10.0
#: Room of the column of prices, pixels.
PRICES = 150


@chart(
    topic="manipulation",
    frames=("contest", "candidate", "defence", "target"),
    polls=False,
    aliases=("defences", "défenses"),
)
def defence_value(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per defence: the points it takes away, plain and against an attacker who adapts, and its price."""
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
        panel=table.timing.map({timing: words(f"timing.{timing}") for timing in set(table.timing)}),
        label=table.defence_id.map(
            {defence: words(f"defence.{defence}") for defence in set(table.defence_id)}
        ),
        price_pct=100 * (table.variance_factor - 1),
        left_plain=table.shift_plain.clip(lower=0),
        left_adapted=table.shift_adapted.clip(lower=0),
    )
    table["price"] = [_price(row, words) for row in each_row(table)]
    # One order in all panels: by what remains on average.
    table["mean_left"] = table.groupby("label")[["left_adapted", "left_plain"]].transform("mean").sum(axis=1)
    table = table.sort_values(["timing", "mean_left", "label"], ignore_index=True)
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
        alternative=in_words(table, words),
    )


def finding(table: pd.DataFrame, words: Words) -> str:
    """How many defences weaken a push that does not know them, and which of them one that does.

    Who adapts also chooses the days: of the timings the one that leaves most counts.
    """
    by_defence = table.groupby("label").agg(
        plain=("shift_plain", "min"), adapted=("shift_adapted", "max"), none=("shift_none", "max")
    )
    helped = int((by_defence.plain < 0.95 * by_defence.none).sum())
    holding = by_defence[by_defence.adapted < 0.95 * by_defence.none].sort_values("adapted")
    return words(
        "chart.defence_value.finding" if len(holding) else "chart.defence_value.none_holds",
        helped=helped,
        number=len(by_defence),
        names=words.join(list(holding.index), most=3),
    )


def in_words(table: pd.DataFrame, words: Words) -> str:
    """What every defence leaves of a push, timing by timing."""
    key = "chart.defence_value"
    panels = []
    for panel in dict.fromkeys(table.panel):
        of_panel = table[table.panel == panel]
        rows = [
            words(
                f"{key}.alternative_row",
                label=row.label,
                plain=words.number(row.left_plain),
                adapted=words.number(row.left_adapted),
            )
            for row in each_row(of_panel)
        ]
        none = words.number(of_panel.shift_none.max())
        panels.append(words(f"{key}.alternative_panel", timing=panel, none=none, rows=", ".join(rows)))
    return words(f"{key}.alternative", panels=words.listed(panels))


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    panels = list(dict.fromkeys(table.panel))
    order = list(dict.fromkeys(table.label))
    names = room(order)
    if view.compact:
        width = plot_width(view)
        shown = [
            _panel(table[table.panel == panel], names_axis(view), width, view, words).properties(
                title=_heading(panel, width)
            )
            for panel in panels
        ]
        return alt.vconcat(*shown, _prices(table, order, width, view, words), spacing=20)
    width = int((view.width - names - PRICES - 72) / len(panels))
    beside = names_axis(view, names)
    # A ring at zero would touch the names.
    beside.labelPadding = 12
    axes = [beside, *([None] * (len(panels) - 1))]
    shown = [
        _panel(table[table.panel == panel], axis, width, view, words).properties(title=_heading(panel, width))
        for panel, axis in zip(panels, axes, strict=True)
    ]
    return alt.hconcat(*shown, _prices(table, order, PRICES, view, words), spacing=16)


def _heading(text: str, width: int) -> alt.TitleParams:
    return alt.TitleParams(
        wrapped(text, width + 16, LABEL),
        fontSize=LABEL,
        lineHeight=17,
        anchor="start",
        frame="group",
        offset=8,
    )


def _panel(
    table: pd.DataFrame, axis: alt.Axis | None, width: int, view: View, words: Words
) -> alt.LayerChart:
    """What remains of a push of one timing: without a defence, with it, and adapted to it."""
    y = alt.Y("label:N", sort=list(table.label), axis=axis)
    scale = alt.Scale(domain=[0, float(table.shift_none.max()) * 1.08], nice=False)
    tips = [
        alt.Tooltip("label:N", title=words("column.defence")),
        alt.Tooltip("shift_none:Q", title=words("column.undefended"), format=".2f"),
        alt.Tooltip("left_plain:Q", title=words("column.left_plain"), format=".2f"),
        alt.Tooltip("left_adapted:Q", title=words("column.left_adapted"), format=".2f"),
        alt.Tooltip("price:N", title=words("column.price")),
        alt.Tooltip("adaptive:N", title=words("column.adaptive")),
    ]
    base = Chart(table).encode(y=y, tooltip=tips)
    x = alt.X("left_adapted:Q", scale=scale, axis=alt.Axis(title=words("axis.left"), tickCount=4))
    plain = alt.X("left_plain:Q", scale=scale)
    return alt.LayerChart(
        layer=[
            Chart(table).mark_rule(style="guide").encode(x=alt.X("max(shift_none):Q", scale=scale)),
            base.mark_rule(style="whisker").encode(x=plain, x2=alt.X2("left_adapted:Q")),
            base.mark_point(filled=True, size=70, style="result").encode(x=x),
            # On top: where both are the same, the ring stays visible around the dot.
            base.mark_point(filled=False, size=110, style="result", strokeWidth=1.5).encode(x=plain),
        ]
    ).properties(width=width, height=row_step(view))


def _prices(table: pd.DataFrame, order: list[str], width: int, view: View, words: Words) -> alt.LayerChart:
    """What each defence costs, in words beside its row; on a narrow screen beside its name."""
    base = Chart(table.drop_duplicates("label")[["label", "price"]]).encode(
        y=alt.Y("label:N", sort=order, axis=None)
    )
    size = "small-label" if view.compact else "label"
    price = base.mark_text(style=size, align="right" if view.compact else "left", baseline="middle")
    layers = [price.encode(x=alt.XValue(width if view.compact else 0), text=alt.Text("price:N"))]
    if view.compact:
        name = base.mark_text(style=size, align="left", baseline="middle", limit=width - 84)
        layers.append(name.encode(x=alt.XValue(0), text=alt.Text("label:N")))
    return alt.LayerChart(layer=layers).properties(
        width=width,
        height=alt.Step(ROW) if view.compact else row_step(view),
        title=_heading(words("axis.price"), width),
    )


def _price(row: Any, words: Words) -> str:
    """The variance that a defence adds, and the days of preparation that it asks of an attacker."""
    price = ("+" if round(row.price_pct) > 0 else "") + words.share(row.price_pct, 0)
    if row.lead_time_days > 0:
        return words("label.price_and_days", price=price, days=words.count(row.lead_time_days))
    return price
