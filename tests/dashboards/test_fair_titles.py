"""What a page sets side by side agrees: a question with its chart, a board with who is missing, a caption with the theme."""

from __future__ import annotations

import pytest

from pollbench.language.texts import locales
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.drawing.theme import PALETTES
from pollbench_dashboards.frames import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import answers
from pollbench_dashboards.pages.overview import QUESTIONS

#: Marks by their looks, which differ between themes.
LOOKS = {
    "en": ("cross", "diamond", "circle", "square", "triangle"),
    "fr": ("croix", "losange", "rond", "carré", "triangle"),
}


@pytest.mark.parametrize("locale", locales())
def test_the_chart_below_a_question_has_the_answer_as_its_title(frames: Gathered, locale: str) -> None:
    answered = answers(frames, Words(locale))
    chart, _ = QUESTIONS["surely"]
    title = registered()[chart].draw(frames, View(locale=locale)).title
    assert answered["surely"].answer.rstrip(".") == title


@pytest.mark.parametrize("locale", locales())
def test_who_stands_on_the_board_of_errors_and_not_on_that_of_ranks_is_named(
    frames: Gathered, locale: str
) -> None:
    view = View(locale=locale)
    errors = registered()["error_by_forecaster"].draw(frames, view).data
    drawing = registered()["robust_rank"].draw(frames, view)
    missing = errors[~errors.forecaster_id.isin(drawing.data.forecaster_id)]
    assert len(missing) > 0
    assert [name for name in missing.who if name.split(",")[0].split(" (")[0] not in drawing.caption] == []


@pytest.mark.parametrize("theme", sorted(PALETTES))
@pytest.mark.parametrize("locale", locales())
def test_a_caption_names_no_mark_by_looks_that_a_theme_may_change(
    frames: Gathered, locale: str, theme: str
) -> None:
    caption = registered()["error_by_forecaster"].draw(frames, View(locale=locale, theme=theme)).caption
    assert Words(locale)("chart.error_by_forecaster.null") in caption
    assert [look for look in LOOKS[locale] if look in caption.lower()] == []
