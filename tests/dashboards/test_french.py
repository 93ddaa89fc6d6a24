"""The French of what is written in English elsewhere: measures, comments of the schema, words of the data."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

import pytest

from pollbench.measures import registered
from pollbench.policy import Policy
from pollbench.store import Bench
from pollbench_dashboards.rules import NAMING, PLAIN, policy_in_full, reason_in_words
from pollbench_dashboards.words import Origin, Words, translations

Texts = dict[str, str]


def of_measures(_: Bench) -> Texts:
    """English text -> the measure it belongs to."""
    found: Texts = {}
    for name, measure in registered().items():
        summary = inspect.cleandoc(measure.function.__doc__ or "").split("\n")[0]
        for text in (measure.title, summary, measure.sign, measure.unit, measure.zeros):
            if text:
                found.setdefault(text, f"the measure {name}")
    return found


def of_dictionary(bench: Bench) -> Texts:
    """English comment -> the table and column it belongs to."""
    found: Texts = {}
    for row in bench.dictionary().itertuples():
        found.setdefault(str(row.table_meaning), f"the table {row.table_name}")
        found.setdefault(str(row.meaning), f"the column {row.table_name}.{row.column_name}")
    return found


def of_data(bench: Bench) -> Texts:
    """English words of a row -> the row, for every field that a page or a chart prints."""
    fields = {
        "forecaster": ("operator", "partners", "alignment", "measures", "population"),
        "assumption": ("meaning", "unit"),
        "figure": ("statement", "stated_value", "official_value"),
    }
    found: Texts = {}
    for table, columns in fields.items():
        rows = bench.table(table)
        for column in columns:
            for text in rows[column].dropna():
                found.setdefault(str(text), f"{table}.{column}")
    operations = bench.frame("SELECT reported, unit FROM evidence WHERE quantity_reported IS NOT NULL")
    for text in [*operations.reported, *operations.unit.dropna()]:
        found.setdefault(str(text), "evidence")
    # Said by a sentence of its own, in both languages.
    del found["none documented"]
    return found


ORIGINS: dict[Origin, Callable[[Bench], Texts]] = {
    "measures": of_measures,
    "dictionary": of_dictionary,
    "data": of_data,
}


@pytest.mark.parametrize("origin", ORIGINS)
def test_every_english_text_has_its_french_and_none_is_left_over(
    origin: Origin, all_elections: Bench
) -> None:
    english = ORIGINS[origin](all_elections)
    french = translations(origin)
    missing = [
        f'"{text}", of {place}'
        for text, place in english.items()
        if text not in french and any(letter.isalpha() for letter in text)
    ]
    left_over = [text for text in french if text not in english]
    assert (missing, left_over) == ([], []), (
        f"text/{origin}_fr.toml is not what is written in English any more. Look at the French of what changed, "
        f"then correct both sides of its line. Without French: {missing}. French of nothing: {left_over}."
    )


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_text_was_left_in_english(origin: Origin) -> None:
    # Names and short words may be the same in both languages; sentences are not.
    assert [
        english for english, french in translations(origin).items() if english == french and len(english) > 45
    ] == []


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_typography_is_french(origin: Origin) -> None:
    for text in translations(origin).values():
        assert not re.search(r" [;!?%»]| :(\s|$)|« ", text), text
        # A semicolon or a colon inside an address, an id or a key in brackets is not punctuation of ours.
        bare = re.sub(r"\[[^]]*\]|\w+:<[^>]*>", "", text)
        assert not re.search(r"\w[;!?]|\w:(\s|$)|\d\.\d|\d,\d{3}\b|[\"“”]", bare), text


def test_a_text_nobody_translated_is_marked_as_english() -> None:
    words = Words("fr")
    assert str(words.marked("a <b> of his own", "data")) == '<span lang="en">a &lt;b&gt; of his own</span>'
    assert str(words.marked("12", "data")) == "12"
    assert (
        str(Words("en").marked("the length of ``clr_bias``", "measures"))
        == "the length of <code>clr_bias</code>"
    )


def test_every_reason_is_said_in_words(all_elections: Bench) -> None:
    from pollbench.comparison import compare

    for policy in (
        Policy(missing="drop"),
        Policy(missing="drop", statuses=("forecast",), as_of="2017-04-20"),
    ):
        for comparison in compare(all_elections, policy):
            for reason in comparison.left_out.reason:
                assert reason in PLAIN or reason.startswith(tuple(NAMING)), reason
                for locale in ("en", "fr"):
                    assert reason_in_words(reason, {}, Words(locale)) != "", reason
    assert (
        reason_in_words("lacks le-pen", {"le-pen": "Marine Le Pen"}, Words("fr"))
        == "pas de chiffre pour Le Pen"
    )
    assert reason_in_words("public only on 2017-04-24", {}, Words("en")) == "public only on 24 April 2017"
    assert reason_in_words("a rule of tomorrow", {}, Words("fr")) == "a rule of tomorrow"


@pytest.mark.parametrize(
    "policy",
    [
        Policy(),
        Policy(as_of="2017-04-20", within_days=None, select="all", lineup="near-final", below="zero"),
        Policy(candidates=("macron", "le-pen"), lineup="any", below="bound", missing="impute:uniform"),
        Policy(candidates="main4", statuses=("index",), quantities=("approval", "rank"), missing="drop"),
    ],
)
def test_a_policy_is_said_in_full_in_both_languages(policy: Policy) -> None:
    people = {"macron": "Emmanuel Macron", "le-pen": "Marine Le Pen"}
    english, french = (policy_in_full(policy, people, Words(locale)) for locale in ("en", "fr"))
    assert english.endswith(".")
    assert french.endswith(".")
    assert english != french
    assert "{" not in english + french
    if policy.candidates == ("macron", "le-pen"):
        assert "Macron et Le Pen" in french
