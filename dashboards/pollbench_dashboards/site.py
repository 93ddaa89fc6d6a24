"""The site: every chart drawn once a language and width, and the pictures, the data and the pages written."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from pollbench.files import write_bytes, write_text
from pollbench.language.texts import locales
from pollbench.progress import Progress
from pollbench.workers import Workers
from pollbench_dashboards.pages.html import bundle
from pollbench_dashboards.pages.page import PAGES, WITHOUT_CHARTS, Pages

if TYPE_CHECKING:
    from pollbench.data.store import Bench
    from pollbench.selection.policy import Policy
    from pollbench_dashboards.frames.gathered import Gathered


def build_site(
    bench: Bench,
    folder: Path,
    *,
    policy: Policy | None = None,
    progress: bool = False,
    workers: Workers | None = None,
) -> list[Path]:
    """Write the site into ``folder``: the language of the source at its root, any other in ``<locale>/``.

    Parameters
    ----------
    bench : the loaded elections.
    policy : which forecasts count; the default one with gaps left out.
    progress : show a bar, on a terminal only.
    workers : other processes that share the drawing; without, all is drawn here.

    Returns
    -------
    the HTML pages written.

    Raises
    ------
    OutputError : the folder cannot be written to.
    """
    from pollbench_dashboards.frames import gather
    from pollbench_dashboards.pages.draw_all import drawn, give_drawings

    frames = gather(bench, policy)
    assets = resources.files("pollbench_dashboards").joinpath("assets")
    for name in ("site.css", "site.js"):
        write_text(folder / "assets" / name, assets.joinpath(name).read_text("utf-8"))
    shared = workers or Workers(0)
    pages = {locale: Pages(frames, folder, locale) for locale in locales()}
    with Progress("charts", wanted=progress) as advance:
        library = shared.give(bundle)
        drawings = give_drawings(frames, folder, shared)
        # While others draw: what needs no drawing.
        write_tables(frames, folder / "data")
        for locale in pages:
            for name in WITHOUT_CHARTS:
                pages[locale].write(name, {})
        figures = drawn(frames, folder, drawings, advance)
        write_text(folder / "assets" / "vega.js", library.result())
    for locale in pages:
        for name in PAGES:
            if name not in WITHOUT_CHARTS:
                pages[locale].write(name, figures[locale])
    return [pages[locale].path(name) for locale in pages for name in PAGES]


def write_tables(frames: Gathered, folder: Path) -> None:
    """The tables of the data set and the frames of the charts, as CSV and Parquet."""
    from pollbench.data.store import frame_to_parquet
    from pollbench_dashboards.pages.tables import DATA_TABLES

    for name in DATA_TABLES:
        table = frames.bench.table(name)
        write_text(folder / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))
        write_bytes(folder / f"{name}.parquet", frame_to_parquet(table))
