"""The pages: one folder of files that works from a disk, without a network, and as far as pictures go without scripts.

All text from data goes through the templates' escaping; specifications travel as JSON whose angle
brackets are escaped; the policy of every page forbids whatever is not in the folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pollbench.data.kept import Form, kept
from pollbench.files import write_text
from pollbench.language.texts import SOURCE_LOCALE, language, locales
from pollbench_dashboards.drawing.schema import unchecked
from pollbench_dashboards.frames.gathered import ROWS, Gathered
from pollbench_dashboards.language.vega import number_format, time_format
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.changes import INSTALLED, LOG
from pollbench_dashboards.pages.figure import Figure
from pollbench_dashboards.pages.figures import Figures
from pollbench_dashboards.pages.html import embedded_json, environment, safe
from pollbench_dashboards.pages.menu import ALONE, UNDER, grouped
from pollbench_dashboards.pages.settings import Settings

if TYPE_CHECKING:
    from pollbench_dashboards.pages.silence import Silenced

#: A page as it is kept.
HTML: Form[str] = Form("page", str.encode, lambda content: content.decode("utf-8", "replace"))
#: The settings of a site whose publisher wrote none.
UNNAMED = Settings()
#: What a page may do: run the two scripts beside it, style itself, show pictures of its folder. Nothing else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)

#: Pages in the order of the menu, each with the template that makes it.
PAGES = {
    "index": "start",
    "record": "record",
    "record-releases": "record_releases",
    "votes": "votes",
    "houses": "houses",
    "overview": "overview",
    "accuracy": "topic",
    "bias": "topic",
    "time": "topic",
    "probabilities": "topic",
    "manipulation": "topic",
    "transfers": "transfers",
    "forecasters": "forecasters",
    "register": "register",
    "measures": "measures",
    "data": "data",
    "method": "method",
    "changes": "changes",
    "api": "api",
}
#: Pages that only an election without a result has; they stand first after the overview.
OPEN_PAGES = {"open": "open", "hand-in": "hand-in", "rehearsal": "rehearsal"}
#: What every chart has: a page, and the frame in which another site shows it.
OF_CHARTS = {"chart": "chart", "embed": "embed"}
#: What every round and every house has.
OF_VOTES = {"vote": "vote", "uncompared": "uncompared", "house": "house"}
#: What stands in the place of a page that could not be made.
FAILED = (
    '<!doctype html><html lang="{{ words.locale }}"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="{{ policy }}"><title>PollBench</title></head>'
    "<body><p>{{ words('nothing.failed') }}.</p></body></html>\n"
)
#: Those of them that show no chart and name none.
WITHOUT_CHARTS = (
    "record-releases",
    "votes",
    "houses",
    "forecasters",
    "register",
    "measures",
    "method",
    "changes",
    "api",
)


def menu(frames: Gathered) -> list[str]:
    """The pages in the order of the menu."""
    from pollbench_dashboards.pages.scenarios import open_election

    first, record, *others = PAGES
    return [first, record, *(OPEN_PAGES if open_election(frames.bench) else ()), *others]


class Pages:
    """Writes the pages of one language: the language of the source at the root of the folder, any other in ``<locale>/``."""

    def __init__(
        self,
        frames: Gathered,
        folder: Path,
        locale: str,
        settings: Settings = UNNAMED,
        silenced: Silenced | None = None,
    ) -> None:
        from pollbench_dashboards.drawing.theme import PALETTES, config
        from pollbench_dashboards.pages.protocol import protocol_state

        self._frames = frames
        self._settings = settings
        self._words = Words(locale)
        self.menu = menu(frames)
        state = protocol_state(frames.bench, self._words)
        self._silence = silenced.line(self._words) if silenced else ""
        self._protocol_line = state["line"] if state else ""
        self._folder = folder / _subfolder(locale)
        self._templates = environment(self._words)
        self._for_charts = {
            "themes": {name: config(PALETTES[name]) for name in ("house", "dark")},
            # A drawing may shrink to this part of its width: its letters stay legible, and it has the shape of its picture.
            "shrinks": 0.94,
            "number_format": number_format(locale),
            "time_format": time_format(locale),
        }

    def path(self, name: str) -> Path:
        """Where the page called ``name`` lies."""
        return self._folder / f"{name}.html"

    @property
    def locale(self) -> str:
        """The language of the pages."""
        return self._words.locale

    def _print_line(self, name: str, data: str) -> str:
        """What stands at the foot of every printed page: the address, and the data that it rests on."""
        where = f"{self._settings.address}{_subfolder(self.locale)}{name}.html"
        return self._words("page.print_line", address=where, data=data)

    def write_failed(self, name: str) -> None:
        """Write, in the place of the page called ``name``, that it could not be made."""
        words = self._words
        html = self._templates.from_string(FAILED).render(words=words, name=name, policy=POLICY)
        write_text(self.path(name), html)

    def write(
        self,
        name: str,
        figures: Mapping[str, Figure],
        *,
        template: str = "",
        content: Callable[[], Mapping[str, Any]] | None = None,
        **more: Any,
    ) -> None:
        """Write the page called ``name``: the one that was kept, where all that it says is as it was.

        Parameters
        ----------
        name : the page, also the stem of its file.
        figures : all charts of the language, by name.
        template : the page whose template and texts it has, if not its own.
        content : makes further values for the template, from the frames and figures of these pages alone.
        more : further values for the template, made before; a page with any is always made. ``shown`` are the figures on it.
        """
        every = figures if isinstance(figures, Figures) else Figures(figures)
        if more:
            html = self._made(name, every, template, more)
        else:
            said = (self._settings, self._silence, self._protocol_line, tuple(self.menu))
            options = (name, self.locale, template, *said, *self._frames.options)
            html = kept(
                self._frames.bench,
                "page",
                options,
                lambda: self._made(name, every, template, content() if content else {}),
                HTML,
                {"figure": every, "figures": every, ROWS: self._frames, LOG: INSTALLED},
            )
        write_text(self.path(name), html)

    def _made(self, name: str, figures: Figures, template: str, more: Mapping[str, Any]) -> str:
        from pollbench_dashboards.pages.content import page_content
        from pollbench_dashboards.pages.legal_mentions import mentions_together

        kind = template or name
        with unchecked():
            content = {**page_content(kind, self._frames, figures, self._words), **more}
            shown: list[Figure] = content.pop("shown", [])
            charts = safe(embedded_json({**self._for_charts, **specifications(shown)})) if shown else ""
        root = "../" if _subfolder(self._words.locale) else ""
        return self._templates.get_template(
            f"{ {**PAGES, **OPEN_PAGES, **OF_CHARTS, **OF_VOTES}[kind] }.html.j2"
        ).render(
            words=self._words,
            root=root,
            current=UNDER.get(kind, kind),
            pages=self.menu,
            alone=[page for page in ALONE if page in self.menu],
            groups=grouped(self.menu),
            print_line=self._print_line(name, content["data_line"]),
            appendix=content.get("mentions") or mentions_together(self._frames, shown, self._words),
            policy=POLICY,
            languages=[
                (other, language(other).name, f"{root}{_subfolder(other)}{name}.html")
                for other in locales()
                if other != self._words.locale
            ],
            settings=self._settings,
            address=f"{_subfolder(self._words.locale)}{name}.html",
            addresses={other: f"{_subfolder(other)}{name}.html" for other in locales()},
            specifications=charts,
            protocol_line=self._protocol_line,
            silence=self._silence,
            **content,
        )


def _subfolder(locale: str) -> str:
    """Where the pages of a language lie in the folder of the site."""
    return "" if locale == SOURCE_LOCALE else f"{locale}/"


def specifications(figures: Iterable[Figure]) -> dict[str, Any]:
    """The specifications of a page's figures, their data apart: data shared by two drawings travel once."""
    datasets: dict[str, Any] = {}
    charts: dict[str, Any] = {}
    for figure in figures:
        variants = {}
        for variant, drawing in figure.variants.items():
            spec = drawing.bare()
            datasets.update(spec.pop("datasets", {}))
            # The page supplies the theme, light or dark.
            spec.pop("config", None)
            variants[variant] = {"width": drawing.view.width, "specification": spec}
        charts[figure.wide.name] = variants
    return {"charts": charts, "datasets": datasets}
