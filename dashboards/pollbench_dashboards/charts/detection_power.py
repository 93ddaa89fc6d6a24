"""How surely an operator that looks would notice."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing, target_name
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import of_contest
from pollbench_dashboards.drawing.marks import family_color, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import LABEL
from pollbench_dashboards.language.naming import short_names
from pollbench_dashboards.language.typography import wrapped
from pollbench_dashboards.language.words import Words


@chart(
    topic="manipulation",
    frames=("contest", "candidate", "detection", "target"),
    aliases=("detection", "détection"),
)
def detection_power(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one panel per test: the chance of being noticed by the points that the figure would move."""
    table = of_contest(frames, "detection", view)
    goal = frames["target"]
    table = table[table.target == goal.target.iloc[0]] if len(table) and len(goal) else table.iloc[0:0]
    if table.empty:
        return nothing(frames, view, words, "nothing.detection")
    table = table.assign(
        who=short_names(table, words),
        power_pct=100 * table.power,
        panel=table.test.map({test: words(f"test.{test}") for test in set(table.test)}),
    )
    order = {test: index for index, test in enumerate(("burst", "new_accounts", "composition", "entropy"))}
    table = table.sort_values(
        ["test", "forecaster_id", "mass_pct"],
        key=lambda column: column.map(order) if column.name == "test" else column,
    ).reset_index(drop=True)
    return finished(
        frames,
        view,
        words,
        "detection_power",
        _draw(table, view, words),
        table,
        finding(table, words),
        subtitle={"target": target_name(frames)},
        notes=(words("chart.detection_power.note"), words("caption.would_suffice")),
        alternative=in_words(table, words),
    )


def finding(table: pd.DataFrame, words: Words) -> str:
    """The shift that goes unnoticed every other time, by the best test of an app and of the polls."""
    key = "chart.detection_power"
    stealth = table[table.stealth_shift_pp.notna()].groupby(["family", "test"]).stealth_shift_pp.median()
    of_polls = stealth.index.get_level_values("family") == "poll"
    apps, polls = list(stealth[~of_polls]), list(stealth[of_polls])
    if apps and polls:
        return words(f"{key}.both", app=words.points(min(apps)), polls=words.points(min(polls)))
    if apps or polls:
        return words(f"{key}.one", shift=words.points(min(apps or polls)))
    return words(f"{key}.none")


def in_words(table: pd.DataFrame, words: Words) -> str:
    """For each test the push that it notices one time in two, in the middle of the forecasters."""
    key = "chart.detection_power"
    said = []
    for test in dict.fromkeys(table.test):
        shift = table[table.test == test].groupby("forecaster_id").stealth_shift_pp.first().median()
        known = bool(pd.notna(shift))
        values = {"shift": words.points(float(shift))} if known else {}
        said.append(
            words(
                f"{key}.alternative_row" if known else f"{key}.alternative_never",
                test=words(f"test.{test}"),
                **values,
            )
        )
    return words(f"{key}.alternative", rows=words.listed(said))


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    columns = 1 if view.compact else 2
    width = int((view.width - 16) / columns) - 72
    table = table.assign(panel=["\n".join(wrapped(panel, width, LABEL + 1)) for panel in table.panel])
    panels = list(dict.fromkeys(table.panel))
    x = alt.X(
        "shift_pp:Q",
        scale=alt.Scale(domain=[0, float(table.shift_pp.max())]),
        axis=alt.Axis(title=words("axis.shift"), tickCount=5, grid=False),
    )
    y = alt.Y(
        "power_pct:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(title=None, values=[0, 50, 100], labelExpr=words.axis_share()),
    )
    base = Chart().encode(
        x=x, y=y, color=family_color(list(table.family), words, view), detail=alt.Detail("forecaster_id:N")
    )
    dots = base.mark_point(filled=True, size=30).encode(
        tooltip=tooltip(
            words,
            ("who:N", "column.name", ""),
            ("shift_pp:Q", "column.shift", ".2f"),
            ("accounts:Q", "column.accounts", ",.0f"),
            ("power_pct:Q", "column.power", ".0f"),
            ("auc:Q", "column.auc", ".2f"),
        )
    )
    return (
        alt.layer(base.mark_line(strokeWidth=1.5), dots)
        .properties(width=width, height=130)
        .facet(
            facet=alt.Facet(
                "panel:N",
                sort=panels,
                header=alt.Header(title=None, labelExpr="split(datum.label, '\\n')", labelLimit=width + 40),
            ),
            data=table,
            columns=columns,
            spacing=20,
        )
    )
