"""Every language is complete, and every text is used."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from pollbench.language.texts import SOURCE_LOCALE, locales, templates
from pollbench_dashboards.language.words import Words
from text_keys import doubled_keys, unused_keys

#: Plural categories of the Unicode CLDR that a language may have besides ``other``.
PLURALS = {"zero", "one", "two", "few", "many"}
NARROW, NO_BREAK = "\u202f", "\u00a0"


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def needed(locale: str) -> dict[str, str]:
    """The texts that every language must have; of plurals only ``other``, as languages differ in the rest."""
    texts = templates(locale)
    plurals = {key.removesuffix(".other") for key in texts if key.endswith(".other")}
    return {
        key: text
        for key, text in texts.items()
        if key.rpartition(".")[0] not in plurals or key.rpartition(".")[2] not in PLURALS
    }


@pytest.mark.parametrize("locale", [locale for locale in locales() if locale != SOURCE_LOCALE])
def test_a_language_holds_the_keys_of_the_source(locale: str) -> None:
    assert set(needed(locale)) == set(needed(SOURCE_LOCALE))


@pytest.mark.parametrize("locale", [locale for locale in locales() if locale != SOURCE_LOCALE])
def test_a_language_fills_what_the_source_fills(locale: str) -> None:
    source, texts = needed(SOURCE_LOCALE), templates(locale)
    assert {key for key in source if places(source[key]) != places(texts[key])} == set()


@pytest.mark.parametrize("locale", locales())
def test_no_key_stands_in_two_files(locale: str) -> None:
    assert doubled_keys(locale) == []


def test_no_french_text_was_left_in_english() -> None:
    english, french = templates("en"), templates("fr")
    # Long sentences can only be equal if one was not translated.
    assert [key for key in english if len(english[key]) > 40 and english[key] == french[key]] == []


@pytest.mark.parametrize("locale", locales())
def test_no_text_says_what_the_glossary_rules_out(locale: str) -> None:
    texts = templates(locale)
    avoided = {text for key, text in texts.items() if key.startswith("glossary.") and key.endswith(".avoid")}
    assert avoided
    assert [
        (key, term)
        for key, text in texts.items()
        for term in avoided
        if term in text.lower() and not key.endswith(".avoid")
    ] == []


def test_every_text_is_used_by_its_name() -> None:
    assert unused_keys(templates(SOURCE_LOCALE)) == []


@pytest.mark.parametrize("key", ["label.nobody_asks_for_it", "quantity.nonsense", "rule.below_nonsense"])
def test_a_text_that_nothing_asks_for_is_seen(key: str) -> None:
    assert unused_keys([*templates(SOURCE_LOCALE), key]) == [key]


def test_french_numbers_use_commas_and_narrow_spaces() -> None:
    words = Words("fr")
    assert words.share(24.009) == f"24,0{NARROW}%"
    assert words.count(36054394) == f"36{NARROW}054{NARROW}394"
    assert words.number(-3.98, signed=True) == "\u22124,0"


def test_french_typography_has_no_breakable_space_before_punctuation() -> None:
    words = Words("fr")
    for key, text in templates("fr").items():
        assert not re.search(r" [;!?%»]| :(\s|$)|« ", text), key
    assert words("caption.none").startswith(f"Source{NO_BREAK}:")


def test_a_rounded_zero_has_no_sign() -> None:
    assert Words("en").number(-0.04, signed=True) == "0.0"


@pytest.mark.parametrize(("locale", "black"), [("en", r"\bblack\b"), ("fr", r"\bnoire?s?\b")])
def test_no_text_of_a_chart_names_a_colour_that_the_dark_theme_turns_round(locale: str, black: str) -> None:
    assert [key for key, text in templates(locale).items() if re.search(black, text)] == []
