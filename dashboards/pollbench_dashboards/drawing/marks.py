"""The vocabulary that all charts share: families, axes, names, intervals, tooltips."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt

from pollbench_dashboards.drawing.chart import CARD, View
from pollbench_dashboards.drawing.names_above import BASE
from pollbench_dashboards.drawing.theme import FAMILIES, ROW, VOTES
from pollbench_dashboards.language.words import Words

#: Opacity of marks that are not the subject: paler ones fall below a contrast of 3:1 with the paper.
PALE = 0.75


def family_words(words: Words) -> str:
    """Vega expression that turns the family of a legend entry into words."""
    return f"({json.dumps({family: words(f'family.{family}') for family in FAMILIES}, ensure_ascii=False)})[datum.label]"


def family_legend(present: Sequence[str], words: Words, view: View, above: int = 14) -> alt.Legend | None:
    """A legend of the families that occur, ``above`` pixels over the marks; none if there is one only."""
    values = [family for family in FAMILIES if family in set(present)]
    if len(values) < 2:
        return None
    return alt.Legend(
        title=None,
        values=values,
        labelExpr=family_words(words),
        orient="top",
        offset=above,
        direction="horizontal",
        columns=2 if view.compact else 5,
        symbolOpacity=1,
    )


def family_color(present: Sequence[str], words: Words, view: View, above: int = 14) -> alt.Color:
    """Colour by family; the theme says which."""
    return alt.Color(
        "family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=family_legend(present, words, view, above)
    )


def family_shape(present: Sequence[str], words: Words, view: View, above: int = 14) -> alt.Shape:
    """Shape by family; the theme says which."""
    return alt.Shape(
        "family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=family_legend(present, words, view, above)
    )


def stressed(view: View, named: Sequence[str] = ()) -> Any:
    """Opacity: the forecasters that are named or highlighted are full, the rest recede."""
    chosen = list(view.highlight) or list(named)
    if not chosen:
        return alt.value(1)
    return alt.condition(
        alt.FieldOneOfPredicate(field="forecaster_id", oneOf=chosen), alt.value(1), alt.value(PALE)
    )


def points(base: alt.Chart, size: int = 80) -> list[alt.Chart]:
    """Filled marks for shares of votes, hollow ones for everything that is not."""
    votes = alt.FieldEqualPredicate(field="quantity", equal=VOTES)
    return [
        base.transform_filter(votes).mark_point(filled=True, size=size),
        base.transform_filter(~votes).mark_point(filled=False, size=size, strokeWidth=2),
    ]


#: Size of names in a card beside a question, pixels.
CARD_LABEL = 12

#: Labels that stand above the marks of their row, inside the plot: for narrow screens.
ABOVE: dict[str, Any] = {
    "title": None,
    "labelAlign": "left",
    "labelBaseline": "bottom",
    "labelOffset": BASE,
    "labelPadding": 0,
    "labelLimit": 300,
    "zindex": 1,
}


def names_axis(view: View, limit: int = 200) -> alt.Axis:
    """An axis of names: beside the marks, or above them on a narrow screen."""
    if view.compact:
        return alt.Axis(**ABOVE)
    size: dict[str, Any] = {"labelFontSize": CARD_LABEL} if view.width <= CARD else {}
    return alt.Axis(title=None, labelLimit=limit, **size)


def row_height(view: View) -> int:
    """The height of one row of names, pixels."""
    return ROW + 16 if view.compact else ROW if view.width > CARD else ROW - 4


def row_step(view: View) -> alt.Step:
    """The same as a step of Vega-Lite."""
    return alt.Step(row_height(view))


def ticks(view: View, wide: int) -> int:
    """About how many ticks an axis has: few beside long names in a card, where its marks have least room."""
    return 4 if not view.compact and view.width <= CARD else wide


def plot_width(view: View, names: int = 200) -> int:
    """Width of the plotting area, the names taken off on a wide screen."""
    return view.width - 56 - (0 if view.compact else names)


def share_axis(words: Words, **options: Any) -> alt.Axis:
    """An axis of shares, per cent signs included, without title."""
    return alt.Axis(title=None, format="~f", labelExpr=words.axis_share(), **options)


def tooltip(words: Words, *fields: tuple[str, str, str]) -> list[alt.Tooltip]:
    """Tooltips of (field with type, text key, format)."""
    tips = []
    for field, key, form in fields:
        options: dict[str, Any] = {"title": words(key)}
        if form:
            options["format"] = form
        tips.append(alt.Tooltip(field, **options))
    return tips


FORECAST_TIPS = (
    ("name:N", "column.name", ""),
    ("candidate:N", "column.candidate", ""),
    ("forecast:Q", "column.forecast", ".1f"),
    ("result:Q", "column.result", ".1f"),
    ("error:Q", "column.error", "+.1f"),
    ("quantity_words:N", "column.quantity", ""),
    ("measured_to:T", "column.measured_to", "%d/%m/%Y"),
    ("n:Q", "column.n", ",d"),
    ("sources:N", "column.sources", ""),
)
