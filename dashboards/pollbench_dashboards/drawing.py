"""Draw every chart in both languages and widths, and write its files: in parallel, each rendered once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pollbench_dashboards.words import LOCALES

if TYPE_CHECKING:
    from pollbench_dashboards._chart import Drawing
    from pollbench_dashboards.frames import Gathered
    from pollbench_dashboards.page import Figure


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
    from pollbench_dashboards._chart import registered
    from pollbench_dashboards.content import control_of, notices_of
    from pollbench_dashboards.page import Figure
    from pollbench_dashboards.words import Words

    kinds = registered()
    jobs = [(name, locale) for name in kinds for locale in LOCALES]
    figures: dict[str, dict[str, Figure]] = {locale: {} for locale in LOCALES}
    for done, (name, locale) in enumerate(jobs, start=1):
        needed = {each: frames[each] for each in kinds[name].frames}
        wide, narrow = draw_one(name, locale, needed, folder)
        words = Words(locale)
        figures[locale][name] = Figure(
            wide,
            narrow,
            kinds[name].polls,
            notices_of(frames, wide, words) if kinds[name].polls else (),
            control_of(wide, words) if kinds[name].live else None,
        )
        advance(done, len(jobs))
    return figures


def draw_one(
    name: str, locale: str, frames: Mapping[str, pd.DataFrame], folder: Path
) -> tuple[Drawing, Drawing]:
    """Draw one chart wide and narrow, and write the files of the wide one."""
    from pollbench_dashboards import export
    from pollbench_dashboards._chart import NARROW, WIDE, View, registered

    kind = registered()[name]
    wide = kind.draw(frames, View(locale=locale, width=WIDE))
    narrow = kind.draw(frames, View(locale=locale, width=NARROW))
    stem = folder / "charts"
    export.write(wide, stem / f"{name}.{locale}.svg")
    export.write(wide, stem / f"{name}.{locale}.json")
    export.write(wide, stem / f"{name}.{locale}.csv")
    return wide, narrow
