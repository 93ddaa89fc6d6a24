"""The pages as files: nothing from outside, nothing unescaped, nothing dangling."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pollbench_dashboards.charts import registered
from pollbench_dashboards.pages.content import CONTENT, GIVEN
from pollbench_dashboards.pages.html import embedded_json
from pollbench_dashboards.pages.listing import LISTS
from pollbench_dashboards.pages.page import OF_CHARTS, OF_VOTES, OPEN_PAGES, PAGES, POLICY


class Links(HTMLParser):
    """Addresses that a page loads or points to, and the ids it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.pointed: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.append(value)
            if value and (name == "src" or (name == "href" and tag == "link")):
                self.loaded.append(value)
            elif value and name == "href":
                self.pointed.append(value)


def pages(site: Path) -> list[Path]:
    return [site / folder / f"{name}.html" for folder in ("", "fr") for name in PAGES]


@cache
def parsed(page: Path) -> Links:
    links = Links()
    links.feed(page.read_text("utf-8"))
    return links


def test_every_page_exists_in_both_languages(site: Path) -> None:
    assert all(page.is_file() for page in pages(site))


def test_the_content_of_every_page_is_made_by_one_function_or_given_by_the_site() -> None:
    assert not GIVEN & set(CONTENT)
    assert GIVEN | set(CONTENT) == {*PAGES, *OPEN_PAGES, *OF_CHARTS, *OF_VOTES}


def test_pages_load_nothing_from_outside_and_state_it(site: Path) -> None:
    for page in pages(site):
        for address in parsed(page).loaded:
            path, _, part = address.partition("#")
            assert address == "data:," or (page.parent / path).is_file(), (page.name, address)
            assert not part or part in parsed(page.parent / path).ids, (page.name, address)
        assert "default-src &#39;none&#39;" in page.read_text("utf-8")
    assert "unsafe-eval" not in POLICY
    assert "http" not in POLICY


def test_no_link_within_the_site_is_broken(site: Path) -> None:
    files = {str(path) for path in site.rglob("*") if path.is_file()}
    every = {page: parsed(page) for page in site.rglob("*.html")}
    assert len(every) > 150
    anchors = {str(page): set(links.ids) for page, links in every.items()}
    broken = []
    for page, links in every.items():
        for address in set(links.pointed):
            path, _, anchor = address.partition("#")
            # The database lies beside the site that a run writes.
            if address.startswith("http") or path.endswith("pollbench.duckdb"):
                continue
            target = os.path.normpath(page.parent / path) if path else str(page)
            if target not in files or (anchor and anchor not in anchors[target]):
                broken.append((page.name, address))
    assert broken == []


def test_ids_on_a_page_are_unique(site: Path) -> None:
    for page in site.rglob("*.html"):
        ids = parsed(page).ids
        assert len(ids) == len(set(ids)), page.name


def test_a_page_weighs_less_than_60_kilobytes_on_its_way(site: Path) -> None:
    # Without its pictures, also those that stand in the page itself.
    bare = {
        page: re.sub(r"<svg.*?</svg>", "", page.read_text("utf-8"), flags=re.S)
        for page in site.rglob("*.html")
    }
    heavy = {page.name: len(gzip.compress(text.encode())) for page, text in bare.items()}
    assert {name: size for name, size in heavy.items() if size >= 60_000} == {}


def test_the_entry_after_the_overview_is_the_record(site: Path) -> None:
    for page in pages(site):
        first, second, *_ = re.findall(r'<li[^>]*><a href="([^"]+)"', page.read_text("utf-8"))
        assert (first, second) == ("index.html", "record.html"), page


def test_every_release_of_the_record_has_its_row_once(site: Path) -> None:
    from pollbench.data.store import load
    from pollbench.records.cited import PAGE_OF
    from pollbench.records.record import record

    with load("world") as world:
        readers = record(world).releases.set_index("forecast_id").read_by
    for folder in ("", "fr"):
        for name in sorted(set(PAGE_OF.values())):
            ids = set(parsed(site / folder / f"{name}.html").ids)
            assert {release for release in readers.index if release in ids} == set(
                readers.index[readers.map(PAGE_OF) == name]
            )


def test_pictures_say_how_large_they_are_before_they_arrive(site: Path) -> None:
    for page in pages(site):
        for picture in re.findall(r"<img [^>]*>|<source [^>]*>", page.read_text("utf-8")):
            assert re.search(r'width="[1-9]\d+" height="[1-9]\d+"', picture), (page.name, picture[:200])


def test_every_chart_stands_on_a_page_and_has_its_files(site: Path) -> None:
    for folder, locale in (("", "en"), ("fr", "fr")):
        text = "".join((site / folder / f"{name}.html").read_text("utf-8") for name in PAGES)
        for name in registered():
            # What is a list stands as a table, and as a picture on the page of its chart.
            assert f'id="{name}"' in text, name
            assert (f'data-chart="{name}"' in text) == (name not in LISTS), name
            for kind in ("svg", "json", "csv"):
                assert (site / "charts" / f"{name}.{locale}.{kind}").stat().st_size > 100


def test_every_measure_and_forecaster_has_an_anchor(site: Path, bench) -> None:
    from pollbench.measures import registered as measures

    ids = set(parsed(site / "measures.html").ids)
    assert set(measures()) <= ids
    assert "<math" in (site / "measures.html").read_text("utf-8")
    ids = set(parsed(site / "forecasters.html").ids)
    assert set(bench.table("forecaster").forecaster_id) <= ids


def test_the_dictionary_names_every_column(site: Path, bench) -> None:
    text = (site / "data.html").read_text("utf-8")
    for row in bench.dictionary().itertuples():
        assert f"<code>{row.column_name}</code>" in text


def test_downloads_can_be_read_back(site: Path, bench) -> None:
    with (site / "data" / "prediction.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == bench.frame("SELECT count(*) AS n FROM prediction").n.item()
    assert (site / "data" / "prediction.parquet").read_bytes()[:4] == b"PAR1"


def test_polls_have_their_legal_mentions(site: Path) -> None:
    text = (site / "fr" / "accuracy.html").read_text("utf-8")
    assert "Sondage réalisé par Elabe." in text
    assert "Tout sondage est affecté de marges d’erreur." in text
    assert "ne sont pas des sondages" in text


def test_every_chart_with_polls_is_followed_by_mentions(site: Path) -> None:
    for page in pages(site):
        for figure in re.findall(r'<figure id="(\w+)">(.*?)</figure>', page.read_text("utf-8"), flags=re.S):
            name, content = figure
            if registered()[name].polls:
                assert '<details class="mentions"><summary>' in content, (page.name, name)
                assert "margins of error" in content or "marges d’erreur" in content, (page.name, name)


def test_what_happened_and_what_it_proves_are_kept_apart(site: Path) -> None:
    text = (site / "overview.html").read_text("utf-8")
    assert text.count("What happened</dt>") == 4
    assert text.count("What it proves</dt>") == 4


def test_nobody_is_accused(site: Path) -> None:
    for page in pages(site):
        text = re.sub(r"<script.*?</script>", "", page.read_text("utf-8"), flags=re.S).lower()
        for phrase in ("manipulated the", "rigged the", "a manipulé", "a truqué"):
            assert phrase not in text, (page.name, phrase)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "&amp;", "a\u2028b"])
def test_embedded_json_cannot_leave_its_element(text: str) -> None:
    written = embedded_json({"name": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"name": text}
