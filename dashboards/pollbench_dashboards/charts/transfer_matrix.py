"""Who went where: for every pair of options that polls printed, what is certain, what is estimated, what was polled."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench.flows.story import Verdict, verdict
from pollbench.flows.table import HEADLINE
from pollbench_dashboards.drawing.captions import finished, nothing
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import names_axis, plot_width, row_step, share_axis, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import room, surname
from pollbench_dashboards.language.words import Words

#: Options that are no candidates.
SPECIAL = ("others", "blank_null", "abstention", "neither")


def option_name(option: str, people: dict[str, str], words: Words) -> str:
    """An option of a round in words: the name of the candidate, or what it is."""
    if option in SPECIAL:
        return words(f"option.{option}")
    return surname(people.get(option, option), option)


@chart(
    topic="transfers",
    frames=("contest", "candidate", "person", "transfer", "polled_transfer"),
    polls=False,
    aliases=("transfers", "reports-de-voix"),
)
def transfer_matrix(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per pair of options: exact bounds, the interval of the estimate, and one mark per poll."""
    table = frames["transfer"]
    rows = table[(table.method == HEADLINE) & (table.interval_kind == "known_truth") & (table.polls > 0)]
    if rows.empty:
        return nothing(frames, view, words, "nothing.transfers")
    rows = rows[rows.election_id == rows.election_id.iloc[0]]
    counted = verdict(table[table.election_id == rows.election_id.iloc[0]])
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    bounds = table[table.method == "bounds"].set_index(["from_option", "to_option"])
    pairs = pd.MultiIndex.from_frame(rows[["from_option", "to_option"]])
    rows = rows.assign(
        cell=[_pair(start, goal, people, words) for start, goal in pairs],
        least=bounds.loc[pairs, "low"].to_numpy(),
        most=bounds.loc[pairs, "high"].to_numpy(),
    )
    polls = frames["polled_transfer"].merge(
        rows[["from_option", "to_option", "cell"]], on=["from_option", "to_option"]
    )
    polls = polls.assign(poll_pct=polls.share_pct, family="poll")
    data = pd.concat(
        [rows.drop(columns="contest_id"), polls[["cell", "name", "poll_pct", "family"]]], ignore_index=True
    )
    return finished(
        frames,
        view,
        words,
        "transfer_matrix",
        _draw(data, list(rows.cell), view, words),
        data,
        finding(counted, people, words),
        subtitle={"units": int(rows.units.iloc[0]), "figures": counted.figures},
        notes=(words("chart.transfer_matrix.note"),),
        alternative=main_values(rows, "cell", "share_pct", words, label="column.estimate", decimals=0),
    )


def _pair(start: str, goal: str, people: dict[str, str], words: Words) -> str:
    return words(
        "option.pair", start=option_name(start, people, words), goal=option_name(goal, people, words)
    )


def finding(counted: Verdict, people: dict[str, str], words: Words) -> str:
    """In how many cells the interval meets the polls, and whether chance explains the others."""
    key = "contradicted" if counted.contradicts else "finding" if counted.apart else "all"
    return words(
        f"chart.transfer_matrix.{key}",
        meet=counted.meet,
        cells=counted.cells,
        chance=words.number(counted.by_chance),
        names=words.join([_pair(start, goal, people, words) for start, goal in counted.apart], most=6),
    )


def _draw(data: pd.DataFrame, cells: list[str], view: View, words: Words) -> alt.TopLevelMixin:
    names = room(cells)
    y = alt.Y("cell:N", sort=cells, axis=names_axis(view, names))
    scale = alt.Scale(domain=[0, 100], nice=False)
    base = Chart(data)
    estimates = base.transform_filter("isValid(datum.share_pct)")
    tips = tooltip(
        words,
        ("cell:N", "column.transfer", ""),
        ("share_pct:Q", "column.estimate", ".1f"),
        ("low:Q", "column.low", ".1f"),
        ("high:Q", "column.high", ".1f"),
        ("least:Q", "column.least", ".1f"),
        ("most:Q", "column.most", ".1f"),
    )
    certain = estimates.mark_rule(style="whisker", strokeWidth=1).encode(
        x=alt.X("least:Q", scale=scale, axis=share_axis(words)), x2="most:Q", y=y
    )
    interval = estimates.mark_rule(style="whisker", strokeWidth=6).encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q", y=y, tooltip=tips
    )
    middle = estimates.mark_tick(style="result", thickness=2, size=16).encode(
        x=alt.X("share_pct:Q", scale=scale), y=y, tooltip=tips
    )
    marks = (
        base.transform_filter("isValid(datum.poll_pct)")
        .mark_point(filled=True, size=46, opacity=0.75)
        .encode(
            x=alt.X("poll_pct:Q", scale=scale),
            y=y,
            color=alt.Color("family:N", legend=None),
            tooltip=tooltip(
                words,
                ("name:N", "column.name", ""),
                ("cell:N", "column.transfer", ""),
                ("poll_pct:Q", "column.polled", ".1f"),
            ),
        )
    )
    return alt.layer(certain, interval, marks, middle).properties(
        width=plot_width(view, names), height=row_step(view)
    )
