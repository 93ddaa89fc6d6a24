"""Pictures kept between runs: drawn once for the same specification, formats, engine and fonts."""

from __future__ import annotations

import re

import pytest

from pollbench import cache
from pollbench_dashboards.drawing import own_theme
from pollbench_dashboards.drawing.pdf import in_order
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
    assert pictures.pdf_of(first[0]) == document
    assert kept(place) == 3


def test_a_document_has_the_same_bytes_however_the_engine_numbers_its_objects():
    """By hand: a page of two fonts, the objects and the names of the fonts in two orders."""

    def document(first, second, order):
        fonts = {"/fo0": first, "/fo1": second}
        objects = {
            5: b"<<\n  /Type /Catalog\n  /Pages 6 0 R\n>>\n",
            6: b"<<\n  /Font <<\n"
            + b"".join(b"    %s %d 0 R\n" % (name.encode(), fonts[name]) for name in order)
            + b"  >>\n>>\n",
            first: b"<<\n  /Length 8\n>>\nstream\nendobj\nR\nendstream\n",
            second: b"<<\n  /BaseFont /Bold\n>>\n",
        }
        content, starts = b"%PDF-1.7\n\n", {}
        for number in (5, 6, *((fonts[name]) for name in order)):
            starts[number] = len(content)
            content += b"%d 0 obj\n%sendobj\n\n" % (number, objects[number])
        table = b"".join(b"%010d 00000 n\r\n" % starts.get(number, 0) for number in range(1, 7))
        return (
            content
            + b"xref\n0 7\n0000000000 65535 f\r\n"
            + table
            + b"trailer\n<<\n  /Size 7\n  /Root 5 0 R\n>>\nstartxref\n%d\n%%%%EOF" % len(content)
        )

    one, two = document(1, 2, ("/fo0", "/fo1")), document(2, 1, ("/fo1", "/fo0"))
    assert one != two
    assert in_order(one) == in_order(two) == in_order(in_order(one))
    for number, start in enumerate(re.findall(rb"(\d{10}) 00000 n", in_order(one)), 1):
        assert in_order(one)[int(start) :].startswith(b"%d 0 obj" % number)
    # Built otherwise: left as it is.
    assert in_order(b"%PDF-1.4 other") == b"%PDF-1.4 other"


def test_a_drawn_document_is_in_order():
    document = pictures.pdf_of(pictures.svg_of(BARS, "en"))
    assert in_order(document) == document
    assert document.count(b" 0 obj") > 5


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
