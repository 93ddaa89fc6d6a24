"""From a specification to a picture, by the installed drawing engine; the same specification is drawn once.

A picture depends on the specification, the formats of its language, the engine and the fonts of the system: under
their digest it is kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pollbench.cache import digest, remembered
from pollbench_dashboards.drawing import own_theme
from pollbench_dashboards.drawing.pdf import in_order
from pollbench_dashboards.drawing.sizes import resized
from pollbench_dashboards.language.vega import number_format, time_format

KIND = "picture"
#: Where systems keep fonts; by them the engine makes room for words.
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)


def svg_of(specification: dict[str, Any], locale: str) -> str:
    """The SVG file of a Vega-Lite specification, with the formats of a language."""
    numbers, times = number_format(locale), time_format(locale)

    def make() -> bytes:
        import vl_convert

        with _in_universal_time():
            svg: str = vl_convert.vegalite_to_svg(
                specification, format_locale=numbers, time_format_locale=times
            )
        return svg.encode()

    # In the order in which they stand: the engine may draw in that order.
    text = json.dumps([specification, numbers, times], ensure_ascii=False)
    return remembered(KIND, digest("svg", _engine(), text), make).decode()


def png_of(svg: str, scale: float) -> bytes:
    """An SVG file as PNG, ``scale`` dots for each pixel."""

    def make() -> bytes:
        import vl_convert

        png: bytes = vl_convert.svg_to_png(svg, scale=scale)
        return png

    return remembered(KIND, digest("png", _engine(), repr(float(scale)), svg), make)


def pdf_of(svg: str) -> bytes:
    """An SVG file as PDF, its letters as letters; 96 pixels are an inch."""

    def make() -> bytes:
        import vl_convert

        # The converter takes a pixel for a point, and an inch has 72 of them.
        pdf: bytes = vl_convert.svg_to_pdf(resized(svg, 72 / 96))
        return in_order(pdf)

    return remembered(KIND, digest("pdf in order", _engine(), svg), make)


def _engine() -> str:
    """Digest of the engine and of the names, sizes and times of the fonts of the system and of one's own themes."""
    return _engine_with(*FONT_FOLDERS, *own_theme.FONT_FOLDERS)


@cache
def _engine_with(*folders: str) -> str:
    fonts = []
    for folder in folders:
        for path in sorted(Path(folder).expanduser().rglob("*")):
            if path.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc"):
                stat = path.stat()
                fonts.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return digest(version("vl-convert-python"), *fonts)


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
