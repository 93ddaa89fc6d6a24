"""Who publishes a site: on every page, or said to be missing; addresses only where one was given."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from pollbench.errors import DataError
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.page import Pages
from pollbench_dashboards.pages.settings import Settings, read_settings, sitemap


def written(frames: Gathered, folder: Path, settings: Settings) -> str:
    pages = Pages(frames, folder, "fr", settings)
    pages.write("register", {})
    return pages.path("register").read_text("utf-8")


def test_without_settings_the_page_says_that_none_is_named(frames: Gathered, tmp_path: Path) -> None:
    html = written(frames, tmp_path, Settings())
    assert Words("fr")("charts.no_publisher") in html
    assert Words("fr")("charts.no_correction") in html
    assert "canonical" not in html
    assert "og:url" not in html


def test_a_publisher_stands_on_the_page_with_its_addresses(frames: Gathered, tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text(
        'publisher = "Le Journal"\naddress = "https://example.org/p"\ncorrection = "Write to us."\n', "utf-8"
    )
    html = written(frames, tmp_path, read_settings(path))
    assert Words("fr")("charts.publisher", publisher="Le Journal") in html
    assert "Write to us." in html
    assert '<link rel="canonical" href="https://example.org/p/fr/register.html">' in html
    assert '<link rel="alternate" hreflang="en" href="https://example.org/p/register.html">' in html


@pytest.mark.parametrize(
    ("content", "told"), [("adress = 'x'", "publisher"), ("address = 'example.org'", "https"), ("=", "TOML")]
)
def test_a_mistake_is_refused_in_words(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "site.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(DataError, match=told):
        read_settings(path)


def test_the_list_for_search_engines_is_xml_with_whole_addresses() -> None:
    text = sitemap(Settings(address="https://example.org/"), ["a.html", "fr/b&c.html"])
    found = [each.text for each in ElementTree.fromstring(text).iter() if each.tag.endswith("loc")]
    assert found == ["https://example.org/a.html", "https://example.org/fr/b&c.html"]
