"""What a published site has beside its pages: feed, robots, a page for lost readers, reviews of claims, lists as tables."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from html import unescape
from pathlib import Path

import pollbench
from pollbench_dashboards.pages.changes import changes, feed
from pollbench_dashboards.pages.published import write_published
from pollbench_dashboards.pages.settings import Settings

ADDRESS = "https://example.org/pollbench/"


def test_the_feed_is_rss_with_an_entry_per_change() -> None:
    root = ElementTree.fromstring(feed(Settings(address=ADDRESS), "What changed"))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root[0]
    assert [channel.findtext(name) for name in ("title", "link", "description")] == [
        "What changed",
        f"{ADDRESS}changes.html",
        "What changed",
    ]
    identities = [item.findtext("guid") for item in channel.iter("item")]
    assert len(identities) == len(set(identities)) == len(changes()) > 50


def test_without_an_address_nothing_points_at_one(tmp_path: Path) -> None:
    write_published(tmp_path, Settings(), ["index.html"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["404.html", "robots.txt"]
    assert "Sitemap" not in (tmp_path / "robots.txt").read_text("utf-8")


def test_with_an_address_there_are_a_map_and_a_feed(tmp_path: Path) -> None:
    write_published(tmp_path, Settings(address=ADDRESS), ["fr/index.html"])
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (tmp_path / "robots.txt").read_text("utf-8")
    locations = ElementTree.fromstring((tmp_path / "sitemap.xml").read_text("utf-8")).itertext()
    assert f"{ADDRESS}fr/index.html" in list(locations)
    lost = (tmp_path / "404.html").read_text("utf-8")
    assert f'href="{ADDRESS}index.html"' in lost
    assert f'href="{ADDRESS}fr/index.html"' in lost


def test_every_announcement_that_can_be_judged_has_a_review(site: Path) -> None:
    text = (site / "fr" / "chart-claims-board.html").read_text("utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, flags=re.S)
    assert found is not None
    dataset, *reviews = json.loads(found[1])
    assert dataset["@type"] == "Dataset"
    # 31 announcements before the vote, 2 of which cannot be verified.
    assert len(reviews) == 29
    for review in reviews:
        assert review["@type"] == "ClaimReview"
        assert review["claimReviewed"]
        assert review["itemReviewed"]["author"]["name"]
        rating = review["reviewRating"]
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert rating["alternateName"] in ("vrai", "vrai en partie", "faux")
    # Where the claim can be read; a few sources have no address.
    read_at = [review["itemReviewed"].get("appearance") for review in reviews]
    assert sum(bool(places) for places in read_at) >= 24
    assert [] not in read_at


def test_lists_are_tables_whose_sources_are_links(site: Path) -> None:
    text = (site / "probabilities.html").read_text("utf-8")
    board = text.split('<figure id="claims_board">')[1].split("</figure>")[0]
    assert board.count("<tr id=") == 34
    assert board.count('href="data.html#source-') >= 34
    assert "<img" not in board


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    text = unescape((site / "api.html").read_text("utf-8"))
    for name in set(pollbench.__all__) - {"__version__"}:
        assert f'<section class="entry" id="{name}"' in text, name
    assert "pollbench.score(bench" in text


def test_every_source_is_a_line_and_an_entry_of_bibtex(site: Path) -> None:
    entries = re.findall(r"^@misc\{", (site / "data" / "sources.bib").read_text("utf-8"), flags=re.M)
    lines = re.findall(r'<li id="source-', (site / "data.html").read_text("utf-8"))
    assert len(entries) == len(lines) > 100
