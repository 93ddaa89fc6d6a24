"""The bracket beside a board: the forecasters that one vote does not distinguish from the closest."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench.inference.ties import LEVEL_OF_TIE
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.drawing.marks import row_height
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import CAPTION
from pollbench_dashboards.language.typography import wrapped
from pollbench_dashboards.language.words import Words

#: From the marks to the bracket, and its hooks; pixels.
GAP, HOOK = 10, 5
#: Room of the label beside the bracket, pixels.
LABEL_ROOM = 62
#: Height of a line of the label, pixels.
LINE = 13


def bracketed(table: pd.DataFrame) -> list[str]:
    """Names of the rows that are tied with the closest, where there are two or more.

    One range is the same for the whole board, so that they stand at its head. That two forecasters are tied
    with the closest says nothing about those two: one bracket is drawn, never a partition.
    """
    tied = list(table.who[table.tied_with_best == "yes"])
    return tied if len(tied) > 1 else []


def width(table: pd.DataFrame, view: View) -> int:
    """Pixels that the bracket of a board takes beside its marks, label included."""
    if not bracketed(table):
        return 0
    return GAP + HOOK + (7 if view.compact else 9 + LABEL_ROOM)


def brackets(table: pd.DataFrame, view: View, words: Words, y: alt.Y, left: int) -> list[alt.Chart]:
    """Layers that draw the bracket with its label, right of ``left`` pixels; none where no two are tied.

    Parameters
    ----------
    table : the rows of the board in the order drawn, closest first, with ``who`` and ``tied_with_best``.
    y : the rows of the board, whose scale names its domain.
    left : where the marks and numbers of the board end.
    """
    names = bracketed(table)
    if not names:
        return []
    at = left + GAP
    line = pd.DataFrame([{"who": names[0], "until": names[-1]}])
    hooks = pd.DataFrame([{"who": names[0]}, {"who": names[-1]}])
    return [
        Chart(line).mark_rule(style="bracket").encode(x=alt.XValue(at), y=y, y2=alt.Y2("until:N")),
        Chart(hooks).mark_rule(style="bracket").encode(x=alt.XValue(at - HOOK), x2=alt.X2Value(at), y=y),
        _label(names, at, y, view, words),
    ]


def _label(names: list[str], at: int, y: alt.Y, view: View, words: Words) -> alt.Chart:
    """The label of the bracket: beside its middle, or on a narrow screen above its first row."""
    if view.compact:
        text = pd.DataFrame([{"who": names[0], "text": words("label.tied")}])
        narrow: alt.Chart = (
            Chart(text)
            .mark_text(style="note", align="right", baseline="bottom", dy=-9)
            .encode(x=alt.XValue(at), y=y, text=alt.Text("text:N"))
        )
        return narrow
    lines = wrapped(words("label.tied"), LABEL_ROOM, CAPTION)
    text = pd.DataFrame([{"who": names[(len(names) - 1) // 2], "text": lines}])
    # An even number of rows has its middle between two of them.
    between = (len(names) - 1) % 2
    chart: alt.Chart = (
        Chart(text)
        .mark_text(
            style="note",
            align="left",
            baseline="middle",
            lineHeight=LINE,
            dx=6,
            dy=(row_height(view) / 2 if between else 0) - LINE * (len(lines) - 1) / 2,
        )
        .encode(x=alt.XValue(at), y=y, text=alt.Text("text:N"))
    )
    return chart


def note(table: pd.DataFrame, words: Words) -> str:
    """What the bracket says and what it rests on: the range of a field of equally good forecasters, and its level."""
    if not bracketed(table):
        return ""
    return words(
        "caption.tied",
        number=len(table),
        level=words.share(100 * LEVEL_OF_TIE, 0),
        reach=words.points(float(table.tie_range.iloc[0])),
    )
