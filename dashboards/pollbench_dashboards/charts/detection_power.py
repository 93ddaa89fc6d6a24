"""How surely an operator that looks would notice."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing, target_name
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import of_contest
from pollbench_dashboards.drawing.marks import family_color, names_axis, plot_width, row_step, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import room, short_names
from pollbench_dashboards.language.words import Words


@chart(
    topic="manipulation",
    frames=("contest", "candidate", "detection", "target"),
    aliases=("detection", "détection"),
    one_contest=True,
)
def detection_power(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one bar per test: how far a push goes before it is noticed one time in two, a tick per forecaster."""
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


def by_test(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per test, the keenest first: the push that it notices one time in two, and the words beside its bar.

    A test that no forecaster gives an even chance has a bar as long as the largest push that was tried.
    """
    largest = float(table.shift_pp.max())
    of_each = table.drop_duplicates(["test", "forecaster_id"]).groupby("test", sort=False)
    rows = of_each.agg(
        panel=("panel", "first"),
        unnoticed=("stealth_shift_pp", "median"),
        farthest=("stealth_shift_pp", "max"),
    ).reset_index()
    known = rows.unnoticed.notna()
    key = "chart.detection_power"
    rows["label"] = [
        words.points(float(middle)) if known else words(f"{key}.never", most=words.points(largest))
        for middle, known in zip(rows.unnoticed, known, strict=True)
    ]
    rows["known"] = known
    rows["start"] = 0.0
    rows["unnoticed"] = rows.unnoticed.fillna(largest)
    rows["farthest"] = rows.farthest.fillna(0.0)
    return rows.sort_values(["known", "unnoticed"], ascending=[False, True], ignore_index=True)


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    rows = by_test(table, words)
    noticed = table.drop_duplicates(["test", "forecaster_id"])
    noticed = noticed[noticed.stealth_shift_pp.notna()]
    most = float(max(rows.unnoticed.max(), rows.farthest.max()))
    # Room for the words behind the longest mark.
    x_scale = alt.Scale(domain=[0, most * 1.25], nice=False)
    x_axis = alt.Axis(title=words("axis.shift"), values=list(range(int(most) + 1)), grid=True)
    y = alt.Y("panel:N", sort=list(rows.panel), axis=names_axis(view, room(rows.panel)))
    base = Chart(rows).encode(y=y)
    bars = base.mark_bar(style="band", height=14).encode(
        x=alt.X("start:Q", scale=x_scale, axis=x_axis), x2=alt.X2("unnoticed:Q")
    )
    labels = base.mark_text(style="label", align="left", baseline="middle", dx=8)
    ticks = (
        Chart(noticed)
        .mark_tick(thickness=3, size=16, opacity=1)
        .encode(
            x=alt.X("stealth_shift_pp:Q", scale=x_scale),
            y=y,
            color=family_color(list(table.family), words, view),
            tooltip=tooltip(
                words,
                ("who:N", "column.name", ""),
                ("panel:N", "column.test_of_operator", ""),
                ("stealth_shift_pp:Q", "column.shift", ".1f"),
            ),
        )
    )
    return alt.layer(
        bars,
        ticks,
        labels.transform_filter("datum.known").encode(
            x=alt.X("farthest:Q", scale=x_scale), text=alt.Text("label:N")
        ),
        labels.transform_filter("!datum.known").encode(
            x=alt.X("start:Q", scale=x_scale), text=alt.Text("label:N")
        ),
    ).properties(width=plot_width(view, room(rows.panel)), height=row_step(view))
