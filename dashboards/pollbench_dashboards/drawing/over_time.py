"""What drawings of a campaign share: how much of it is drawn, the polls week by week, and the days to mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.chart import Frames
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import CAPTION
from pollbench_dashboards.language.data_words import column_in_language
from pollbench_dashboards.language.typography import wrapped
from pollbench_dashboards.language.words import Words

#: How much of a campaign is drawn, in days before the vote: since New Year for an April vote.
DAYS = 120
#: Events written at most, and the height of a line of their words above a panel, pixels.
MOST_EVENTS, EVENT_ROW = 4, 13
#: A few words may reach a little beyond their side of the panel: their letters are taken as narrower than those of a title.
NARROW = 0.88
NO_BREAK = "\u00a0"


def last_day(contest: pd.Series, table: pd.DataFrame) -> pd.Timestamp:
    """The end of the time drawn: the vote; of a vote to come, the newest figure."""
    return pd.Timestamp(contest.day) if contest.scored else pd.Timestamp(table.day.max())


def only_polls(contest: pd.Series) -> str:
    """The ending of a subtitle that counts polls alone, because no other reading is drawn."""
    return "_polls" if contest.scored else "_polls_open"


def with_weeks(table: pd.DataFrame, end: pd.Timestamp, value: str, by: Sequence[str] = ()) -> pd.DataFrame:
    """The table with the median and the middle half of ``value`` over the polls of each week counted back from ``end``.

    Columns ``week_median``, ``week_low``, ``week_high`` and ``week_day``, the middle of the week; empty where a row is
    no poll. ``by``: columns whose values have weeks of their own.
    """
    polls = table.family == "poll"
    week = ((end - table.day).dt.days // 7).where(polls)
    groups = table[polls].groupby([*(table[column] for column in by), week])[value]
    table = table.assign(week_median=float("nan"), week_low=float("nan"), week_high=float("nan"))
    table.loc[polls, "week_median"] = groups.transform("median")
    table.loc[polls, "week_low"] = groups.transform("quantile", 0.25)
    table.loc[polls, "week_high"] = groups.transform("quantile", 0.75)
    # Of a vote to come the newest figure is the end.
    table.loc[polls, "week_day"] = end - pd.to_timedelta(week[polls] * 7 + 3, unit="D")
    return table


def milestones(frames: Frames, contest: pd.Series, table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Days to mark within the period drawn, in words, each with the side of its line on which they stand."""
    events = frames["milestone"]
    events = events[
        (events.election_id == contest.election_id)
        & (events.day >= table.day.min())
        & (events.day <= last_day(contest, table))
    ].sort_values("day", ignore_index=True)
    # The newest few: more would write over each other.
    events = events.tail(MOST_EVENTS).reset_index(drop=True)
    texts = [
        words("chart.campaign_timeline.event", event=text, day=_short_day(day, words))
        for day, text in zip(events.day, column_in_language(events, "label", words), strict=True)
    ]
    start, end = table.day.min(), last_day(contest, table)
    # In the right half of the panels texts end at their lines, in the left half they begin there.
    right = [(day - start) >= (end - start) / 2 for day in events.day]
    frame: pd.DataFrame = events.assign(legend=texts, right=right)
    return frame


def with_lines(events: pd.DataFrame, table: pd.DataFrame, contest: pd.Series, width: int) -> pd.DataFrame:
    """Column ``lines``: the words of each event, broken where its side of a panel of ``width`` pixels ends."""
    start, end = table.day.min(), last_day(contest, table)
    passed = (events.day - start) / (end - start)
    room = width * passed.where(events.right, 1 - passed)
    lines = [
        wrapped(text, pixels, NARROW * CAPTION) for text, pixels in zip(events.legend, room, strict=True)
    ]
    return events.assign(lines=pd.Series(lines, index=events.index, dtype=object))


def height_of(events: pd.DataFrame) -> int:
    """What the words of the events need above a panel, pixels."""
    return EVENT_ROW * len([line for lines in events.lines for line in lines])


def event_layers(events: pd.DataFrame, x: alt.X, base: alt.Chart) -> list[alt.Chart]:
    """The lines of the events, which Vega-Lite repeats in every panel, and their words, where ``base`` has a row."""
    if events.empty:
        return []
    marked = Chart(events[["day", "legend"]])
    layers: list[alt.Chart] = [
        marked.mark_rule(style="event").encode(x=x, tooltip=alt.Tooltip("legend:N", title=" "))
    ]
    texts = [(event, text) for event in events.to_dict("records") for text in event["lines"]]
    for number, (event, text) in enumerate(texts, start=1):
        # One mark per line of words: its alignment and its height are properties of the mark.
        layers.append(
            base.mark_text(
                style="note",
                baseline="bottom",
                align="right" if event["right"] else "left",
                dx=-2 if event["right"] else 2,
                dy=-2 - EVENT_ROW * (len(texts) - number),
            ).encode(
                x=alt.X(datum=day_of(event["day"]), type="temporal"),
                y=alt.YValue(0),
                text=alt.value(text),
            )
        )
    return layers


def day_axis(words: Words, ticks: int, **options: Any) -> alt.Axis:
    """An axis of days, without title; the first of a month as the language writes it."""
    first = _short_day(pd.Timestamp(2017, 4, 1), words).split(NO_BREAK)[0]
    if first != "1":
        options["labelExpr"] = f"date(datum.value) === 1 ? '{first}' + slice(datum.label, 1) : datum.label"
    return alt.Axis(title=None, format="%-d %b", tickCount=ticks, **options)


def _short_day(day: pd.Timestamp, words: Words) -> str:
    """A day without its year, on one line."""
    return words.day(day, year=False, short=True).replace(" ", NO_BREAK)


def day_of(moment: pd.Timestamp) -> alt.DateTime:
    """The day as Vega-Lite writes it."""
    return alt.DateTime(year=moment.year, month=moment.month, date=moment.day)
