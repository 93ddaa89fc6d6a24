"""How to cite: three forms, each with the revisions that were used."""

from __future__ import annotations

import re

import pytest

from pollbench.attribution.citation import cite, of_revisions, sources_bibtex
from pollbench.data.bench import Bench
from pollbench.data.store import load
from pollbench.errors import UnknownName
from pollbench.version import __version__
from tests_support import replace_once, small_election


@pytest.mark.parametrize("style", ["sentence", "bibtex", "cff"])
def test_every_form_names_version_and_revisions(bench: Bench, style: str) -> None:
    text = cite(bench, style)
    assert __version__ in text
    for election, revision in bench.revisions.items():
        assert names(election, revision, style) in text


def names(election: str, revision: str, style: str) -> str:
    """The words of a form that name a data set and its revision."""
    if style == "cff":
        return f'title: "PollBench data set {election}"\n    version: "{revision}"\n'
    return f"{election} revision {revision}"


@pytest.mark.parametrize("style", ["sentence", "bibtex", "cff"])
def test_a_form_names_the_revision_and_not_another_number(style: str) -> None:
    text = of_revisions({"xx-2030": "317"}, style)
    assert names("xx-2030", "317", style) in text
    assert names("xx-2030", "1", style) not in text


def test_bibtex_braces_balance() -> None:
    text = of_revisions({"a": "1"}, "bibtex")
    assert text.count("{") == text.count("}")
    assert re.match(r"@software\{\w+,", text)


def test_an_unknown_form_is_named() -> None:
    with pytest.raises(UnknownName, match="bibtex"):
        cite(style="bibtxt")


def test_an_unknown_style_is_answered_with_those_there_are():
    with pytest.raises(UnknownName, match=r"There is no citation style 'bibtext'\. Did you mean 'bibtex'"):
        of_revisions({}, "bibtext")


@pytest.mark.parametrize("style", ["sentence", "bibtex", "cff"])
def test_without_data_sets_the_program_alone_is_cited(style):
    text = of_revisions({}, style)
    assert "Data sets" not in text
    assert "references" not in text
    assert __version__ in text


def test_every_source_is_one_entry_whose_braces_and_signs_tex_can_read(tmp_path):
    folder = small_election(tmp_path)
    replace_once(folder / "sources.csv", "A page", "50 % of {A & B}")
    with load(folder) as bench:
        text = sources_bibtex(bench)
        known = set(bench.table("source").source_id)
    entry = "@misc{s,\n  title = {50 \\% of A \\& B},\n  url = {http://example.org/},\n}"
    assert entry in text
    assert text.count("@misc{") == len(known)
