"""Distance of what was published to the result, by days before the vote: never called an error."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, hollow_sentence, nothing, quantity_words
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import of_contest
from pollbench_dashboards.drawing.free_spot import Point, along, ends, free_spot
from pollbench_dashboards.drawing.highlighted import Measured
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import PALE, family_color, family_shape, points, stressed, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import with_names
from pollbench_dashboards.language.words import Words

#: Room for the unit of the axis, between the marks and the legend, pixels.
UNIT = 28

#: Height of the drawing, pixels.
HEIGHT = 300


@chart(
    topic="time",
    frames=("contest", "candidate", "distance"),
    aliases=("distance", "error-over-time"),
    measured=Measured("distance", "distance"),
)
def distance_by_day(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw every release by the days left before the vote, with the weekly middle of the polls."""
    table = of_contest(frames, "distance", view)
    table = table[table.kind != "poll_average"] if len(table) else table
    if table.empty:
        return nothing(frames, view, words, "nothing.distance")
    table = with_names(table, words)
    table["quantity_words"] = quantity_words(table, words)
    return finished(
        frames,
        view,
        words,
        "distance_by_day",
        _draw(table, view, words),
        table,
        finding(table, words),
        subtitle={"number": len(table)},
        notes=(words("chart.distance_by_day.note"), hollow_sentence(table, words)),
        alternative=main_values(
            last_of_each(table),
            "who",
            "distance",
            words,
            label="column.distance",
        ),
    )


def last_of_each(table: pd.DataFrame) -> pd.DataFrame:
    """The last figures of each forecaster, the newest first; of one day those that came last."""
    ordered = table.sort_values("days_before", ascending=False, kind="stable")
    return ordered.drop_duplicates("forecaster_id", keep="last").iloc[::-1]


def finding(table: pd.DataFrame, words: Words) -> str:
    """How the polls came nearer, and what the others did meanwhile."""
    key = "chart.distance_by_day"
    polls = table[table.family == "poll"]
    others = table[table.family == "buzz"]
    if polls.empty:
        return words(f"{key}.no_polls", number=len(table))
    first = polls[polls.days_before > polls.days_before.max() - 14].distance.median()
    last = polls[polls.days_before <= 7].distance.median()
    if pd.isna(last):
        return words(f"{key}.no_last_week", first=words.points(first))
    values: dict[str, object] = {"first": words.number(first), "last": words.points(last)}
    if others.empty or others[others.days_before <= 7].empty:
        return words(f"{key}.{'nearer' if last < first else 'further'}", **values)
    late = others[others.days_before <= 7].distance
    return words(
        f"{key}.{'nearer' if last < first else 'further'}_others",
        **values,
        others=words.points(float(late.median())),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    present = list(table.family)
    reach = float(table.days_before.max())
    x = alt.X(
        "days_before:Q",
        scale=alt.Scale(domain=[reach, 0], nice=False),
        axis=alt.Axis(title=words("axis.days_before"), grid=False, tickCount=4 if view.compact else 7),
    )
    y = alt.Y(
        "distance:Q",
        scale=alt.Scale(domain=[0, _top(table)], nice=False),
        axis=alt.Axis(
            title=words("axis.distance"),
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleX=0,
            titleY=-8,
            titleBaseline="bottom",
            tickCount=5,
        ),
    )
    polls = table[table.family == "poll"]
    weeks = (
        polls.assign(week=polls.days_before // 7 * 7 + 3.5).groupby("week", as_index=False).distance.median()
    )
    line = (
        Chart(weeks)
        .mark_line(style="link", interpolate="monotone", strokeWidth=2)
        .encode(x=alt.X("week:Q"), y=y)
    )
    others = table[table.family == "buzz"].sort_values("days_before", ascending=False)
    thread = (
        Chart(others)
        .mark_line(strokeWidth=1.5, opacity=PALE)
        .encode(
            x=x,
            y=y,
            color=family_color(present, words, view, above=UNIT),
            detail=alt.Detail("forecaster_id:N"),
        )
    )
    dots = Chart(table).encode(
        x=x,
        y=y,
        color=family_color(present, words, view, above=UNIT),
        shape=family_shape(present, words, view, above=UNIT),
        opacity=stressed(view, sorted(set(others.forecaster_id))),
        tooltip=tooltip(
            words,
            ("name:N", "column.name", ""),
            ("day:T", "column.day", "%d/%m/%Y"),
            ("distance:Q", "column.distance", ".2f"),
            ("quantity_words:N", "column.quantity", ""),
        ),
    )
    width = view.width - 72
    return alt.layer(line, thread, *points(dots, 46), *_labels(table, others, x, y, width)).properties(
        width=width, height=HEIGHT
    )


def _top(table: pd.DataFrame) -> float:
    return float(table.distance.max()) * 1.05


def _labels(table: pd.DataFrame, others: pd.DataFrame, x: alt.X, y: alt.Y, width: int) -> list[alt.Chart]:
    """The names of the measures beside their last marks, clear of marks and lines where there is room."""
    reach, top = float(table.days_before.max()), _top(table)

    def pixels(rows: pd.DataFrame) -> list[Point]:
        across = width * (1 - rows.days_before / reach)
        return list(zip(across, HEIGHT * (1 - rows.distance / top), strict=True))

    covered = pixels(table[table.family != "buzz"])
    for _, line in others.groupby("forecaster_id", sort=False):
        covered += along(pixels(line))
    names = others.drop_duplicates("forecaster_id", keep="last")
    spots = []
    for name, mark in zip(names.who, pixels(names), strict=True):
        spots.append(free_spot(name, mark, [point for point in covered if point != mark], width, HEIGHT))
        covered += along(ends(name, mark, spots[-1]))
    return [
        Chart(names[[other == spot for other in spots]])
        .mark_text(style="small-label", align="right", baseline="middle", dx=spot.dx, dy=spot.dy)
        .encode(x=x, y=y, text=alt.Text("who:N"))
        for spot in sorted(set(spots))
    ]
