"""The whole campaign: every poll and every reading of the others, candidate by candidate, with the result."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import caption, hollow_sentence, nothing, quantity_words, sentence
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import candidates_in_view, contest_row, contest_title, of_contest
from pollbench_dashboards.drawing.marks import (
    FORECAST_TIPS,
    family_color,
    family_shape,
    points,
    share_axis,
    stressed,
    tooltip,
)
from pollbench_dashboards.drawing.over_time import (
    DAYS,
    day_axis,
    day_of,
    event_layers,
    last_day,
    milestones,
    only_polls,
    with_lines,
    with_weeks,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import labelled, short_names
from pollbench_dashboards.language.words import Words

#: Whether all polls had the winner in front, whether any other reading had -> the finding.
AGAINST = {
    (True, True): "against_all",
    (True, False): "against_all_none",
    (False, True): "against",
    (False, False): "against_none",
}


@chart(
    topic="time",
    frames=("contest", "candidate", "campaign", "milestone", "policy"),
    aliases=("campaign", "campagne"),
    one_contest=True,
)
def campaign_timeline(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one panel per candidate on one scale: polls and others as marks, the median of the polls, the result."""
    contest = contest_row(frames, view)
    who = candidates_in_view(frames, view)
    table = of_contest(frames, "campaign", view)
    if contest is None or table.empty:
        return nothing(frames, view, words, "nothing.campaign")
    table = prepare(table, contest, who, words)
    if table.empty:
        return nothing(frames, view, words, "nothing.campaign")
    events = milestones(frames, contest, table, words)
    title, named = finding(table, words)
    polls = table.forecast_id[table.family == "poll"].nunique()
    others = table.forecast_id.nunique() - polls
    variant = ("" if contest.scored else "_open") if others else only_polls(contest)
    return Drawing(
        chart=_draw(table, events, contest, view, words, named),
        data=table,
        title=title,
        subtitle=words(
            f"chart.campaign_timeline.subtitle{variant}",
            contest=contest_title(contest, words),
            polls=words.count(polls),
            since=words.day(table.day.min()),
            others=words.count(others),
        ),
        caption=caption(
            frames,
            view,
            words,
            words("chart.campaign_timeline.band"),
            hollow_sentence(table, words),
        ),
        alternative=sentence(f"{title}.", in_words(table, words)),
    )


def prepare(table: pd.DataFrame, contest: pd.Series, who: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Readings of the candidates in view in the last part of the campaign, with the middle half of the polls of a week."""
    end = last_day(contest, table)
    table = table[table.candidate_id.isin(who.candidate_id) & (table.day >= end - pd.Timedelta(days=DAYS))]
    # What was only told after the vote is no reading of the campaign.
    table = table[(table.kind != "poll_average") & ~table.recalled.astype(bool)]
    if table.empty:
        return table
    table = labelled(table, words)
    table["candidate"] = table.candidate_id.map(dict(zip(who.candidate_id, who.short, strict=True)))
    table["panel"] = [
        name if pd.isna(share) else words("label.candidate_result", name=name, result=words.share(share))
        for name, share in zip(table.candidate, table.result, strict=True)
    ]
    table["quantity_words"] = quantity_words(table, words)
    table = with_weeks(table, end, "forecast", by=["candidate_id"])
    order = {name: index for index, name in enumerate(who.candidate_id)}
    return table.sort_values(
        ["candidate_id", "day", "forecast_id"],
        key=lambda column: column.map(order) if column.name == "candidate_id" else column,
        ignore_index=True,
    )


def in_words(table: pd.DataFrame, words: Words) -> str:
    """Where the polls of the first and of the last week drawn stood, candidate by candidate."""
    key = "chart.campaign_timeline"
    weeks = table[table.week_median.notna()].groupby(["panel", "week_day"], sort=False).week_median.first()
    said = []
    for panel in dict.fromkeys(table.panel):
        if panel in weeks.index.get_level_values("panel"):
            medians = weeks.loc[panel].sort_index()
            polls, last = words.share(medians.iloc[0]), words.share(medians.iloc[-1])
            said.append(words(f"{key}.alternative_row", panel=panel, polls=polls, last=last))
    return words(f"{key}.alternative", rows=words.listed(said)) if said else ""


def finding(table: pd.DataFrame, words: Words) -> tuple[str, list[str]]:
    """Over the campaign: how often each kind of forecaster had the later winner in front."""
    key = "chart.campaign_timeline"
    if table.result.isna().all():
        return _standing(table, words), []
    first = table.iloc[table.result.argmax()]
    winner_id, winner, number = first.candidate_id, str(first.candidate), table.forecast_id.nunique()
    # One figure alone puts no candidate in front of another.
    table = table[table.groupby("forecast_id").candidate_id.transform("nunique") > 1]
    if winner_id not in set(table.candidate_id):
        return words(f"{key}.no_order", number=number), []
    best = table.groupby("forecast_id").forecast.transform("max")
    leads = table.assign(leads=table.forecast >= best)[table.candidate_id == winner_id]
    polls = leads[leads.family == "poll"]
    others = leads[leads.family.isin(["buzz", "market"])]
    most = others.groupby("forecaster_id").forecast_id.count()
    if len(polls) and len(most):
        chosen = others[others.forecaster_id == most.idxmax()]
        return words(
            f"{key}.{AGAINST[bool(polls.leads.all()), bool(chosen.leads.any())]}",
            leader=winner,
            right=int(polls.leads.sum()),
            polls=len(polls),
            other=short_names(chosen.head(1), words)[0],
            other_right=int(chosen.leads.sum()),
            readings=len(chosen),
        ), [str(most.idxmax())]
    return words(f"{key}.alone", leader=winner, right=int(leads.leads.sum()), number=len(leads)), []


def _standing(table: pd.DataFrame, words: Words) -> str:
    """Before the vote: who was in front in the polls drawn, and in how many of them."""
    key = "chart.campaign_timeline"
    polls = table[(table.family == "poll") & table.forecast.notna()]
    if polls.empty:
        return words(f"{key}.no_result", number=table.forecast_id.nunique())
    best = polls.groupby("forecast_id").forecast.transform("max")
    leads = polls[polls.forecast >= best].groupby("candidate").forecast_id.nunique()
    leader = str(leads.sort_values(ascending=False, kind="stable").index[0])
    number, led = polls.forecast_id.nunique(), int(leads[leader])
    return words(
        f"{key}.in_front_of_all" if led == number else f"{key}.in_front",
        leader=leader,
        polls=words.count(number),
        number=words.count(led),
        since=words.day(polls.day.min()),
    )


def _draw(
    table: pd.DataFrame, events: pd.DataFrame, contest: pd.Series, view: View, words: Words, named: list[str]
) -> alt.TopLevelMixin:
    panels = list(dict.fromkeys(table.panel))
    columns = 1 if view.compact else min(2, len(panels))
    width = int((view.width - 16) / columns) - 56
    return (
        _panel(table, with_lines(events, table, contest, width), contest, view, words, named)
        .properties(width=width, height=176)
        .facet(
            facet=alt.Facet(
                "panel:N",
                sort=panels,
                header=alt.Header(title=None, labelPadding=8),
            ),
            data=table,
            columns=columns,
            spacing=24,
            align={"row": "each", "column": "all"},
        )
    )


def _panel(
    table: pd.DataFrame, events: pd.DataFrame, contest: pd.Series, view: View, words: Words, named: list[str]
) -> alt.LayerChart | alt.FacetChart:
    present = list(table.family)
    high = float(max(table.forecast.max(), table.result.fillna(0).max())) + 2
    low = max(0.0, float(min(table.forecast.min(), table.result.fillna(100).min())) - 2)
    x = alt.X(
        "day:T",
        scale=alt.Scale(domain=[day_of(table.day.min()), day_of(last_day(contest, table))]),
        axis=day_axis(words, 3 if view.compact else 5, labelFlush=True),
    )
    y = alt.Y(
        "forecast:Q",
        scale=alt.Scale(domain=[low, high], zero=False, nice=False),
        axis=share_axis(words, tickCount=4),
    )
    plain = Chart()
    weeks = plain.transform_filter("isValid(datum.week_median)").transform_aggregate(
        groupby=["week_day"], low="min(week_low)", high="max(week_high)", median="mean(week_median)"
    )
    layers: list[alt.Chart] = []
    # The words stand once, above the first panel; the lines in all of them.
    first = plain.transform_filter(
        alt.FieldEqualPredicate(field="panel", equal=str(table.panel.iloc[0]))
    ).transform_aggregate(groupby=["panel"], rows="count()")
    layers += event_layers(events, x, first)
    layers.append(
        weeks.mark_area(style="band", interpolate="monotone", clip=True).encode(
            x=alt.X("week_day:T"), y=alt.Y("low:Q"), y2=alt.Y2("high:Q")
        )
    )
    layers.append(
        weeks.mark_line(style="link", interpolate="monotone", clip=True).encode(
            x=alt.X("week_day:T"), y=alt.Y("median:Q")
        )
    )
    dots = plain.encode(
        x=x,
        y=y,
        color=family_color(present, words, view),
        shape=family_shape(present, words, view),
        opacity=stressed(view, named),
        tooltip=tooltip(words, *FORECAST_TIPS),
    )
    if table.result.notna().any():
        layers.append(plain.mark_rule(style="result").encode(y=alt.Y("mean(result):Q")))
    return alt.layer(*layers, *points(dots, 34))
