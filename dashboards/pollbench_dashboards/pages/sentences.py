"""A sentence of a site with everything that a citation of it needs: the words, policy, revision, address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.data.store import load
from pollbench.errors import UnknownName
from pollbench.language.texts import SOURCE_LOCALE
from pollbench.version import __version__
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import answers
from pollbench_dashboards.pages.of_chart import cells_in_words
from pollbench_dashboards.pages.start import SENTENCES as OF_ALL
from pollbench_dashboards.pages.start import start_sentence

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench_dashboards.drawing.chart import Drawing
    from pollbench_dashboards.frames.gathered import Gathered

#: The sentences of an answer, in the order in which a page prints them.
SENTENCES = ("answer", "happened", "proves")


#: What stands before the name of a sentence of the start page, which is about all elections.
START = "start"
#: What stands before a cell of the table of a chart.
CHART = "chart"
#: What stands before a sentence of the overview, which is about the main vote of a site.
OVERVIEW = "overview"
#: How the page of a house begins; its numbers are its errors over all elections.
HOUSE = "house-"
#: The numbers of a house: the heading of each, and how many decimals its page prints.
OF_HOUSE = {"mae": ("column.mae", 2), "excess": ("houses.excess", 2), "bias": ("houses.bias", 1)}


def cite_start(bench: Bench, name: str, locale: str = SOURCE_LOCALE, address: str = "") -> str:
    """How to cite a sentence of the start page, about all elections of ``bench``: right, much, surely or rigged.

    Raises
    ------
    UnknownName : no such sentence.
    """
    words = Words(locale)
    frames = gather(bench)
    text = start_sentence(frames, name, words)
    if text is None:
        raise UnknownName.of(kind="sentence", name=name, known=OF_ALL)
    folder = "" if locale == SOURCE_LOCALE else f"{locale}/"
    return words(
        "charts.cited_sentence",
        text=text,
        policy=frames.policy.policy_id,
        version=__version__,
        data=_revisions(bench, words),
        address=f"{address}{folder}index.html#{START}.{name}",
    )


def cite_cell(bench: Bench, cell: str, locale: str = SOURCE_LOCALE, address: str = "") -> str:
    """How to cite a cell of the table of a chart, as the page of the chart shows it over the elections of ``bench``.

    Parameters
    ----------
    bench : the elections that the site shows: the charts of several of them differ from those of one.
    cell : ``error-by-forecaster.table.1.mae``; the name alone for the finding of the chart.

    Raises
    ------
    UnknownName : no such chart or cell.
    """
    words = Words(locale)
    slug, _, identity = cell.partition(".")
    frames = gather(bench)
    drawing = _drawing_of(frames, slug, locale)
    cells = cells_in_words(drawing, words)
    if identity and identity not in cells:
        raise UnknownName.of(kind="cell", name=identity, known=cells)
    folder = "" if locale == SOURCE_LOCALE else f"{locale}/"
    return words(
        "charts.cited_sentence",
        text=f"{drawing.title}. {cells[identity]}" if identity else f"{drawing.title}.",
        policy=frames.policy.policy_id,
        version=__version__,
        data=_revisions(bench, words),
        address=f"{address}{folder}chart-{slug}.html{'#' if identity else ''}{identity}",
    )


def _drawing_of(frames: Gathered, slug: str, locale: str) -> Drawing:
    """The chart of a name in addresses: a registered one, or the timeline of a line-up of the vote to come."""
    from pollbench_dashboards.pages.scenario_chart import cited_drawing

    kind = slug.replace("-", "_")
    drawing = (
        registered()[kind].draw(frames, View(locale=locale))
        if kind in registered()
        else cited_drawing(frames, slug, locale)
    )
    if drawing is None:
        raise UnknownName.of(kind="chart", name=slug, known=[name.replace("_", "-") for name in registered()])
    return drawing


def cite_overview(bench: Bench, sentence_id: str, locale: str = SOURCE_LOCALE, address: str = "") -> str:
    """How to cite a sentence of the overview of a site of the elections of ``bench``: ``right``, ``much.proves``.

    Raises
    ------
    UnknownName : no such question or sentence.
    """
    words = Words(locale)
    frames = gather(bench)
    question, _, which = sentence_id.partition(".")
    said = answers(frames, words)
    if question not in said or (which or "answer") not in SENTENCES:
        known = [f"{name}.{part_of}" for name in said for part_of in SENTENCES]
        raise UnknownName.of(kind="sentence", name=sentence_id, known=known)
    folder = "" if locale == SOURCE_LOCALE else f"{locale}/"
    return words(
        "charts.cited_sentence",
        text=getattr(said[question], which or "answer"),
        policy=frames.policy.policy_id,
        version=__version__,
        data=_revisions(bench, words),
        address=f"{address}{folder}{OVERVIEW}.html#{question}.{which or 'answer'}",
    )


def cite_house(bench: Bench, page: str, name: str, locale: str = SOURCE_LOCALE, address: str = "") -> str:
    """How to cite a number of the page of a house over the elections of ``bench``: mae, excess or bias.

    Raises
    ------
    UnknownName : no such house, or no such number of it.
    """
    from pollbench_dashboards.pages.houses import houses

    words = Words(locale)
    frames = gather(bench)
    pages = {row["page"]: row for row in houses(frames, words)}
    if page not in pages:
        raise UnknownName.of(kind="house", name=page, known=pages)
    row = pages[page]
    if name not in OF_HOUSE or row[name] is None:
        known = [number for number in OF_HOUSE if row[number] is not None]
        raise UnknownName.of(kind="number of this house", name=name, known=known)
    heading, decimals = OF_HOUSE[name]
    folder = "" if locale == SOURCE_LOCALE else f"{locale}/"
    return words(
        "charts.cited_sentence",
        text=words.plural(
            "houses.cited",
            row["contests"],
            name=row["name"],
            heading=words(heading),
            points=words.points(row[name], decimals, signed=name != "mae"),
            contests=words.count(row["contests"]),
        ),
        policy=frames.policy.policy_id,
        version=__version__,
        data=_revisions(bench, words),
        address=f"{address}{folder}{page}.html#{name}",
    )


def _revisions(bench: Bench, words: Words) -> str:
    return ", ".join(
        words("page.revision", election=election, revision=revision)
        for election, revision in sorted(bench.revisions.items())
    )


def cite_sentence(election: str, sentence_id: str, locale: str = SOURCE_LOCALE, address: str = "") -> str:
    """How to cite a sentence about an election: ``right``, ``right.proves``, or a chart such as ``error-by-forecaster``.

    Parameters
    ----------
    election : an id or a folder.
    sentence_id : a question (right, much, surely, rigged) with the sentence meant, or the name of a chart.
    locale : language of the sentence.
    address : where the site is published, with its last slash; empty gives the page alone.

    Raises
    ------
    UnknownName : no such question, sentence or chart.
    """
    words = Words(locale)
    chart = sentence_id.replace("-", "_")
    question, _, which = sentence_id.partition(".")
    folder = "" if locale == SOURCE_LOCALE else f"{locale}/"
    with load(election) as bench:
        frames = gather(bench)
        if chart in registered():
            text = f"{registered()[chart].draw(frames, View(locale=locale)).title}."
            where = f"{address}{folder}chart-{sentence_id}.html"
        else:
            said = answers(frames, words)
            if question not in said or (which or "answer") not in SENTENCES:
                known = [f"{name}.{part_of}" for name in said for part_of in SENTENCES]
                known += [name.replace("_", "-") for name in registered()]
                raise UnknownName.of(kind="sentence", name=sentence_id, known=known)
            text = getattr(said[question], which or "answer")
            where = f"{address}{folder}overview.html#{question}.{which or 'answer'}"
        return words(
            "charts.cited_sentence",
            text=text,
            policy=frames.policy.policy_id,
            version=__version__,
            data=words("page.revision", election=election, revision=bench.revisions[election]),
            address=where,
        )
