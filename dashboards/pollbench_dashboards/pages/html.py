"""What every page is made with: the templates, scripts that cannot leave their element, the libraries that draw."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Collection
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pollbench.cache import digest, remembered
from pollbench_dashboards.language.vega import number_format, time_format
from pollbench_dashboards.language.words import Words

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

    from pollbench_dashboards.drawing.chart import Drawing
    from pollbench_dashboards.pages.legal_mentions import Mentions


def embedded_json(value: Any, *, indent: int | None = None) -> str:
    """JSON that may stand inside an HTML ``<script>`` element whatever strings it holds.

    ``<``, ``>`` and ``&`` are written as escapes, so that no string can close the element or
    open a comment; the two line separators that old JavaScript rejects as well.

    Examples
    --------
    >>> embedded_json({"name": "</script>"})
    '{"name":"\\\\u003c/script\\\\u003e"}'
    """
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, indent=indent, separators=separators, allow_nan=False
    )
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@cache
def bundle() -> str:
    """The libraries that draw, as one script (Vega, Vega-Lite, Vega-Embed), from the installed converter."""
    import vl_convert

    def make() -> bytes:
        # The stub has the snippet as required; it is optional, and without it the libraries become globals.
        script: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]
        return script.encode()

    return remembered("script", digest("bundle", version("vl-convert-python")), make).decode()


def standalone(drawing: Drawing, mentions: Mentions | None = None) -> str:
    """One HTML file: a drawing, the libraries, the mentions; its policy names both scripts by their hash."""
    words = Words(drawing.view.locale)
    start = (
        'vegaEmbed("#chart", JSON.parse(document.getElementById("specification").textContent), '
        '{ast: true, actions: false, renderer: "svg", '
        f"formatLocale: {embedded_json(number_format(words.locale))}, "
        f"timeFormatLocale: {embedded_json(time_format(words.locale))}}});"
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
            library=safe(library),
            start=safe(start),
            specification=safe(embedded_json(specification)),
            policy=f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:",
        )
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()


def safe(text: str) -> Markup:
    """``text`` as markup that a template prints as it is."""
    from markupsafe import Markup

    return Markup(text)


def css_string(text: str) -> Markup:
    r"""A text that may stand between double quotes in a style element.

    Examples
    --------
    >>> str(css_string('a "b" </style>'))
    'a \\22 b\\22  \\3c /style>'
    """
    return safe("".join(f"\\{ord(letter):x} " if letter in '"\\<&\n' else letter for letter in text))


def with_source_links(text: str, known: Collection[str], page: str = "data.html") -> Markup:
    """A text whose keys of sources lead to their lines in the list of sources; keys are words of no language.

    Examples
    --------
    >>> str(with_source_links("read there [press:a b]", {"press:a"}))
    'read there [<a href="data.html#source-press:a" lang="zxx">press:a</a> b]'
    """
    from markupsafe import escape

    pieces = re.split(r"([\w:./#-]+)", str(text))
    return safe(
        "".join(
            f'<a href="{page}#source-{escape(piece)}" lang="zxx">{escape(piece)}</a>'
            if piece in known
            else str(escape(piece))
            for piece in pieces
        )
    )


def environment(words: Words) -> jinja2.Environment:
    """The templates; everything they print is escaped, and a name that is not given is an error."""
    import jinja2

    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("pollbench_dashboards", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["source_links"] = with_source_links
    templates.filters["css_string"] = css_string
    templates.filters["number"] = words.number
    templates.filters["share"] = words.share
    templates.filters["count"] = words.count
    templates.filters["day"] = words.day
    templates.filters["significant"] = words.significant
    templates.filters["translated"] = words.translated
    templates.filters["marked"] = words.marked
    return templates
