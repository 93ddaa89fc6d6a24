"""The scale: every last error of every election loaded, the polls' beside the buzz's."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, hollow_sentence, nothing, quantity_words, sentence
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import family_color, family_shape, points, tooltip
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import AIR, LETTER, short_names
from pollbench_dashboards.language.words import Words


@chart(
    topic="accuracy",
    frames=("contest", "candidate", "last_error"),
    pooled=True,
    aliases=("all-elections", "record", "toutes-les-élections"),
)
def five_elections(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per election: the error of every poll and of every other forecaster, on one scale."""
    table = frames["last_error"]
    if len(table):
        contests = frames["contest"]
        first = contests[(contests["round"] == 1) & contests.contest_id.isin(set(table.contest_id))]
        # Votes of one office are one scale: the office that most of them are for, of equals the first by name.
        first = first[first.office == first.office.mode().min()] if len(first) else first
        table = table[table.contest_id.isin(set(first.contest_id)) & (table.kind != "poll_average")]
    if table.empty:
        return nothing(frames, view, words, "nothing.comparison")
    table = prepare(table, words)
    # The source is every data set drawn, not the one of the main contest.
    datasets = frames["contest"].drop_duplicates("election_id")
    datasets = datasets[datasets.election_id.isin(set(table.election_id))]
    named = ", ".join(
        words("page.revision", election=row.election_id, revision=row.revision)
        for row in datasets.itertuples()
    )
    drawing = finished(
        frames,
        view,
        words,
        "five_elections",
        _draw(table, view, words),
        table,
        finding(table, words),
        subtitle={"scope": _scope(table, words), "polls": int((table.family == "poll").sum())},
        alternative=main_values(
            table[table.family == "poll"].groupby("election", as_index=False, sort=False)[["mae"]].mean(),
            "election",
            "mae",
            words,
            label="charts.mean_mae_polls",
        ),
    )
    said = (
        words("caption.sources", datasets=named),
        words("chart.five_elections.note"),
        hollow_sentence(table, words),
    )
    return replace(drawing, caption=sentence(*said))


def _scope(table: pd.DataFrame, words: Words) -> str:
    years = sorted(set(table.year))
    if len(years) == 1:
        return words("chart.five_elections.scope_one", year=years[0])
    return words("chart.five_elections.scope", elections=len(years))


def prepare(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Errors with the row of their election and the share of all poll errors that were no larger."""
    table = table.reset_index(drop=True)
    polls = table.mae[table.family == "poll"].to_numpy()
    table["share_no_larger"] = [
        100.0 * float((polls <= error + 1e-9).mean()) if len(polls) else float("nan") for error in table.mae
    ]
    table["quantity_words"] = quantity_words(table, words)
    table["election"] = table.year.astype(str)
    return table.sort_values(["year", "mae", "forecaster_id"], ignore_index=True)


def finding(table: pd.DataFrame, words: Words) -> str:
    """Where the worst buzz error stands among the errors of all polls, and which vote the polls did best."""
    key = "chart.five_elections"
    polls = table[table.family == "poll"]
    others = table[table.family == "buzz"]
    if polls.empty:
        return words(f"{key}.no_polls", number=len(table))
    medians = polls.groupby("year").mae.median()
    best = int(medians.index[int(medians.argmin())])
    if others.empty:
        if len(medians) == 1:
            return words(
                f"{key}.polls_alone", year=best, median=words.points(medians[best]), polls=len(polls)
            )
        return words(
            f"{key}.polls_only", year=best, median=words.points(medians[best]), elections=len(medians)
        )
    main = others[others.year == others.year.mode().min()]
    year = int(main.year.iloc[0])
    worse = int((polls.mae >= main.mae.min()).sum())
    variant = "one_year" if len(medians) == 1 else "best_year" if year == best else "other_year"
    if variant == "one_year" and not worse:
        variant = "one_year_none"
    # Two decimals: who counts the polls from the printed figure counts as many.
    errors = words.points(main.mae.max(), 2)
    if main.mae.max() > main.mae.min():
        errors = words(f"{key}.errors", low=words.number(main.mae.min(), 2), high=errors)
    return words(
        f"{key}.{variant}",
        year=year,
        best=best,
        elections=len(medians),
        errors=errors,
        worse=worse,
        polls=len(polls),
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    present = list(table.family)
    years = sorted(set(table.election))
    y = alt.Y("election:N", sort=years, axis=alt.Axis(title=None))
    x = alt.X(
        "mae:Q",
        scale=alt.Scale(domain=[0, float(table.mae.max()) * 1.05], nice=False),
        axis=alt.Axis(title=words("axis.mae")),
    )
    polls = table[table.family == "poll"]
    medians = polls.groupby("election", as_index=False).mae.agg(mae="median", last="max")
    medians["family"] = "poll"
    medians["text"] = [words("label.median", median=words.number(value)) for value in medians.mae]
    row = 58
    lane = alt.YOffset("family:N", scale=alt.Scale(domain=["poll", "market", "model", "buzz"]))
    dots = Chart(table).encode(
        x=x,
        y=y,
        yOffset=lane,
        color=family_color(present, words, view),
        shape=family_shape(present, words, view),
        opacity=alt.OpacityValue(0.75),
        tooltip=tooltip(
            words,
            ("name:N", "column.name", ""),
            ("election:N", "column.election", ""),
            ("mae:Q", "column.mae", ".2f"),
            ("share_no_larger:Q", "column.share_no_larger", ".0f"),
            ("quantity_words:N", "column.quantity", ""),
            ("n:Q", "column.n", ",d"),
        ),
    )
    middle = Chart(medians).mark_tick(style="result", thickness=2, size=18).encode(x=x, y=y, yOffset=lane)
    label = (
        Chart(medians)
        .mark_text(style="note", align="left", dx=10, baseline="middle")
        .encode(x=alt.X("last:Q"), y=y, yOffset=lane, text=alt.Text("text:N"))
    )
    # The figures that were no polls are few, and the title is about them: they bear their names.
    named = table[table.family == "buzz"]
    named = named.assign(who=short_names(named, words)).sort_values(["election", "mae"])
    # A name stands behind its mark; before it where the next mark of its vote is near; above it at the edge.
    pixels = (view.width - 84) / max(1.05 * float(table.mae.max()), 0.01)
    gap = (named.groupby("election").mae.shift(-1) - named.mae) * pixels
    edge = named.mae > 0.8 * table.mae.max()
    near = ~edge & (gap < LETTER * named.who.map(len) + AIR)
    sides = ((~edge & ~near, "left", 9, 0), (near, "right", -9, 0), (edge, "right", 6, -12))
    names = [
        Chart(named[rows])
        .mark_text(style="note", align=align, dx=across, dy=down, baseline="middle")  # type: ignore[arg-type]
        .encode(x=alt.X("mae:Q"), y=y, yOffset=lane, text=alt.Text("who:N"))
        for rows, align, across, down in sides
        if rows.any()
    ]
    # A rule above every year but the first: what stands between two rules belongs to one vote.
    apart = (
        Chart(pd.DataFrame({"top": [row * number for number in range(1, len(years))]}))
        .mark_rule(style="link", strokeWidth=1)
        .encode(
            y=alt.Y(
                "top:Q",
                scale=alt.Scale(domain=[0, row * len(years)], range=[0, row * len(years)], nice=False),
                axis=None,
            )
        )
    )
    drawn = alt.layer(middle, label, *names, *points(dots, 70))
    if len(years) > 1:
        drawn = alt.layer(apart, drawn).resolve_scale(y="independent")
    return drawn.properties(width=view.width - 84, height=row * len(years))
