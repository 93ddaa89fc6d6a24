"""The pages as HTML: read strictly by html5lib, pictures with words, controls with labels, one heading, what machines read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest
from html5lib.html5parser import ParseError

from page_structure import faults

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


def test_every_page_has_the_structure_that_is_heard(site: Path, of_all_votes: Path) -> None:
    every = [*site.rglob("*.html"), *of_all_votes.glob("*.html")]
    assert len(every) > 150
    # 404 speaks both languages, each under its heading.
    found = {
        path.name: faults(path.read_text("utf-8"), headings=2 if path.name == "404.html" else 1)
        for path in every
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("<h1", "<h1>Again</h1><h1", "2 first headings"),
        ("<h1", "<h1>A</h1><h4>B</h4><h1", "leave out a level"),
        ("</main>", "</main><main></main>", "not one main"),
        ("</main>", '<nav aria-label="Pages"></nav></main>', "two landmarks of one name"),
        ("</main>", "<nav></nav></main>", "a landmark without a name"),
        ("</main>", "<img src=a.png></main>", "a picture without words"),
        ("</main>", "<input id=x></main>", "a control without a label"),
        ("</main>", "<table><tr><th>A</th></tr></table></main>", "heads without a scope"),
        ("</main>", "<table><tr><td>A</td></tr></table></main>", "tables without heads"),
        ("</main>", '<div class="scroll"></div></main>', "scrolled without a name"),
        ("</main>", "<a href=a.html></a></main>", "a link without a name"),
        ("</main>", "<a href=a.csv>CSV</a></main>", "a link that says nothing"),
        ("</main>", "<a href=a.html>One</a><a href=b.html>One</a></main>", "one name, two places"),
        ('lang="en"', 'lang=""', "language"),
    ],
)
def test_a_fault_of_structure_is_heard(site: Path, old: str, new: str, wrong: str) -> None:
    text = (site / "votes.html").read_text("utf-8")
    assert faults(text) == []
    assert any(wrong in fault for fault in faults(text.replace(old, new, 1)))


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
