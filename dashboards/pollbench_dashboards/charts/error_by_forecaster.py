"""How far each forecaster was from the result on average, beside a null forecast that knows no order."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd

from pollbench.selection.reading import is_poll
from pollbench_dashboards.drawing.captions import (
    caption,
    hollow_sentence,
    left_out_sentence,
    nothing,
    policy_sentence,
    quantity_words,
    sentence,
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
    family_color,
    family_shape,
    names_axis,
    plot_width,
    points,
    row_step,
    stressed,
    ticks,
    tooltip,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.tie_brackets import brackets, note
from pollbench_dashboards.drawing.tie_brackets import width as brackets_width
from pollbench_dashboards.language.naming import labelled, recalled_sentence, room
from pollbench_dashboards.language.words import Words

#: Room of the column of numbers right of the marks, pixels.
NUMBERS = 28


@chart(
    topic="accuracy",
    frames=("contest", "candidate", "score", "comparison", "board", "left_out", "policy"),
    aliases=(
        "who-was-closest",
        "who-was-right",
        "le-plus-proche",
        "qui-etait-le-plus-proche",
        "errors",
        "erreurs",
    ),
    measured=Measured("mae", "error"),
)
def error_by_forecaster(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per forecaster, closest first, with its own naive forecast and a bracket around those that chance leaves undecided."""
    table = prepare(frames, view, words)
    contest = contest_row(frames, view)
    if table.empty or contest is None:
        return nothing(frames, view, words, "nothing.comparison")
    title, named = finding(table, words)
    # The error is over the candidates that the policy compares, whichever are asked for elsewhere.
    who = candidates_in_view(frames, replace(view, candidates=()))
    return Drawing(
        chart=_draw(table, view, words, named),
        data=table,
        title=title,
        subtitle=words(
            "chart.error_by_forecaster.subtitle",
            candidates=words.join(list(who.short), most=5),
            contest=contest_title(contest, words),
            policy=policy_sentence(frames, words),
        ),
        caption=caption(
            frames,
            view,
            words,
            note(table, words),
            words("chart.error_by_forecaster.null"),
            recalled_sentence(table, words),
            hollow_sentence(table, words),
            left_out_sentence(frames, view, words),
        ),
        alternative=sentence(
            f"{title}.",
            words(
                "chart.error_by_forecaster.alternative",
                rows=words.listed(f"{row.who} {words.number(row.mae)}" for row in each_row(table)),
            ),
        ),
    )


def prepare(frames: Frames, view: View, words: Words) -> pd.DataFrame:
    """One row per forecast: its mean absolute error and that of its own flat null."""
    scores = of_contest(frames, "score", view)
    if scores.empty:
        return scores
    scores = scores[(scores.measure == "mae") & (scores.component == "")]
    rows = scores[scores.family != "baseline"]
    flat = scores[scores.forecaster_id == "flat"].set_index("forecast_id").value
    meta = frames["comparison"].drop_duplicates("forecast_id").set_index("forecast_id")
    rows = rows[rows.forecast_id.isin(meta.index)]
    columns = [
        "contest_id",
        "forecast_id",
        "forecaster_id",
        "name",
        "house",
        "kind",
        "family",
        "quantity",
        "recalled",
        "n",
    ]
    table = rows[
        [*columns, "horizon_days", "n_candidates", "policy_id", "measure_version", "dataset_revision"]
    ].copy()
    table["mae"] = rows.value
    table["flat"] = table.forecast_id.map(flat)
    table["quantity_words"] = quantity_words(table, words)
    table["sources"] = table.forecast_id.map(meta.sources)
    board = of_contest(frames, "board", view).drop_duplicates("forecast_id").set_index("forecast_id")
    table["tied_with_best"] = table.forecast_id.map(board.tied_with_best).fillna("unknown")
    table["tie_range"] = table.forecast_id.map(board.tie_range)
    return labelled(table, words).sort_values(["mae", "who"], ignore_index=True)


def finding(table: pd.DataFrame, words: Words) -> tuple[str, list[str]]:
    """The closest, and the forecaster outside the polls that was furthest, set against its own null."""
    key = "chart.error_by_forecaster"
    best = table.iloc[0]
    polls = table[is_poll(table)]
    others = table[table.family.isin(["buzz", "market"])]
    if len(table) == 1:
        return words(f"{key}.one", name=best.who, error=words.points(best.mae)), [best.forecaster_id]
    if len(others) and len(polls):
        worst = others.iloc[-1]
        behind = int((polls.mae < worst.mae).sum())
        variant = "behind_all" if behind == len(polls) else "behind_some"
        null = ""
        if pd.notna(worst.flat):
            null = words(
                f"{key}.{'worse' if worst.mae > worst.flat else 'better'}_than_null",
                null=words.number(worst.flat),
            )
        if best.family != "poll":
            variant = "ahead"
        title = words(
            f"{key}.{variant}",
            best=best.who,
            kind=words(f"one_of.{best.family}"),
            least=words.points(best.mae),
            low=words.number(polls.mae.min()),
            high=words.points(polls.mae.max()),
            other=worst.who,
            error=words.number(worst.mae),
            behind=behind,
            polls=len(polls),
            null=null,
        )
        return title, [worst.forecaster_id, best.forecaster_id]
    worst = table.iloc[-1]
    return words(
        f"{key}.range",
        best=best.who,
        low=words.points(best.mae),
        worst=worst.who,
        high=words.number(worst.mae),
    ), [best.forecaster_id, worst.forecaster_id]


def _draw(table: pd.DataFrame, view: View, words: Words, named: list[str]) -> alt.TopLevelMixin:
    present = [*table.family, *(["baseline"] if table.flat.notna().any() else [])]
    names = room(table.who)
    width = plot_width(view, names) - brackets_width(table, view)
    y = alt.Y("who:N", scale=alt.Scale(domain=list(table.who)), axis=names_axis(view, names))
    top = float(max(table.mae.max(), table.flat.max() if table.flat.notna().any() else 0)) * 1.12
    x = alt.X(
        "mae:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(title=words("axis.mae"), tickCount=ticks(view, 5 if view.compact else 7)),
    )
    tips = tooltip(
        words,
        ("name:N", "column.name", ""),
        ("mae:Q", "column.mae", ".2f"),
        ("flat:Q", "column.flat", ".2f"),
        ("quantity_words:N", "column.quantity", ""),
        ("n:Q", "column.n", ",d"),
        ("sources:N", "column.sources", ""),
    )
    base = Chart(table).encode(x=x, y=y, opacity=stressed(view, named))
    stems = (
        Chart(table)
        .mark_rule(style="link")
        .encode(x=alt.X("zero:Q"), x2=alt.X2("mae:Q"), y=y)
        .transform_calculate(zero="0")
    )
    null = (
        Chart(table.assign(family="baseline"))
        .transform_filter("isValid(datum.flat)")
        .mark_point(filled=True, size=55)
        .encode(
            x=alt.X("flat:Q"),
            y=y,
            color=family_color(present, words, view),
            shape=family_shape(present, words, view),
            tooltip=tips,
        )
    )
    dots = base.encode(
        color=family_color(present, words, view), shape=family_shape(present, words, view), tooltip=tips
    )
    # In a column of their own: beside the dots they would run into the crosses.
    numbers = (
        Chart(table)
        .mark_text(style="label", align="right", baseline="middle", dx=NUMBERS)
        .encode(x=alt.XValue(width), y=y, text=alt.Text("mae:Q", format=".1f"))
    )
    return alt.layer(
        stems, null, *points(dots, 90), numbers, *brackets(table, view, words, y, width + NUMBERS)
    ).properties(width=width, height=row_step(view))
