"""Who announced what, when, and what became of it."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.captions import claim_sentence, finished, nothing
from pollbench_dashboards.drawing.chart import Drawing, Frames, View, chart
from pollbench_dashboards.drawing.choosing import contest_row, election_title
from pollbench_dashboards.drawing.marks import PALE
from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.drawing.text_rows import text_rows
from pollbench_dashboards.drawing.theme import LABEL
from pollbench_dashboards.language.naming import room, short_names
from pollbench_dashboards.language.typography import capitalised
from pollbench_dashboards.language.words import Words

VERDICTS = ("true", "partly", "false", "unverifiable")
#: Before the vote there is no verdict, and no mark.
OPEN = "open"
#: Verdicts differ by shape as well as by colour.
VERDICT_SHAPES = ("circle", "triangle-up", "cross", "square")


@chart(
    topic="probabilities",
    frames=("contest", "candidate", "claim", "person"),
    polls=False,
    aliases=("claims", "who-said-what", "annonces"),
)
def claims_board(frames: Frames, view: View, words: Words) -> Drawing:
    """Draw one row per announcement of the election, by forecaster: what was said, and the verdict as a mark."""
    contest = contest_row(frames, view)
    table = frames["claim"]
    if contest is None or table.empty:
        return nothing(frames, view, words, "nothing.claims")
    contests = frames["contest"]
    rounds = set(contests.contest_id[contests.election_id == contest.election_id])
    waiting = set(contests.contest_id[~contests.scored])
    table = table.assign(verdict=table.verdict.mask(table.contest_id.isin(waiting), OPEN))
    table = table[table.contest_id.isin(rounds) & table.verdict.isin([*VERDICTS, OPEN])].reset_index(
        drop=True
    )
    if table.empty:
        return nothing(frames, view, words, "nothing.claims")
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    table["round"] = table.contest_id.map(contests.set_index("contest_id")["round"]).astype(int)
    table["remark"] = [_remark(row, words) for row in table.itertuples()]
    table["sentence"] = [
        _with_remark(claim_sentence(row, people, words), row.remark, words) for row in table.itertuples()
    ]
    table["who"] = short_names(table, words)
    table["verdict_words"] = table.verdict.map(
        {verdict: words(f"verdict.{verdict}") for verdict in [*VERDICTS, OPEN]}
    )
    table = table.sort_values(["who", "made_on", "claim_id"], key=_fold, ignore_index=True)
    # A forecaster is named once, beside its first announcement.
    table["shown_name"] = table.who.where(table.who != table.who.shift(), "")
    return finished(
        frames,
        view,
        words,
        "claims_board",
        _draw(table, view, words),
        table,
        finding(table, words),
        subtitle={"number": len(table), "election": election_title(contest, words)},
        waiting=bool((table.verdict == OPEN).all()),
        notes=(
            words("chart.claims_board.note"),
            *_rounds(table, words),
            words("chart.claims_board.note_open") if (table.verdict == OPEN).any() else "",
        ),
        alternative=words.listed(
            f"{row.who}, {row.sentence}{words('mark.colon')} {row.verdict_words}"
            for row in table.itertuples()
        ),
    )


def _fold(column: pd.Series) -> pd.Series:
    return column.str.casefold() if column.name == "who" else column


def _remark(row: Any, words: Words) -> str:
    """What a reader must know of an announcement: hedged, doubtful, recalled, about which round."""
    parts = (
        (words("claim_mark.round", round=words.spelled("round", int(row.round))), row.round > 1),
        (words("claim_mark.hedged"), row.hedged),
        (words("claim_mark.low"), row.confidence == "low"),
        (words("claim_mark.recalled"), row.recalled),
    )
    return ", ".join(text for text, holds in parts if holds)


def _with_remark(sentence: str, remark: Any, words: Words) -> str:
    return words("claim_mark.row", sentence=sentence, remark=remark) if remark else sentence


def _verdicts(table: pd.DataFrame, words: Words) -> str:
    """How many announcements had each verdict, if any had, and how many are recalled after the vote."""
    key = "chart.claims_board"
    recalled = int(table.recalled.sum())
    counts = table[~table.recalled.astype(bool)].verdict.value_counts()
    said = [
        words.plural(f"{key}.{verdict}", int(counts[verdict]), number=int(counts[verdict]))
        for verdict in VERDICTS
        if verdict in counts
    ]
    more = words.plural(f"{key}.recalled", recalled, number=recalled) if recalled else ""
    return (words.join(said) if said else words(f"{key}.none")) + more


def _rounds(table: pd.DataFrame, words: Words) -> list[str]:
    """The same counts round by round, where there are announcements about several."""
    judged = table[table.verdict != OPEN]
    if judged["round"].nunique() < 2:
        return []
    return [
        capitalised(
            words(
                f"chart.claims_board.{'by_round' if (~rows.recalled.astype(bool)).any() else 'by_round_none'}",
                round=words.spelled("round", int(str(number))),
                number=int((~rows.recalled.astype(bool)).sum()),
                verdicts=_verdicts(rows, words),
            )
        )
        for number, rows in judged.groupby("round")
    ]


def finding(table: pd.DataFrame, words: Words) -> str:
    """How many came true, in both rounds, those recalled after the vote apart."""
    judged = table[table.verdict != OPEN]
    if judged[~judged.recalled.astype(bool)].empty:
        return words("chart.claims_board.open", number=len(table))
    variant = "finding" if len(set(judged["round"])) > 1 else "finding_one"
    number = int((~judged.recalled.astype(bool)).sum())
    return words.plural(
        f"chart.claims_board.{variant}", number, number=number, verdicts=_verdicts(judged, words)
    )


def _draw(table: pd.DataFrame, view: View, words: Words) -> alt.TopLevelMixin:
    compact = view.compact
    said = 0 if compact else room(table.who) + 8
    size = 12 if compact else LABEL
    # On a narrow screen a name stands above the first of its announcements.
    rows = text_rows(table, "sentence", view.width - 76 - said, size, above="shown_name" if compact else None)
    domain = [words(f"verdict.{verdict}") for verdict in VERDICTS]
    base = Chart(rows.table)
    if (table.verdict == OPEN).all():
        legends: list[alt.Legend | None] = [None, None]
    else:
        legends = [alt.Legend(title=None, orient="top", direction="horizontal"), alt.Legend(title=None)]
    judged = base.transform_filter(alt.FieldOneOfPredicate(field="verdict", oneOf=list(VERDICTS)))
    marks = judged.mark_point(filled=True, size=80, strokeWidth=2).encode(
        x=alt.XValue(view.width - 56),
        y=rows.y("at"),
        color=alt.Color(
            "verdict_words:O",
            scale=alt.Scale(domain=domain),
            legend=legends[0],
        ),
        shape=alt.Shape(
            "verdict_words:N",
            scale=alt.Scale(domain=domain, range=list(VERDICT_SHAPES)),
            legend=legends[1],
        ),
        opacity=alt.condition("datum.recalled", alt.value(PALE), alt.value(1)),
        tooltip=[
            alt.Tooltip("name:N", title=words("column.name")),
            alt.Tooltip("sentence:N", title=words("column.said")),
            alt.Tooltip("verdict_words:N", title=words("column.verdict")),
            alt.Tooltip("remark:N", title=words("column.remark")),
            alt.Tooltip("sources:N", title=words("column.sources")),
        ],
    )
    names = base.mark_text(
        style="label", align="left", baseline="middle", fontWeight=600, limit=view.width - 76
    ).encode(x=alt.XValue(0), y=rows.y("top"), text=alt.Text("shown_name:N"))
    return alt.layer(names, rows.text(said), marks).properties(width=view.width - 32, height=rows.height)
