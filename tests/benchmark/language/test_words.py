"""Words of a language: an unknown name is answered, and numbers that are none are printed as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from pollbench.errors import UnknownName, reason
from pollbench.language import formats, texts
from pollbench.language.words import Words


def test_a_text_and_a_language_that_there_are_not_are_answered_with_close_names():
    with pytest.raises(UnknownName, match=r"There is no text 'list\.other'\. Did you mean 'list\.others'"):
        Words("en")("list.other")
    with pytest.raises(UnknownName, match="There is no locale 'xx'"):
        texts.known_templates("xx")
    assert not Words("en").has("list.other")


@pytest.mark.parametrize("value", [0.0, float("inf"), float("-inf"), float("nan")])
def test_what_has_no_digits_is_printed_without_them_at_every_precision(value):
    words = Words("en")
    shown = {0.0: "0", float("inf"): "∞", float("-inf"): "−∞"}.get(value, formats.NO_NUMBER)
    assert {words.rounded(value), words.significant(value), words.count(value)} == {shown}


def test_infinity_takes_the_form_of_most_numbers():
    assert formats.plural("en_GB", float("inf")) == "other"
    assert formats.per_cent("fr", float("inf"), 1) == "∞\u00a0%"


def test_a_folder_of_texts_that_is_known_is_not_looked_into_twice(monkeypatch, tmp_path):
    monkeypatch.setattr(texts, "_FOLDERS", list(texts._FOLDERS))
    before = texts.text_folders()
    for _ in range(2):
        texts.add_texts(tmp_path)
    assert texts.text_folders() == (*before, Path(tmp_path))
    # A folder without the language adds nothing to it.
    assert texts.known_templates("en") == Words("en")._texts


def test_an_error_of_ours_says_itself_and_another_its_kind():
    assert reason(UnknownName("There is\nno such.")) == "There is no such."
    assert reason(ValueError("a\n b")) == "ValueError: a b"


def test_a_french_interval_stays_on_one_line_with_its_value_and_a_clause_does_not():
    french = Words("fr")
    assert french.typeset("18,0 [3,2 ; 9,5] ; ensuite") == "18,0\u00a0[3,2\u202f;\u00a09,5]\u202f; ensuite"
    assert french.typeset("[une longue remarque ; une autre remarque]").count("\u00a0") == 0
