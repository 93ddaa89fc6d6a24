"""The texts around a chart: source, policy, what is missing, what was announced, and why there is nothing to draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from pollbench.history.error_model import finished_polls
from pollbench.measures.sampling_error import share_margin
from pollbench_dashboards.drawing.chart import Drawing, Frames, View
from pollbench_dashboards.drawing.choosing import contest_row, contest_title, of_contest
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.theme import VOTES
from pollbench_dashboards.language.naming import sorted_names, surname
from pollbench_dashboards.language.typography import capitalised
from pollbench_dashboards.language.words import Words

#: Reasons to draw nothing that before the vote have a simpler one.
NEEDS_RESULT = (
    "nothing.board",
    "nothing.transfers",
    "nothing.comparison",
    "nothing.distance",
    "nothing.run_off",
)


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
    # Data of others carry the name of their owner, never ours.
    kind = "caption.own_source" if chosen.get("credit") else "caption.source"
    base = words(kind, election=chosen.election_id, revision=chosen.revision, credit=chosen.get("credit", ""))
    return " ".join([base, *(sentence for sentence in more if sentence)])


def left_out_sentence(frames: Frames, view: View, words: Words) -> str:
    """Who was left out by the policy."""
    table = of_contest(frames, "left_out", view)
    if table.empty:
        return ""
    return words("caption.left_out", names=words.join(sorted_names(table, words), most=6))


def without_base(frames: Frames, rows: pd.DataFrame, view: View, words: Words) -> str:
    """Who stands on the board of errors and not in ``rows``, and why: no base that accounts could be set against."""
    board = of_contest(frames, "comparison", view).drop_duplicates("forecaster_id")
    absent = board[(board.family != "baseline") & ~board.forecaster_id.isin(set(rows.forecaster_id))]
    if absent.empty:
        return ""
    return words("caption.without_base", names=words.join(sorted_names(absent, words)))


def quantity_words(table: pd.DataFrame, words: Words) -> pd.Series:
    """What each figure claims to be, in words."""
    return table["quantity"].map({name: words(f"quantity.{name}") for name in set(table["quantity"])})


def hollow_sentence(table: pd.DataFrame, words: Words) -> str:
    """What a hollow mark means, the same on every chart; empty where ``table`` holds shares of votes only."""
    known = set(table["quantity"].dropna()) if "quantity" in table else set()
    return words("caption.hollow") if known - {VOTES} else ""


def with_real_error(table: pd.DataFrame, country: str) -> pd.DataFrame:
    """The table with ``real_low`` and ``real_high``: around each result, 95 % of the error of the country's finished polls."""
    size, elections = finished_polls(country)
    reach = [float(share_margin(share, size)) if elections else float("nan") for share in table.result]
    return table.assign(real_low=table.result - reach, real_high=table.result + reach)


def real_error_sentence(table: pd.DataFrame, country: str, words: Words) -> str:
    """The error that finished polls of the country made, beside the margin that their samples alone would have."""
    size, elections = finished_polls(country)
    answers = table.n[(table.family == "poll") & (table.n.fillna(0).astype(float) > 0)].astype(float)
    if not elections or answers.empty:
        return ""
    share, usual = float(table.result.max()), float(answers.median())
    return words(
        "caption.real_error",
        votes=elections,
        size=words.rounded(size),
        real=words.points(float(share_margin(share, size))),
        share=words.share(share),
        n=words.count(usual),
        nominal=words.points(float(share_margin(share, usual))),
    )


def nothing(frames: Frames, view: View, words: Words, reason: str) -> Drawing:
    """A drawing that says in a sentence why there is nothing to draw."""
    contest = contest_row(frames, view)
    if reason in NEEDS_RESULT and contest is not None and not contest.scored:
        reason = "nothing.open"
    return only_words(view, words(reason), caption(frames, view, words))


def only_words(view: View, text: str, under: str) -> Drawing:
    """A drawing that is a sentence, with a caption."""
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
        caption=under,
        alternative=text,
    )


def sentence(*parts: str) -> str:
    """Parts as one text, the first letter capital."""
    return capitalised(" ".join(sentence for sentence in parts if sentence))


#: What ``claim_sentence`` reads of a claim, and what became of it.
SAID = ("type", "candidates", "made_on", "made_precision", "verdict")


def claim_sentence(row: Any, people: dict[str, str], words: Words) -> str:
    """What was announced, in words, with its day."""
    names = [
        surname(people.get(candidate_id, candidate_id), candidate_id)
        for candidate_id in str(row.candidates).split()
    ]
    precision = str(row.made_precision)
    if precision == "day":
        when = words.day(row.made_on)
    else:
        when = str(row.made_on.year) if precision == "year" else words.month(row.made_on)
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
    variant: str = "",
    waiting: bool = False,
    notes: Sequence[str] = (),
    alternative: str = "",
) -> Drawing:
    """A drawing with the texts ``chart.<name>.subtitle`` and the usual caption.

    ``variant``: the ending of another text of that name, which takes the place of the usual one.
    ``waiting``: the vote is still to come, and the subtitle is one that speaks of no result.
    ``alternative`` is what the picture adds to its title, in words: the rows a listener would want.
    """
    chosen = contest_row(frames, view)
    contest = "" if chosen is None else contest_title(chosen, words)
    return Drawing(
        chart=chart,
        data=data,
        title=capitalised(title),
        subtitle=words(
            f"chart.{name}.subtitle{variant or ('_open' if waiting else '')}",
            **{"contest": contest, **(subtitle or {})},
        ),
        caption=caption(frames, view, words, *notes),
        alternative=sentence(f"{title}.", alternative),
    )


def target_name(frames: Frames) -> str:
    """The short name of the candidate whom the charts have pushed."""
    row = frames["target"].iloc[0]
    return surname(str(row.candidate), str(row.target))


def threat_model_words(frames: Frames, words: Words) -> str:
    """Who acts and when, in words made from the threat model of the charts."""
    model = frames["threat_model"].iloc[0]
    return words(
        "label.threat_model",
        actor=words(f"actor.{model.actor}"),
        timing=words(
            f"acting.{model.timing}", days=words.count(model.days), lead_days=words.count(model.lead_days)
        ),
    )
