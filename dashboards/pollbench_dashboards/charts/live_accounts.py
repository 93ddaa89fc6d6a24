"""The reader moves a number of fake accounts; figures and the accuracy board answer."""

from __future__ import annotations

from typing import Literal

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import (
    finished,
    hollow_sentence,
    nothing,
    target_name,
    threat_model_words,
    without_base,
)
from pollbench_dashboards.drawing.chart import Control, Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import each_row, of_contest
from pollbench_dashboards.drawing.marks import (
    family_color,
    family_shape,
    names_axis,
    plot_width,
    points,
    row_step,
    share_axis,
    tooltip,
)
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import LABEL
from pollbench_dashboards.language.naming import recalled_sentence, room, with_names
from pollbench_dashboards.language.typography import wrapped
from pollbench_dashboards.language.words import Words

SIGNAL = "accounts"
#: The number of accounts that the title states and the picture opens at.
STARTS_AT = 1000
#: Numbers of accounts that stand under the control.
MARKED = (0, 100, 1000, 10_000, 100_000)
#: The rows of the number of accounts that the reader has chosen.
NOW = f"datum.budget === {SIGNAL}"


@chart(
    topic="manipulation",
    frames=(
        "contest",
        "candidate",
        "comparison",
        "shift_curve",
        "pushed_board",
        "ruler",
        "target",
        "threat_model",
    ),
    live=True,
    aliases=("accounts", "comptes"),
)
def live_accounts(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw the target's figure at each forecaster, and the accuracy board, for a number of accounts that is moved."""
    curve = of_contest(frames, "shift_curve", view)
    board = of_contest(frames, "pushed_board", view)
    if curve.empty or board.empty:
        return nothing(frames, view, words, "nothing.board")
    curve = _chosen(curve, words).assign(
        figure=lambda rows: rows.figure_pct + rows.shift_pp,
        figure_low=lambda rows: rows.figure_pct + rows.assumption_low,
        figure_high=lambda rows: rows.figure_pct + rows.assumption_high,
    )
    if curve.empty:
        return nothing(frames, view, words, "nothing.robustness")
    board = with_names(board, words)
    start = float(curve.budget.iloc[(curve.budget - STARTS_AT).abs().argmin()])
    title = _title(curve[curve.budget == start], frames, words)
    drawing = finished(
        frames,
        view,
        words,
        "live_accounts",
        _draw(curve, board, start, view, words),
        _table(curve, board),
        title,
        subtitle={"target": target_name(frames), "model": threat_model_words(frames, words)},
        notes=(
            words("chart.live_accounts.note"),
            hollow_sentence(curve, words),
            without_base(frames, board, view, words),
            words("caption.would_suffice"),
            recalled_sentence(board, words),
        ),
        alternative=words("chart.live_accounts.alternative", most=words.count(float(curve.budget.max()))),
    )
    return drawing.with_control(_control(curve, board, start, frames, words))


def _title(at: pd.DataFrame, frames: Frames, words: Words) -> str:
    """What so many accounts would move: the three figures that move most; the sentence under the control names all."""
    accounts = float(at.budget.iloc[0])
    if accounts == 0:
        return words("chart.live_accounts.finding_none", target=target_name(frames))
    moves = [
        words("chart.live_accounts.move", name=row.who, shift=words.points(row.shift_pp))
        for row in each_row(at.sort_values("shift_pp", ascending=False).head(3))
    ]
    return words(
        "chart.live_accounts.finding",
        accounts=words.count(accounts),
        target=target_name(frames),
        moves=words.join(moves),
    )


def _table(curve: pd.DataFrame, board: pd.DataFrame) -> pd.DataFrame:
    """Everything that is drawn, one row per forecast and number of accounts: the target's figure, the error on the board."""
    about = ["who", "forecaster_id", "forecast_id", "family", "quantity", "budget"]
    moved = [
        "figure_pct",
        "shift_pp",
        "assumption_low",
        "assumption_high",
        "figure",
        "figure_low",
        "figure_high",
    ]
    table = curve[[*about, *moved]].merge(board[[*about, "mae", "rank"]], how="outer", on=about)
    return table.assign(accounts=table.budget).sort_values(["who", "budget"], ignore_index=True)


def _chosen(curve: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One forecaster of each way in: of polls the first by name, on a panel if there is one, of buzz all."""
    curve = with_names(curve, words)
    buzz = curve[curve.family == "buzz"]
    polls = curve[curve.family == "poll"]
    if (polls.mechanism == "panel_quota").any():
        polls = polls[polls.mechanism == "panel_quota"]
    if len(polls):
        polls = polls[polls.forecaster_id == sorted(set(polls.forecaster_id))[0]]
    return pd.concat([buzz, polls], ignore_index=True)


def _control(curve: pd.DataFrame, board: pd.DataFrame, start: float, frames: Frames, words: Words) -> Control:
    """Steps of the control with a sentence each, and the reported operations to jump to."""
    steps = []
    firsts = {
        row.budget: row for row in each_row(board.sort_values(["mae", "who"]).drop_duplicates("budget"))
    }
    ranked = curve[["budget", "who", "figure", "shift_pp"]].sort_values("shift_pp", ascending=False)
    of_budget = {float(rows.budget.iloc[0]): rows for _, rows in ranked.groupby("budget")}
    for budget, rows in of_budget.items():
        first = firsts[budget]
        moves = [
            words(
                "chart.live_accounts.figure",
                name=row.who,
                figure=words.share(row.figure),
                shift=words.number(row.shift_pp, signed=True),
            )
            for row in each_row(rows)
        ]
        steps.append(
            {
                "value": budget,
                "address": str(int(budget)),
                "label": words("chart.live_accounts.step", accounts=words.count(budget)),
                "title": _title(rows, frames, words),
                "sentence": words(
                    "chart.live_accounts.sentence",
                    moves=words.listed(moves),
                    first=first.who,
                    error=words.points(first.mae),
                ),
            }
        )
    ruler = frames["ruler"]
    ticks = []
    if len(ruler):
        ruler = ruler[
            ruler.unit.isin(("accounts", "persons")) & ruler.quantity.between(10, curve.budget.max())
        ]
        ticks = [
            {
                "value": float(row.quantity),
                "label": f"{words.count(row.quantity)}{words('mark.colon')} {row.reported}",
            }
            for row in each_row(ruler.sort_values(["quantity", "evidence_id"]))
        ]
    values = [step["value"] for step in steps]
    marks = tuple((values.index(value), words.count(value)) for value in MARKED if value in values)
    return Control(SIGNAL, words("live.label"), tuple(steps), tuple(ticks), values.index(start), marks)


def _draw(
    curve: pd.DataFrame, board: pd.DataFrame, start: float, view: View, words: Words
) -> alt.TopLevelMixin:
    accounts = alt.param(name=SIGNAL, value=start)
    names = room([*curve.who, *board.who])
    present = [*curve.family, *board.family]
    figures = _figures(curve, present, view, words, names)
    errors = _errors(board, present, view, words, names)
    width = plot_width(view, names)
    drawings = [
        alt.layer(*layers).properties(width=width, height=row_step(view), title=_heading(text, width))
        for layers, text in (
            (figures, words("chart.live_accounts.figures")),
            (errors, words("chart.live_accounts.board")),
        )
    ]
    return alt.vconcat(*drawings, spacing=28).add_params(accounts)


def _figures(
    curve: pd.DataFrame, present: list[str], view: View, words: Words, names: int
) -> list[alt.Chart]:
    """The target's figure as published and as pushed."""
    columns = ["who", "forecaster_id", "family", "quantity", "budget", "figure_pct", "figure", "shift_pp"]
    columns += ["figure_low", "figure_high"]
    y = alt.Y("who:N", sort=_by("figure", "descending"), axis=names_axis(view, names))
    scale = alt.Scale(domain=[0, 100])
    base = Chart(curve[columns]).transform_filter(NOW)
    pushed = base.encode(
        x=alt.X("figure:Q", scale=scale),
        y=y,
        color=family_color(present, words, view),
        shape=family_shape(present, words, view),
        tooltip=tooltip(
            words,
            ("who:N", "column.name", ""),
            ("figure_pct:Q", "column.before", ".1f"),
            ("figure:Q", "column.after", ".1f"),
            ("shift_pp:Q", "column.shift", "+.2f"),
            ("figure_low:Q", "column.low", ".1f"),
            ("figure_high:Q", "column.high", ".1f"),
        ),
    )
    return [
        base.mark_rule(style="bracket").encode(
            x=alt.X("figure_low:Q", scale=scale), x2=alt.X2("figure_high:Q"), y=y
        ),
        base.mark_rule(style="whisker", strokeWidth=4).encode(
            x=alt.X("figure_pct:Q", scale=scale, axis=share_axis(words, tickCount=5)),
            x2=alt.X2("figure:Q"),
            y=y,
        ),
        base.mark_tick(style="result", thickness=2, size=16).encode(
            x=alt.X("figure_pct:Q", scale=scale), y=y
        ),
        *points(pushed, 90),
    ]


def _errors(board: pd.DataFrame, present: list[str], view: View, words: Words, names: int) -> list[alt.Chart]:
    """The accuracy board, each forecaster pushed alone."""
    # The axis ends where the board of the largest reported operations would: beyond, marks are cut.
    top = float(board[board.budget <= 10_000].mae.max()) * 1.05
    before = board[board.budget == 0].set_index("who").mae
    board = board.assign(before=board.who.map(before))
    columns = ["who", "forecaster_id", "family", "quantity", "budget", "mae", "rank", "before"]
    rows = Chart(board[columns]).transform_filter(NOW)
    scale = alt.Scale(domain=[0, top], clamp=True)
    y = alt.Y("who:N", sort=_by("mae", "ascending"), axis=names_axis(view, names))
    # Where each stood before the push stays visible.
    stood = rows.mark_tick(style="result", thickness=2, size=16).encode(x=alt.X("before:Q", scale=scale), y=y)
    base = rows.encode(
        x=alt.X(
            "mae:Q",
            scale=scale,
            axis=alt.Axis(title=words("axis.mae")),
        ),
        y=y,
        color=family_color(present, words, view),
        shape=family_shape(present, words, view),
        tooltip=tooltip(
            words,
            ("who:N", "column.name", ""),
            ("mae:Q", "column.mae", ".2f"),
            ("rank:Q", "column.rank", ""),
        ),
    )
    return [stood, *points(base, 80)]


def _by(field: str, order: Literal["ascending", "descending"]) -> alt.EncodingSortField:
    """Rows in the order of what is shown for the chosen number of accounts: they change places as it is moved."""
    return alt.EncodingSortField(field=field, op="min", order=order)


def _heading(text: str, width: int) -> alt.TitleParams:
    """A heading of one of the two drawings, that starts where its marks start."""
    return alt.TitleParams(
        wrapped(text, width, LABEL), fontSize=LABEL, lineHeight=17, anchor="start", frame="group", offset=8
    )
