"""Every last forecast beside the result, candidate by candidate: a dot plot with nominal intervals."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from pollbench.measures.sampling_error import share_margin
from pollbench.selection.reading import is_poll
from pollbench_dashboards.drawing.captions import (
    caption,
    hollow_sentence,
    left_out_sentence,
    nothing,
    policy_sentence,
    quantity_words,
    real_error_sentence,
    sentence,
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
    ABOVE,
    FORECAST_TIPS,
    family_color,
    family_shape,
    names_axis,
    points,
    row_step,
    share_axis,
    stressed,
    tooltip,
)
from pollbench_dashboards.drawing.names_above import broken_grid
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import FAMILIES, LABEL
from pollbench_dashboards.language.naming import labelled, recalled_sentence, room
from pollbench_dashboards.language.typography import wrapped
from pollbench_dashboards.language.words import Words

#: From this width on each candidate has a panel of its own with every name; below, a row.
PANELS = 640


@chart(
    topic="accuracy",
    frames=("contest", "candidate", "comparison", "left_out", "policy"),
    aliases=("candidates", "candidats", "forecast-and-result"),
    measured=Measured("error", "error", take="mean"),
)
def forecast_against_result(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one panel per candidate (wide) or one row per candidate (narrow)."""
    who = candidates_in_view(frames, view)
    table = of_contest(frames, "comparison", view)
    table = table[table.candidate_id.isin(who.candidate_id)] if len(table) else table
    contest = contest_row(frames, view)
    if table.empty or contest is None:
        return nothing(frames, view, words, "nothing.comparison")
    table = with_real_error(prepare(table, who, view, words), str(contest.country))
    title, named = finding(table, words)
    draw = _rows if view.width < PANELS else _panels
    return Drawing(
        chart=draw(table, view, words, named),
        data=table,
        title=title,
        subtitle=words(
            "chart.forecast_against_result.subtitle",
            contest=contest_title(contest, words),
            policy=policy_sentence(frames, words),
        ),
        caption=caption(
            frames,
            view,
            words,
            # Rows of candidates draw neither whiskers nor names.
            words("caption.interval") if view.width >= PANELS else "",
            real_error_sentence(table, str(contest.country), words) if view.width >= PANELS else "",
            hollow_sentence(table, words),
            recalled_sentence(table, words) if view.width >= PANELS else "",
            left_out_sentence(frames, view, words),
        ),
        alternative=sentence(f"{title}.", in_words(table, named, words)),
    )


def prepare(table: pd.DataFrame, who: pd.DataFrame, view: View, words: Words) -> pd.DataFrame:
    """The comparison with labels, nominal intervals and the order of the rows (closest forecaster first)."""
    table = labelled(table, words)
    table["candidate"] = table.candidate_id.map(dict(zip(who.candidate_id, who.short, strict=True)))
    table["panel"] = [
        words(
            "label.candidate_result" if view.width < PANELS else "label.candidate_share",
            name=name,
            result=words.share(share),
        )
        for name, share in zip(table.candidate, table.result, strict=True)
    ]
    table["quantity_words"] = quantity_words(table, words)
    margins = [
        float(share_margin(share, n)) if n > 0 else float("nan")
        for share, n in zip(table.forecast, table.n.fillna(0).astype(float), strict=True)
    ]
    table["nominal_low"], table["nominal_high"] = table.forecast - margins, table.forecast + margins
    table["mean_absolute_error"] = table.groupby("forecast_id").error.transform(
        lambda errors: errors.abs().mean()
    )
    order = {name: index for index, name in enumerate(who.candidate_id)}
    return table.sort_values(
        ["mean_absolute_error", "who", "candidate_id"],
        key=lambda column: column.map(order) if column.name == "candidate_id" else column,
        ignore_index=True,
    )


def leader_places(table: pd.DataFrame) -> pd.DataFrame:
    """The place that each forecast gave to the candidate who came first; ties share the better place."""
    winner = table.candidate_id.iloc[table.result.argmax()]
    ranks = table.groupby("forecast_id").forecast.rank(method="min", ascending=False)
    places = table.assign(place=ranks.astype(int))[table.candidate_id == winner]
    columns = ["forecast_id", "forecaster_id", "who", "family", "kind", "candidate", "place"]
    frame: pd.DataFrame = places[columns].sort_values(["place", "who"], ignore_index=True)
    return frame


def finding(table: pd.DataFrame, words: Words) -> tuple[str, list[str]]:
    """The sentence of the title, and the forecasters that it names."""
    places = leader_places(table)
    candidates = table.candidate_id.nunique()
    winner = str(places.candidate.iloc[0])
    wrong = places[places.place > 1]
    polls = places[is_poll(places)]
    others = wrong[wrong.family != "poll"]
    key = "chart.forecast_against_result"
    if wrong.empty:
        missed = table.groupby("candidate").error.mean()
        furthest = str(missed.index[int(missed.abs().to_numpy().argmax())])
        gap = float(missed[furthest])
        return words(
            f"{key}.all_right_{'low' if gap < 0 else 'high'}",
            number=len(places),
            leader=winner,
            furthest=furthest,
            gap=words.points(abs(gap)),
        ), []
    right = int((polls.place == 1).sum())
    if len(others) and len(polls):
        worst = others.iloc[-1]
        variant = "polls_all" if right == len(polls) else "polls_some"
        return words(
            f"{key}.{variant}",
            other=worst.who,
            leader=winner,
            place=words.spelled("place", int(worst.place)),
            among=words.spelled("cardinal", candidates),
            right=right,
            polls=words.spelled("cardinal", len(polls)),
        ), [worst.forecaster_id]
    return words(
        f"{key}.some_right", right=int((places.place == 1).sum()), number=len(places), leader=winner
    ), []


def in_words(table: pd.DataFrame, named: list[str], words: Words) -> str:
    """The result of each candidate, the range of the polls, and the figures of who is named in the title."""
    key = "chart.forecast_against_result"
    said = []
    for panel in _panel_order(table):
        rows = table[table.panel == panel]
        polls = rows[is_poll(rows)]
        spread = polls if len(polls) else rows
        figures = [
            f", {row.who} {words.share(row.forecast)}"
            for row in each_row(rows[rows.forecaster_id.isin(named)])
        ]
        result = words(
            "label.candidate_result", name=rows.candidate.iloc[0], result=words.share(rows.result.iloc[0])
        )
        said.append(
            words(
                f"{key}.alternative_row" if len(polls) else f"{key}.alternative_others",
                panel=result,
                low=words.share(spread.forecast.min()),
                high=words.share(spread.forecast.max()),
                named="".join(figures),
            )
        )
    return words(f"{key}.alternative", rows=words.listed(said))


def _panel_order(table: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(table.sort_values("result", ascending=False, kind="stable").panel))


def _scale(table: pd.DataFrame, *more: str) -> alt.Scale:
    """A scale with room for figures and results, and for the ends of what ``more`` columns hold."""
    low, high = table[["forecast", "result"]].min().min() - 2, table[["forecast", "result"]].max().max() + 2
    ends = table[list(more)]
    if more:
        low, high = min(low, ends.min().min()), max(high, ends.max().max())
    return alt.Scale(domain=[max(0.0, float(low)), float(high)], nice=False, zero=False)


#: Columns that the panels draw besides figures and results.
SPANS = ("nominal_low", "nominal_high", "real_low", "real_high")


#: Between two panels, pixels: the last tick of one and the first of the next stand apart.
APART = 32


def _panels(table: pd.DataFrame, view: View, words: Words, named: list[str]) -> alt.TopLevelMixin:
    order = list(dict.fromkeys(table.who))
    present = list(table.family)
    panels = _panel_order(table)
    # Every whisker and band ends where it ends: one that is cut would look shorter than it is.
    scale = _scale(table, *SPANS)
    x = alt.X("forecast:Q", scale=scale, axis=share_axis(words, tickCount=4, grid=False, labelSeparation=10))
    names = room(order)
    y = alt.Y("who:N", sort=order, axis=names_axis(view, names))
    width = max(96, int((view.width - names - 24) / max(1, min(len(panels), 5))) - APART)
    base = Chart(table).encode(x=x, y=y, opacity=stressed(view, named))
    dots = base.encode(
        color=family_color(present, words, view),
        shape=family_shape(present, words, view),
        tooltip=tooltip(words, *FORECAST_TIPS),
    )
    whiskers = (
        Chart(table)
        .transform_filter("isValid(datum.nominal_low)")
        .mark_rule(style="whisker")
        .encode(x=alt.X("nominal_low:Q", scale=scale), x2=alt.X2("nominal_high:Q"), y=y)
    )
    result = Chart(table).mark_rule(style="result", aria=False).encode(x=alt.X("min(result):Q"))
    real = (
        Chart(table)
        .mark_rect(style="band", aria=False)
        .encode(x=alt.X("min(real_low):Q", scale=scale), x2=alt.X2("min(real_high):Q"))
    )
    layers = alt.layer(real, whiskers, result, *points(dots)).properties(width=width, height=row_step(view))
    return layers.facet(
        column=alt.Column("panel:N", sort=panels, header=panel_header(panels, width + APART - 4)),
        spacing=APART,
    )


def panel_header(labels: list[str], width: int) -> alt.Header:
    """Names and results over the panels: all in two lines where one of them is wider than its panel."""
    name, result = (f"slice(datum.label, {ends})" for ends in (f"0, {LAST_SPACE}", f"{LAST_SPACE} + 1"))
    broken: dict[str, Any] = {}
    if any(len(wrapped(label, width, LABEL)) > 1 for label in labels):
        broken = {"labelExpr": f"[{name}, {result}]", "labelLineHeight": 17}
    return alt.Header(title=None, labelLimit=width, **broken)


#: Where the name ends in the label of a panel, as Vega says it.
LAST_SPACE = "lastindexof(datum.label, ' ')"


def _rows(table: pd.DataFrame, view: View, words: Words, named: list[str]) -> alt.TopLevelMixin:
    present = list(table.family)
    row = 84
    panels = _panel_order(table)
    lanes = [family for family in FAMILIES if family in set(present)]
    above = 14 - row // 2
    y = alt.Y("panel:N", sort=panels, axis=alt.Axis(**{**ABOVE, "labelOffset": above}))
    dots = Chart(table).encode(
        x=alt.X(
            "forecast:Q", scale=_scale(table), axis=share_axis(words, tickCount=4, **broken_grid(row, above))
        ),
        y=y,
        yOffset=alt.YOffset("family:N", scale=alt.Scale(paddingOuter=0.5, domain=lanes)),
        color=family_color(present, words, view),
        shape=family_shape(present, words, view),
        opacity=stressed(view, named),
        tooltip=tooltip(words, *FORECAST_TIPS),
    )
    result = (
        Chart(table)
        .mark_tick(style="result", thickness=2, size=row - 30)
        .encode(x=alt.X("min(result):Q"), y=y)
    )
    labelled = with_free_side(table[table.forecaster_id.isin(view.highlight or named)], table)
    labels = [
        Chart(rows)
        .mark_text(style="small-label", baseline="middle", align=align, dx=away)  # type: ignore[arg-type]
        .encode(
            x=alt.X("forecast:Q"),
            y=y,
            yOffset=alt.YOffset("family:N", scale=alt.Scale(paddingOuter=0.5, domain=lanes)),
            text=alt.Text("who:N"),
        )
        for align, away, rows in (
            ("right", -9, labelled[labelled.free == "left"]),
            ("left", 9, labelled[labelled.free == "right"]),
        )
        if len(rows)
    ]
    return alt.layer(result, *points(dots, 60), *labels).properties(
        width=view.width - 32, height=row * len(panels)
    )


def with_free_side(rows: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Column ``free``: the side of each of the ``rows`` on which its lane is free for longer: "left" or "right".

    In a lane of ``table`` stand the figures of one family for one candidate; the line of the result crosses it.
    """
    low, high = _scale(table).domain
    sides = []
    for row in each_row(rows):
        lane = table[(table.panel == row.panel) & (table.family == row.family)]
        stops = [*lane.forecast[lane.forecast_id != row.forecast_id], row.result]
        left = row.forecast - max([low, *(stop for stop in stops if stop <= row.forecast)])
        right = min([high, *(stop for stop in stops if stop >= row.forecast)]) - row.forecast
        sides.append("left" if left > right else "right")
    return rows.assign(free=sides)
