"""How to cite: three forms, each with the revisions that were used."""

from __future__ import annotations

import re

import pytest

from pollbench.attribution.citation import cite, of_revisions
from pollbench.data.bench import Bench
from pollbench.errors import UnknownName
from pollbench.version import __version__


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
