"""Printed probabilities by day, with what happened: one vote is one draw, so no calibration is drawn."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from pollbench.statements.probabilities import favourites_table
from pollbench_dashboards.drawing.captions import finished, nothing
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import contest_row, each_row
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import PALE, family_color, family_shape, tooltip
from pollbench_dashboards.drawing.over_time import day_axis
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import short_names, sorted_names, surname
from pollbench_dashboards.language.words import Words

#: Questions in the order of the panels.
QUESTIONS = ("leader", "qualifies", "winner")
#: What a favourite is of.
ASKED = ["contest_id", "question", "forecaster_id"]
#: Panels drawn at most.
MOST_PANELS = 6


@chart(
    topic="probabilities",
    frames=("contest", "candidate", "probability", "person"),
    polls=False,
    aliases=("probabilities", "probabilités"),
)
def probabilities_by_date(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one panel per event: the probabilities that were printed, by day, and whether it happened."""
    contest = contest_row(frames, view)
    table = frames["probability"]
    if contest is None or table.empty:
        return nothing(frames, view, words, "nothing.probabilities")
    table = prepare(table, frames, str(contest.election_id), words)
    if table.empty:
        return nothing(frames, view, words, "nothing.probabilities")
    advance = dict(zip(frames["contest"].contest_id, frames["contest"].advance, strict=True))
    tagged = _with_tags(table, advance, words)
    events = _in_order_of_interest(tagged)
    drawn = tagged[tagged.event.isin(events[:MOST_PANELS])]
    return finished(
        frames,
        view,
        words,
        "probabilities_by_date",
        _draw(drawn, view, words),
        table,
        finding(table, advance, words),
        subtitle={"number": len(table), "forecasters": table.forecaster_id.nunique()},
        waiting=bool(table.occurred.isna().all()),
        notes=(
            words("chart.probabilities_by_date.rule"),
            words("chart.probabilities_by_date.drawn", drawn=MOST_PANELS, number=len(events))
            if len(events) > MOST_PANELS
            else "",
            words("chart.probabilities_by_date.note"),
        ),
        alternative=main_values(
            table[table["last"]].assign(told=lambda last: last["name"] + ", " + last.candidate),
            "told",
            "probability",
            words,
            label="column.probability",
            decimals=0,
        ),
    )


def prepare(table: pd.DataFrame, frames: Frames, election_id: str, words: Words) -> pd.DataFrame:
    """Events of one candidate of the election, what happened first."""
    contests = frames["contest"]
    rounds = set(contests.contest_id[contests.election_id == election_id])
    waiting = set(contests.contest_id[~contests.scored])
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    table = table[
        table.contest_id.isin(rounds)
        & table.question.isin(QUESTIONS)
        & table.candidates.isin(set(people))
        & (table.occurred.notna() | table.contest_id.isin(waiting))
        & (table.condition.fillna("") == "")
        & ~table.recalled.astype(bool)
    ].copy()
    if table.empty:
        return table
    table["day"] = pd.to_datetime(table.public_on)
    table["candidate"] = [surname(people[candidate], candidate) for candidate in table.candidates]
    table["event"] = [
        words(f"event.{row.question}_{_happened(row.occurred)}", name=row.candidate)
        for row in each_row(table)
    ]
    order = {name: index for index, name in enumerate(QUESTIONS)}
    return table.sort_values(
        ["question", "occurred", "candidate", "day", "forecaster_id"],
        ascending=[True, False, True, True, True],
        key=lambda column: column.map(order) if column.name == "question" else column,
        ignore_index=True,
    )


def _happened(occurred: float) -> str:
    return "open" if pd.isna(occurred) else "yes" if occurred == 1 else "no"


def finding(table: pd.DataFrame, advance: Mapping[str, int], words: Words) -> str:
    """How many of the last favourites came true: all events count, drawn or not."""
    if table.occurred.isna().all():
        return words("chart.probabilities_by_date.open", number=len(table))
    judged = favourites_table(table, advance)
    if judged.empty:
        return words("chart.probabilities_by_date.none_last", number=len(table))
    wrong = judged[~judged.right.astype(bool)]
    key, number, right = "chart.probabilities_by_date", len(judged), len(judged) - len(wrong)
    if not len(wrong):
        return words.plural(f"{key}.finding_all", number, number=number)
    names = words.join(sorted_names(wrong, words), most=6)
    if not right:
        return words.plural(f"{key}.finding_none", number, number=number, names=names)
    return words(f"{key}.finding", number=number, right=right, names=names)


def _with_tags(table: pd.DataFrame, advance: Mapping[str, int], words: Words) -> pd.DataFrame:
    """Column ``tag``: the name of a forecaster whose last favourite did not come true, at its last figures of that question."""
    table = table.assign(tag="")
    if table.occurred.isna().all():
        return table
    judged = favourites_table(table, advance)
    wrong = set(judged[~judged.right.astype(bool)][ASKED].itertuples(index=False, name=None))
    named = pd.Series([key in wrong for key in table[ASKED].itertuples(index=False, name=None)])
    return table.assign(
        tag=pd.Series(short_names(table, words)).where(named & table["last"].astype(bool), "")
    )


def _in_order_of_interest(table: pd.DataFrame) -> list[str]:
    """The events: first those in which a forecaster of the title is named, then those with most figures."""
    events = table.groupby("event", sort=False).agg(
        named=("tag", lambda tags: (tags != "").any()), figures=("tag", "size")
    )
    return list(events.sort_values(["named", "figures"], ascending=False, kind="stable").index)


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    events = list(dict.fromkeys(table.event))
    columns = 1 if view.compact else min(2, len(events))
    width = int((view.width - 16) / columns) - 68
    first, last = table.day.min(), table.day.max() + pd.Timedelta(days=4)
    domain = [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in (first, last)]
    # Over more than one year a day without its year says little.
    years = first.year != last.year
    axis = alt.Axis(title=None, format="%b %Y", tickCount=4) if years else day_axis(words, 4)
    plain = Chart()
    base = plain.encode(
        x=alt.X("day:T", scale=alt.Scale(domain=domain), axis=axis),
        y=alt.Y(
            "probability:Q",
            scale=alt.Scale(domain=[0, 100]),
            axis=alt.Axis(title=None, values=[0, 50, 100], labelExpr=words.axis_share()),
        ),
        color=family_color(list(table.family), words, view),
    )
    thread = base.mark_line(strokeWidth=1, opacity=PALE).encode(detail=alt.Detail("forecaster_id:N"))
    dots = base.mark_point(filled=True, size=46).encode(
        shape=family_shape(list(table.family), words, view),
        tooltip=tooltip(
            words,
            ("name:N", "column.name", ""),
            ("event:N", "column.event", ""),
            ("day:T", "column.day", "%d/%m/%Y"),
            ("probability:Q", "column.probability", ".1f"),
            ("brier:Q", "column.brier", ".3f"),
        ),
    )
    tags = (
        plain.transform_filter("datum.tag !== ''")
        .mark_text(style="note", align="right", dx=4, dy=-12)
        .encode(x=alt.X("day:T"), y=alt.Y("probability:Q"), text=alt.Text("tag:N"))
    )
    outcome = (
        plain.transform_filter("isValid(datum.occurred)")
        .transform_calculate(goal="100 * datum.occurred")
        .mark_rule(style="result")
        .encode(y=alt.Y("mean(goal):Q"))
    )
    return (
        alt.layer(outcome, thread, dots, tags)
        .properties(width=width, height=120)
        .facet(
            facet=alt.Facet("event:N", sort=events, header=alt.Header(title=None, labelLimit=width + 40)),
            data=table,
            columns=columns,
            spacing=20,
        )
    )
