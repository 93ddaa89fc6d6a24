"""How far accounts would move the figures of each way in: a dot at three sizes of push, on what is not known."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import (
    finished,
    hollow_sentence,
    nothing,
    target_name,
    threat_model_words,
)
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import each_row, of_contest
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import (
    ABOVE,
    family_color,
    family_shape,
    names_axis,
    points,
    row_height,
    tooltip,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import LABEL
from pollbench_dashboards.language.naming import room, short_names
from pollbench_dashboards.language.words import Words

#: Units of reported operations that can be laid beside a number of accounts.
COMPARABLE = ("accounts", "persons")
#: The pushes that are drawn, and the one of which the title speaks, accounts.
DRAWN, SAID = (100, 1000, 10000), 1000
#: Height of a row with two lines of names and a value above its dot, pixels.
TALL_ROW = 40
#: What a second line of names needs above the marks of a narrow screen, pixels.
SECOND_LINE = 16


@chart(
    topic="manipulation",
    frames=("contest", "candidate", "shift_curve", "ruler", "target", "threat_model"),
    polls=True,
    aliases=("budget",),
    one_contest=True,
)
def shift_by_budget(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one column per size of push, one row per mechanism: the central shift on the range of the assumptions."""
    table = of_contest(frames, "shift_curve", view)
    table = table[(table.budget > 0) & (table.mechanism != "none")] if len(table) else table
    if table.empty:
        return nothing(frames, view, words, "nothing.robustness")
    shown = table.forecast_id
    table = prepare(table, words)
    legend = operations(frames, table, words)
    drawing = finished(
        frames,
        view,
        words,
        "shift_by_budget",
        _draw(table, view, words),
        table,
        finding(table, frames, words),
        subtitle={"target": target_name(frames)},
        notes=(
            words(
                "chart.shift_by_budget.note",
                model=threat_model_words(frames, words),
                top=words.count(longest(table)),
            ),
            hollow_sentence(table, words),
            words("caption.ruler", operations=words.listed(legend)) if legend else "",
            words("caption.would_suffice"),
        ),
        alternative=main_values(
            table[table.budget == SAID],
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
        quantity=("quantity", "first"),
    )
    curves["panel"] = [_heading(row, words) for row in each_row(curves)]
    curves["value"] = [_printed(moved, words, "chart.shift_by_budget.below") for moved in curves.moved]
    strongest = curves.groupby("mechanism")["moved"].transform("max")
    return curves.assign(strongest=strongest).sort_values(
        ["strongest", "mechanism", "budget"], ascending=[False, True, True], ignore_index=True
    )


def _heading(row: Any, words: Words) -> str:
    """The way in and who has it; one forecaster that is called what it is gets one line."""
    way = words(f"mechanism_short.{row.mechanism}")
    names = words.join(row.names.split(", "), most=1)
    return way if names == way else words("label.mechanism", mechanism=way, names=names)


def _printed(moved: float, words: Words, below: str = "word.under") -> str:
    """A shift with one decimal; below half of the last digit the text ``below`` says so."""
    return words.number(moved) if moved >= 0.05 else words(below, number=words.number(0.1))


def operations(frames: Frames, table: pd.DataFrame, words: Words) -> list[str]:
    """Reported operations counted in accounts or persons, within the budgets computed, the smallest first, in words."""
    ruler = frames["ruler"]
    if ruler.empty:
        return []
    ruler = ruler[
        ruler.unit.isin(COMPARABLE) & ruler.quantity.between(table.budget.min(), table.budget.max())
    ]
    return [
        words(
            "label.operation" if not row.anachronistic else "label.operation_later",
            size=words.count(row.quantity),
            reported=row.reported,
            grade=words(f"grade.{row.grade}"),
            day=words.moment(row.as_of),
        )
        for row in each_row(ruler.sort_values(["quantity", "evidence_id"], ignore_index=True))
    ]


def longest(table: pd.DataFrame) -> int:
    """Where the axes end, points: behind the largest central shift drawn, on a multiple of five."""
    drawn = table[table.budget.isin(DRAWN)].moved
    return 5 * math.ceil(1.05 * float(drawn.max()) / 5)


def finding(table: pd.DataFrame, frames: Frames, words: Words) -> str:
    """What a thousand accounts would do to the easiest and the hardest figure."""
    at = float(table.budget.iloc[(table.budget - SAID).abs().argmin()])
    rows = table[table.budget == at].sort_values("moved", ascending=False)
    most, least = rows.iloc[0], rows.iloc[-1]
    return words(
        "chart.shift_by_budget.finding",
        accounts=words.count(at),
        target=target_name(frames),
        most=words.points(most.moved),
        where=words(f"mechanism_at.{most.mechanism}"),
        least=_printed(least.moved, words),
        elsewhere=words(f"mechanism_at.{least.mechanism}"),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    top = longest(table)
    shown = [budget for budget in DRAWN if (table.budget == budget).any()]
    names = 0 if view.compact else room(line for panel in table.panel for line in panel.split("\n"))
    width = view.width - 56 if view.compact else int((view.width - names - 40) / len(shown)) - 16
    panels = []
    for number, budget in enumerate(shown):
        heading = words.plural("chart.shift_by_budget.accounts", budget, number=words.count(budget))
        beside = _names(view, names, first=not number) if view.compact or not number else None
        step = TALL_ROW if not view.compact else row_height(view) + (0 if number else SECOND_LINE)
        panels.append(_panel(table[table.budget == budget], top, width, step, beside, view, words, heading))
    if view.compact:
        return alt.vconcat(*panels, spacing=20)
    return alt.hconcat(*panels, spacing=16)


def _names(view: View, names: int, *, first: bool) -> alt.Axis:
    """Ways in and who has them, in two lines; above the marks of a narrow screen the second line in the first panel only."""
    axis = names_axis(view, names)
    axis.labelExpr = "split(datum.label, '\\n')" if first else "split(datum.label, '\\n')[0]"
    if not view.compact:
        axis.labelOffset = -7
    elif first:
        axis.labelOffset = ABOVE["labelOffset"] - SECOND_LINE
    return axis


def _panel(
    table: pd.DataFrame,
    top: int,
    width: int,
    step: int,
    beside: alt.Axis | None,
    view: View,
    words: Words,
    heading: str,
) -> alt.LayerChart:
    """One size of push: what is not known as a whisker, the central shift on it, its value above."""
    scale = alt.Scale(domain=[0, top], nice=False)
    y = alt.Y("panel:N", sort=list(table.panel), axis=beside)
    base = Chart(table).encode(y=y)
    # A whisker that goes on beyond the axis is cut there; the note says so.
    spans = base.mark_rule(style="whisker", clip=True).encode(
        x=alt.X("low:Q", scale=scale, axis=alt.Axis(title=None, values=list(range(0, top + 1, 10)))),
        x2=alt.X2("high:Q"),
    )
    dots = base.encode(
        x=alt.X("moved:Q", scale=scale),
        color=family_color(list(table.family), words, view),
        shape=family_shape(list(table.family), words, view),
        tooltip=tooltip(
            words,
            ("names:N", "column.name", ""),
            ("budget:Q", "column.accounts", ",d"),
            ("moved:Q", "column.shift", ".2f"),
            ("low:Q", "column.low", ".2f"),
            ("high:Q", "column.high", ".2f"),
        ),
    )
    # On a narrow screen the names stand above the marks, and the values at the end of their lines.
    value = (
        base.mark_text(style="small-label", align="right", baseline="bottom", dy=-8).encode(
            x=alt.XValue(width)
        )
        if view.compact
        else base.mark_text(style="small-label", align="left", baseline="bottom", dx=-4, dy=-7).encode(
            x=alt.X("moved:Q", scale=scale)
        )
    )
    return alt.LayerChart(layer=[spans, *points(dots), value.encode(text=alt.Text("value:N"))]).properties(
        width=width,
        height=alt.Step(step),
        title=alt.TitleParams(heading, fontSize=LABEL, anchor="start", frame="group", offset=8),
    )
