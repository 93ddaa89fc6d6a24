"""Draw every chart in both languages and widths, and write its files: in parallel, each rendered once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pollbench_dashboards.words import LOCALES

if TYPE_CHECKING:
    from pollbench_dashboards._chart import ChartKind
    from pollbench_dashboards.frames import Gathered
    from pollbench_dashboards.page import Figure

#: From this many drawings on, starting workers pays.
WORTH_WORKERS = 16
#: Each worker holds a drawing engine of a few hundred megabytes.
MOST_WORKERS = 4

Task = tuple[str, str, Mapping[str, pd.DataFrame]]


def draw_all(
    frames: Gathered, folder: Path, advance: Callable[[int, int], None]
) -> dict[str, dict[str, Figure]]:
    """Draw all charts; write ``charts/<name>.<locale>.svg|json|csv`` under ``folder``.

    Parameters
    ----------
    advance : told after each chart how many are done, of how many.

    Returns
    -------
    language -> chart -> Figure.
    """
    from dataclasses import replace

    from pollbench_dashboards._chart import registered
    from pollbench_dashboards.content import control_of
    from pollbench_dashboards.mentions import mentions_of
    from pollbench_dashboards.words import Words

    kinds = registered()
    jobs = [(name, locale) for name in kinds for locale in LOCALES]
    tasks = [(name, locale, {each: frames[each] for each in kinds[name].frames}) for name, locale in jobs]
    figures: dict[str, dict[str, Figure]] = {locale: {} for locale in LOCALES}
    for done, drawn in enumerate(_drawn(tasks, folder), start=1):
        name, locale = drawn.wide.name, drawn.wide.view.locale
        words = Words(locale)
        figures[locale][name] = replace(
            drawn,
            mentions=mentions_of(frames, drawn.wide, words, folder / "charts") if drawn.polls else None,
            control=control_of(drawn.wide),
        )
        advance(done, len(jobs))
    return figures


def _drawn(tasks: Sequence[Task], folder: Path) -> Iterator[Figure]:
    """The figures in the order of the tasks; several at a time where there are processors for it.

    Starting a worker costs an import of Altair, about two seconds: it pays from some tens of charts on.
    """
    from joblib import Parallel, cpu_count, delayed

    workers = min(cpu_count(), MOST_WORKERS) if len(tasks) >= WORTH_WORKERS else 1
    if workers == 1:
        yield from (draw_one(*task, folder) for task in tasks)
        return
    # Files and figures do not depend on which worker drew them, nor on how many there are.
    yield from Parallel(n_jobs=workers, return_as="generator", batch_size=2)(
        delayed(draw_one)(*task, folder) for task in tasks
    )


def draw_one(name: str, locale: str, frames: Mapping[str, pd.DataFrame], folder: Path) -> Figure:
    """Draw one chart wide and narrow, and write the files of the wide one."""
    from altair.utils import schemapi

    from pollbench_dashboards._chart import registered

    kind = registered()[name]
    # The tests hold every chart to Altair's schema; holding it again on each drawing is half of its time.
    with schemapi.debug_mode(False):
        return _drawn_and_written(kind, locale, frames, folder / "charts")


def _drawn_and_written(
    kind: ChartKind, locale: str, frames: Mapping[str, pd.DataFrame], stem: Path
) -> Figure:
    from pollbench_dashboards import export
    from pollbench_dashboards._chart import NARROW, WIDE, View
    from pollbench_dashboards.page import Figure

    wide = kind.draw(frames, View(locale=locale, width=WIDE))
    narrow = kind.draw(frames, View(locale=locale, width=NARROW))
    export.write(wide, stem / f"{kind.name}.{locale}.svg")
    export.write(wide, stem / f"{kind.name}.{locale}.json")
    export.write(wide, stem / f"{kind.name}.{locale}.csv")
    # Specifications travel back from a worker ready made; the Altair objects stay where they were.
    return Figure(wide.settled(), narrow.settled(), kind.polls)
