"""What each defence would take away, from attackers who do not know it and from those who do."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing, target_name
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import each_row, of_contest
from pollbench_dashboards.drawing.marks import names_axis, plot_width, row_step
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import LABEL
from pollbench_dashboards.language.naming import room, short_names
from pollbench_dashboards.language.typography import wrapped
from pollbench_dashboards.language.words import Words

#: The app that anyone may join is the case that defences were made for.
MECHANISM = "daily_rating"
#: Budget of the comparison, per cent of the base.
BUDGET = 10.0
#: Room of the column of prices, pixels.
PRICES = 132
#: From this width on the two panels and the prices stand beside each other, pixels.
BESIDE = 640


@chart(
    topic="manipulation",
    frames=("contest", "candidate", "defence", "target"),
    polls=False,
    aliases=("defences", "défenses"),
    one_contest=True,
)
def defence_value(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per defence: the points that remain, of an attacker who ignores it and of one who adapts, and its price."""
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
        undefended=table.shift_none,
        price_pct=100 * (table.variance_factor - 1),
        left_plain=table.shift_plain.clip(lower=0),
        left_adapted=table.shift_adapted.clip(lower=0),
    )
    table["variance"] = [
        ("+" if round(added) > 0 else "") + words.share(added, 0) for added in table.price_pct
    ]
    table["lead_time"] = [
        words.plural("chart.defence_value.days", days, number=words.count(days)) if days > 0 else ""
        for days in table.lead_time_days
    ]
    # By what remains on average.
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
            "none": words.points(float(table.shift_none.max())),
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


def by_defence(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per defence and attacker: what remains on the days that leave least and most, and the words beside it.

    Who ignores a defence chooses no days; who adapts takes the days that leave most.
    """
    of_each = table.groupby("label", sort=False)
    rows = of_each.agg(
        plain_least=("left_plain", "min"),
        plain_most=("left_plain", "max"),
        adapted=("left_adapted", "max"),
        none=("shift_none", "max"),
        variance=("variance", "first"),
        lead_time=("lead_time", "first"),
        adaptive=("adaptive", "first"),
    ).reset_index()
    rows = rows.sort_values(["plain_least", "plain_most", "label"], ignore_index=True)
    plain = rows.assign(attacker="plain", least=rows.plain_least, most=rows.plain_most)
    adapted = rows.assign(attacker="adapted", least=rows.adapted, most=rows.adapted)
    both = pd.concat([plain, adapted], ignore_index=True)
    both["remains"] = [
        words("charts.range", low=words.number(row.least), high=words.number(row.most))
        if words.number(row.least) != words.number(row.most)
        else words.number(row.most)
        for row in each_row(both)
    ]
    return both.assign(start=0.0)


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    rows = by_defence(table, words)
    order = list(dict.fromkeys(rows.label))
    names = 0 if view.compact else room(order)
    stacked = view.width < BESIDE
    width = plot_width(view, names) if stacked else int((view.width - names - PRICES - 72) / 2)
    axis = names_axis(view, names)
    panels = [
        _panel(
            rows[rows.attacker == attacker],
            axis if stacked or attacker == "plain" else None,
            width,
            view,
            words,
        ).properties(title=_heading(words(f"chart.defence_value.{attacker}"), width))
        for attacker in ("plain", "adapted")
    ]
    prices = rows.drop_duplicates("label")[["label", "variance", "lead_time"]]
    if stacked:
        return alt.vconcat(*panels, _prices(prices, width, axis, view, words), spacing=20)
    return alt.hconcat(*panels, _prices(prices, PRICES, None, view, words), spacing=16)


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
    """What remains of a push by one kind of attacker, defence by defence, against the push without any."""
    none = float(table.none.max())
    # Room for the words behind the longest bar.
    scale = alt.Scale(domain=[0, none * 1.45], nice=False)
    tips = [
        alt.Tooltip("label:N", title=words("column.defence")),
        alt.Tooltip("none:Q", title=words("column.undefended"), format=".1f"),
        alt.Tooltip("remains:N", title=words("axis.left")),
        alt.Tooltip("variance:N", title=words("column.variance_added")),
        alt.Tooltip("lead_time:N", title=words("column.lead_time")),
        alt.Tooltip("adaptive:N", title=words("column.adaptive")),
    ]
    base = Chart(table).encode(y=alt.Y("label:N", sort=list(table.label), axis=axis), tooltip=tips)
    ticks = alt.Axis(title=words("axis.left"), values=list(range(int(none) + 1)))
    x = alt.X("start:Q", scale=scale, axis=ticks)
    return alt.LayerChart(
        layer=[
            base.mark_bar(style="band", height=12).encode(x=x, x2=alt.X2("most:Q")),
            base.mark_bar(style="remains", height=12).encode(x=x, x2=alt.X2("least:Q")),
            base.mark_tick(style="result", thickness=2, size=18, opacity=1).encode(
                x=alt.X("none:Q", scale=scale)
            ),
            base.mark_text(style="small-label", align="left", baseline="middle", dx=8).encode(
                x=alt.X("none:Q", scale=scale), text=alt.Text("remains:N")
            ),
        ]
    ).properties(width=width, height=row_step(view))


def _prices(
    table: pd.DataFrame, width: int, axis: alt.Axis | None, view: View, words: Words
) -> alt.LayerChart:
    """What each defence costs, in words beside its row; under the panels with its name."""
    base = Chart(table).encode(y=alt.Y("label:N", sort=list(table.label), axis=axis))
    # Where the columns end: figures stand under each other by their last digits.
    ends = [int(width * 0.45), width]
    size = "small-label" if view.compact else "label"
    layers = [
        base.mark_text(style=size, align="right", baseline="middle").encode(
            x=alt.XValue(end), text=alt.Text(f"{column}:N")
        )
        for column, end in zip(("variance", "lead_time"), ends, strict=True)
    ]
    return alt.LayerChart(layer=layers).properties(
        width=width, height=row_step(view), title=_heading(words("axis.price"), width)
    )
