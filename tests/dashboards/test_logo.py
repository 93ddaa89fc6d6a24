"""The logo of a newsroom: inside the picture, refused with one message where it would not stand alone."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pollbench.cli import app
from pollbench.errors import DataError, PollbenchError
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.logo import MOST_BYTES, read_logo
from pollbench_dashboards.drawing.sizes import SIZES, extent, placed
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.pages import export, pictures

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" fill="#C00"/></svg>'


def png(width: int, height: int) -> bytes:
    """A PNG file of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = zlib.compress(b"".join(b"\0" + b"\xcc\0\0" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("name", "content"), [("a.svg", SVG.encode()), ("a.png", png(60, 20))])
def test_a_logo_stands_below_the_source_inside_the_picture(
    frames: Gathered, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    logo = read_logo(tmp_path / name)
    assert logo.width == 3 * logo.height
    drawing = registered()["second_round"].draw(frames)
    plain, marked = export.to_svg(drawing), export.to_svg(drawing.with_logo(logo))
    assert extent(marked)[0] == extent(plain)[0]
    assert extent(marked)[1] == pytest.approx(extent(plain)[1] + 28 + 8)
    assert marked.count("<image ") == 1
    # The engine of PNG and PDF draws it: a corner of the picture has its red.
    assert pictures.png_of(marked, 1.0) != pictures.png_of(marked.replace("<image ", "<metadata "), 1.0)
    for size in SIZES.values():
        assert placed(marked, size, "#FFFFFF").count("<image ") == 1
    assert logo.address in export.to_html(drawing.with_logo(logo))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"GIF89a", "PNG or an SVG"),
        (b"<html/>", "PNG or an SVG"),
        (png(60, 20)[:60], "not whole"),
        (b"x" * (MOST_BYTES + 1), "at most 200,000"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a width and a height"),
        (SVG.replace("<rect", "<script>alert(1)</script><rect").encode(), "stand alone"),
        (SVG.replace("<rect", '<image href="https://example.org/a.png"/><rect').encode(), "stand alone"),
        (SVG.replace("<rect", '<rect onload="a()"').encode(), "stand alone"),
        (SVG.replace("#C00", "url(https://example.org/a)").encode(), "stand alone"),
    ],
)
def test_a_file_that_is_no_logo_is_refused_in_words(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "logo").write_bytes(content)
    with pytest.raises(DataError, match=reason) as refused:
        read_logo(tmp_path / "logo")
    assert "--logo" in str(refused.value)


def test_a_logo_that_is_not_there_and_a_form_without_room_stop_before_anything_is_written(
    tmp_path: Path,
) -> None:
    missing = ["chart", "second-tour", "--logo", str(tmp_path / "none.png"), "-o", str(tmp_path / "x.svg")]
    (tmp_path / "a.svg").write_text(SVG, "utf-8")
    table = ["chart", "second-tour", "--logo", str(tmp_path / "a.svg"), "-o", str(tmp_path / "x.csv")]
    for arguments, reason in ((missing, "none.png"), (table, "--logo")):
        result = CliRunner().invoke(app, arguments)
        assert isinstance(result.exception, PollbenchError)
        assert reason in str(result.exception)
        assert not list(tmp_path.glob("x.*"))
