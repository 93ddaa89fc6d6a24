"""Who was closest to the result on each day, known only afterwards."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards._chart import Drawing, Frames, View, chart
from pollbench_dashboards.marks import (
    family_color,
    finished,
    names_axis,
    nothing,
    of_contest,
    plot_width,
    row_step,
    tooltip,
)
from pollbench_dashboards.words import Words


@chart(topic="time", frames=("contest", "candidate", "closest_day"))
def closest_by_day(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw a row a forecaster, a square for each day on which it was the closest."""
    table = of_contest(frames, "closest_day", view)
    if table.empty:
        return nothing(frames, view, words, "nothing.campaign")
    table["who"] = table["name"].str.split(" (", regex=False).str[0]
    table["next_day"] = table.day + pd.Timedelta(days=1)
    if view.day is not None:
        table["stressed"] = table.day == pd.Timestamp(view.day)
    return finished(
        frames,
        view,
        words,
        "closest_by_day",
        _draw(table, view, words),
        table,
        finding(table, words),
        notes=(words("chart.closest_by_day.note"),),
    )


def finding(table: pd.DataFrame, words: Words) -> str:
    """Who was the closest on most days on which there was a choice, and on the last."""
    contested = table[table.forecasters > 1]
    if contested.empty:
        return words("chart.closest_by_day.alone", name=table.who.iloc[-1])
    counts = contested.who.value_counts()
    most = sorted(counts[counts == counts.max()].index)[0]
    return words(
        "chart.closest_by_day.finding",
        name=most,
        days=int(counts.max()),
        number=len(contested),
        last=contested.sort_values("day").who.iloc[-1],
        distance=words.points(float(contested.sort_values("day").distance.iloc[-1])),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    order = list(table.groupby("who").day.count().sort_values(ascending=False, kind="stable").index)
    bars = (
        alt.Chart(table)
        .mark_bar(height=14)
        .encode(
            x=alt.X("day:T", axis=alt.Axis(title=None, format="%-d %b", tickCount=3 if view.compact else 6)),
            x2="next_day:T",
            y=alt.Y("who:N", sort=order, axis=names_axis(view)),
            color=family_color(list(table.family), words, view),
            tooltip=tooltip(
                words,
                ("name:N", "column.name", ""),
                ("day:T", "column.day", "%d/%m/%Y"),
                ("distance:Q", "column.distance", ".2f"),
                ("margin:Q", "column.margin", ".2f"),
                ("forecasters:Q", "column.field", ""),
            ),
        )
    )
    return bars.properties(width=plot_width(view), height=row_step(view))
