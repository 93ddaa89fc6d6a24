"""The colours: contrast by computation, families apart under simulated colour blindness and in grey."""

from __future__ import annotations

from itertools import combinations

import altair as alt
import numpy as np
import pytest

from colours import contrast, linear
from pollbench.errors import UnknownName
from pollbench_dashboards.drawing.theme import FAMILIES, PALETTES, SHAPES, config, require_theme

#: Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
BLINDNESS = {
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}
#: CIE76 distance at which two marks of the same shape still differ at a glance.
APART = 12.0


def lab(rgb: np.ndarray) -> np.ndarray:
    matrix = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
    xyz = np.array(matrix) @ np.clip(rgb, 0, 1) / [0.95047, 1.0, 1.08883]
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def test_the_contrast_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
def test_marks_and_text_reach_their_contrast(name: str) -> None:
    palette = PALETTES[name]
    for colour in palette.families:
        assert contrast(colour, palette.paper) >= 3.0, colour
    for colour in (palette.ink, palette.muted):
        assert contrast(colour, palette.paper) >= 4.5, colour
    for colour in (palette.true, palette.partly, palette.false):
        assert contrast(colour, palette.paper) >= 3.0, colour


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("side", ["below", "above"])
def test_figures_are_read_on_every_step_of_the_signed_scale(name: str, side: str) -> None:
    palette = PALETTES[name]
    ends = [
        np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
        for colour in (palette.middle, getattr(palette, side))
    ]
    for part in np.linspace(0, 1, 21):
        mixed = np.rint((1 - part) * ends[0] + part * ends[1]).astype(int)
        assert contrast("#" + "".join(f"{each:02X}" for each in mixed), palette.ink) >= 4.5, part


@pytest.mark.parametrize("name", ["house", "dark", "print"])
@pytest.mark.parametrize("sight", [*BLINDNESS, "grey"])
def test_families_stay_apart_for_every_eye(name: str, sight: str) -> None:
    for first, second in combinations(range(len(FAMILIES)), 2):
        seen = []
        for place in (first, second):
            rgb = linear(PALETTES[name].families[place])
            rgb = (
                np.full(3, rgb @ [0.2126, 0.7152, 0.0722])
                if sight == "grey"
                else np.array(BLINDNESS[sight]) @ rgb
            )
            seen.append(lab(rgb))
        apart = float(np.linalg.norm(seen[0] - seen[1]))
        assert apart >= APART or SHAPES[first] != SHAPES[second], (FAMILIES[first], FAMILIES[second], apart)


def test_polls_and_buzz_stay_apart_by_colour_alone() -> None:
    for name in ("house", "dark", "print"):
        for matrix in BLINDNESS.values():
            poll, buzz = (lab(np.array(matrix) @ linear(PALETTES[name].families[place])) for place in (0, 1))
            assert np.linalg.norm(poll - buzz) >= APART


def test_every_family_has_its_own_shape() -> None:
    assert len(set(SHAPES)) == len(FAMILIES) == len(SHAPES)


def test_themes_are_registered_and_an_unknown_one_is_named() -> None:
    assert set(PALETTES) <= set(alt.theme.names())
    with pytest.raises(UnknownName, match="house"):
        require_theme("hous")


def test_all_themes_define_the_same_styles() -> None:
    styles = {name: set(config(palette)["style"]) for name, palette in PALETTES.items()}
    assert len({frozenset(each) for each in styles.values()}) == 1
