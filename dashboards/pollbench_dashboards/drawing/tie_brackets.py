"""Brackets beside the rows of a board: who is not told apart from the first of its tie group."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from pollbench.inference.ties import LEVEL_OF_TIE
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.drawing.marks import row_height
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import CAPTION
from pollbench_dashboards.language.typography import wrapped
from pollbench_dashboards.language.words import Words

#: From the marks to the first bracket, from one bracket to the next where two overlap, and its hooks; pixels.
GAP, LANE, HOOK = 10, 8, 5
#: Room of the label beside a bracket, pixels.
LABEL_ROOM = 62
#: Height of a line of the label, pixels.
LINE = 13


def runs(groups: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """First and last row of each unbroken run of a group that has two members or more.

    Polls share an error and are told apart sooner than others, so that a group may be broken by rows of another.

    Examples
    --------
    >>> runs([1, 1, 2, 1, 2, 3, 0, 0])
    {1: [(0, 1), (3, 3)], 2: [(2, 2), (4, 4)]}
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for row, group in enumerate(groups):
        spans = found.setdefault(int(group), [])
        if spans and spans[-1][1] == row - 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return {
        group: spans
        for group, spans in found.items()
        if group > 0 and sum(last - first + 1 for first, last in spans) > 1
    }


def width(table: pd.DataFrame, view: View) -> int:
    """Pixels that the brackets of a board take beside its marks, label included."""
    lanes = _lanes(runs(list(table.tie_group)))
    if not lanes:
        return 0
    return GAP + LANE * max(lanes.values()) + (4 if view.compact else 6 + LABEL_ROOM)


def _lanes(groups: dict[int, list[tuple[int, int]]]) -> dict[int, int]:
    """A lane for each group, so that brackets that stand beside the same rows do not run into each other."""
    lanes: dict[int, int] = {}
    ends: list[int] = []
    for group, spans in sorted(groups.items(), key=lambda pair: pair[1][0][0]):
        first, last = spans[0][0], spans[-1][1]
        free = next((lane for lane, end in enumerate(ends) if end < first), len(ends))
        ends[free : free + 1] = [last]
        lanes[group] = free
    return lanes


def brackets(table: pd.DataFrame, view: View, words: Words, y: alt.Y, left: int) -> list[alt.Chart]:
    """Layers that draw a bracket for each tie group, with its label, right of ``left`` pixels.

    Parameters
    ----------
    table : the rows of the board in the order drawn, with ``who`` and ``tie_group``.
    y : the rows of the board, whose scale names its domain: the rows of a bracket are some of them only.
    left : where the marks and numbers of the board end.
    """
    groups = runs(list(table.tie_group))
    names = list(table.who)
    layers: list[alt.Chart] = []
    for group, lane in _lanes(groups).items():
        at = left + GAP + LANE * lane
        spans = groups[group]
        lines = pd.DataFrame(
            [{"who": names[first], "until": names[last], "tie_group": group} for first, last in spans]
        )
        hooks = pd.DataFrame(
            [{"who": names[row], "tie_group": group} for span in spans for row in sorted(set(span))]
        )
        layers.append(
            Chart(lines).mark_rule(style="bracket").encode(x=alt.XValue(at), y=y, y2=alt.Y2("until:N"))
        )
        layers.append(
            Chart(hooks).mark_rule(style="bracket").encode(x=alt.XValue(at - HOOK), x2=alt.X2Value(at), y=y)
        )
        layers.append(_label(spans, names, at, y, view, words))
    return layers


def _label(
    spans: list[tuple[int, int]], names: list[str], at: int, y: alt.Y, view: View, words: Words
) -> alt.Chart:
    """The label of a group: beside its longest run, or on a narrow screen above its first row."""
    if view.compact:
        text = pd.DataFrame([{"who": names[spans[0][0]], "text": words("label.tied")}])
        return (
            Chart(text)
            .mark_text(style="note", align="right", baseline="bottom", dy=-9)
            .encode(x=alt.XValue(at), y=y, text=alt.Text("text:N"))
        )
    first, last = max(spans, key=lambda span: span[1] - span[0])
    lines = wrapped(words("label.tied"), LABEL_ROOM, CAPTION)
    text = pd.DataFrame([{"who": names[(first + last) // 2], "text": lines}])
    # A run of an even number of rows has its middle between two of them.
    between = (last - first) % 2
    return (
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


def note(table: pd.DataFrame, words: Words) -> str:
    """What a bracket says and what it rests on: the ranges of two equally good forecasters, and their level."""
    if not runs(list(table.tie_group)):
        return ""
    ranges = sorted({round(float(each), 1) for each in table.tie_range.dropna()})
    return words(
        "caption.tied" if len(ranges) > 1 else "caption.tied_one",
        level=words.share(100 * LEVEL_OF_TIE, 0),
        within=words.points(ranges[0]),
        across=words.number(ranges[-1]),
    )
