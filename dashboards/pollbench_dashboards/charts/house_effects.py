"""What one house's figures differ by from those of the others at the same time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import finished, nothing
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import of_contest
from pollbench_dashboards.drawing.highlighted import Measured
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
#: Points at which the axis may have a number, left and right of zero: the largest that lies well inside.
STEPS = (10, 5, 2, 1, 0.5, 0.2, 0.1)
#: Pixels from one number of an axis to the next below which they would read as one.
NUMBER_ROOM = 24


@chart(
    topic="bias",
    frames=("contest", "candidate", "house_effect", "house_poll", "herding_family", "forecaster"),
    aliases=("houses", "instituts"),
    measured=Measured("effect", "house_effect", take="mean", most_first=True),
)
def house_effects(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one panel per candidate, one row per house: its difference to the others, with its interval."""
    table = of_contest(frames, "house_effect", view)
    if table.empty:
        return nothing(frames, view, words, "nothing.houses")
    table = prepare(table, frames["forecaster"], view, words)
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


def prepare(table: pd.DataFrame, forecasters: pd.DataFrame, view: View, words: Words) -> pd.DataFrame:
    """The effects with the names of the firms, candidate by candidate: the firm that is furthest from the others first.

    A firm that published under two names is the forecaster that is highlighted, else the first one.
    """
    chosen = forecasters.forecaster_id.isin(view.highlight)
    firms = pd.concat([forecasters[chosen], forecasters[~chosen]]).drop_duplicates("house")
    named = firms.assign(who=short_names(firms, words))[["house", "forecaster_id", "name", "who"]]
    table = table.merge(named, on="house", how="left")
    table["who"] = table.who.fillna(table.house)
    table["name"] = table.name.fillna(table.house)
    table["candidate"] = [surname(*pair) for pair in zip(table.candidate, table.candidate_id, strict=True)]
    table["clear"] = table.excludes_zero.astype(bool)
    rank = {label: number for number, label in enumerate([*dict.fromkeys(table.candidate), *_order(table)])}
    return table.sort_values(["candidate", "who"], key=lambda column: column.map(rank), ignore_index=True)


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


def _order(table: pd.DataFrame) -> list[str]:
    """The firms in the order of their mean distance to the others, the furthest first."""
    apart = table.effect.abs().groupby(table.who).mean()
    return list(apart.sort_values(ascending=False, kind="stable").index)


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    order = _order(table)
    # Names stand beside the marks at every width: above them, each would be repeated in every panel, and the
    # drawing would be as long as three screens of a telephone. There a firm with two names is called by the first.
    names = room([name.split(BOTH)[0] for name in order] if view.compact else order)
    panels = list(dict.fromkeys(table.candidate))
    reach = float(max(table.high.max(), -table.low.min())) * 1.05
    # Well inside the panel: the numbers of two neighbours keep a distance.
    step = next(step for step in STEPS if step <= reach * 2 / 3 or step == STEPS[-1])
    columns = min(len(panels), 2 if view.compact else 5)
    width = int((view.width - names - 16) / columns) - 14
    first = f"split(datum.label, '{BOTH}')[0]"
    axis = alt.Axis(title=None, labelExpr=first) if view.compact else names_axis(view, names)
    y = alt.Y("who:N", sort=order, axis=axis)
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    # Without room between the three numbers the dashed line says alone where zero is.
    numbered = [-step, 0, step] if width * step / (2 * reach) >= NUMBER_ROOM else [-step, step]
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
                values=numbered,
                grid=False,
                labelExpr="datum.value === 0 ? '0' : datum.label",
            ),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=words("column.name")),
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
        dots.transform_filter("datum.clear").mark_point(size=90, filled=True, style="result"),
        dots.transform_filter("!datum.clear").mark_point(size=60, filled=True, style="recede"),
        data=table,
    ).properties(width=width, height=alt.Step(NARROW_ROW) if view.compact else row_step(view))
    return layers.facet(
        facet=alt.Facet("candidate:N", sort=panels, header=alt.Header(title=None)),
        columns=columns,
        spacing={"row": 10, "column": 14} if view.compact else 14,
    )
