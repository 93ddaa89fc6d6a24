"""The overview: four questions, each with a sentence, a small chart, what happened and what it proves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import CARD, View
from pollbench_dashboards.drawing.choosing import contest_row, contest_title
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import answers

if TYPE_CHECKING:
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
    said = answers(frames, words)
    questions = []
    shown: list[Figure] = []
    for name, (chart, page) in QUESTIONS.items():
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
        "headline": words("page.index.title"),
        "description": words(
            "page.index.lead", contest="" if contest is None else contest_title(contest, words)
        ),
        "questions": questions,
        "figures": following,
        "shown": [*shown, *following],
    }
