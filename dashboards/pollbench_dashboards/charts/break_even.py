"""How many accounts would suffice to put the target into the places that count."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, hollow_sentence, nothing, target_name
from pollbench_dashboards.drawing.chart import CARD, Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import each_row, of_contest
from pollbench_dashboards.drawing.highlighted import Measured
from pollbench_dashboards.drawing.marks import (
    family_color,
    family_shape,
    names_axis,
    plot_width,
    points,
    row_step,
    stressed,
    tooltip,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.frames.manipulation import THREAT_MODEL
from pollbench_dashboards.language.data_words import translated_remarks
from pollbench_dashboards.language.naming import room, sorted_names, with_names
from pollbench_dashboards.language.words import Words

#: One point more is a goal that every kind of figure has, also those that already show the target on top.
GOAL = "plus_1"


@chart(
    topic="manipulation",
    frames=("contest", "candidate", "break_even_cost", "target"),
    aliases=("how-easily-rigged", "truquer", "cost-of-one-point"),
    measured=Measured("accounts", "accounts", most_first=True, decimals=0),
    one_contest=True,
)
def break_even(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per forecaster on a logarithmic axis: accounts for one point more, with the range of the assumptions."""
    table = of_contest(frames, "break_even_cost", view)
    goal = frames["target"]
    if table.empty or goal.empty:
        return nothing(frames, view, words, "nothing.robustness")
    table = table[
        (table.goal == GOAL) & (table.threat_model_id == THREAT_MODEL) & (table.target == goal.target.iloc[0])
    ]
    unknown = table[table.accounts.isna()]
    table = with_names(table[table.accounts > 0], words)
    if table.empty:
        return nothing(frames, view, words, "nothing.robustness")
    table["secret"] = table.flag.str.contains("rule not disclosed")
    table["flag"] = [translated_remarks(flag, words) for flag in table.flag]
    table = table.sort_values(["accounts", "who"], ignore_index=True)
    return finished(
        frames,
        view,
        words,
        "break_even",
        _draw(together(table, view.highlight, words), view, words),
        table,
        finding(table, frames, words),
        subtitle={"target": target_name(frames)},
        notes=(
            words("chart.break_even.note") if table.secret.any() else "",
            hollow_sentence(table, words),
            words(
                "caption.not_known",
                names=words.join(sorted_names(unknown, words), most=8),
            )
            if len(unknown)
            else "",
            words("caption.would_suffice"),
        ),
        alternative=words.listed(
            words(
                "chart.break_even.row",
                name=row.who,
                accounts=words.rounded(row.accounts),
                low=words.rounded(row.accounts_low),
                high=words.rounded(row.accounts_high),
            )
            for row in each_row(table)
        ),
    )


def finding(table: pd.DataFrame, frames: Frames, words: Words) -> str:
    """The cheapest figure and the polls: the central number, and in brackets the range of the assumptions."""
    key = "chart.break_even"
    cheapest = table.iloc[0]
    polls = table[(table.family == "poll") & (table.mechanism == "panel_quota")]
    values: dict[str, object] = {
        "name": cheapest.who,
        "accounts": words.rounded(cheapest.accounts),
        "low": words.rounded(cheapest.accounts_low),
        "high": words.rounded(cheapest.accounts_high),
        "target": target_name(frames),
    }
    if polls.empty or cheapest.family == "poll":
        return words(f"{key}.cheapest", **values)
    return words(
        f"{key}.against_polls",
        **values,
        polls=words.rounded(polls.accounts.median()),
        polls_low=words.rounded(polls.accounts_low.min()),
        polls_high=words.rounded(polls.accounts_high.max()),
    )


#: Polls whose central numbers differ by no more than this factor cannot be distinguished in the drawing.
ALIKE = 1.1


def together(table: pd.DataFrame, apart: Sequence[str], words: Words) -> pd.DataFrame:
    """The rows of ``table`` as drawn: polls from panels that cost the same are one row, which says how many they are.

    Its number is their median, its range reaches from the lowest to the highest of theirs.
    ``apart``: forecasters that keep a row of their own.
    """
    panel = (table.family == "poll") & (table.mechanism == "panel_quota")
    alike = table[panel & ~table.forecaster_id.isin(list(apart))]
    if len(alike) < 3 or alike.accounts.max() > ALIKE * alike.accounts.min():
        return table
    row = alike.iloc[[0]].assign(
        who=words("charts.equal_polls", number=len(alike)),
        name=words.join(list(alike.who), most=9),
        accounts=alike.accounts.median(),
        accounts_low=alike.accounts_low.min(),
        accounts_high=alike.accounts_high.max(),
    )
    rows = pd.concat([table.drop(alike.index), row])
    return rows.sort_values(["accounts", "who"], ignore_index=True)


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    present = list(table.family)
    low, high = float(table.accounts_low.min()), float(table.accounts_high.max())
    scale = alt.Scale(type="log", domain=[max(1.0, low * 0.7), high * 1.4], nice=False)
    powers = range(1, 9, 2 if view.width <= CARD else 1)
    values = [10**power for power in powers if low * 0.7 <= 10**power <= high * 1.4]
    y = alt.Y("who:N", sort=list(table.who), axis=names_axis(view, room(table.who)))
    x = alt.X(
        "accounts:Q", scale=scale, axis=alt.Axis(title=words("axis.accounts"), values=values, format=",d")
    )
    spans = (
        Chart(table)
        .mark_rule(style="whisker", strokeWidth=4)
        .encode(x=alt.X("accounts_low:Q", scale=scale), x2=alt.X2("accounts_high:Q"), y=y)
    )
    dots = Chart(table).encode(
        x=x,
        y=y,
        color=family_color(present, words, view),
        shape=family_shape(present, words, view),
        opacity=stressed(view),
        tooltip=tooltip(
            words,
            ("name:N", "column.name", ""),
            ("accounts:Q", "column.accounts", ",.0f"),
            ("accounts_low:Q", "column.low", ",.0f"),
            ("accounts_high:Q", "column.high", ",.0f"),
            ("evidence_class:N", "column.evidence", ""),
            ("flag:N", "column.remark", ""),
        ),
    )
    # Ringed: the rule is secret, so the model is a reading of it, not knowledge.
    rings = (
        Chart(table[table.secret])
        .mark_point(style="guide", filled=False, shape="circle", size=330, strokeDash=[2, 2])
        .encode(x=x, y=y)
    )
    return alt.layer(spans, rings, *points(dots)).properties(
        width=plot_width(view, room(table.who)), height=row_step(view)
    )
