"""The site during a legal silence: a page that says so, a line on the others, and no figure."""

from __future__ import annotations

import html
import re

import pytest
from typer.testing import CliRunner

from pollbench.cli import app
from pollbench.protocol.rules import load_protocol
from pollbench.protocol.silence import outside_silence
from pollbench_dashboards.frames import gather
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.page import Pages
from pollbench_dashboards.pages.silence import ASSETS, Silenced, write_silence

AT = "2027-04-17T10:00:00+02:00"


def test_a_site_of_a_silent_vote_is_one_page_in_each_language_without_a_figure(tmp_path):
    site = tmp_path / "site"
    result = CliRunner().invoke(app, ["dashboard", "fr-pres-2027", "--as-of", AT, "-o", str(site)])
    assert result.exit_code == 0, result.output
    written = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {"index.html", "open.html", "fr/index.html", "fr/open.html"}
    assert written == {*pages, *(f"assets/{name}" for name in ASSETS)}
    for name, words in (
        ("index.html", "until the last polling station closes"),
        ("fr/open.html", "dernier bureau de vote"),
    ):
        text = html.unescape((site / name).read_text(encoding="utf-8"))
        assert words in text
        assert AT in text
        assert load_protocol("fr-pres-2027").protocol_id in text
        # No share, no name of a candidate or of a house.
        assert not re.search(r"\d\s?%|Le Pen|Ifop", text)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_page_of_the_other_votes_says_what_is_left_out(bench, tmp_path, locale):
    _, silent = outside_silence(["fr-pres-2027"], AT)
    silenced = Silenced(AT, silent)
    frames = gather(bench)
    pages = Pages(frames, tmp_path, locale, silenced=silenced)
    pages.write("method", {})
    line = silenced.line(Words(locale))
    assert "18" in line
    assert line in html.unescape(pages.path("method").read_text(encoding="utf-8"))
    write_silence(tmp_path, silenced, others=True)
    # The link of that line leads to the page of the silence, which leads back.
    assert 'href="index.html"' in pages.path("open").read_text(encoding="utf-8")


def test_without_a_silence_nothing_is_said(bench, tmp_path):
    assert write_silence(tmp_path, Silenced(), others=True) == []
    pages = Pages(gather(bench), tmp_path, "en")
    pages.write("method", {})
    assert "Legal silence" not in pages.path("method").read_text(encoding="utf-8")
