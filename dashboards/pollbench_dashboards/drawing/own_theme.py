"""A theme from a file: the colours and the type of a newsroom.

base = "house"          # what the file does not name comes from this theme
[colours]
paper = "#FFFFFF"       # a role of ``theme.Palette``, or a family: poll, buzz, market, model, baseline
poll = "#003366"
[fonts]
text = "Georgia, serif"
title = "Georgia, serif"
folder = "faces"        # beside the file: faces that this computer does not have, for PNG and PDF
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from pollbench.errors import DataError
from pollbench_dashboards.drawing.theme import FAMILIES, PALETTES, Palette, register

#: Roles that have one colour.
ROLES = tuple(role.name for role in fields(Palette) if role.name not in ("families", "font", "title_font"))
TABLES = {"colours": (*ROLES, *FAMILIES), "fonts": ("text", "title", "folder")}
#: Folders of faces that themes brought along: what is drawn depends on them.
FONT_FOLDERS: list[str] = []
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def read_theme(path: Path) -> str:
    """Register the theme that ``path`` describes; returns the name under which a ``View`` asks for it.

    Raises
    ------
    DataError : the file cannot be read, or names what no theme has; says where, and what there is.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise DataError(
            path=str(path),
            rule=f"must be a readable TOML file: {why}.",
            remedy="See 'Your own look' in README.md.",
        ) from error
    base = content.pop("base", "house")
    if base not in PALETTES:
        raise _wrong(path, "base", base, f"must be one of {', '.join(PALETTES)}")
    for table, entries in content.items():
        if table not in TABLES or not isinstance(entries, dict):
            raise _wrong(path, table, entries, f"has no such entry; there are base, {' and '.join(TABLES)}")
        for name in entries:
            if name not in TABLES[table]:
                raise _wrong(path, name, entries[name], f"is no entry of {table}: {', '.join(TABLES[table])}")
    palette = _coloured(path, PALETTES[base], content.get("colours", {}))
    name = str(path)
    register(name, _typed(path, palette, content.get("fonts", {})))
    return name


def _coloured(path: Path, palette: Palette, colours: dict[str, Any]) -> Palette:
    for name, colour in colours.items():
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            raise _wrong(path, name, colour, "must be a colour such as #1F4E8C")
    families = dict(zip(FAMILIES, palette.families, strict=True))
    families |= {name: colour for name, colour in colours.items() if name in FAMILIES}
    poll, buzz, market, model, baseline = (families[name] for name in FAMILIES)
    roles = {name: colour for name, colour in colours.items() if name not in FAMILIES}
    return replace(palette, **roles, families=(poll, buzz, market, model, baseline))


def _typed(path: Path, palette: Palette, fonts: dict[str, Any]) -> Palette:
    for name, value in fonts.items():
        if not isinstance(value, str) or not value:
            raise _wrong(path, name, value, "must be a text, as CSS lists families of type")
    if "folder" in fonts:
        folder = path.parent / fonts["folder"]
        if not folder.is_dir():
            raise _wrong(path, "folder", fonts["folder"], "must be a folder beside this file")
        import vl_convert

        vl_convert.register_font_directory(str(folder))
        FONT_FOLDERS.append(str(folder))
    # After one's own faces those of the base: a picture drawn where none of the former is would have no letters.
    text = f"{fonts['text']}, {palette.font}" if "text" in fonts else palette.font
    title = f"{fonts['title']}, {palette.title_font}" if "title" in fonts else text
    return replace(palette, font=text, title_font=title)


def _wrong(path: Path, name: str, value: object, rule: str) -> DataError:
    return DataError(
        path=str(path),
        column=name,
        value=str(value),
        rule=f"{name} {rule}.",
        remedy="See 'Your own look' in README.md.",
    )
