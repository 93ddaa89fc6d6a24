"""The run-off: one figure says all, so one row per forecaster and one line for the result."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench.measures.sampling_error import share_margin
from pollbench_dashboards.drawing.captions import (
    caption,
    hollow_sentence,
    nothing,
    policy_sentence,
    quantity_words,
    real_error_sentence,
    with_real_error,
)
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import (
    candidates_in_view,
    contest_row,
    contest_title,
    each_row,
    of_contest,
)
from pollbench_dashboards.drawing.highlighted import Measured
from pollbench_dashboards.drawing.marks import (
    FORECAST_TIPS,
    family_color,
    family_shape,
    names_axis,
    plot_width,
    points,
    row_step,
    share_axis,
    stressed,
    tooltip,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import labelled, recalled_sentence, room
from pollbench_dashboards.language.typography import capitalised
from pollbench_dashboards.language.words import Words


@chart(
    topic="accuracy",
    frames=("contest", "candidate", "comparison", "policy"),
    aliases=("run-off", "second-tour"),
    measured=Measured("error", "of_winner"),
)
def second_round(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per forecaster: the share that it gave to the winner, and what the winner got."""
    run_off = run_off_view(frames, view)
    if run_off is None:
        return nothing(frames, view, words, "nothing.run_off")
    table = of_contest(frames, "comparison", run_off)
    contest = contest_row(frames, run_off)
    if table.empty or contest is None:
        return nothing(frames, run_off, words, "nothing.run_off")
    table = prepare(table, candidates_in_view(frames, run_off), words)
    table = with_real_error(table, str(contest.country))
    title = finding(table, words)
    return Drawing(
        chart=_draw(table, view, words),
        data=table,
        title=capitalised(title),
        subtitle=words(
            "chart.second_round.subtitle",
            contest=contest_title(contest, words),
            winner=str(table.candidate.iloc[0]),
            policy=policy_sentence(frames, words),
        ),
        caption=caption(
            frames,
            run_off,
            words,
            words("caption.interval"),
            real_error_sentence(table, str(contest.country), words),
            hollow_sentence(table, words),
            recalled_sentence(table, words),
        ),
        alternative=words(
            "chart.second_round.alternative",
            title=title,
            rows=words.listed(f"{row.who} {words.share(row.forecast)}" for row in each_row(table)),
        ),
    )


def run_off_view(frames: Frames, view: View) -> View | None:
    """The view of the run-off that belongs to the contest in view."""
    from dataclasses import replace

    contest = contest_row(frames, view)
    if contest is None:
        return None
    contests = frames["contest"]
    later = contests[(contests.election_id == contest.election_id) & (contests["round"] == 2)]
    return None if later.empty else replace(view, contest_id=str(later.contest_id.iloc[0]), candidates=())


def prepare(table: pd.DataFrame, who: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The winner's rows, lowest first, with the nominal interval where a sample is known."""
    winner = table.candidate_id.iloc[table.result.argmax()]
    table = labelled(table[table.candidate_id == winner], words)
    table["candidate"] = table.candidate_id.map(dict(zip(who.candidate_id, who.short, strict=True)))
    table["quantity_words"] = quantity_words(table, words)
    margins = [
        float(share_margin(share, n)) if n > 0 else float("nan")
        for share, n in zip(table.forecast, table.n.fillna(0).astype(float), strict=True)
    ]
    table["nominal_low"], table["nominal_high"] = table.forecast - margins, table.forecast + margins
    return table.sort_values(["forecast", "who"], ascending=[False, True], ignore_index=True)


def finding(table: pd.DataFrame, words: Words) -> str:
    """Whether all erred on the same side, by how much, and which forecaster was the closest if it was no poll."""
    side = _side(table, words)
    closest = table[table.error.abs() <= table.error.abs().min() + 1e-9]
    if len(closest) != 1 or closest.family.iloc[0] == "poll" or len(table) < 2:
        return side
    best = closest.iloc[0]
    return words(
        "chart.second_round.closest",
        best=best.who,
        kind=words(f"one_of.{best.family}"),
        error=words.points(abs(float(best.error))),
        side=side,
    )


def _side(table: pd.DataFrame, words: Words) -> str:
    low, high = table.error.min(), table.error.max()
    key, winner = "chart.second_round", str(table.candidate.iloc[0])
    values: dict[str, object] = {
        "winner": winner,
        "number": len(table),
        "result": words.share(table.result.iloc[0]),
    }
    if high < 0:
        return words(f"{key}.all_low", **values, least=words.number(-high), most=words.points(-low))
    if low > 0:
        return words(f"{key}.all_high", **values, least=words.number(low), most=words.points(high))
    return words(f"{key}.both", **values, below=int((table.error < 0).sum()))


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    # A poll whose size is not known has no interval.
    low = float(table[["nominal_low", "forecast", "result"]].min().min()) - 1
    high = float(table[["nominal_high", "forecast", "result"]].max().max()) + 1
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("who:N", sort=list(table.who), axis=names_axis(view, room(table.who)))
    base = Chart(table).encode(
        x=alt.X("forecast:Q", scale=scale, axis=share_axis(words, tickCount=5)),
        y=y,
        # The legend stands above the label of the result.
        color=family_color(list(table.family), words, view, above=28),
        shape=family_shape(list(table.family), words, view, above=28),
        opacity=stressed(view),
        tooltip=tooltip(words, *FORECAST_TIPS),
    )
    whiskers = (
        Chart(table)
        .transform_filter("isValid(datum.nominal_low)")
        .mark_rule(style="whisker")
        .encode(x=alt.X("nominal_low:Q", scale=scale), x2=alt.X2("nominal_high:Q"), y=y)
    )
    result = Chart(table).mark_rule(style="result").encode(x=alt.X("mean(result):Q"))
    label = (
        Chart(table.head(1).assign(text=words("label.result", result=words.share(table.result.iloc[0]))))
        .mark_text(style="result-label", align="right", dx=-4, dy=-4, baseline="bottom")
        .encode(x=alt.X("result:Q"), y=alt.YValue(0), text=alt.Text("text:N"))
    )
    real = (
        Chart(table)
        .mark_rect(style="band", clip=True, aria=False)
        .encode(x=alt.X("min(real_low):Q", scale=scale), x2=alt.X2("min(real_high):Q"))
    )
    return alt.layer(real, whiskers, result, *points(base, 80), label).properties(
        width=plot_width(view, room(table.who)), height=row_step(view)
    )
