"""What one house's figures differ by from those of the others at the same time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import of_contest
from pollbench_dashboards.drawing.in_words import main_values
from pollbench_dashboards.drawing.marks import names_axis, row_step
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import ROW
from pollbench_dashboards.language.naming import room, short_names, surname
from pollbench_dashboards.language.words import Words

#: What stands between the two names of a firm that changed its name.
BOTH = " / "
#: Height of a row on a telephone, that of a card: three rows of panels and their caption fill two screens.
NARROW_ROW = ROW - 4


@chart(
    topic="bias",
    frames=("contest", "candidate", "house_effect", "house_poll", "herding_family", "forecaster"),
    aliases=("houses", "instituts"),
)
def house_effects(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one panel per candidate, one row per house: its difference to the others, with its interval."""
    table = of_contest(frames, "house_effect", view)
    if table.empty:
        return nothing(frames, view, words, "nothing.houses")
    firms = frames["forecaster"].drop_duplicates("house")
    names = dict(zip(firms.house, short_names(firms, words), strict=True))
    table["who"] = table.house.map(names).fillna(table.house)
    table["candidate"] = [surname(*pair) for pair in zip(table.candidate, table.candidate_id, strict=True)]
    table["clear"] = table.excludes_zero.astype(bool)
    drawing = finished(
        frames,
        view,
        words,
        "house_effects",
        _draw(table, view, words),
        table,
        finding(table, words),
        notes=(words("chart.house_effects.note"), _closeness(frames["herding_family"], words)),
        alternative=main_values(
            table.assign(told=table.who + ", " + table.candidate),
            "told",
            "effect",
            words,
            label="column.effect",
            signed=True,
            most=40,
        ),
    )
    return drawing.with_forecasts(of_contest(frames, "house_poll", view).forecast_id)


def finding(table: pd.DataFrame, words: Words) -> str:
    """How many effects are beyond chance, and the largest of them."""
    clear = table[table.clear]
    if clear.empty:
        return words("chart.house_effects.none", number=len(table))
    largest = clear.iloc[clear.effect.abs().argmax()]
    return words(
        f"chart.house_effects.{'high' if largest.effect > 0 else 'low'}",
        name=largest.who,
        candidate=largest.candidate,
        effect=words.points(abs(largest.effect)),
        clear=len(clear),
        number=len(table),
    )


def _closeness(family: pd.DataFrame, words: Words) -> str:
    """How many tests say that the last polls were too close together or too far apart, and how often chance says so."""
    if family.empty:
        return ""
    whole = family[family.contest_id == "all"].iloc[0]
    shares = {
        name: words.share(100 * float(whole[name]), 1 if whole[name] < 0.1 else 0)
        for name in ("p_closer", "p_further")
    }
    return words(
        "chart.house_effects.closeness",
        tests=int(whole.tests),
        closer=int(whole.closer),
        further=int(whole.further),
        expected=words.number(float(whole.expected)),
        **shares,
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    order = sorted(set(table.who), key=str.casefold)
    # Names stand beside the marks at every width: above them, each would be repeated in every panel, and the
    # drawing would be as long as three screens of a telephone. There a firm with two names is called by the first.
    names = room([name.split(BOTH)[0] for name in order] if view.compact else order)
    panels = list(dict.fromkeys(table.candidate))
    reach = float(max(table.high.max(), -table.low.min())) * 1.05
    columns = min(len(panels), 2 if view.compact else 5)
    width = int((view.width - names - 16) / columns) - 14
    first = f"split(datum.label, '{BOTH}')[0]"
    axis = alt.Axis(title=None, labelExpr=first) if view.compact else names_axis(view, names)
    y = alt.Y("who:N", sort=order, axis=axis)
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    base = Chart().encode(y=y)
    zero = Chart().mark_rule(style="guide").encode(x=alt.datum(0, type="quantitative", scale=scale))
    spans = base.mark_rule(style="whisker").encode(x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q"))
    dots = base.mark_point(size=60).encode(
        x=alt.X(
            "effect:Q",
            scale=scale,
            axis=alt.Axis(
                title=None,
                format="+~f",
                tickCount=3,
                grid=False,
                labelExpr="datum.value === 0 ? '0' : datum.label",
            ),
        ),
        tooltip=[
            alt.Tooltip("who:N", title=words("column.name")),
            alt.Tooltip("candidate:N", title=words("column.candidate")),
            alt.Tooltip("effect:Q", title=words("column.effect"), format="+.1f"),
            alt.Tooltip("low:Q", title=words("column.low"), format="+.1f"),
            alt.Tooltip("high:Q", title=words("column.high"), format="+.1f"),
            alt.Tooltip("surveys:Q", title=words("column.surveys")),
        ],
    )
    layers = alt.layer(
        zero,
        spans,
        dots.transform_filter("datum.clear").mark_point(size=80, filled=True, style="result"),
        dots.transform_filter("!datum.clear").mark_point(size=40, filled=True, style="recede"),
        data=table,
    ).properties(width=width, height=alt.Step(NARROW_ROW) if view.compact else row_step(view))
    return layers.facet(
        facet=alt.Facet("candidate:N", sort=panels, header=alt.Header(title=None)),
        columns=columns,
        spacing={"row": 10, "column": 14} if view.compact else 14,
    )
