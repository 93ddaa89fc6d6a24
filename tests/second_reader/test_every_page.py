"""Every page of the site in both languages: no number in a sentence without a second reader.

Walks over all pages that the site writes: those of the menu, of rounds, houses, charts and line-ups, and that of a legal
silence. A page of an unknown kind, a filled text with a number and without a reader, a number that stands in no filled
text, and a number that its reader has otherwise are named with page and sentence.
"""

from __future__ import annotations

import gzip
import inspect
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import html5lib
import pytest
import readers_of_flows  # noqa: F401  (registers its readers)
import readers_of_record  # noqa: F401  (registers its readers)
import readers_of_start  # noqa: F401  (registers its readers)
import recomputed_boards as boards
import recomputed_open as to_come
import test_record
from claimed import Answers, Known, loose, words_of_the_data, words_of_the_templates
from readers_of_pages import (
    ANSWERS,
    SILENT_AT,
    Page,
    listed_sources,
    readers_of,
    revision,
)
from walk import CODE, LOCALES, Block, Filled, Walked, walk

import pollbench
from page_language import english_on, names_in
from page_structure import broken, faults
from pollbench.data.bench import Bench
from pollbench.data.elections import find
from pollbench.data.store import load
from pollbench.language.texts import known_templates
from pollbench.protocol.silence import silences_at
from pollbench_dashboards.pages.page import PAGES
from pollbench_dashboards.pages.silence import Silenced

ROOT = Path(__file__).parents[2]
#: Pages whose sentences are read here, by their kind. A page of another kind fails: it needs readers first.
KINDS = frozenset(
    [
        "index",
        "overview",
        "record-releases",
        "record",
        "votes",
        "houses",
        "accuracy",
        "bias",
        "time",
        "probabilities",
        "manipulation",
        "transfers",
        "forecasters",
        "register",
        "measures",
        "data",
        "method",
        "changes",
        "api",
        "open",
        "hand-in",
        "rehearsal",
        "vote",
        "house",
        "chart",
        "embed",
        "404",
    ]
)
#: The charts whose titles answer the questions of the overview: those that are drawn for a second site.
OF_ANSWERS = (
    "forecast_against_result",
    "error_by_forecaster",
    "chance_beside_error",
    "five_elections",
    "break_even",
    "campaign_timeline",
)
#: Computed sentences of pages whose numbers another test recomputes, by key.
READ = {
    "page.transfers.interval": "test_pages.py",
    "page.transfers.polls": "test_pages.py",
    "page.transfers.communes": "test_pages.py",
    "page.transfers.contradict": "test_pages.py",
    "open.lead": "test_pages.py",
    "open.finding": "test_pages.py",
    "open.band": "test_pages.py",
    "open.differ": "test_pages.py",
    "open.differ_only": "test_pages.py",
    "open.moved_finding": "test_computed_pages.py",
    "open.one_moved": "test_computed_pages.py",
    "rehearsal.finding": "test_computed_pages.py",
    "rehearsal.final": "test_computed_pages.py",
    "rehearsal.rule_from": "test_computed_pages.py",
    "chart.live_accounts.sentence": "test_sentences.py",
    "chart.live_accounts.step": "test_sentences.py",
}
#: Filled texts in which no number is computed: names of rounds and candidates, seeds, addresses.
WITHOUT_NUMBERS = frozenset({"contest.title", "rehearsal.note", "charts.cited_sentence"})


@pytest.fixture(scope="module")
def silent_site(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The site of 2017, built on the eve of the vote to come."""
    silenced = Silenced(SILENT_AT, silences_at(find(to_come.OPEN), datetime.fromisoformat(SILENT_AT)))
    return walk(bench, tmp_path_factory.mktemp("silent"), silenced)


@pytest.fixture(scope="module")
def later_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """The site of 2022 and of the vote to come, with the charts that answer the questions."""
    with load("fr-pres-2022", to_come.OPEN) as opened:
        yield walk(opened, tmp_path_factory.mktemp("later"), Silenced(), OF_ANSWERS)


def answers_of(walked: Walked, locale: str) -> Answers:
    """What answers for the numbers of a site in one language."""
    charts = [text for texts in walked.charts[locale].values() for text in texts]
    charts += words_of_the_templates()
    return Answers(
        locale,
        walked.notes[locale],
        dict(known_templates(locale)),
        words_of_the_data(*walked.elections),
        Known(map(loose, charts)),
        frozenset(READ) | WITHOUT_NUMBERS | frozenset(ANSWERS) | of_the_record(),
    )


def of_the_record() -> frozenset[str]:
    """The sentences of the page of the record, whose readers stand in a test of their own."""
    return frozenset(f"record.{key}" for key in test_record.READERS) | {"record.track"}


def complaints(walked: Walked, name: str, locale: str, answers: Answers) -> list[str]:
    """What is wrong with the sentences of a page."""
    page = Page(name, walked.elections)
    read = readers_of(page)
    left = []
    for block in walked.pages[locale, name].blocks:
        if re.search(r"\d", block.text) and not is_mention(block) and not is_of_a_file(page, block):
            wrong = answers.complaints(block.text, block.element, read)
            left += [f"{locale} {name}: {block.text[:700]!r}: {one}" for one in wrong]
    return left


def is_mention(block: Block) -> bool:
    """Whether a text is one of the mentions that the law asks for, which have tests of their own."""
    return block.within("mentions") or block.within("appendix")


def is_of_a_file(page: Page, block: Block) -> bool:
    """Whether a text stands in a file of the repository as it is printed: no one computes it."""
    if page.kind == "changes":
        return spaced(block.text) in logs()
    if page.kind == "api":
        return any(spaced(block.text) in spaced(text) for text in docstrings())
    if page.kind == "data" and block.within("#source-"):
        return loose(block.text).removeprefix(CODE).strip() in listed_sources()
    if page.kind == "data" and "The PollBench founders" in block.text:
        return with_numbers(block.text) <= with_numbers(cited(page))
    if page.kind == "measures" and block.element == "dd":
        return len(block.text) > 20 and with_numbers(block.text) <= with_numbers(references())
    return False


def spaced(text: str) -> str:
    """A text with single spaces, code in backticks as one sign."""
    return loose(re.sub(r"(`+).+?\1", CODE, " ".join(text.split())))


def with_numbers(text: str) -> set[str]:
    """The words of a text that hold a digit, without the signs around them."""
    return {word.strip(".-") for word in re.findall(r"[\w./-]*\d[\w./-]*", text.replace("--", "\u2013"))}


@cache
def references() -> str:
    """The literature of the measures."""
    return (ROOT / "datasets" / "pollbench_datasets" / "measures.bib").read_text(encoding="utf-8")


@cache
def cited(page: Page) -> str:
    """What a citation may hold: the file that says how to cite, its day in pieces, and the revisions of the data."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    day = re.search(r'date-released: "([\d-]+)"', text)
    assert day is not None
    revisions = " ".join(f"{name} {revision(name):g}" for name in page.elections)
    return f"{text} {revisions} {' '.join(day[1].split('-'))} pollbench{day[1][:4]} 1.2.0"


@cache
def logs() -> str:
    """The two change logs."""
    files = [ROOT / "CHANGELOG.md", ROOT / "datasets" / "pollbench_datasets" / "CHANGELOG.md"]
    return " ".join(spaced(path.read_text(encoding="utf-8")) for path in files)


@cache
def docstrings() -> list[str]:
    """What the public functions say of themselves."""
    return [inspect.getdoc(getattr(pollbench, name)) or "" for name in pollbench.__all__]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("site", ["silent_site", "later_site"])
def test_every_number_of_every_page_has_a_second_reader(
    request: pytest.FixtureRequest, site: str, locale: str
) -> None:
    walked: Walked = request.getfixturevalue(site)
    answers = answers_of(walked, locale)
    left = [
        complaint
        for language, name in walked.pages
        if language == locale
        for complaint in complaints(walked, name, locale, answers)
    ]
    assert not left, "\n".join(left)


def one_of_each_kind(walked: Walked) -> dict[str, Path]:
    """A page of every kind in French, the longest of its kind: it holds most of what its template can hold."""
    longest: dict[str, Path] = {}
    for path in sorted((walked.folder / "fr").glob("*.html"), key=lambda path: path.stat().st_size):
        longest[Page(path.stem, ()).kind] = path
    return longest


@pytest.mark.parametrize("site", ["silent_site", "later_site"])
def test_a_page_of_every_kind_has_the_structure_that_is_heard(
    request: pytest.FixtureRequest, site: str
) -> None:
    walked: Walked = request.getfixturevalue(site)
    found = {name: faults(path.read_text("utf-8")) for name, path in one_of_each_kind(walked).items()}
    assert len(found) > 20
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_strict_reader_takes_the_pages_of_the_vote_to_come(later_site: Walked) -> None:
    pages = one_of_each_kind(later_site)
    for kind in ("open", "hand-in", "rehearsal", "vote", "start", "houses"):
        if kind in pages:
            html5lib.HTMLParser(strict=True).parse(pages[kind].read_text("utf-8"))
    assert {"open", "hand-in", "rehearsal", "vote"} <= set(pages)


@pytest.mark.parametrize("site", ["silent_site", "later_site"])
def test_no_link_from_page_to_page_is_broken(request: pytest.FixtureRequest, site: str) -> None:
    walked: Walked = request.getfixturevalue(site)
    assert broken(walked.folder) == []


def test_the_french_pages_of_later_votes_speak_french(later_site: Walked, all_elections: Bench) -> None:
    names = names_in(all_elections)
    found = {
        path.name: english_on(path.read_text("utf-8"), names)
        for path in (later_site.folder / "fr").glob("*.html")
    }
    assert len(found) > 50
    assert {name: english for name, english in found.items() if english} == {}


def test_no_page_of_a_later_vote_weighs_60_kilobytes(later_site: Walked) -> None:
    weights = {path: len(gzip.compress(path.read_bytes())) for path in later_site.folder.rglob("*.html")}
    assert {path.name: weight for path, weight in weights.items() if weight >= 60_000} == {}


@pytest.mark.parametrize("site", ["silent_site", "later_site"])
def test_every_page_of_a_site_is_known(request: pytest.FixtureRequest, site: str) -> None:
    walked: Walked = request.getfixturevalue(site)
    written = {name for _, name in walked.pages}
    unknown = {name for name in written if Page(name, ()).kind not in KINDS}
    assert not unknown, f"pages without second readers: {sorted(unknown)}"
    expected = set(PAGES) | {f"vote-{contest}" for contest in boards.finished(walked.elections)}
    assert expected <= written
    assert {name for language, name in walked.pages if language == "en"} == written
    assert {name for language, name in walked.pages if language == "fr"} == written


def changed(walked: Walked, name: str, old: str, new: str) -> Walked:
    """A copy of a walked site in which one page has another number in one sentence."""
    page = walked.pages["en", name]
    blocks = [replace(block, text=block.text.replace(old, new)) for block in page.blocks]
    assert blocks != page.blocks
    spoilt = copy(page)
    spoilt.blocks = blocks
    return replace(walked, pages={**walked.pages, ("en", name): spoilt})


def test_a_wrong_number_is_named_with_its_page_and_sentence(silent_site: Walked) -> None:
    name = "vote-fr-pres-2017-r1"
    spoilt = changed(silent_site, name, "below 3.5 points", "below 3.9 points")
    wrong = complaints(spoilt, name, "en", answers_of(spoilt, "en"))
    assert [name in one and "below 3.9 points" in one for one in wrong] == [True]
    house = changed(silent_site, "house-filteris", "2.15 points", "2.51 points")
    wrong = complaints(house, "house-filteris", "en", answers_of(house, "en"))
    assert ["house-filteris" in one and "2.51 points" in one for one in wrong] == [True]


def test_a_new_sentence_without_a_reader_is_named_with_its_page(silent_site: Walked) -> None:
    name = "houses"
    spoilt = copy(silent_site.pages["en", name])
    spoilt.blocks = [*spoilt.blocks, Block(("main.page#main", "p"), "In all 41 houses stand here.")]
    walked = replace(silent_site, pages={**silent_site.pages, ("en", name): spoilt})
    (wrong,) = complaints(walked, name, "en", answers_of(walked, "en"))
    assert name in wrong
    assert "In all 41 houses stand here." in wrong
    filled = Filled(
        "votes.tie_range", {"points": "9.9 points"}, "One vote shows no difference below 9.9 points."
    )
    noted = replace(silent_site, notes={**silent_site.notes, "en": {filled.outcome: filled}})
    answers = answers_of(noted, "en")
    page = Page("vote-fr-pres-2017-r1", silent_site.elections)
    (wrong,) = answers.complaints(filled.outcome, "p", readers_of(page))
    assert "votes.tie_range says [9.9]" in wrong
    unread = Filled("houses.of", {"name": "12 houses"}, "The record of 12 houses in the elections held here")
    answers = answers_of(replace(noted, notes={"en": {unread.outcome: unread}}), "en")
    (wrong,) = answers.complaints(unread.outcome, "p", readers_of(page))
    assert "houses.of has no second reader" in wrong


def test_a_page_of_a_new_kind_needs_readers() -> None:
    assert Page("vote-fr-pres-2017-r1", ()).kind in KINDS
    assert Page("prices", ()).kind not in KINDS
