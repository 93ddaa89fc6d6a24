"""A drawing as a file: Vega-Lite JSON, a page, SVG, PNG, or its data as CSV. Nothing is fetched."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pollbench.errors import UnknownName
from pollbench.files import csv_text, write_bytes, write_text
from pollbench_dashboards.drawing.chart import Drawing
from pollbench_dashboards.language.vega import number_format, time_format
from pollbench_dashboards.pages.figure import WITHOUT_GROUND
from pollbench_dashboards.pages.html import standalone

if TYPE_CHECKING:
    from pollbench_dashboards.pages.legal_mentions import Mentions

FORMATS = ("json", "html", "svg", "png", "csv")


def to_json(drawing: Drawing) -> str:
    """The framed Vega-Lite specification, keys sorted."""
    return json.dumps(drawing.framed(), ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def to_csv(drawing: Drawing) -> str:
    """The table behind the drawing; numbers in full."""
    return csv_text(drawing.data)


def to_svg(drawing: Drawing) -> str:
    """The framed drawing as SVG, with the number and month formats of its language."""
    import vl_convert

    locale = drawing.view.locale
    with _in_universal_time():
        svg: str = vl_convert.vegalite_to_svg(
            drawing.framed(), format_locale=number_format(locale), time_format_locale=time_format(locale)
        )
    return ground_apart(numbered_anew(svg))


def ground_apart(svg: str) -> str:
    """``svg`` with a ground that goes away where the file is shown as ``file.svg#without-ground``.

    A picture that travels has the ground of its theme, else it could not be read on a dark page. A page that
    has a ground of its own, or is printed on white paper, shows the same file without.

    Examples
    --------
    >>> ground_apart('<svg width="9"><rect width="9" height="9" fill="#FBF9F4"/><g/></svg>')
    '<svg id="without-ground" width="9"><style>#without-ground:target>.ground{fill:none}</style><rect class="ground" width="9" height="9" fill="#FBF9F4"/><g/></svg>'
    """
    return re.sub(
        r'\A<svg ([^>]*)><rect (width="[^"]*" height="[^"]*" fill="[^"]*"/>)',
        rf'<svg id="{WITHOUT_GROUND}" \1><style>#{WITHOUT_GROUND}:target>.ground{{fill:none}}</style>'
        r'<rect class="ground" \2',
        svg,
    )


def numbered_anew(svg: str) -> str:
    """``svg`` with its clips and gradients numbered from 0 in the order in which they stand.

    The drawing engine counts them through all that it has drawn, so that the same chart would get
    other bytes after another one.

    Examples
    --------
    >>> numbered_anew('<clipPath id="clip7"/><g clip-path="url(#clip7)"/><g clip-path="url(#clip9)"/>')
    '<clipPath id="clip0"/><g clip-path="url(#clip0)"/><g clip-path="url(#clip1)"/>'
    """
    places: dict[str, int] = {}
    return re.sub(
        r"\b(clip|gradient_)\d+\b", lambda found: f"{found[1]}{places.setdefault(found[0], len(places))}", svg
    )


def to_png(drawing: Drawing, scale: float = 2.0) -> bytes:
    """The framed drawing as PNG; ``scale`` 2 suits print and dense screens."""
    import vl_convert

    locale = drawing.view.locale
    with _in_universal_time():
        png: bytes = vl_convert.vegalite_to_png(
            drawing.framed(),
            scale=scale,
            format_locale=number_format(locale),
            time_format_locale=time_format(locale),
        )
    return png


@contextmanager
def _in_universal_time() -> Iterator[None]:
    """The drawing engine asks for the time zone when it starts: a night that has 23 hours there would move a day."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before


def to_html(drawing: Drawing, mentions: Mentions | None = None) -> str:
    """One file that holds the drawing, the libraries that draw it and the mentions; opens without a network."""
    return standalone(drawing, mentions)


def write(
    drawing: Drawing, path: Path, kind: str = "", scale: float = 2.0, mentions: Mentions | None = None
) -> Path:
    """Write the drawing; the format is ``kind`` or the ending of the path; a page holds the mentions too.

    Raises
    ------
    UnknownName : no such format.
    OutputError : the path cannot be written to.
    """
    kind = kind or path.suffix.lstrip(".").lower()
    if kind not in FORMATS:
        raise UnknownName.of(kind="chart format", name=kind, known=FORMATS)
    write_bytes(path, content_of(drawing, kind, scale, mentions))
    return path


def write_mentions(mentions: Mentions, drawing: Drawing, picture: Path) -> Path:
    """Write the legal mentions of a picture as text beside it: ``chart.svg`` gets ``chart.mentions.txt``."""
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages.legal_mentions import as_text

    stem = picture.stem if picture.suffix.lower().lstrip(".") in FORMATS else picture.name
    path = picture.with_name(f"{stem}.mentions.txt")
    write_text(path, as_text(mentions, drawing.title, Words(drawing.view.locale)))
    return path


def content_of(drawing: Drawing, kind: str, scale: float = 2.0, mentions: Mentions | None = None) -> bytes:
    """The bytes of the drawing in one of FORMATS; the mentions stand in a page only."""
    if kind == "png":
        return to_png(drawing, scale)
    if kind == "html":
        return to_html(drawing, mentions).encode("utf-8")
    writers = {"json": to_json, "csv": to_csv, "svg": to_svg}
    return writers[kind](drawing).encode("utf-8")
