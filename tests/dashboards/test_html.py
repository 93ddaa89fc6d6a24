"""The pages as HTML: read strictly by html5lib, pictures with words, controls with labels, one heading, what machines read."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest
from html5lib.html5parser import ParseError

#: One page of every template, those with most of what a template can hold.
ONE_OF_EACH = (
    "index",
    "overview",
    "record",
    "votes",
    "houses",
    "manipulation",
    "probabilities",
    "transfers",
    "forecasters",
    "register",
    "method",
    "changes",
    "chart-live-accounts",
    "chart-claims-board",
    "embed-live-accounts",
    "vote-fr-pres-2017-r1",
    "house-filteris",
)


class Elements(HTMLParser):
    """What a page must say beside what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.mains = 0
        self.language = ""
        self.without_words: list[str] = []
        self.controls: list[tuple[str, bool]] = []
        self.labelled: set[str] = set()
        self._in_label = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.mains += tag == "main"
        if tag == "html":
            self.language = values.get("lang") or ""
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img" and "alt" not in values:
            self.without_words.append(str(values.get("src")))
        if tag == "label":
            self._in_label += 1
            self.labelled.add(values.get("for") or "")
        if tag in ("input", "select", "textarea"):
            named = bool(self._in_label or values.get("aria-label") or values.get("aria-labelledby"))
            self.controls.append((values.get("id") or "", named))

    def handle_endtag(self, tag: str) -> None:
        self._in_label -= tag == "label"

    @property
    def without_label(self) -> list[str]:
        return [identity for identity, named in self.controls if not named and identity not in self.labelled]


def read(path: Path) -> Elements:
    elements = Elements()
    elements.feed(path.read_text("utf-8"))
    return elements


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_strict_reader_takes_the_page(site: Path, name: str) -> None:
    html5lib.HTMLParser(strict=True).parse((site / "fr" / f"{name}.html").read_text("utf-8"))


def test_a_strict_reader_takes_the_pages_of_all_votes(of_all_votes: Path) -> None:
    every = sorted(of_all_votes.glob("*.html"))
    assert len(every) == 6
    for path in every:
        html5lib.HTMLParser(strict=True).parse(path.read_text("utf-8"))


@pytest.mark.parametrize("fault", ["</p></section>", "<p id=a id=b>", "<table><p></table>", "&nonsense;"])
def test_a_strict_reader_refuses_a_fault(site: Path, fault: str) -> None:
    text = (site / "404.html").read_text("utf-8").replace("<main", f"{fault}<main", 1)
    with pytest.raises(ParseError):
        html5lib.HTMLParser(strict=True).parse(text)


def test_every_page_has_one_heading_a_language_words_for_pictures_and_labels(
    site: Path, of_all_votes: Path
) -> None:
    every = [*site.rglob("*.html"), *of_all_votes.glob("*.html")]
    assert len(every) > 150
    for path in every:
        page = read(path)
        assert page.language in ("en", "fr"), path.name
        assert page.mains == 1, path.name
        assert page.without_words == [], path.name
        assert page.without_label == [], path.name
        # 404 speaks both languages, each under its heading.
        assert page.headings.count(1) == (2 if path.name == "404.html" else 1), path.name
        # No level is left out on the way down.
        steps = [after - before for before, after in zip(page.headings, page.headings[1:], strict=False)]
        assert max(steps, default=0) <= 1, (path.name, page.headings)


def test_what_machines_read_is_json_of_schema_org(site: Path) -> None:
    kinds = set()
    for path in site.rglob("*.html"):
        for text in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), flags=re.S
        ):
            described = json.loads(text)
            for each in described if isinstance(described, list) else [described]:
                assert each["@context"] == "https://schema.org", path.name
                kinds.add(each["@type"])
                if each["@type"] == "Dataset":
                    # What search engines ask of a data set: a name, 50 to 5,000 letters about it, a licence, files.
                    assert each["name"], path.name
                    assert 50 <= len(each["description"]) <= 5000, path.name
                    assert each["license"].startswith("https://"), path.name
                    assert each["distribution"], path.name
    assert kinds == {"Dataset", "ClaimReview"}
