"""Who led, day by day: the share of the first minus that of the best of the others, in every poll and other reading."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, hollow_sentence, nothing, quantity_words
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import contest_row, of_contest
from pollbench_dashboards.drawing.marks import (
    family_color,
    family_shape,
    plot_width,
    points,
    stressed,
    tooltip,
)
from pollbench_dashboards.drawing.over_time import (
    DAYS,
    day_axis,
    day_of,
    event_layers,
    height_of,
    last_day,
    milestones,
    only_polls,
    with_lines,
    with_weeks,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import labelled, surname
from pollbench_dashboards.language.words import Words

#: Height of the panel, pixels.
HEIGHT = 260
#: A lead is said to be one from half of the last digit that is printed.
LEVEL = 0.05


@chart(
    topic="time",
    frames=("contest", "candidate", "campaign", "milestone"),
    aliases=("who-led", "lead", "avance"),
    one_contest=True,
)
def first_minus_second(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw the lead over the best of the others over time: all readings, the weekly median of the polls, the result."""
    contest = contest_row(frames, view)
    table = of_contest(frames, "campaign", view)
    if contest is None or table.empty:
        return nothing(frames, view, words, "nothing.campaign")
    table = prepare(table, contest, words)
    if table.empty:
        return nothing(frames, view, words, "nothing.campaign")
    polls = table.family == "poll"
    key = "chart.first_minus_second"
    return finished(
        frames,
        view,
        words,
        "first_minus_second",
        _draw(table, milestones(frames, contest, table, words), contest, view, words),
        table,
        finding(table, words),
        subtitle={
            "leader": str(table.leader.iloc[0]),
            "polls": words.count(int(polls.sum())),
            "others": words.count(int((~polls).sum())),
            "since": words.day(table.day.min()),
        },
        variant="" if (~polls).any() else only_polls(contest),
        waiting=not contest.scored,
        notes=(words(f"{key}.note"), hollow_sentence(table, words)),
        alternative=in_words(table, words),
    )


def prepare(table: pd.DataFrame, contest: pd.Series, words: Words) -> pd.DataFrame:
    """One row per reading of the last part of the campaign: the share of the first, the best of the others, the difference.

    The first is the one whom the vote placed first; before the vote the one most often in front of the polls drawn.
    A reading counts that has the first and the next of them: without both it says nothing of the lead.
    """
    end = last_day(contest, table)
    table = table[(table.day >= end - pd.Timedelta(days=DAYS)) & (table.kind != "poll_average")]
    table = table[~table.recalled.astype(bool) & table.forecast.notna()]
    order = _order(table)
    if len(order) < 2:
        return table.iloc[0:0]
    first, second = order[:2]
    ranked = table.sort_values(["forecast_id", "forecast"], ascending=[True, False], kind="stable")
    of_first = table[table.candidate_id == first].drop_duplicates("forecast_id")
    rivals = ranked[ranked.candidate_id != first].drop_duplicates("forecast_id").set_index("forecast_id")
    both = set(table.forecast_id[table.candidate_id == second])
    of_first = of_first[of_first.forecast_id.isin(both)].sort_values(
        ["day", "forecast_id"], ignore_index=True
    )
    if of_first.empty:
        return of_first
    of_first = labelled(of_first, words)
    result = table.drop_duplicates("candidate_id").set_index("candidate_id").result
    at_vote = result.loc[first] - result.drop(first).max() if contest.scored else float("nan")
    best = rivals.loc[of_first.forecast_id]
    of_first = of_first.assign(
        leader=surname(str(of_first.candidate.iloc[0]), first),
        rival=[surname(str(name), key) for name, key in zip(best.candidate, best.candidate_id, strict=True)],
        rival_share=best.forecast.to_numpy(),
        quantity_words=quantity_words(of_first, words),
    )
    of_first = of_first.assign(lead=of_first.forecast - of_first.rival_share, lead_at_vote=float(at_vote))
    return with_weeks(of_first, end, "lead")


def _order(table: pd.DataFrame) -> list[str]:
    """The candidates by result; before the vote by the number of polls in which they came first, then by their mean."""
    result = table.drop_duplicates("candidate_id").set_index("candidate_id").result
    if result.notna().any():
        return list(result.dropna().sort_values(ascending=False, kind="stable").index)
    polls = table[table.family == "poll"] if (table.family == "poll").any() else table
    best = polls.groupby("forecast_id").forecast.transform("max")
    led = polls[polls.forecast >= best].groupby("candidate_id").forecast_id.nunique()
    means = polls.groupby("candidate_id").forecast.mean().to_frame("mean").assign(led=led).fillna({"led": 0})
    return list(means.sort_values(["led", "mean"], ascending=False, kind="stable").index)


def weeks_of(table: pd.DataFrame) -> pd.Series:
    """The median lead of the polls of each week that has one, the first week first."""
    return table[table.week_median.notna()].groupby("week_day").week_median.first().sort_index()


def finding(table: pd.DataFrame, words: Words) -> str:
    """In how many weeks the median of the polls had the first ahead, in the last one by how much, and at the vote."""
    key = "chart.first_minus_second"
    weeks, leader = weeks_of(table), str(table.leader.iloc[0])
    at_vote = float(table.lead_at_vote.iloc[0])
    if weeks.empty:
        ahead = int((table.lead > 0).sum())
        return words(f"{key}.readings", leader=leader, ahead=ahead, number=len(table))
    last = float(weeks.iloc[-1])
    state = "ahead" if last >= LEVEL else "behind" if last <= -LEVEL else "level"
    lead = (
        words(f"{key}.{state}", lead=words.points(abs(last))) if state != "level" else words(f"{key}.level")
    )
    ahead = int((weeks >= LEVEL).sum())
    variant = "only" if len(weeks) == 1 else "every" if ahead == len(weeks) else "some"
    said = {
        "leader": leader,
        "ahead": words.count(ahead),
        "weeks": words.count(len(weeks)),
        "last": lead,
    }
    if pd.isna(at_vote):
        return words(f"{key}.{variant}_open", **said)
    return words(f"{key}.{variant}", **said, result=words.points(at_vote))


def in_words(table: pd.DataFrame, words: Words) -> str:
    """The median lead of the polls, week by week."""
    key = "chart.first_minus_second"
    weeks = weeks_of(table)
    said = [
        words(
            f"{key}.alternative_row",
            day=words.day(pd.Timestamp(str(day))),
            lead=words.number(float(lead), signed=True),
        )
        for day, lead in weeks.items()
    ]
    return words(f"{key}.alternative", rows=words.listed(said)) if said else ""


def _draw(
    table: pd.DataFrame, events: pd.DataFrame, contest: pd.Series, view: View, words: Words
) -> alt.LayerChart:
    width = plot_width(view, 0)
    end = last_day(contest, table)
    present = list(table.family)
    # The legend stands above the words of the events.
    events = with_lines(events, table, contest, width)
    above = 14 + height_of(events)
    at_vote = float(table.lead_at_vote.iloc[0])
    reach = [0.0, *table.lead, *([] if pd.isna(at_vote) else [at_vote])]
    x = alt.X(
        "day:T",
        scale=alt.Scale(domain=[day_of(table.day.min()), day_of(end)]),
        axis=day_axis(words, 3 if view.compact else 6, labelFlush=True),
    )
    scale = alt.Scale(domain=[min(reach) - 2, max(reach) + 2], zero=False, nice=False)
    axis = alt.Axis(title=None, format="+~f", tickCount=5, labelExpr="datum.value === 0 ? '0' : datum.label")
    weeks = Chart(
        table[table.week_median.notna()].drop_duplicates("week_day")[
            ["week_day", "week_low", "week_median", "week_high"]
        ]
    )
    dots = Chart(table).encode(
        x=x,
        y=alt.Y("lead:Q", scale=scale, axis=axis),
        color=family_color(present, words, view, above),
        shape=family_shape(present, words, view, above),
        opacity=stressed(view),
        tooltip=tooltip(
            words,
            ("name:N", "column.name", ""),
            ("rival:N", "column.rival", ""),
            ("lead:Q", "column.lead", "+.1f"),
            ("lead_at_vote:Q", "column.lead_at_vote", "+.1f"),
            ("quantity_words:N", "column.quantity", ""),
            ("measured_to:T", "column.measured_to", "%d/%m/%Y"),
            ("n:Q", "column.n", ",d"),
            ("sources:N", "column.sources", ""),
        ),
    )
    layers: list[alt.Chart] = [
        *event_layers(events, x, Chart(table.head(1))),
        weeks.mark_area(style="band", interpolate="monotone", clip=True).encode(
            x=alt.X("week_day:T"), y=alt.Y("week_low:Q", scale=scale), y2=alt.Y2("week_high:Q")
        ),
        weeks.mark_line(style="link", interpolate="monotone", strokeWidth=2, clip=True).encode(
            x=alt.X("week_day:T"), y=alt.Y("week_median:Q", scale=scale)
        ),
        Chart(table.head(1))
        .mark_rule(style="guide")
        .encode(y=alt.datum(0, type="quantitative", scale=scale)),
        *_sides(str(table.leader.iloc[0]), words),
    ]
    if pd.notna(at_vote):
        layers += _at_vote(at_vote, scale, words)
    return alt.LayerChart(layer=[*layers, *points(dots, 40)]).properties(width=width, height=HEIGHT)


def _sides(leader: str, words: Words) -> list[alt.Chart]:
    """What lies above and below zero, in words at the left edge."""
    key = "chart.first_minus_second"
    sides = pd.DataFrame(
        {"side": [words(f"{key}.above", leader=leader), words(f"{key}.below", leader=leader)]}
    )
    return [
        Chart(sides.iloc[[row]])
        .mark_text(style="note", align="left", baseline=baseline)  # type: ignore[arg-type]
        .encode(x=alt.XValue(4), y=alt.YValue(y), text=alt.Text("side:N"))
        for row, baseline, y in ((0, "top", 4), (1, "bottom", HEIGHT - 4))
    ]


def _at_vote(at_vote: float, scale: alt.Scale, words: Words) -> list[alt.Chart]:
    """The lead at the vote as a line across, with its label at the left."""
    label = words("label.result", result=words.number(at_vote, signed=True))
    result = Chart(pd.DataFrame({"at_vote": [at_vote], "label": [label]}))
    y = alt.Y("at_vote:Q", scale=scale)
    return [
        result.mark_rule(style="result").encode(y=y),
        result.mark_text(style="result-label", align="left", baseline="bottom", dy=-3).encode(
            x=alt.XValue(4), y=y, text=alt.Text("label:N")
        ),
    ]
