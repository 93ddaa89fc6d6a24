"""Draw every chart in every language and both widths, and write its files: in parallel, each rendered once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pollbench.data.frame_bytes import digest_of_frame
from pollbench.errors import set_apart
from pollbench.language.texts import locales
from pollbench_dashboards.pages.of_round import rows_of

if TYPE_CHECKING:
    from pollbench.workers import Task, Workers
    from pollbench_dashboards.drawing.chart import ChartKind
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure
    from pollbench_dashboards.pages.figures import Figures


#: Charts that also stand in half a page, beside a question.
CARDS = ("forecast_against_result", "error_by_forecaster", "chance_beside_error", "break_even")


def give_drawings(frames: Gathered, folder: Path, workers: Workers) -> list[Task[Figure]]:
    """Put every chart in every language on the list of the workers; see ``drawn``."""
    from pollbench_dashboards.charts import registered

    tasks = []
    for name, kind in registered().items():
        failed: dict[str, str] = {}
        with set_apart(failed, name):
            given, digests = _given(frames, kind)
            tasks += [workers.give(draw_one, name, locale, given, folder, digests) for locale in locales()]
        for why in failed.values():
            tasks += [workers.give(draw_failed, name, locale, why, folder) for locale in locales()]
    return tasks


def _given(frames: Gathered, kind: ChartKind) -> tuple[Mapping[str, pd.DataFrame], dict[str, str]]:
    """The frames of a chart, cut to the contest in focus where it reads no other rows, and their digests."""
    if not kind.one_contest:
        given = {name: frames[name] for name in kind.frames}
        return given, {name: frames.digest_of_frame(name) for name in kind.frames}
    rows = rows_of(frames, kind.frames, frames.focus)
    return rows, {
        name: frames.once(("digest of a round", frames.focus, name), partial(digest_of_frame, table))
        for name, table in rows.items()
    }


def drawn(
    frames: Gathered, folder: Path, tasks: Sequence[Task[Figure]], advance: Callable[[int, int], None]
) -> dict[str, Figures]:
    """Draw what no worker has begun; the charts are in ``charts/<name>.<locale>.svg|json|csv`` then.

    Parameters
    ----------
    advance : called after each chart with how many are done, of how many.

    Returns
    -------
    language -> chart -> Figure.
    """
    from dataclasses import replace

    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages.control import control_of
    from pollbench_dashboards.pages.figures import Figures
    from pollbench_dashboards.pages.legal_mentions import mentions_of

    finished: dict[int, Figure] = {}
    # The workers go through the list from its start; who comes from its end is not in their way.
    waiting = list(range(len(tasks)))
    while waiting:
        number = next((index for index in reversed(waiting) if not tasks[index].begun()), waiting[0])
        waiting.remove(number)
        figure = tasks[number].result()
        words = Words(figure.wide.view.locale)
        listed = figure.polls and not figure.failed
        finished[number] = replace(
            figure,
            mentions=mentions_of(frames, figure.wide, words, folder / "charts") if listed else None,
            control=control_of(figure.wide),
        )
        advance(len(finished), len(tasks))
    figures: dict[str, dict[str, Figure]] = {locale: {} for locale in locales()}
    for number in range(len(tasks)):
        figures[finished[number].wide.view.locale][finished[number].name] = finished[number]
    return {locale: Figures(named) for locale, named in figures.items()}


def draw_one(
    name: str,
    locale: str,
    frames: Mapping[str, pd.DataFrame],
    folder: Path,
    digests: Mapping[str, str] | None = None,
) -> Figure:
    """Draw one chart wide and narrow, and write the files of the wide one; ``digests`` as for `KeptDrawings`."""
    from pollbench_dashboards.charts import registered

    kind = registered()[name]
    failed: dict[str, str] = {}
    with set_apart(failed, name):
        return _drawn_and_written(kind, locale, frames, folder / "charts", digests)
    return draw_failed(name, locale, failed[name], folder)


def draw_failed(name: str, locale: str, why: str, folder: Path) -> Figure:
    """Draw, in the place of a chart, that it could not be drawn."""
    from dataclasses import replace

    from pollbench_dashboards.charts import registered
    from pollbench_dashboards.drawing.captions import only_words

    kind = replace(
        registered()[name],
        frames=(),
        polls=False,
        function=lambda _, view, words: only_words(view, words("nothing.failed"), ""),
    )
    return replace(_drawn_and_written(kind, locale, {}, folder / "charts"), failed=why)


def _drawn_and_written(
    kind: ChartKind,
    locale: str,
    frames: Mapping[str, pd.DataFrame],
    stem: Path,
    digests: Mapping[str, str] | None = None,
) -> Figure:
    from pollbench_dashboards.drawing.chart import CARD, FULL, NARROW, WIDE, View
    from pollbench_dashboards.pages import export
    from pollbench_dashboards.pages.figure import Figure
    from pollbench_dashboards.pages.kept_drawings import KeptDrawings

    # Specifications travel back from a worker ready made; the Altair objects stay where they were.
    drawings = KeptDrawings(kind, frames, digests)
    wide, narrow, card, full = (
        drawings.draw(View(locale=locale, width=width)) for width in (WIDE, NARROW, CARD, FULL)
    )
    file = stem / f"{kind.name}.{locale}"
    stills = {
        "wide": export.write_all(wide, file),
        "narrow": export.write_still(narrow, file.with_name(f"{file.name}.narrow.svg")),
    }
    if kind.name in CARDS:
        stills["card"] = export.write_still(card, file.with_name(f"{file.name}.card.svg"))
    return Figure(
        wide,
        narrow,
        kind.polls,
        others=(card, full),
        stills=stills,
        origin=drawings.origin,
        own_page=True,
    )
