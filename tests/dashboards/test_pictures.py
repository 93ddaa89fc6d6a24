"""Pictures kept between runs: drawn once for the same specification, formats, engine and fonts."""

from __future__ import annotations

import pytest

from pollbench import cache
from pollbench_dashboards.drawing import own_theme
from pollbench_dashboards.pages import pictures

BARS = {
    "data": {"values": [{"who": "ann", "share": 1234.5}, {"who": "bob", "share": 40}]},
    "mark": "bar",
    "encoding": {"x": {"field": "share", "type": "quantitative"}, "y": {"field": "who", "type": "nominal"}},
}


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / pictures.KIND


def kept(place):
    return len(list(place.iterdir()))


def test_a_kept_picture_has_the_bytes_of_one_that_is_drawn(place, monkeypatch):
    def drawn():
        svg = pictures.svg_of(BARS, "en")
        return svg, pictures.png_of(svg, 1.0)

    first = drawn()
    document = pictures.pdf_of(first[0])
    assert kept(place) == 3
    with monkeypatch.context() as patched:
        patched.setenv(cache.VARIABLE, "off")
        assert drawn() == first
    assert drawn() == first
    # The engine numbers the objects of a document otherwise on every call: the kept one is always the same.
    assert pictures.pdf_of(first[0]) == document
    assert kept(place) == 3


def test_a_language_a_scale_and_a_font_make_another_picture(place, monkeypatch, tmp_path):
    svg = pictures.svg_of(BARS, "en")
    assert pictures.svg_of(BARS, "fr") != svg
    pictures.png_of(svg, 1.0)
    pictures.png_of(svg, 2)
    pictures.png_of(svg, 2.0)
    assert kept(place) == 4
    (tmp_path / "face.ttf").write_bytes(b"a face")
    monkeypatch.setattr(own_theme, "FONT_FOLDERS", [str(tmp_path)])
    pictures.svg_of(BARS, "en")
    assert kept(place) == 5


def test_a_damaged_picture_is_drawn_anew(place):
    svg = pictures.svg_of(BARS, "en")
    (entry,) = place.iterdir()
    entry.write_bytes(entry.read_bytes().replace(b"<svg", b"<gsv", 1))
    assert pictures.svg_of(BARS, "en") == svg
