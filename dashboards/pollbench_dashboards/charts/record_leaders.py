"""How often the digital leader led the vote, by coders and by kind, beside picking blind."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import names_axis, plot_width, row_step, share_axis, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import FAMILIES
from pollbench_dashboards.language.naming import room
from pollbench_dashboards.language.words import Words

#: Rows of all digital figures, by coders; then kinds, of the first collection.
CODERS = ("double", "first_collection", "all")
KINDS = (
    "search",
    "tone",
    "share_of_voice",
    "audience",
    "account_panel",
    "digital_index",
    "mixed_model",
    "market",
)


@chart(
    topic="record",
    frames=("record_calls",),
    polls=False,
    pooled=True,
    aliases=("who-led-worldwide", "qui-menait"),
)
def record_leaders(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per group: share of contests with its interval, and what picking blind would give."""
    calls = frames["record_calls"]
    table = rows_of(calls, words)
    first = table.iloc[0]
    return Drawing(
        chart=_draw(table, view, words),
        data=table,
        title=words(
            "chart.record_leaders.finding",
            share=words.share(first.contest_share, 0),
            low=words.number(first.low, 0),
            high=words.number(first.high, 0),
            blind=words.share(first.contest_blind, 0),
        ),
        subtitle=words("chart.record_leaders.subtitle"),
        caption=words("record.caption.source"),
        alternative=main_values(
            table, "group", "contest_share", words, label="record.column.share", decimals=0
        ),
    )


def rows_of(calls: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows that are drawn: all digital figures by coders, then the kinds by their share."""
    before = calls[(calls.known == "before") & (calls.releases > 0)]
    digital = (
        before[before.record_group == "digital"]
        .set_index("coders")
        .reindex(CODERS)
        .dropna(how="all")
        .reset_index()
    )
    digital["group"] = [words(f"record.rows.{coders}") for coders in digital.coders]
    kinds = before[(before.coders == "first_collection") & before.record_group.isin(KINDS)]
    kinds = kinds.sort_values(["contest_share", "record_group"], ascending=[False, True])
    kinds = kinds.assign(group=[words(f"record.group.{name}") for name in kinds.record_group])
    table = pd.concat([digital, kinds], ignore_index=True)
    table["family"] = ["market" if name == "market" else "buzz" for name in table.record_group]
    table["group"] = [
        words("record.rows.counted", group=group, contests=words.count(contests))
        for group, contests in zip(table.group, table.contests, strict=True)
    ]
    return table


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    names = room(table.group)
    y = alt.Y("group:N", sort=list(table.group), axis=names_axis(view, names))
    scale = alt.Scale(domain=[0, 100], nice=False)
    tips = tooltip(
        words,
        ("group:N", "record.column.group", ""),
        ("contest_share:Q", "record.column.share", ".0f"),
        ("low:Q", "column.low", ".0f"),
        ("high:Q", "column.high", ".0f"),
        ("contest_blind:Q", "record.column.blind", ".0f"),
        ("right:Q", "record.column.right", ".1f"),
        ("releases:Q", "record.column.releases", ",d"),
    )
    base = Chart(table)
    spans = base.mark_rule(style="whisker").encode(
        x=alt.X("low:Q", scale=scale, axis=share_axis(words)), x2="high:Q", y=y
    )
    # On a narrow screen the names stand close above the marks.
    blind = base.mark_tick(style="result", thickness=2, size=10 if view.compact else 14).encode(
        x=alt.X("contest_blind:Q", scale=scale), y=y
    )
    dots = base.mark_point(filled=True, size=70).encode(
        x=alt.X("contest_share:Q", scale=scale),
        y=y,
        color=alt.Color("family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=None),
        shape=alt.Shape("family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=None),
        tooltip=tips,
    )
    return alt.layer(spans, dots, blind).properties(width=plot_width(view, names), height=row_step(view))
