"""Who was placed too high or too low, by whom: signed errors as a grid that is read in numbers, so also in grey."""

from __future__ import annotations

import json

import altair as alt
import pandas as pd

from pollbench.selection.reading import is_poll
from pollbench_dashboards.charts.forecast_against_result import prepare
from pollbench_dashboards.drawing.captions import finished, left_out_sentence, nothing, policy_sentence
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import candidates_in_view, of_contest
from pollbench_dashboards.drawing.highlighted import Measured
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import ABOVE, FORECAST_TIPS, names_axis, plot_width, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import recalled_sentence, room
from pollbench_dashboards.language.words import Words


@chart(
    topic="bias",
    frames=("contest", "candidate", "comparison", "left_out", "policy"),
    aliases=("who-was-too-high", "bias"),
    measured=Measured("error", "error", take="mean"),
)
def bias_heat_map(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per forecaster, one column per candidate: the signed error in colour and in figures."""
    who = candidates_in_view(frames, view)
    table = of_contest(frames, "comparison", view)
    table = table[table.candidate_id.isin(who.candidate_id)] if len(table) else table
    if table.empty:
        return nothing(frames, view, words, "nothing.comparison")
    table = prepare(table, who, view, words)
    table["shown"] = [words.number(error, signed=True) for error in table.error]
    return finished(
        frames,
        view,
        words,
        "bias_heat_map",
        _draw(table, list(who.short), view, words),
        table,
        finding(table, words),
        subtitle={"policy": policy_sentence(frames, words)},
        notes=(
            words("chart.bias_heat_map.note"),
            recalled_sentence(table, words),
            left_out_sentence(frames, view, words),
        ),
        alternative=main_values(
            table[is_poll(table)].groupby("candidate", as_index=False, sort=False)[["error"]].mean(),
            "candidate",
            "error",
            words,
            label="charts.mean_error_polls",
            signed=True,
        ),
    )


def finding(table: pd.DataFrame, words: Words) -> str:
    """The candidate on whom the polls and the others erred most in opposite directions, or most at all."""
    key = "chart.bias_heat_map"
    polls = table[is_poll(table)]
    others = table[table.family == "buzz"]
    if polls.empty or others.empty:
        means = table.groupby("candidate").error.mean()
        worst = str(means.abs().idxmax())
        side = "high" if means[worst] > 0 else "low"
        return words(f"{key}.all_{side}", candidate=worst, error=words.points(abs(means[worst])))
    gap = others.groupby("candidate").error.mean() - polls.groupby("candidate").error.mean()
    worst = str(gap.abs().idxmax())
    low = int((others.error[others.candidate == worst] < 0).sum())
    high = int((others.error[others.candidate == worst] > 0).sum())
    side, count = ("low", low) if gap[worst] < 0 else ("high", high)
    among = others.forecast_id.nunique()
    how_many = {1: "one", 2: "both"}.get(among, "every") if count == among else "some"
    return words(
        f"{key}.{side}_{how_many}",
        candidate=worst,
        number=count,
        others=among,
        error=words.points(abs(others.error[others.candidate == worst].mean())),
        polls=words.points(float(polls.error[polls.candidate == worst].mean()), signed=True),
    )


def _key(reach: float, view: View, words: Words) -> alt.Legend:
    """The key of the colours, from the largest error downwards to the largest upwards."""
    low, high = (
        words(f"chart.bias_heat_map.key_{side}", error=words.number(error, signed=True))
        for side, error in (("low", -reach), ("high", reach))
    )
    texts = [
        json.dumps(text, ensure_ascii=False) for text in (low, words("chart.bias_heat_map.key_exact"), high)
    ]
    return alt.Legend(
        title=words("axis.distance"),
        orient="top",
        direction="horizontal",
        offset=12,
        values=[-reach, 0, reach],
        labelExpr=f"datum.value < 0 ? {texts[0]} : datum.value > 0 ? {texts[2]} : {texts[1]}",
        gradientLength=view.width - 56 if view.compact else 320,
        gradientThickness=12,
    )


def _draw(table: pd.DataFrame, order: list[str], view: View, words: Words) -> alt.TopLevelMixin:
    reach = float(table.error.abs().max())
    x = alt.X(
        "candidate:N", sort=order, axis=alt.Axis(title=None, orient="top", labelAngle=0, labelLimit=110)
    )
    y = alt.Y(
        "who:N",
        sort=list(dict.fromkeys(table.who)),
        axis=alt.Axis(**{**ABOVE, "labelOffset": -10}) if view.compact else names_axis(view, room(table.who)),
    )
    base = Chart(table).encode(x=x, y=y)
    cells = base.mark_rect(
        # On a narrow screen the names stand above the cells.
        height=18 if view.compact else 20
    ).encode(
        color=alt.Color(
            "error:Q",
            # The middle of the scale is no error, whatever the data.
            scale=alt.Scale(domain=[-reach, reach], domainMid=0, interpolate="rgb"),
            legend=_key(reach, view, words) if reach else None,
        ),
        tooltip=tooltip(words, *FORECAST_TIPS),
    )
    text = base.mark_text(style="label", baseline="middle").encode(text=alt.Text("shown:N"))
    return alt.layer(cells, text).properties(
        width=min(plot_width(view, room(table.who)), 110 * len(order)),
        height=alt.Step(40 if view.compact else 22),
    )
