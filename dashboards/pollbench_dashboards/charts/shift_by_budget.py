"""How far false accounts would move each figure: a curve for each way in, with what is not known as a band."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing, target_name, threat_model_words
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import each_row, of_contest
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import family_color, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import short_names
from pollbench_dashboards.language.words import Words

#: Units of reported operations that can be laid beside a number of accounts.
COMPARABLE = ("accounts", "persons")


@chart(
    topic="manipulation",
    frames=("contest", "candidate", "shift_curve", "ruler", "target", "threat_model"),
    polls=True,
    aliases=("budget",),
)
def shift_by_budget(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one panel per mechanism on one scale: shift by accounts, assumption band, ruler of real operations."""
    table = of_contest(frames, "shift_curve", view)
    table = table[(table.budget > 0) & (table.mechanism != "none")] if len(table) else table
    if table.empty:
        return nothing(frames, view, words, "nothing.robustness")
    shown = table.forecast_id
    table = prepare(table, words)
    ruler = operations(frames, table, words)
    drawing = finished(
        frames,
        view,
        words,
        "shift_by_budget",
        _draw(table, ruler, view, words),
        table,
        finding(table, frames, words),
        subtitle={"target": target_name(frames)},
        notes=(
            words("chart.shift_by_budget.note", model=threat_model_words(frames, words)),
            words("caption.ruler", operations=words.listed(ruler.legend)) if len(ruler) else "",
            words("caption.would_suffice"),
        ),
        alternative=main_values(
            table[table.budget == table.budget.max()],
            "names",
            "moved",
            words,
            label="column.shift",
        ),
    )
    return drawing.with_forecasts(shown)


def prepare(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One curve per mechanism: the middle of its forecasters, the widest of their assumption ranges."""
    table = table.assign(who=short_names(table, words))
    curves = table.groupby(["mechanism", "budget"], as_index=False).agg(
        moved=("shift_pp", "median"),
        low=("assumption_low", "min"),
        high=("assumption_high", "max"),
        forecasters=("forecaster_id", "nunique"),
        # The shortest name first: it is the one that a heading has room for.
        names=("who", lambda names: ", ".join(sorted(set(names), key=lambda name: (len(name), name)))),
        family=("family", "first"),
    )
    curves["panel"] = [_heading(row, words) for row in each_row(curves)]
    strongest = curves.groupby("mechanism")["moved"].transform("max")
    return curves.assign(strongest=strongest).sort_values(
        ["strongest", "mechanism", "budget"], ascending=[False, True, True], ignore_index=True
    )


def _heading(row: Any, words: Words) -> str:
    """The way in and who has it; one forecaster that is called what it is gets one line."""
    way = words(f"mechanism_short.{row.mechanism}")
    names = words.join(row.names.split(", "), most=1)
    return words("label.mechanism", mechanism=way, names="" if names == way else names)


def operations(frames: Frames, table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Reported operations counted in accounts or persons, numbered, within the budgets drawn."""
    ruler = frames["ruler"]
    if ruler.empty:
        return ruler.assign(number=[], legend=[], shown=[])
    ruler = ruler[
        ruler.unit.isin(COMPARABLE) & ruler.quantity.between(table.budget.min(), table.budget.max())
    ]
    ruler = ruler.sort_values(["quantity", "evidence_id"], ignore_index=True)
    numbers = [str(index + 1) for index in range(len(ruler))]
    legend = [
        words(
            "label.operation" if not row.anachronistic else "label.operation_later",
            number=number,
            size=words.count(row.quantity),
            reported=row.reported,
            grade=words(f"grade.{row.grade}"),
            day=words.moment(row.as_of),
        )
        for number, row in zip(numbers, each_row(ruler), strict=True)
    ]
    return ruler.assign(number=numbers, legend=legend, shown=_apart(list(ruler.quantity), numbers))


def _apart(sizes: list[float], numbers: list[str]) -> list[str]:
    """The numbers that are printed: of operations closer than a quarter of a decade the first bears the range.

    Examples
    --------
    >>> _apart([10, 15000, 18000, 30000], ["1", "2", "3", "4"])
    ['1', '2–4', '', '']
    """
    shown: list[str] = []
    start = 0
    for index, size in enumerate(sizes):
        if index and np.log10(size / sizes[index - 1]) < 0.25:
            shown.append("")
            shown[start] = f"{numbers[start]}–{numbers[index]}"
        else:
            start = index
            shown.append(numbers[index])
    return shown


def finding(table: pd.DataFrame, frames: Frames, words: Words) -> str:
    """What a thousand accounts would do to the easiest and the hardest figure."""
    at = float(table.budget.iloc[(table.budget - 1000).abs().argmin()])
    rows = table[table.budget == at].sort_values("moved", ascending=False)
    most, least = rows.iloc[0], rows.iloc[-1]
    return words(
        "chart.shift_by_budget.finding",
        accounts=words.count(at),
        target=target_name(frames),
        most=words.points(most.moved),
        where=words(f"mechanism_at.{most.mechanism}"),
        least=words.number(least.moved)
        if least.moved >= 0.05
        else words("word.under", number=words.number(0.1)),
        elsewhere=words(f"mechanism_at.{least.mechanism}"),
    )


def _draw(table: pd.DataFrame, ruler: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    panels = list(dict.fromkeys(table.panel))
    columns = 1 if view.compact else min(3, len(panels))
    width = int((view.width - 24) / columns) - 52
    budgets = [10, 1000, 100000]
    x = alt.X(
        "budget:Q",
        scale=alt.Scale(type="log", domain=[float(table.budget.min()), float(table.budget.max())]),
        axis=alt.Axis(title=None, values=budgets, format=",d", grid=False),
    )
    # Beyond a fifth of the electorate more is not more: the axis ends there and the band is cut.
    top = min(20.0, float(np.nanmax(table.high)))
    y_scale = alt.Scale(domain=[0, top], nice=False)
    plain = Chart()
    layers: list[alt.Chart] = []
    if len(ruler):
        # Data of their own: Vega-Lite repeats them in every panel.
        marked = Chart(ruler[["quantity", "shown", "legend"]])
        at = alt.X("quantity:Q", scale=alt.Scale(type="log"))
        layers.append(
            marked.mark_rule(style="event").encode(x=at, tooltip=alt.Tooltip("legend:N", title=" "))
        )
        layers.append(
            marked.mark_text(style="note", baseline="bottom", dy=-1).encode(
                x=at, y=alt.YValue(0), text=alt.Text("shown:N")
            )
        )
    layers.append(
        plain.mark_area(style="band", clip=True).encode(
            x=x, y=alt.Y("low:Q", scale=y_scale, axis=alt.Axis(title=None, tickCount=4)), y2=alt.Y2("high:Q")
        )
    )
    layers.append(
        plain.mark_line(strokeWidth=2.5, clip=True).encode(
            x=x,
            y=alt.Y("moved:Q", scale=y_scale),
            color=family_color(list(table.family), words, view),
            tooltip=tooltip(
                words,
                ("names:N", "column.name", ""),
                ("budget:Q", "column.accounts", ",d"),
                ("moved:Q", "column.shift", ".2f"),
                ("low:Q", "column.low", ".2f"),
                ("high:Q", "column.high", ".2f"),
            ),
        )
    )
    header = alt.Header(
        title=None, labelExpr="split(datum.label, '\\n')", labelLimit=width + 40, labelPadding=16
    )
    return (
        alt.layer(*layers)
        .properties(width=width, height=150)
        .facet(
            facet=alt.Facet("panel:N", sort=panels, header=header), data=table, columns=columns, spacing=20
        )
    )
