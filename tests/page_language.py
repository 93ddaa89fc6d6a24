"""The language that a page is written in: what it says, and the English words on a French page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from pollbench.data.bench import Bench
from pollbench.data.store import load
from pollbench.language.texts import translations
from pollbench_dashboards.charts import registered as charts
from pollbench_dashboards.language.words import Words


class Visible(HTMLParser):
    """Collects what a page says, with the language it is said in."""

    SILENT = ("script", "style", "code", "pre", "math", "meta", "link", "input", "img", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[tuple[str, str]] = []

    def language(self) -> str:
        return next((language for _, language in reversed(self.open) if language), "")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        for name in ("aria-label", "alt", "title"):
            if values.get(name):
                self.said.append((values.get("lang") or self.language(), str(values[name])))
        if tag not in ("meta", "link", "input", "img", "br"):
            self.open.append((tag, values.get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(tag in self.SILENT for tag, _ in self.open):
            self.said.append((self.language(), data.strip()))


#: English words that are no French words, no names of people, firms and papers, and no keys of a table.
WORDS = """
the of and with from which were was is are has have had this that these those than for not their they who whose what
when where while would could should been being because between every each other others about above below only more
less least first last share shares poll polls voters registered interviewed listed forecast forecasts forecaster error
errors result results
"""
ENGLISH = frozenset(WORDS.split())


def names_in(bench: Bench) -> list[str]:
    """Names that stay as they are, long ones first so that no part of one is left standing."""
    rows = bench.table("forecaster")
    names = {name for name in (*rows.name, *rows.house) if name not in translations("data", "fr")}
    names |= {name.split(" (")[0] for name in names}
    # The world record names its own forecasters and votes; charts are named as a person types them.
    with load("world") as world:
        names |= {
            *world.table("forecaster").name,
            *world.table("election").title,
            *world.table("person").name,
        }
    names |= {name.replace("_", "-") for name in charts()}
    names |= {*bench.table("source").title, *bench.table("source").publisher.dropna(), "The Economist"}
    # As a page prints them, with the apostrophes of its language.
    names |= {Words("fr").typeset(name) for name in bench.table("source").title}
    return sorted(names, key=len, reverse=True)


def english_in(text: str, names: list[str]) -> list[str]:
    """The English words of a text, its names, addresses, keys and quotations left out."""
    if not _words_of(text) & ENGLISH:
        return []
    for name in names:
        text = text.replace(name, "") if name in text else text
    rest = re.sub(r"\[[^]]*\]|[\w-]+\.(csv|parquet|toml|com|json)|\S*[_/=]\S*|«[^»]*»", "", text)
    return sorted(_words_of(rest) & ENGLISH)


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))


def english_on(html: str, names: list[str]) -> list[tuple[list[str], str]]:
    """The texts of a French page that hold English words, with those words."""
    page = Visible()
    page.feed(html)
    assert page.said
    # What is meant to be English says so: citations, words of the schema, text without a translation.
    return [
        (english, text)
        for language, text in page.said
        if language == "fr" and (english := english_in(text, names))
    ]
