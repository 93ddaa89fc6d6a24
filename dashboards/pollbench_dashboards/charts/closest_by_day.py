"""Who was closest to the result on each day, known only afterwards; the reader moves the day."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing
from pollbench_dashboards.drawing.chart import Control, Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import each_row, of_contest
from pollbench_dashboards.drawing.marks import family_color, names_axis, plot_width, row_step, tooltip
from pollbench_dashboards.drawing.over_time import day_axis
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.data_words import column_in_language
from pollbench_dashboards.language.naming import room, short_name, with_names
from pollbench_dashboards.language.words import Words

#: The parameter that the reader moves: days before the vote. In the address it is a date.
SIGNAL = "day"
#: Room above the rows for the words of the chosen day, pixels.
ABOVE_ROWS = 17


@chart(
    topic="time",
    frames=("contest", "candidate", "closest_day", "milestone", "forecaster"),
    live=True,
    aliases=("who-was-closest-by-day", "le-plus-proche-par-jour"),
)
def closest_by_day(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per forecaster, a square for each day on which it was the closest, and a line at the chosen day."""
    table = of_contest(frames, "closest_day", view)
    if table.empty:
        return nothing(frames, view, words, "nothing.distance")
    table = prepare(table, frames, words)
    chosen = _chosen(table, view)
    drawing = finished(
        frames,
        view,
        words,
        "closest_by_day",
        _draw(table, chosen, view, words),
        table,
        finding(table, words),
        notes=(
            words("chart.closest_by_day.thin") if (table.forecasters < 2).any() else "",
            words("chart.closest_by_day.note"),
        ),
        alternative=str(table.sentence[table.days_before == chosen].iloc[0]),
    )
    return drawing.with_control(_control(table, chosen, frames, words))


def prepare(table: pd.DataFrame, frames: Frames, words: Words) -> pd.DataFrame:
    """The days with the names of the closest and of the second, and a sentence a day."""
    names = dict(zip(frames["forecaster"].forecaster_id, frames["forecaster"].name, strict=True))
    table = with_names(table, words).sort_values("day", ignore_index=True)
    table["alone"] = table.forecasters < 2
    table["next_day"] = table.day + pd.Timedelta(days=1)
    table["middle"] = table.day + pd.Timedelta(hours=12)
    table["second"] = [
        short_name(runner_up, names.get(runner_up, runner_up), words) if runner_up else ""
        for runner_up in table.runner_up
    ]
    table["sentence"] = [_sentence(row, words) for row in each_row(table)]
    table["shown"] = [
        words(
            "chart.closest_by_day.shown",
            day=words.day(row.day, year=False, short=True),
            name=row.who,
            distance=words.number(row.distance),
        )
        for row in each_row(table)
    ]
    return table


def _sentence(row: Any, words: Words) -> str:
    """Who was the closest on a day, how far from the result, and by how much ahead of whom."""
    values: dict[str, object] = {"name": row.who, "distance": words.points(row.distance)}
    if row.forecasters < 2:
        return words("chart.closest_by_day.day_alone", **values)
    values |= {"number": int(row.forecasters), "second": row.second}
    # A margin that would be printed as 0.00 is no lead.
    if row.margin < 0.005:
        return words("chart.closest_by_day.day_level", **values)
    margin = words.number(row.margin, 2 if row.margin < 0.05 else 1)
    return words("chart.closest_by_day.day", **values, margin=margin)


def finding(table: pd.DataFrame, words: Words) -> str:
    """Who was the closest on most days on which there was a choice, and on the last."""
    contested = table[table.forecasters > 1]
    if contested.empty:
        return words("chart.closest_by_day.alone", name=table.who.iloc[-1])
    counts = contested.who.value_counts()
    most = sorted(counts[counts == counts.max()].index)[0]
    last = contested.sort_values("day").iloc[-1]
    alone = table[table.forecasters < 2].drop_duplicates("day")
    return words(
        f"chart.closest_by_day.finding{'_alone' if len(alone) else ''}",
        **({"alone": len(alone), "who": words.either(sorted(set(alone.who)))} if len(alone) else {}),
        name=most,
        days=int(counts.max()),
        number=len(contested),
        last=last.who,
        distance=words.points(float(last.distance)),
    )


def _chosen(table: pd.DataFrame, view: View) -> int:
    """Days before the vote of the day in view, or of the last one."""
    if view.day is None:
        return int(table.days_before.min())
    away = (table.day - pd.Timestamp(view.day)).abs()
    return int(table.days_before.iloc[int(away.argmin())])


def _control(table: pd.DataFrame, chosen: int, frames: Frames, words: Words) -> Control:
    """A step a day with its sentence, and the marked days of the campaign to jump to."""
    steps = tuple(
        {
            "value": int(row.days_before),
            "address": row.day.date().isoformat(),
            "label": words.day(row.day),
            "sentence": row.sentence,
        }
        for row in each_row(table.drop_duplicates("day"))
    )
    days = dict(zip(table.day, table.days_before, strict=True))
    marked = frames["milestone"]
    marked = marked.assign(day=pd.to_datetime(marked.day))
    marked = marked[marked.day.isin(set(days))].sort_values("day").drop_duplicates("day")
    marked = marked.assign(text=column_in_language(marked, "label", words))
    ticks = tuple(
        {
            "value": int(days[row.day]),
            "label": f"{row.text}, {words.day(row.day, year=False, short=True)}",
        }
        for row in each_row(marked)
    )
    start = next(index for index, step in enumerate(steps) if step["value"] == chosen)
    ends = table.day.min(), table.day.max()
    marks = tuple(
        (index, words.day(day, year=False, short=True))
        for index, day in zip((0, len(steps) - 1), ends, strict=True)
    )
    return Control(SIGNAL, words("chart.closest_by_day.control"), steps, ticks, start, marks)


def _draw(table: pd.DataFrame, chosen: int, view: View, words: Words) -> alt.TopLevelMixin:
    day = alt.param(name=SIGNAL, value=chosen)
    now = f"datum.days_before === {SIGNAL}"
    contested = table.assign(contested=~table.alone).groupby("who").contested.sum()
    order = list(contested.sort_values(ascending=False, kind="stable").index)
    names = room(order)
    width = plot_width(view, names)
    x = alt.X("day:T", axis=day_axis(words, 3 if view.compact else 6))
    y = alt.Y("who:N", sort=order, axis=names_axis(view, names))
    # On a narrow screen the name of the first row stands between the words and its bar.
    above = 12 if view.compact else 5
    color = family_color(list(table.family), words, view, above=ABOVE_ROWS + above)
    said_of = tooltip(
        words,
        ("who:N", "column.name", ""),
        ("day:T", "column.day", "%d/%m/%Y"),
        ("distance:Q", "column.distance", ".2f"),
        ("second:N", "column.second", ""),
        ("margin:Q", "column.margin", ".2f"),
        ("forecasters:Q", "column.field", ""),
    )
    # Thin where no other had published.
    bars = [
        Chart(table)
        .transform_filter(which)
        .mark_bar(height=height)
        .encode(x=x, x2=alt.X2("next_day:T"), y=y, color=color, tooltip=said_of)
        for which, height in (("!datum.alone", 13), ("datum.alone", 5))
    ]
    today = Chart(table).transform_filter(now)
    line = today.mark_rule(style="result").encode(x=alt.X("middle:T"))
    said = today.mark_text(style="result-label", baseline="bottom", dy=-above, align=_side(table, view))
    # On a narrow screen the words may be longer than either side of the line: they stand at the edge.
    left = alt.XValue(0) if view.compact else alt.X("middle:T")
    text = said.encode(x=left, y=alt.YValue(0), text=alt.Text("shown:N"))
    return alt.layer(*bars, line, text).properties(width=width, height=row_step(view)).add_params(day)


def _side(table: pd.DataFrame, view: View) -> Any:
    """The side of the line on which the words of the chosen day have room."""
    if view.compact:
        return "left"
    return alt.ExprRef(f"datum.days_before > {table.days_before.median()} ? 'left' : 'right'")
