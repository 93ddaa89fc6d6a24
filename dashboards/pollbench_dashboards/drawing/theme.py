"""How charts look: four registered Altair themes, and the names of styles that charts use.

Charts name roles (a family, the style "result", the style "note"), never colours: a theme gives
the roles their colours and their type, so that a newsroom's own theme changes everything: a file
(``own_theme.py``), or one that was registered with ``altair.theme.register``, passed by its name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from pollbench.errors import UnknownName

#: Order of the families in every scale; colours and shapes below follow it.
FAMILIES = ("poll", "buzz", "market", "model", "baseline")
#: Families differ in shape as well as in colour: colour-blind readers and photocopiers see the shape.
SHAPES = ("circle", "diamond", "square", "triangle-up", "cross")

#: The quantity that is a share of votes: marks of all others are hollow, and no other mark is.
VOTES = "vote_share"

#: Sizes of type, pixels.
TITLE, LABEL, CAPTION = 20, 13, 11
#: Height of a row that holds one name, pixels.
ROW = 22

#: Faces of the same widths, one of them on every common system: a picture that was laid out with one of them
#: by the converter is shown with another by a reader, and a wider one would run over its edges.
FONT = 'Arial, "Liberation Sans", Helvetica, Roboto, sans-serif'


@dataclass(frozen=True)
class Palette:
    """The colours of a theme, by role.

    Attributes
    ----------
    paper : ground. ink : text and the result. muted : captions, notes.
    hairline : grid. pale : bands of uncertainty. recede : marks that are not the subject.
    families : in the order of FAMILIES.
    below, middle, above : the signed scale (underestimated, exact, overestimated); text in ink is read on all of it.
    true, partly, false : outcomes of claims.
    font, title_font : families of type, as CSS lists them.
    """

    paper: str
    ink: str
    muted: str
    hairline: str
    pale: str
    recede: str
    families: tuple[str, str, str, str, str]
    below: str
    middle: str
    above: str
    true: str
    partly: str
    false: str
    font: str = FONT
    title_font: str = FONT


HOUSE = Palette(
    paper="#FBF9F4",
    ink="#1B1B1B",
    muted="#5F5A52",
    hairline="#E3DED3",
    pale="#DDD6C8",
    recede="#918A7E",
    families=("#1F4E8C", "#C8431B", "#0B7A70", "#6B3FA0", "#6E6A63"),
    below="#A97BC4",
    middle="#F4F1EA",
    above="#DB8F47",
    true="#0B7A70",
    partly="#8A6A00",
    false="#B3261E",
)
DARK = Palette(
    paper="#15181B",
    ink="#F1EDE4",
    muted="#B4AEA3",
    hairline="#30353A",
    pale="#3A4046",
    recede="#6E747A",
    families=("#82B4F2", "#FF8D61", "#4FC7B8", "#C6A4F4", "#A9A9A9"),
    below="#73509F",
    middle="#23282C",
    above="#8A5614",
    true="#4FC7B8",
    partly="#E2BE55",
    false="#FF8A80",
)
#: On white paper the house colours stand as they are, the greys a little darker.
PRINT = replace(
    HOUSE,
    paper="#FFFFFF",
    ink="#000000",
    muted="#3D3D3D",
    hairline="#DADADA",
    pale="#DEDEDE",
    recede="#8F8F8F",
    families=(*HOUSE.families[:4], "#5E5E5E"),
    middle="#F7F7F7",
    partly="#7A5E00",
)
GREY = replace(
    PRINT,
    families=("#1A1A1A", "#555555", "#333333", "#6E6E6E", "#8C8C8C"),
    below="#8A8A8A",
    middle="#FFFFFF",
    above="#C4C4C4",
    true="#1A1A1A",
    partly="#5A5A5A",
    false="#8A8A8A",
)
PALETTES = {"house": HOUSE, "dark": DARK, "print": PRINT, "grey": GREY}


def config(palette: Palette) -> dict[str, Any]:
    """The Vega-Lite configuration that a palette stands for."""
    text = {"font": palette.font, "color": palette.ink}
    small = {"font": palette.font, "fontSize": CAPTION, "fill": palette.muted, "color": palette.muted}
    return {
        "background": palette.paper,
        "font": palette.font,
        "padding": 8,
        "view": {"stroke": None},
        "title": {
            "font": palette.title_font,
            "anchor": "start",
            "frame": "bounds",
            "align": "left",
            "color": palette.ink,
            "fontSize": TITLE,
            "fontWeight": 700,
            "lineHeight": 25,
            "subtitleFont": palette.font,
            "subtitleColor": palette.muted,
            "subtitleFontSize": LABEL,
            "subtitleLineHeight": 18,
            "subtitlePadding": 8,
            "offset": 16,
        },
        "axis": {
            "labelFont": palette.font,
            "labelFontSize": LABEL,
            "labelColor": palette.ink,
            "titleFont": palette.font,
            "titleFontSize": LABEL,
            "titleFontWeight": "normal",
            "titleColor": palette.muted,
            "titlePadding": 8,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
            "grid": False,
            "gridColor": palette.hairline,
        },
        "axisQuantitative": {"grid": True, "tickCount": 5, "labelFlush": False},
        "axisTemporal": {"grid": False, "tickCount": 6},
        "header": {
            "labelFont": palette.font,
            "labelFontSize": LABEL,
            "labelFontWeight": 700,
            "labelColor": palette.ink,
            "labelAnchor": "start",
            "title": None,
        },
        "legend": {
            "labelFont": palette.font,
            "labelFontSize": LABEL,
            "labelColor": palette.ink,
            "titleFont": palette.font,
            "titleFontSize": LABEL,
            "titleFontWeight": "normal",
            "titleColor": palette.muted,
            "symbolSize": 90,
            "symbolStrokeWidth": 2,
            "orient": "top",
            "offset": 4,
            "labelLimit": 320,
            # The middle of a scale is the colour of the paper: its edge shows how far it goes.
            "symbolBaseFillColor": palette.muted,
            "gradientStrokeColor": palette.muted,
            "gradientStrokeWidth": 1,
        },
        "text": text,
        "point": {"filled": True, "size": 80, "opacity": 1},
        "line": {"strokeWidth": 2},
        "rule": {"stroke": palette.muted},
        "tick": {"thickness": 2},
        "range": {
            "category": list(palette.families),
            "symbol": list(SHAPES),
            "diverging": [palette.below, palette.middle, palette.above],
            "ramp": [palette.middle, palette.families[0]],
            "heatmap": [palette.middle, palette.families[0]],
            "ordinal": [palette.true, palette.partly, palette.false],
        },
        "style": {
            "result": {"stroke": palette.ink, "strokeWidth": 1.5, "color": palette.ink, "fill": palette.ink},
            # On a bar of any colour: the line of paper around it keeps it apart.
            "middle": {
                "fill": palette.ink,
                "color": palette.ink,
                "stroke": palette.paper,
                "strokeWidth": 1.5,
            },
            "result-label": {
                "font": palette.font,
                "fontSize": CAPTION,
                "fontWeight": 700,
                "fill": palette.ink,
                "color": palette.ink,
            },
            "label": {"font": palette.font, "fontSize": LABEL, "fill": palette.ink, "color": palette.ink},
            "small-label": {
                "font": palette.font,
                "fontSize": CAPTION,
                "fill": palette.ink,
                "color": palette.ink,
            },
            "note": small,
            "caption": {**small, "align": "left", "baseline": "top"},
            "event": {
                "color": palette.recede,
                "stroke": palette.recede,
                "strokeWidth": 1,
                "strokeDash": [2, 3],
            },
            "link": {"color": palette.recede, "stroke": palette.recede, "strokeWidth": 1},
            # The fill alone would fall below 3:1 with the paper: its edge does not.
            "band": {
                "fill": palette.pale,
                "color": palette.pale,
                "fillOpacity": 0.75,
                "stroke": palette.recede,
                "strokeWidth": 0.75,
            },
            "whisker": {"color": palette.recede, "stroke": palette.recede, "strokeWidth": 2},
            "remains": {"fill": palette.muted, "color": palette.muted},
            "recede": {"fill": palette.recede, "color": palette.recede, "stroke": palette.recede},
            "bracket": {"color": palette.muted, "stroke": palette.muted, "strokeWidth": 1},
            "guide": {
                "color": palette.muted,
                "stroke": palette.muted,
                "strokeWidth": 1,
                "strokeDash": [5, 4],
            },
        },
    }


def register(name: str, palette: Palette) -> None:
    """Make the palette an Altair theme called ``name``."""

    @alt.theme.register(name, enable=False)
    def theme() -> alt.theme.ThemeConfig:
        return alt.theme.ThemeConfig({"config": config(palette)})  # type: ignore[typeddict-item]


for _name, _palette in PALETTES.items():
    register(_name, _palette)


def require_theme(name: str) -> str:
    """The name, if a theme of that name is registered; UnknownName with close names otherwise."""
    # Asking Altair for all themes searches the installed packages for more: too long to do for every chart.
    if name not in PALETTES and name not in alt.theme.names():
        raise UnknownName.of(kind="theme", name=name, known=alt.theme.names())
    return name
