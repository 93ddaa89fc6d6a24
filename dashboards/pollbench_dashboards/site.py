"""The site: every chart drawn once a language and width, and the pictures, the data and the pages written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pollbench.errors import set_apart
from pollbench.files import csv_text, write_bytes, write_text
from pollbench.language.texts import locales
from pollbench.progress import Progress
from pollbench.workers import Workers
from pollbench_dashboards.pages.figures import Figures
from pollbench_dashboards.pages.html import bundle
from pollbench_dashboards.pages.page import OF_CHARTS, PAGES, UNNAMED, WITHOUT_CHARTS, Pages
from pollbench_dashboards.pages.published import write_published
from pollbench_dashboards.pages.settings import Settings
from pollbench_dashboards.pages.silence import Silenced, write_assets, write_silence

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.policy import Policy
    from pollbench.workers import Task
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages.figure import Figure
    from pollbench_dashboards.pages.of_round import Tasks


#: A site that leaves nothing out.
NONE_SILENT = Silenced()


class Site(NamedTuple):
    """The pages written, and what went wrong with each chart or page that could not be made."""

    pages: list[Path]
    failed: dict[str, str]


def build_site(
    bench: Bench,
    folder: Path,
    *,
    policy: Policy | None = None,
    progress: bool = False,
    workers: Workers | None = None,
    settings: Settings = UNNAMED,
    silenced: Silenced = NONE_SILENT,
) -> Site:
    """Write the site into ``folder``: the language of the source at its root, any other in ``<locale>/``.

    Parameters
    ----------
    bench : the loaded elections.
    policy : which forecasts count; the default one with gaps left out.
    progress : show a bar, on a terminal only.
    settings : who publishes it and where; without, every page says that none is named.
    silenced : elections that the bench lacks because the law forbids to publish polls about them now; every page says so.
    workers : other processes that share the drawing; without, all is drawn here.

    Returns
    -------
    the HTML pages written, and the charts and pages that could not be made: the others are whole.

    Raises
    ------
    OutputError : the folder cannot be written to.
    """
    from pollbench.outputs.record_deposit import write_described
    from pollbench_dashboards.frames import gather
    from pollbench_dashboards.pages.draw_all import drawn, give_drawings
    from pollbench_dashboards.pages.of_round import give_pictures
    from pollbench_dashboards.pages.rehearsal import give_rehearsals, take_rehearsals
    from pollbench_dashboards.pages.votes import scored

    frames = gather(bench, policy)
    write_assets(folder)
    shared = workers or Workers(0)
    failed: dict[str, str] = {}
    pages = {locale: Pages(frames, folder, locale, settings, silenced) for locale in locales()}
    with Progress("charts", wanted=progress) as advance:
        library = shared.give(bundle)
        tables = give_tables(bench, folder / "data", shared)
        rehearsals = give_rehearsals(bench, shared)
        of_rounds = give_pictures(frames, scored(frames), folder, shared)
        drawings = give_drawings(frames, folder, shared)
        # While others draw: what needs no drawing.
        write_described(bench, folder / "data" / "record")
        for locale in pages:
            for name in WITHOUT_CHARTS:
                _write(pages[locale], name, {}, failed)
        others = write_votes(frames, pages, failed, of_rounds)
        figures = drawn(frames, folder, drawings, advance)
        write_text(folder / "assets" / "vega.js", library.result())
        tables.result()
    written: list[Path] = []
    with set_apart(failed, "pages of the election to come"):
        take_rehearsals(bench, rehearsals)
        written = write_open_pages(frames, folder, pages, failed, shared)
    for locale in pages:
        for name in PAGES:
            if name not in WITHOUT_CHARTS:
                _write(pages[locale], name, figures[locale], failed)
    written += others
    for locale in pages:
        written += _write_of_charts(frames, pages[locale], figures[locale], failed)
    failed |= {
        f"chart {figure.file}": figure.failed
        for named in figures.values()
        for figure in named.values()
        if figure.failed
    }
    written += write_silence(folder, silenced, others=True)
    named_pages = [pages[locale].path(name) for locale in pages for name in PAGES]
    every = sorted(path.relative_to(folder).as_posix() for path in {*named_pages, *written})
    write_published(folder, settings, every)
    return Site([*named_pages, *written], failed)


def _write(
    pages: Pages, name: str, figures: Mapping[str, Figure], failed: dict[str, str], **more: Any
) -> None:
    """Write a page; one that fails says so in its place, so that every link leads somewhere."""
    page = f"page {pages.path(name).name} ({pages.locale})"
    with set_apart(failed, page):
        pages.write(name, figures, **more)
    if page in failed:
        pages.write_failed(name)


def _write_of_charts(
    frames: Gathered, pages: Pages, figures: Mapping[str, Figure], failed: dict[str, str]
) -> list[Path]:
    """The page of every chart, and its frame for other sites."""
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages.of_chart import content

    written = []
    words = Words(pages.locale)
    # Which of them a page rests on is noted.
    figures = figures if isinstance(figures, Figures) else Figures(figures)
    for name, figure in figures.items():

        def make(name: str = name) -> dict[str, Any]:
            return content(frames, figures[name], words)

        for template in OF_CHARTS:
            page = f"{template}-{figure.slug}"
            _write(
                pages,
                page,
                figures,
                failed,
                template=template,
                content=lambda name=name, make=make: frames.once(("chart page", words.locale, name), make),
            )
            written.append(pages.path(page))
    return written


def write_votes(
    frames: Gathered, pages: Mapping[str, Pages], failed: dict[str, str], pictures: Tasks
) -> list[Path]:
    """A page for every round that was voted on, with its pictures, and one for every house."""
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages import houses, votes
    from pollbench_dashboards.pages.figures import Figures
    from pollbench_dashboards.pages.of_round import shows_forecasts

    written = []
    for locale, pages_of_locale in pages.items():
        words = Words(locale)
        for contest_id in votes.voted(frames):
            name = votes.page_of(contest_id)
            drawn = []
            for task in pictures[contest_id][locale] if contest_id in pictures else ():
                with set_apart(failed, f"chart on page {pages_of_locale.path(name).name} ({locale})"):
                    drawn.append(task.result())
            shown = Figures({figure.name: figure for figure in drawn if shows_forecasts(figure)})
            template = votes.template_of(frames, contest_id)
            make = partial(votes.content, frames, contest_id, words, shown)
            _write(pages_of_locale, name, shown, failed, template=template, content=make)
            written.append(pages_of_locale.path(name))
        for row in houses.houses(frames, words):
            make = partial(_house, frames, row["page"], words)
            _write(pages_of_locale, row["page"], {}, failed, template="house", content=make)
            written.append(pages_of_locale.path(row["page"]))
    return written


def _house(frames: Gathered, page: str, words: Words) -> dict[str, Any]:
    """What the page of a house needs."""
    from pollbench_dashboards.pages import houses

    # Asked for here, so that the page rests on the questions that name its house.
    row = next(row for row in houses.houses(frames, words) if row["page"] == page)
    return houses.content(row, frames, words)


def write_open_pages(
    frames: Gathered,
    folder: Path,
    pages: Mapping[str, Pages],
    failed: dict[str, str],
    workers: Workers | None = None,
) -> list[Path]:
    """The pages of an election to come: of every scenario that many surveys asked about and of its chart; how to hand in."""
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages.open_election import content
    from pollbench_dashboards.pages.scenario_chart import give_drawing
    from pollbench_dashboards.pages.scenarios import standings

    every = standings(frames)
    if not every:
        return []
    shared = workers or Workers(0)
    listed = [(locale, standing) for locale in pages for standing in every]
    drawings = [give_drawing(standing, locale, folder, shared) for locale, standing in listed]
    written = []
    # The workers go through the list from its start; who comes from its end is not in their way.
    for (locale, standing), drawing in reversed([*zip(listed, drawings, strict=True)]):
        figure = drawing.result()
        figures = Figures({figure.name: figure})
        make = partial(content, frames, standing, every, Words(locale), figures)
        for name in [standing.page, "open"] if standing is every[0] else [standing.page]:
            pages[locale].write(
                name,
                figures,
                template="open",
                content=partial(frames.once, ("page of a scenario", locale, standing.page), make),
            )
            written.append(pages[locale].path(name))
        written += _write_of_charts(frames, pages[locale], figures, failed)
    for site_pages in pages.values():
        for name in ("hand-in", "rehearsal"):
            site_pages.write(name, {})
            written.append(site_pages.path(name))
    for standing in every:
        if not standing.default:
            standing.frames.bench.close()
    return written


def give_tables(bench: Bench, folder: Path, workers: Workers) -> Task[None]:
    """Put the writing of the tables of the data set on the list of the workers; see `write_tables`."""
    here = partial(write_tables, bench, folder)
    if bench.has_own_statements:
        # Another process would not see what they changed.
        return Workers(0).give(here)
    return workers.give(write_tables_there, bench.path, folder, here=here)


def write_tables_there(database: Path, folder: Path) -> None:
    """Write the tables in another process, which opens the database once."""
    from pollbench.outputs.table_tasks import opened

    write_tables(opened(database), folder)


def write_tables(bench: Bench, folder: Path) -> None:
    """The tables of the data set as CSV and Parquet, and their sources."""
    from pollbench.attribution.citation import sources_bibtex
    from pollbench.data.parquet import frames_to_parquet
    from pollbench_dashboards.pages.tables import DATA_TABLES

    tables = {name: bench.table(name) for name in DATA_TABLES}
    for name, table in tables.items():
        write_text(folder / f"{name}.csv", csv_text(table))
    for name, file in frames_to_parquet(tables).items():
        write_bytes(folder / f"{name}.parquet", file)
    write_text(folder / "sources.bib", f"{sources_bibtex(bench)}\n")
