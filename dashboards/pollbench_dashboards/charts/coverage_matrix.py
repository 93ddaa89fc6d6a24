"""Who published what, when: a square for each forecaster and week."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import contest_row, of_contest
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import (
    family_color,
    family_shape,
    names_axis,
    plot_width,
    row_step,
    tooltip,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import room, short_names
from pollbench_dashboards.language.words import Words

#: Weeks before the vote that are drawn; earlier ones are counted in the data.
WEEKS = 26
#: Height of the key of the sizes, with the room under it, pixels.
KEY = 36


@chart(
    topic="time",
    frames=("contest", "candidate", "published"),
    aliases=("who-published-when", "coverage"),
    one_contest=True,
)
def coverage_matrix(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per forecaster, one column per week before the vote: how many releases."""
    contest = contest_row(frames, view)
    table = of_contest(frames, "published", view)
    table = table[~table.recalled.astype(bool) & (table.days_before >= 0)] if len(table) else table
    if contest is None or table.empty:
        return nothing(frames, view, words, "nothing.campaign")
    # Of a vote to come the weeks are counted back from the newest release.
    newest = 0 if contest.scored else int(table.days_before.min())
    table = table.assign(week=(table.days_before - newest) // 7, who=short_names(table, words))
    recent = table[table.week < WEEKS]
    if recent.empty:
        return nothing(frames, view, words, "nothing.recent")
    weekly = (
        table.groupby(["forecaster_id", "who", "name", "family", "week"], as_index=False)
        .agg(
            releases=("release_id", "nunique"),
            quantities=(
                "quantity",
                lambda group: words.join([words(f"quantity.{name}") for name in sorted(set(group))]),
            ),
        )
        .sort_values(["who", "week"], ignore_index=True)
    )
    return finished(
        frames,
        view,
        words,
        "coverage_matrix",
        _draw(weekly[weekly.week < WEEKS], view, words, "" if contest.scored else "_newest"),
        weekly,
        finding(weekly, words),
        subtitle={
            "number": table.groupby("forecaster_id").release_id.nunique().sum(),
            "forecasters": table.forecaster_id.nunique(),
        },
        notes=(words("chart.coverage_matrix.note", weeks=WEEKS),),
        alternative=main_values(
            weekly.groupby("who", as_index=False, sort=False)[["releases"]].sum(),
            "who",
            "releases",
            words,
            label="column.releases",
            decimals=0,
        ),
    )


def finding(weekly: pd.DataFrame, words: Words) -> str:
    """How many published in the last week, and how many only once."""
    last = weekly[weekly.week == 0].forecaster_id.nunique()
    totals = weekly.groupby("forecaster_id").releases.sum()
    return words(
        "chart.coverage_matrix.finding", last=last, number=len(totals), once=int((totals == 1).sum())
    )


def _key(most: int, words: Words) -> alt.Legend | None:
    """The key of the sizes: one release, the most in a week and their middle; none where all marks are alike."""
    if most < 2:
        return None
    return alt.Legend(
        title=words("chart.coverage_matrix.key"),
        titleOrient="left",
        orient="none",
        legendX=0,
        legendY=-KEY,
        direction="horizontal",
        values=sorted({1, (most + 1) // 2, most}),
        format="d",
        symbolType="circle",
    )


def _draw(weekly: pd.DataFrame, view: View, words: Words, since: str) -> alt.TopLevelMixin:
    totals = weekly.groupby("who").releases.sum().sort_values(ascending=False, kind="stable")
    # Under the families, over the marks.
    key = _key(int(weekly.releases.max()), words)
    above = 14 if key is None else KEY + 8
    marks = (
        Chart(weekly)
        .mark_point(filled=True, opacity=0.85)
        .encode(
            x=alt.X(
                "week:Q",
                scale=alt.Scale(domain=[float(weekly.week.max()) + 0.7, -0.7], nice=False),
                axis=alt.Axis(
                    title=words(f"axis.weeks_before{since}"), grid=False, values=list(range(0, WEEKS, 4))
                ),
            ),
            y=alt.Y("who:N", sort=list(totals.index), axis=names_axis(view, room(totals.index))),
            size=alt.Size("releases:Q", scale=alt.Scale(range=[16, 260]), legend=key),
            color=family_color(list(weekly.family), words, view, above),
            shape=family_shape(list(weekly.family), words, view, above),
            tooltip=tooltip(
                words,
                ("name:N", "column.name", ""),
                ("week:Q", f"axis.weeks_before{since}", ""),
                ("releases:Q", "column.releases", ""),
                ("quantities:N", "column.quantity", ""),
            ),
        )
    )
    chart: alt.TopLevelMixin = marks.properties(
        width=plot_width(view, room(totals.index)), height=row_step(view)
    )
    return chart
