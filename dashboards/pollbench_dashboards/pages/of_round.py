"""The pictures on the page of a round: drawn from the rows of that round alone, and kept between runs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pollbench.language.texts import locales
from pollbench_dashboards.language.naming import slug

if TYPE_CHECKING:
    from pollbench.workers import Task, Workers
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure

#: Who led, and how far off each was: the ladder of errors stands in the table of the page, house effects in the
#: chart of a vote that is asked for. Each further chart costs two drawings per language and round.
CHARTS = ("first_minus_second",)

#: Contest -> language -> what draws a picture of it.
Tasks = Mapping[str, Mapping[str, list["Task[Figure]"]]]


def give_pictures(frames: Gathered, contests: list[str], folder: Path, workers: Workers) -> Tasks:
    """Put the pictures of every round in every language on the list of the workers."""
    from pollbench_dashboards.charts import registered

    return {
        contest_id: {
            locale: [
                workers.give(
                    draw_picture,
                    name,
                    contest_id,
                    locale,
                    rows_of(frames, registered()[name].frames, contest_id),
                    folder,
                )
                for name in CHARTS
            ]
            for locale in locales()
        }
        for contest_id in contests
    }


def rows_of(frames: Gathered, names: tuple[str, ...], contest_id: str) -> dict[str, pd.DataFrame]:
    """The frames cut to the rows of one contest, where they have any: small to send, and equal while those rows are."""
    tables = {name: frames[name] for name in names}

    def cut(table: pd.DataFrame) -> pd.DataFrame:
        held = "contest_id" in table
        return table[table.contest_id == contest_id].reset_index(drop=True) if held else table

    return {
        name: frames.once(("rows of a round", name, contest_id), partial(cut, table))
        for name, table in tables.items()
    }


def draw_picture(
    name: str, contest_id: str, locale: str, frames: Mapping[str, pd.DataFrame], folder: Path
) -> Figure:
    """One chart of a round in both widths, its files written as ``charts/<name>-<contest>.<locale>``."""
    from pollbench_dashboards.charts import registered
    from pollbench_dashboards.drawing.chart import NARROW, WIDE, View
    from pollbench_dashboards.pages import export
    from pollbench_dashboards.pages.figure import Figure
    from pollbench_dashboards.pages.kept_drawings import KeptDrawings

    kind = registered()[name]
    drawings = KeptDrawings(kind, frames)
    wide, narrow = (
        drawings.draw(View(locale=locale, width=width, contest_id=contest_id)).named(
            f"{name}-{slug(contest_id)}"
        )
        for width in (WIDE, NARROW)
    )
    stem = folder / "charts" / f"{wide.name}.{locale}"
    stills = {
        "wide": export.write_still(wide, stem.with_name(f"{stem.name}.svg"), framed=True),
        "narrow": export.write_still(narrow, stem.with_name(f"{stem.name}.narrow.svg")),
    }
    for form in ("json", "csv"):
        export.write(wide, stem.with_name(f"{stem.name}.{form}"))
    return Figure(wide, narrow, kind.polls, stills=stills, origin=drawings.origin)


def shows_forecasts(figure: Figure) -> bool:
    """Whether a picture shows something; its polls belong to the legal mentions of the page then."""
    return "forecast_id" in figure.wide.data
