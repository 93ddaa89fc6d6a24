"""The pages: one folder of files that works from a disk, without a network, and as far as pictures go without scripts.

All text from data goes through the templates' escaping; specifications travel as JSON whose angle
brackets are escaped; the policy of every page forbids whatever is not in the folder.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pollbench.writing import write_text
from pollbench_dashboards.export import WITHOUT_GROUND, embedded_json
from pollbench_dashboards.words import VEGA_LOCALES, Words

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

    from pollbench_dashboards._chart import Drawing
    from pollbench_dashboards.frames import Gathered
    from pollbench_dashboards.mentions import Mentions

#: What a page may do: run the two scripts beside it, style itself, show pictures of its folder. Nothing else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)

#: Pages in the order of the menu, each with the template that makes it.
PAGES = {
    "index": "overview",
    "accuracy": "topic",
    "bias": "topic",
    "time": "topic",
    "probabilities": "topic",
    "manipulation": "topic",
    "forecasters": "forecasters",
    "measures": "measures",
    "data": "data",
    "method": "method",
}
#: Those of them that show no chart and name none.
WITHOUT_CHARTS = ("forecasters", "measures", "method")


@dataclass(frozen=True, eq=False)
class Figure:
    """A drawing in its two widths, as the templates need it."""

    wide: Drawing
    narrow: Drawing
    polls: bool
    mentions: Mentions | None = None
    control: Any = None

    @property
    def name(self) -> str:
        """The name of the chart."""
        return self.wide.name

    @property
    def title(self) -> str:
        """The finding."""
        return self.wide.title

    @property
    def subtitle(self) -> str:
        """What is plotted."""
        return self.wide.subtitle

    @property
    def alternative(self) -> str:
        """The picture in words."""
        return self.wide.alternative

    @property
    def file(self) -> str:
        """Stem of the files of this figure."""
        return f"{self.wide.name}.{self.wide.view.locale}"

    @property
    def picture(self) -> str:
        """The picture as a page shows it: on the page's ground, which is white in print."""
        return f"{self.file}.svg#{WITHOUT_GROUND}"


@cache
def bundle() -> str:
    """The libraries that draw, as one script (Vega, Vega-Lite, Vega-Embed), from the installed converter."""
    import vl_convert

    # The stub has the snippet as required; it is optional, and without it the libraries become globals.
    script: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    return script


def standalone(drawing: Drawing, mentions: Mentions | None = None) -> str:
    """One HTML file: a drawing, the libraries, the mentions; its policy names both scripts by their hash."""
    import vl_convert

    words = Words(drawing.view.locale)
    locale = VEGA_LOCALES[words.locale]
    start = (
        'vegaEmbed("#chart", JSON.parse(document.getElementById("specification").textContent), '
        '{ast: true, actions: false, renderer: "svg", '
        f"formatLocale: {embedded_json(vl_convert.get_format_locale(locale))}, "
        f"timeFormatLocale: {embedded_json(vl_convert.get_time_format_locale(locale))}}});"
    )
    # A script element ends at the first closing tag, wherever it stands.
    library = bundle().replace("</script", "<\\/script")
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in (library, start))
    specification = drawing.framed()
    ground = specification.get("config", {})
    return (
        environment(words)
        .get_template("standalone.html.j2")
        .render(
            words=words,
            drawing=drawing,
            mentions=mentions,
            # The mentions are set in the colours of the theme, a newsroom's own included.
            paper=ground.get("background", "#FFFFFF"),
            ink=ground.get("title", {}).get("color", "#000000"),
            library=_safe(library),
            start=_safe(start),
            specification=_safe(embedded_json(specification)),
            policy=f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:",
        )
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()


def _safe(text: str) -> Markup:
    from markupsafe import Markup

    return Markup(text)


def environment(words: Words) -> jinja2.Environment:
    """The templates; everything they print is escaped, and a name that is not given is an error."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("pollbench_dashboards", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["number"] = words.number
    made.filters["share"] = words.share
    made.filters["count"] = words.count
    made.filters["day"] = words.day
    made.filters["significant"] = words.significant
    made.filters["told"] = words.told
    made.filters["marked"] = words.marked
    return made


class Pages:
    """Writes the pages of one language: English at the root of the folder, French in ``fr/``."""

    def __init__(self, frames: Gathered, folder: Path, locale: str) -> None:
        import vl_convert

        from pollbench_dashboards.theme import PALETTES, config

        self._frames = frames
        self._words = Words(locale)
        self._folder = folder if locale == "en" else folder / locale
        self._templates = environment(self._words)
        self._for_charts = {
            "themes": {name: config(PALETTES[name]) for name in ("house", "dark")},
            # A wide drawing may stand in a column that is narrower by this many pixels: its margin is empty.
            "tolerance": 24,
            "number_format": vl_convert.get_format_locale(VEGA_LOCALES[locale]),
            "time_format": vl_convert.get_time_format_locale(VEGA_LOCALES[locale]),
        }

    def path(self, name: str) -> Path:
        """Where the page called ``name`` lies."""
        return self._folder / f"{name}.html"

    def write(self, name: str, figures: Mapping[str, Figure]) -> None:
        """Write the page called ``name``; ``figures`` are all charts of the language, by name."""
        from pollbench_dashboards.content import page_content

        english = self._words.locale == "en"
        content = page_content(name, self._frames, figures, self._words)
        shown: list[Figure] = content.pop("shown")
        charts = _safe(embedded_json({**self._for_charts, **specifications(shown)})) if shown else ""
        html = self._templates.get_template(f"{PAGES[name]}.html.j2").render(
            words=self._words,
            root="" if english else "../",
            current=name,
            pages=list(PAGES),
            policy=POLICY,
            other_locale="fr" if english else "en",
            other_language=f"fr/{name}.html" if english else f"../{name}.html",
            specifications=charts,
            **content,
        )
        write_text(self.path(name), html)


def specifications(figures: Iterable[Figure]) -> dict[str, Any]:
    """The specifications of a page's figures, their data apart: data shared by two drawings travel once."""
    datasets: dict[str, Any] = {}
    charts: dict[str, Any] = {}
    for figure in figures:
        variants = {}
        for variant, drawing in (("wide", figure.wide), ("narrow", figure.narrow)):
            spec = drawing.bare()
            datasets.update(spec.pop("datasets", {}))
            # The page supplies the theme, light or dark.
            spec.pop("config", None)
            variants[variant] = spec
        charts[figure.wide.name] = variants
    return {"charts": charts, "datasets": datasets}
