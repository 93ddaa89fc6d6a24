"""The timeline of a line-up of an election to come: drawn by the workers, with the line-up in its texts, and cited."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.of_round import rows_of
from pollbench_dashboards.pages.scenarios import (
    CHART,
    Standing,
    chart_of,
    chosen_scenarios,
    members_in_words,
    scenario_title,
    standing_of,
)

if TYPE_CHECKING:
    from pollbench.selection.policy import Policy
    from pollbench.workers import Task, Workers
    from pollbench_dashboards.drawing.chart import Drawing
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure


def presented(drawing: Drawing, standing: Standing, words: Words) -> Drawing:
    """The drawing of a line-up under a name of its own; its texts say which line-up it is, as it may travel alone."""
    scenario = words("open.line_up", scenario=scenario_title(standing.frames, standing.scenario_id, words))
    names = members_in_words(standing.frames, standing.scenario_id, words)
    return drawing.with_texts(subtitle=f"{drawing.subtitle} {scenario}", note=names).named(standing.chart)


def draw_standing(standing: Standing, locale: str, folder: Path) -> Figure:
    """The timeline of a scenario in the widths of a page, and every file that the page of a chart offers."""
    from pollbench_dashboards.charts import registered
    from pollbench_dashboards.drawing.chart import FULL, NARROW, WIDE, View
    from pollbench_dashboards.pages import export
    from pollbench_dashboards.pages.figure import Figure
    from pollbench_dashboards.pages.kept_drawings import KeptDrawings
    from pollbench_dashboards.pages.legal_mentions import mentions_of

    kind = registered()[CHART]
    words = Words(locale)
    # What changes in another round is no reason to draw it anew.
    drawings = KeptDrawings(kind, rows_of(standing.frames, kind.frames, standing.contest_id))
    wide, narrow, full = (
        presented(
            drawings.draw(View(locale=locale, width=width, contest_id=standing.contest_id)), standing, words
        )
        for width in (WIDE, NARROW, FULL)
    )
    stem = folder / "charts" / f"{wide.name}.{locale}"
    stills = {
        "wide": export.write_all(wide, stem),
        "narrow": export.write_still(narrow, stem.with_name(f"{stem.name}.narrow.svg")),
    }
    mentions = mentions_of(standing.frames, wide, words, stem.parent)
    return Figure(
        wide,
        narrow,
        kind.polls,
        mentions=mentions,
        others=(full,),
        stills=stills,
        origin=drawings.origin,
        own_page=True,
    )


def give_drawing(standing: Standing, locale: str, folder: Path, workers: Workers) -> Task[Figure]:
    """Put the timeline of a scenario on the list of the workers; see `draw_standing`."""
    return workers.give(
        draw_there,
        standing.frames.bench.path,
        standing.frames.policy,
        standing.contest_id,
        standing.scenario_id,
        locale,
        folder,
        here=partial(draw_standing, standing, locale, folder),
    )


@cache
def _opened(database: Path, policy: Policy, contest_id: str) -> Gathered:
    """The frames of a scenario's database, opened once in each worker process."""
    from pollbench.data.bench import open_database
    from pollbench_dashboards.frames import gather

    return gather(open_database(database), policy, contest_id)


def draw_there(
    database: Path, policy: Policy, contest_id: str, scenario_id: str, locale: str, folder: Path
) -> Figure:
    """Draw the timeline of a scenario in another process, which opens its database once."""
    frames = _opened(database, policy, contest_id)
    return draw_standing(Standing(contest_id, scenario_id, frames, default=False), locale, folder)


def cited_drawing(frames: Gathered, slug: str, locale: str) -> Drawing | None:
    """The timeline of a line-up by its name in addresses; None if no line-up that has a page has a chart of this name."""
    from pollbench_dashboards.charts import registered
    from pollbench_dashboards.drawing.chart import View

    for contest_id, scenario_id in chosen_scenarios(frames.bench):
        if chart_of(scenario_id).replace("_", "-") != slug:
            continue
        standing = standing_of(frames, contest_id, scenario_id)
        view = View(locale=locale, contest_id=contest_id)
        drawing = presented(registered()[CHART].draw(standing.frames, view), standing, Words(locale))
        if not standing.default:
            standing.frames.bench.close()
        return drawing
    return None
