"""Every page of a site as its blocks of text and its tables, with the texts that were filled while it was made.

The pages are made as the site makes them, but for the pictures: a chart is drawn once a language and not rendered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pollbench_dashboards.pages.page as page_module
from pollbench.data.bench import Bench
from pollbench.language import words as language
from pollbench.workers import Workers
from pollbench_dashboards import site
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import Drawing, View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import legal_mentions
from pollbench_dashboards.pages.control import control_of
from pollbench_dashboards.pages.figure import Figure
from pollbench_dashboards.pages.legal_mentions import mentions_of
from pollbench_dashboards.pages.page import PAGES, Pages
from pollbench_dashboards.pages.rehearsal import give_rehearsals, take_rehearsals
from pollbench_dashboards.pages.scenario_chart import presented
from pollbench_dashboards.pages.scenarios import CHART, Standing, standings
from pollbench_dashboards.pages.settings import Settings
from pollbench_dashboards.pages.silence import Silenced

LOCALES = ("en", "fr")
#: Elements that begin a text of their own.
BLOCKS = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "head",
        "header",
        "label",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "output",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
EMPTY = frozenset(["br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
#: Stands for a piece of code: an id, a command.
CODE = "\u2318"
#: What holds no sentence: scripts and styles, drawings, formulas, names of files and commands, the menu.
SILENT = frozenset(["code", "math", "nav", "script", "style", "svg"])


class Filled(NamedTuple):
    """A text that was filled: its key, what was put in, and what came out."""

    key: str
    values: dict[str, Any]
    outcome: str


@dataclass(frozen=True)
class Block:
    """One text of a page with the elements around it, innermost last, as ``tag.class#id``."""

    around: tuple[str, ...]
    text: str

    def within(self, name: str) -> bool:
        """Whether an element around it has this tag, class or id."""
        return any(name in piece for element in self.around for piece in re.findall(r"[.#]?[^.#]+", element))

    @property
    def element(self) -> str:
        """The innermost element with its classes and its id."""
        return self.around[-1] if self.around else ""


@dataclass
class Table:
    """The rows of cells of one table, each cell with its tag and its value for sorting, and the elements around it."""

    around: tuple[str, ...]
    rows: list[list[Cell]] = field(default_factory=list)


class Cell(NamedTuple):
    """One cell: its text, id and value for sorting."""

    text: str
    identity: str
    value: str


class Reader(HTMLParser):
    """The blocks and the tables of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self._open: list[tuple[str, str]] = []
        self._text = ""
        self._cell = ("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        # Marks under a slider are texts of their own.
        if tag in BLOCKS or (tag == "span" and self._open and ".marks" in self._open[-1][1]):
            self._close()
        if tag in EMPTY:
            self._text += " "
            return
        if tag == "code":
            self._text += CODE
        classes = "".join(f".{name}" for name in given.get("class", "").split())
        identity = f"#{given['id']}" if "id" in given else ""
        self._open.append((tag, f"{tag}{classes}{identity}"))
        if tag == "table":
            self.tables.append(Table(tuple(name for _, name in self._open)))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self._cell = (given.get("id", ""), given.get("data-value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.tables[-1].rows[-1].append(Cell(plain(self._text), *self._cell))
            self._text = ""
        if tag in BLOCKS:
            self._close()
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(tag in SILENT for tag, _ in self._open):
            self._text += data

    def _close(self) -> None:
        if any(tag in ("td", "th") for tag, _ in self._open):
            return
        text = plain(self._text)
        if text:
            self.blocks.append(Block(tuple(name for _, name in self._open), text))
        self._text = ""


def plain(text: str) -> str:
    """A text without the line breaks of its file; no-break spaces stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


@dataclass
class Walked:
    """A site: its folder; language and page -> its blocks and tables; by language the texts filled, and those of the charts."""

    elections: tuple[str, ...]
    folder: Path
    pages: dict[tuple[str, str], Reader] = field(default_factory=dict)
    notes: dict[str, dict[str, Filled]] = field(default_factory=dict)
    charts: dict[str, dict[str, list[str]]] = field(default_factory=dict)


@contextmanager
def noting() -> Iterator[list[Filled]]:
    """Every text that is filled inside: its key, the values, the outcome."""
    notes: list[Filled] = []
    fill = language.Words.__call__

    def note(self: language.Words, key: str, **values: object) -> str:
        outcome = fill(self, key, **values)
        notes.append(Filled(key, values, outcome))
        return outcome

    with mock.patch.object(language.Words, "__call__", note):
        yield notes


def drawn(frames: Gathered, name: str, words: Words, standing: Standing | None = None) -> Figure:
    """A chart as a page needs it, without its pictures; ``standing`` where it is the timeline of a line-up."""
    kind = registered()[name]
    contest_id = standing.contest_id if standing else ""
    drawing: Drawing = kind.draw(frames, View(locale=words.locale, contest_id=contest_id))
    if standing:
        drawing = presented(drawing, standing, words)
    mentions = mentions_of(frames, drawing, words) if kind.polls else None
    return Figure(drawing, drawing, kind.polls, mentions, control_of(drawing), own_page=True)


def walk(bench: Bench, folder: Path, silenced: Silenced, charts: Collection[str] | None = None) -> Walked:
    """Make every page of the site of a bench, without pictures, and read it; with all charts or those that are named."""
    frames = gather(bench)
    walked = Walked(tuple(bench.elections), folder)
    failed: dict[str, str] = {}
    workers = Workers(0)
    take_rehearsals(bench, give_rehearsals(bench, workers))
    for locale in LOCALES:
        words = Words(locale)
        with (
            noting() as notes,
            mock.patch.object(page_module, "specifications", return_value={}),
            # A page that is taken as it was kept fills no text, nor do mentions.
            mock.patch.object(page_module, "kept", lambda _bench, _name, _options, make, *_: make()),
            mock.patch.object(
                legal_mentions, "kept_text", lambda _kind, _frames, _rows, _words, make: make()
            ),
        ):
            pages = {locale: Pages(frames, folder, locale, Settings(), silenced)}
            figures = {
                name: drawn(frames, name, words) for name in (registered() if charts is None else charts)
            }
            for name in PAGES:
                pages[locale].write(name, figures)
            site.write_votes(frames, pages, failed, {})
            site._write_of_charts(frames, pages[locale], figures, failed)
            with (
                mock.patch("pollbench_dashboards.pages.scenario_chart.give_drawing", Given),
                mock.patch("pollbench_dashboards.pages.scenarios.standings", some_standings),
            ):
                site.write_open_pages(frames, folder, pages, failed)
            # The page of a silence is written in every language at once.
            site.write_silence(folder, silenced, others=True)
        walked.notes[locale] = {note.outcome: note for note in notes if re.search(r"\d", note.outcome)}
        walked.charts[locale] = {name: texts_of(figure) for name, figure in figures.items()}
    assert not failed, failed
    for path in sorted(folder.rglob("*.html")):
        reader = Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        locale = "fr" if path.parent != folder else "en"
        walked.pages[locale, path.stem] = reader
    return walked


def texts_of(figure: Figure) -> list[str]:
    """What stands around a chart, and the texts of what a reader can move in it."""
    texts = [figure.title, figure.subtitle, figure.wide.caption, figure.alternative]
    control = figure.wide.control
    if control is not None:
        texts += [
            step[name] for step in control.steps for name in ("label", "sentence", "title") if name in step
        ]
        texts += [*(tick["label"] for tick in control.ticks), *(label for _, label in control.marks)]
    return [str(text) for text in texts]


def some_standings(frames: Gathered) -> list[Standing]:
    """The line-up that stands in for each ballot, and one more: the pages of all others have the same sentences."""
    every = standings(frames)
    others = [one for one in every[1:] if one.default] + [one for one in every[1:] if not one.default]
    return [*every[:1], *others][:3]


class Given:
    """The timeline of a scenario, drawn when it is asked for."""

    def __init__(self, standing: Standing, locale: str, folder: Path, workers: object) -> None:
        self._standing, self._locale = standing, locale

    def result(self) -> Figure:
        """The figure."""
        return drawn(self._standing.frames, CHART, Words(self._locale), self._standing)
