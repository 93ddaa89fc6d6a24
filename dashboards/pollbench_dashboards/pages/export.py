"""A drawing as a file: Vega-Lite JSON, a page, SVG, PNG, PDF, or its data as CSV. Nothing is fetched."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from pollbench.errors import UnknownName
from pollbench.files import csv_text, write_bytes, write_text
from pollbench_dashboards.drawing.chart import Drawing
from pollbench_dashboards.drawing.logo import with_logo
from pollbench_dashboards.drawing.sizes import Size, placed
from pollbench_dashboards.language.vega import decimal_comma
from pollbench_dashboards.pages import pictures
from pollbench_dashboards.pages.bare import bared
from pollbench_dashboards.pages.figure import WITHOUT_GROUND
from pollbench_dashboards.pages.html import standalone

if TYPE_CHECKING:
    from pollbench_dashboards.pages.legal_mentions import Mentions

#: Forms of CSV: numbers in full, or as a French Excel reads them.
CSV_DIALECTS = ("plain", "excel-fr")
FORMATS = ("json", "html", "svg", "png", "pdf", "csv")


def to_json(drawing: Drawing) -> str:
    """The framed Vega-Lite specification, keys sorted."""
    return json.dumps(drawing.framed(), ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def to_csv(drawing: Drawing, dialect: str = "plain") -> str:
    """The table behind the drawing: ``plain`` has numbers in full; ``excel-fr`` opens in a French Excel.

    That is: semicolons, decimal commas, ten digits, and the mark by which Excel knows UTF-8.
    """
    if dialect == "plain":
        return csv_text(drawing.data)
    if dialect != "excel-fr":
        raise UnknownName.of(kind="form of CSV", name=dialect, known=CSV_DIALECTS)
    text: str = drawing.data.to_csv(
        sep=";", decimal=",", index=False, float_format="%.10g", lineterminator="\r\n"
    )
    return "\ufeff" + text


def to_svg(drawing: Drawing, *, transparent: bool = False, framed: bool = True) -> str:
    """The drawing as SVG, ``framed`` by its texts, with the formats, the title and the description of its language."""
    locale = drawing.view.locale
    specification = drawing.framed() if framed else drawing.bare()
    if transparent:
        specification["config"] = {**specification.get("config", {}), "background": None}
    svg = pictures.svg_of(specification, locale)
    # Vega describes axes and marks in English; the picture has one description, in its own language.
    unlabelled = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", svg)
    whole = described(ground_apart(numbered_anew(unlabelled)), drawing.title, drawing.alternative, locale)
    return with_logo(whole, drawing.logo) if drawing.logo and framed else whole


def described(svg: str, title: str, description: str, locale: str) -> str:
    """``svg`` with a title and a description for people who do not see it, and its language.

    Examples
    --------
    >>> described('<svg width="9"><g/></svg>', "A < B", "One.", "en")
    '<svg role="img" lang="en" aria-labelledby="svg-title svg-desc" width="9"><title id="svg-title">A &lt; B</title><desc id="svg-desc">One.</desc><g/></svg>'
    """
    start, rest = svg.split(">", 1)
    attributes = start.removeprefix("<svg")
    return (
        f'<svg role="img" lang="{locale}" aria-labelledby="svg-title svg-desc"{attributes}>'
        f'<title id="svg-title">{escape(title)}</title><desc id="svg-desc">{escape(description)}</desc>{rest}'
    )


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
        r"\b(clip|gradient_)\d+\b", lambda match: f"{match[1]}{places.setdefault(match[0], len(places))}", svg
    )


def to_html(drawing: Drawing, mentions: Mentions | None = None) -> str:
    """One file that holds the drawing, the libraries that draw it and the mentions; opens without a network."""
    return standalone(drawing, mentions)


@dataclass(frozen=True)
class Form:
    """How a file is made of a drawing.

    Attributes
    ----------
    scale : dots of a PNG for each pixel.
    transparent : without the ground of the theme.
    size : the sheet on which the drawing stands; None = as large as it is.
    dialect : one of CSV_DIALECTS.
    """

    scale: float = 2.0
    transparent: bool = False
    size: Size | None = None
    dialect: str = "plain"


#: How a drawing is written unless something else is asked for.
USUAL = Form()


def write(
    drawing: Drawing, path: Path, kind: str = "", form: Form = USUAL, mentions: Mentions | None = None
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
    write_bytes(path, content_of(drawing, kind, form, mentions))
    return path


def write_all(drawing: Drawing, stem: Path) -> tuple[float, float]:
    """Write every form that the page of a chart offers, rendered once; returns the pixels of the picture."""
    svg, width, height = bared(to_svg(drawing))
    write_text(stem.with_name(f"{stem.name}.svg"), svg)
    write_bytes(stem.with_name(f"{stem.name}.png"), pictures.png_of(svg, USUAL.scale))
    write_bytes(stem.with_name(f"{stem.name}.pdf"), pictures.pdf_of(svg))
    write_text(stem.with_name(f"{stem.name}.json"), to_json(drawing))
    write_text(stem.with_name(f"{stem.name}.csv"), to_csv(drawing))
    if decimal_comma(drawing.view.locale):
        excel = to_csv(drawing, "excel-fr").encode("utf-8")
        write_bytes(stem.with_name(f"{stem.name}.excel.csv"), excel)
    return width, height


def write_still(drawing: Drawing, path: Path, *, framed: bool = False) -> tuple[float, float]:
    """Write the drawing as SVG, for a column of its width; returns the pixels of what a page shows of it.

    ``framed`` by its texts it can travel; a page shows the drawing alone all the same.
    """
    svg, width, height = bared(to_svg(drawing, framed=framed), framed=framed)
    write_text(path, svg)
    return width, height


def write_mentions(mentions: Mentions, drawing: Drawing, picture: Path) -> Path:
    """Write the legal mentions of a picture as text beside it: ``chart.svg`` gets ``chart.mentions.txt``."""
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages.legal_mentions import as_text

    stem = picture.stem if picture.suffix.lower().lstrip(".") in FORMATS else picture.name
    path = picture.with_name(f"{stem}.mentions.txt")
    write_text(path, as_text(mentions, drawing.title, Words(drawing.view.locale)))
    return path


def content_of(drawing: Drawing, kind: str, form: Form = USUAL, mentions: Mentions | None = None) -> bytes:
    """The bytes of the drawing in one of FORMATS; the mentions stand in a page only."""
    if kind == "html":
        return to_html(drawing, mentions).encode("utf-8")
    if kind == "json":
        return to_json(drawing).encode("utf-8")
    if kind == "csv":
        return to_csv(drawing, form.dialect).encode("utf-8")
    svg = to_svg(drawing, transparent=form.transparent)
    if form.size is not None:
        svg = placed(svg, form.size, None if form.transparent else _ground(drawing))
    if kind == "svg":
        return svg.encode("utf-8")
    return pictures.pdf_of(svg) if kind == "pdf" else pictures.png_of(svg, form.scale)


def _ground(drawing: Drawing) -> str | None:
    ground: str | None = drawing.framed().get("config", {}).get("background")
    return ground
