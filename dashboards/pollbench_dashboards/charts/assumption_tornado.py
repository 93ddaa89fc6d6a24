"""Which assumption matters: the cost with each one alone at the ends of its range."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing, target_name
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import each_row, of_contest
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import CARD_LABEL, family_color, names_axis, plot_width, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.data_words import translated_columns
from pollbench_dashboards.language.naming import AIR, LETTER, short_names
from pollbench_dashboards.language.words import Words

OUTPUT = "accounts for one point more"


@chart(
    topic="manipulation",
    frames=("contest", "candidate", "tornado_bar", "target"),
    aliases=("what-matters",),
    one_contest=True,
)
def assumption_tornado(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one bar per assumption: accounts for one point more, from one end of its range to the other."""
    table = of_contest(frames, "tornado_bar", view)
    goal = frames["target"]
    if table.empty or goal.empty:
        return nothing(frames, view, words, "nothing.robustness")
    table = table[(table.output == OUTPUT) & (table.target == goal.target.iloc[0])]
    # Forecasters that share the same assumptions have bars of the same length: one of each kind is enough.
    kinds = table.groupby("forecaster_id").assumption_id.agg(lambda ids: " ".join(sorted(ids)))
    of_each_kind = (
        set(kinds.sort_index().drop_duplicates().index) if not view.highlight else set(view.highlight)
    )
    table = table[table.forecaster_id.isin(of_each_kind)]
    if table.empty:
        return nothing(frames, view, words, "nothing.robustness")
    table = translated_columns(table.assign(who=short_names(table, words)), words, ["unit"])
    table["low_end"] = table[["output_at_low", "output_at_high"]].min(axis=1)
    table["high_end"] = table[["output_at_low", "output_at_high"]].max(axis=1)
    table["factor"] = table.high_end / table.low_end
    table["parameter_words"] = [
        words(f"parameter.{name}") if words.has(f"parameter.{name}") else name.replace("_", " ")
        for name in table.parameter
    ]
    table["label"] = [
        words("label.assumption", name=row.who, parameter=row.parameter_words) for row in each_row(table)
    ]
    table = table.sort_values(["factor", "label"], ascending=[False, True], ignore_index=True)
    worst = table.iloc[0]
    title = words(
        "chart.assumption_tornado.finding",
        name=worst.who,
        parameter=worst.parameter_words,
        factor=words.rounded(worst.factor),
        low=words.rounded(worst.low_end),
        high=words.rounded(worst.high_end),
    )
    return finished(
        frames,
        view,
        words,
        "assumption_tornado",
        _draw(table, view, words),
        table,
        title,
        subtitle={"target": target_name(frames)},
        notes=(words("chart.assumption_tornado.note"), words("caption.would_suffice")),
        alternative=main_values(
            table, "label", "low_end", words, label="axis.accounts", decimals=0, high="high_end"
        ),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    scale = alt.Scale(
        type="log",
        domain=[max(1.0, float(table.low_end.min()) * 0.7), float(table.high_end.max()) * 1.4],
        nice=False,
    )
    # Labels of two parts: longer than a name, and the axis gives them what they need.
    names = 0 if view.compact else int(max(map(len, table.label)) * LETTER) + AIR
    axis = names_axis(view, names)
    if view.compact:
        axis.labelFontSize = CARD_LABEL
    y = alt.Y("label:N", sort=list(table.label), axis=axis)
    bars = (
        Chart(table)
        .mark_bar(height=12)
        .encode(
            x=alt.X(
                "low_end:Q",
                scale=scale,
                axis=alt.Axis(
                    title=words("axis.accounts"),
                    format=",d",
                    values=[10**power for power in range(1, 9, 2 if view.compact else 1)],
                ),
            ),
            x2=alt.X2("high_end:Q"),
            y=y,
            color=family_color(list(table.family), words, view),
            tooltip=tooltip(
                words,
                ("label:N", "column.assumption", ""),
                ("low:Q", "column.low", ",~f"),
                ("high:Q", "column.high", ",~f"),
                ("unit:N", "method.unit", ""),
                ("low_end:Q", "column.accounts_from", ",.0f"),
                ("high_end:Q", "column.accounts_to", ",.0f"),
                ("evidence_class:N", "column.evidence", ""),
            ),
        )
    )
    middle = (
        Chart(table)
        .mark_tick(style="middle", thickness=4, size=18, opacity=1)
        .encode(x=alt.X("output_central:Q", scale=scale), y=y)
    )
    return alt.layer(bars, middle).properties(
        width=plot_width(view, names), height=alt.Step(38 if view.compact else 24)
    )
