"""The overview: four questions, each with a sentence, a small chart, what happened and what it proves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import CARD, View
from pollbench_dashboards.drawing.choosing import contest_row, contest_title
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import kept_answers

if TYPE_CHECKING:
    import pandas as pd

    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure

#: Question -> the chart beside it and the page that tells more.
QUESTIONS = {
    "right": ("forecast_against_result", "accuracy"),
    "much": ("error_by_forecaster", "accuracy"),
    "surely": ("chance_beside_error", "accuracy"),
    "rigged": ("break_even", "manipulation"),
}
#: Charts below the four questions.
FOLLOWING = ("campaign_timeline",)


def content(frames: Gathered, figures: Mapping[str, Figure], words: Words) -> dict[str, Any]:
    """What the template of the overview needs."""
    contest = contest_row(frames, View(locale=words.locale))
    said = kept_answers(frames, words)
    silent = (words("answer.open"), words("answer.nothing"))
    questions = []
    shown: list[Figure] = []
    for name, (chart, page) in QUESTIONS.items():
        if said[name].answer in silent:
            # The line above the questions says it once.
            continue
        figure = figures.get(chart)
        if figure is not None:
            # Beside its question a chart has half the width of the page.
            card = registered()[chart].draw(frames, View(locale=words.locale, width=CARD))
            figure = replace(
                figure, wide=card, others=(), still="card" if "card" in figure.stills else "wide"
            )
            shown.append(figure)
        questions.append(
            {
                "name": name,
                "question": words(f"question.{name}"),
                "answer": said[name].answer,
                "happened": said[name].happened,
                "proves": said[name].proves,
                "figure": figure,
                "more": f"{page}.html",
            }
        )
    following = [figures[chart] for chart in FOLLOWING if chart in figures]
    return {
        "headline": words("page.overview.title"),
        "description": words(
            f"page.overview.{_state(frames, contest)}",
            contest="" if contest is None else contest_title(contest, words),
        ),
        "questions": questions,
        "figures": following,
        "shown": [*shown, *following],
    }


def _state(frames: Gathered, contest: pd.Series | None) -> str:
    """Whether the vote is to come, has figures beside its result, or has none."""
    if contest is not None and not contest.scored:
        return "waiting"
    board = frames["board"]
    return (
        "lead"
        if contest is not None and len(board) and contest.contest_id in set(board.contest_id)
        else "nothing"
    )
