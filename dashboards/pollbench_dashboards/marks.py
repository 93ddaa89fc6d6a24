"""The vocabulary that all charts share: families, results, intervals, names, labels, captions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import pandas as pd

from pollbench_dashboards._chart import CARD, Drawing, Frames, View
from pollbench_dashboards.naming import sorted_names, surname
from pollbench_dashboards.specification import Chart
from pollbench_dashboards.theme import FAMILIES, ROW
from pollbench_dashboards.typography import capitalised
from pollbench_dashboards.words import Words

#: Reasons to draw nothing that before the vote have a simpler one.
NEEDS_RESULT = ("nothing.board", "nothing.comparison", "nothing.distance", "nothing.run_off")
#: Quantities that are shares of votes; marks of all others are hollow.
VOTES = "vote_share"


# ---- choosing from the frames ----------------------------------------------------------------


def each_row(table: pd.DataFrame) -> Iterable[Any]:
    """The rows as named tuples whose cells have the types of the schema, which pandas cannot know."""
    return table.itertuples()


def contest_row(frames: Frames, view: View) -> pd.Series | None:
    """The contest that the view asks for, or the main one; None if there is none."""
    contests = frames["contest"]
    wanted = contests.contest_id == view.contest_id if view.contest_id else contests.main
    return contests.iloc[int(wanted.to_numpy().argmax())] if wanted.any() else None


def of_contest(frames: Frames, name: str, view: View) -> pd.DataFrame:
    """The rows of a frame that belong to the contest in view."""
    chosen = contest_row(frames, view)
    table = frames[name]
    if chosen is None or "contest_id" not in table:
        return table.iloc[0:0]
    return table[table.contest_id == chosen.contest_id].reset_index(drop=True)


def candidates_in_view(frames: Frames, view: View) -> pd.DataFrame:
    """Candidates to show, with their short names, in the order of the result."""
    table = of_contest(frames, "candidate", view)
    wanted = table[table.candidate_id.isin(view.candidates)] if view.candidates else table[table.main]
    if wanted.empty:
        wanted = table.head(5)
    return wanted.assign(
        short=[surname(*pair) for pair in zip(wanted.candidate, wanted.candidate_id, strict=True)]
    )


def contest_title(contest: pd.Series, words: Words) -> str:
    """The election and its round, in words."""
    title = contest.title_fr if words.locale == "fr" else contest.title
    return words("contest.title", election=title, round=words.ordinal(int(contest["round"])))


# ---- encodings -------------------------------------------------------------------------------


def family_words(words: Words) -> str:
    """Vega expression that turns the family of a legend entry into words."""
    return f"({json.dumps({family: words(f'family.{family}') for family in FAMILIES}, ensure_ascii=False)})[datum.label]"


def family_legend(present: Sequence[str], words: Words, view: View, above: int = 4) -> alt.Legend | None:
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


def family_color(present: Sequence[str], words: Words, view: View, above: int = 4) -> alt.Color:
    """Colour by family; the theme says which."""
    return alt.Color(
        "family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=family_legend(present, words, view, above)
    )


def family_shape(present: Sequence[str], words: Words, view: View, above: int = 4) -> alt.Shape:
    """Shape by family; the theme says which."""
    return alt.Shape(
        "family:N", scale=alt.Scale(domain=list(FAMILIES)), legend=family_legend(present, words, view, above)
    )


def stressed(view: View, named: Sequence[str] = (), pale: float = 0.45) -> Any:
    """Opacity: the forecasters that are named or highlighted are full, the rest recede."""
    chosen = list(view.highlight) or list(named)
    if not chosen:
        return alt.value(1)
    return alt.condition(
        alt.FieldOneOfPredicate(field="forecaster_id", oneOf=chosen), alt.value(1), alt.value(pale)
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
    "labelOffset": -8,
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


# ---- texts -----------------------------------------------------------------------------------


def policy_sentence(frames: Frames, words: Words) -> str:
    """The policy in a few words."""
    row = frames["policy"].iloc[0]
    window = (
        words("policy.any_age")
        if pd.isna(row.within_days)
        else words("policy.within", days=int(row.within_days))
    )
    return words("policy.line", select=words(f"policy.{row['select']}"), window=window)


def caption(frames: Frames, view: View, words: Words, *more: str) -> str:
    """Source, revision, policy, and what is missing."""
    chosen = contest_row(frames, view)
    if chosen is None:
        return words("caption.none")
    base = words("caption.source", election=chosen.election_id, revision=chosen.revision)
    return " ".join([base, *(each for each in more if each)])


def left_out_sentence(frames: Frames, view: View, words: Words) -> str:
    """Who was left out by the policy."""
    table = of_contest(frames, "left_out", view)
    if table.empty:
        return ""
    return words("caption.left_out", names=words.join(sorted_names(table, words), most=6))


def quantity_words(table: pd.DataFrame, words: Words) -> pd.Series:
    """What each figure claims to be, in words."""
    return table["quantity"].map({name: words(f"quantity.{name}") for name in set(table["quantity"])})


def nothing(frames: Frames, view: View, words: Words, reason: str) -> Drawing:
    """A drawing that says in a sentence why there is nothing to draw."""
    contest = contest_row(frames, view)
    if reason in NEEDS_RESULT and contest is not None and not contest.scored:
        reason = "nothing.open"
    text = words(reason)
    empty = pd.DataFrame({"text": [text]})
    chart = (
        Chart(empty)
        .mark_text(style="note", align="left", baseline="top")
        .encode(text=alt.Text("text:N"), x=alt.XValue(0), y=alt.YValue(8))
        .properties(width=view.width - 48, height=40)
    )
    return Drawing(
        chart=chart,
        data=empty,
        title=text,
        subtitle="",
        caption=caption(frames, view, words),
        alternative=text,
    )


def sentence(*parts: str) -> str:
    """Parts as one text, the first letter capital."""
    return capitalised(" ".join(part for part in parts if part))


#: What ``claim_sentence`` reads of a claim, and what became of it.
SAID = ("type", "candidates", "made_on", "made_precision", "verdict")


def claim_sentence(row: Any, people: dict[str, str], words: Words) -> str:
    """What was announced, in words, with its day."""
    names = [surname(people.get(each, each), each) for each in str(row.candidates).split()]
    precision = str(row.made_precision)
    if precision == "day":
        when = words.day(row.made_on)
    else:
        when = (
            str(row.made_on.year)
            if precision == "year"
            else f"{words(f'month.{row.made_on.month}')} {row.made_on.year}"
        )
    joined = ", ".join(names) if row.type == "order" else words.join(names, most=6)
    return words(f"claim.{row.type}", day=when, names=joined)


def finished(
    frames: Frames,
    view: View,
    words: Words,
    name: str,
    chart: alt.TopLevelMixin,
    data: pd.DataFrame,
    title: str,
    *,
    subtitle: dict[str, object] | None = None,
    waiting: bool = False,
    notes: Sequence[str] = (),
    alternative: str = "",
) -> Drawing:
    """A drawing with the texts ``chart.<name>.subtitle`` and the usual caption.

    ``waiting``: nobody has voted yet, and the subtitle is one that speaks of no result.
    ``alternative`` is what the picture adds to its title, in words: the rows a listener would want.
    """
    chosen = contest_row(frames, view)
    contest = "" if chosen is None else contest_title(chosen, words)
    return Drawing(
        chart=chart,
        data=data,
        title=capitalised(title),
        subtitle=words(
            f"chart.{name}.subtitle{'_open' if waiting else ''}", **{"contest": contest, **(subtitle or {})}
        ),
        caption=caption(frames, view, words, *notes),
        alternative=sentence(f"{title}.", alternative),
    )


def target_name(frames: Frames) -> str:
    """The short name of the candidate whom the charts have pushed."""
    row = frames["target"].iloc[0]
    return surname(str(row.candidate), str(row.target))
