"""Would the board stand? Ranks while each forecaster's own figure is pushed."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import (
    finished,
    hollow_sentence,
    nothing,
    target_name,
    without_base,
)
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import of_contest
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import (
    family_color,
    family_shape,
    names_axis,
    plot_width,
    points,
    row_step,
    tooltip,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.naming import recalled_sentence, room, with_names
from pollbench_dashboards.language.words import Words

#: Pushes up to this many accounts are shown: about what the largest reported operation on one app had at once.
MOST_ACCOUNTS = 10_000.0


@chart(
    topic="manipulation",
    frames=("contest", "candidate", "robust_rank_row", "comparison", "target"),
    aliases=("rank-after-attack",),
)
def robust_rank(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per forecaster: its rank, and the ranks it could get while its own figure is pushed."""
    table = of_contest(frames, "robust_rank_row", view)
    goal = frames["target"]
    if table.empty or goal.empty:
        return nothing(frames, view, words, "nothing.board")
    table = table[
        (table.budget_axis == "accounts")
        & (table.target == goal.target.iloc[0])
        & (table.budget <= MOST_ACCOUNTS)
    ]
    if table.empty:
        return nothing(frames, view, words, "nothing.board")
    rows = table.groupby(["forecaster_id", "name", "family", "quantity"], as_index=False).agg(
        rank_clean=("rank_clean", "first"),
        best=("rank_best", "min"),
        worst=("rank_worst", "max"),
        mae_clean=("mae_clean", "first"),
        flip=("flip_budget", "first"),
        **({"recalled": ("recalled", "any")} if "recalled" in table else {}),
    )
    rows = with_names(rows, words).sort_values(["rank_clean", "who"], ignore_index=True)
    flip, easiest = float(rows.flip.min()), str(rows.who[rows.flip.argmin()])
    moved = int(((rows.best < rows.rank_clean) | (rows.worst > rows.rank_clean)).sum())
    return finished(
        frames,
        view,
        words,
        "robust_rank",
        _draw(rows, view, words),
        rows,
        words(
            "chart.robust_rank.finding" if flip <= MOST_ACCOUNTS else "chart.robust_rank.stands",
            accounts=words.rounded(flip) if flip <= MOST_ACCOUNTS else "",
            name=easiest,
            moved=moved,
            number=len(rows),
            most=words.count(MOST_ACCOUNTS),
        ),
        subtitle={"target": target_name(frames), "most": words.count(MOST_ACCOUNTS)},
        notes=(
            words("chart.robust_rank.note"),
            hollow_sentence(rows, words),
            without_base(frames, rows, view, words),
            words("caption.would_suffice"),
            recalled_sentence(rows, words),
        ),
        alternative=main_values(rows, "who", "rank_clean", words, label="column.rank", decimals=0),
    )


def _draw(rows: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    scale = alt.Scale(domain=[0.5, float(rows.worst.max()) + 0.5], nice=False)
    y = alt.Y("who:N", sort=list(rows.who), axis=names_axis(view, room(rows.who)))
    last = int(rows.worst.max())
    # The last rank is named; the tick before it gives way.
    places = [*range(1, last + 1)] if last < 12 else [*range(1, last - 1, 3), last]
    axis = alt.Axis(title=words("axis.rank"), values=places, grid=False)
    spans = (
        Chart(rows)
        .mark_rule(style="whisker", strokeWidth=4)
        .encode(x=alt.X("best:Q", scale=scale), x2=alt.X2("worst:Q"), y=y)
    )
    dots = Chart(rows).encode(
        x=alt.X("rank_clean:Q", scale=scale, axis=axis),
        y=y,
        color=family_color(list(rows.family), words, view),
        shape=family_shape(list(rows.family), words, view),
        tooltip=tooltip(
            words,
            ("name:N", "column.name", ""),
            ("rank_clean:Q", "column.rank", ""),
            ("best:Q", "column.rank_best", ""),
            ("worst:Q", "column.rank_worst", ""),
            ("mae_clean:Q", "column.mae", ".2f"),
        ),
    )
    return alt.layer(spans, *points(dots)).properties(
        width=plot_width(view, room(rows.who)), height=row_step(view)
    )
