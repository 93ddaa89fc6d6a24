"""Both languages are complete, and every text is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pollbench_dashboards
from pollbench_dashboards.language.typography import NARROW, NO_BREAK, typeset_french
from pollbench_dashboards.language.words import Words, templates

FOLDER = Path(pollbench_dashboards.__file__).parent


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_hold_the_same_keys() -> None:
    assert set(templates("en")) == set(templates("fr"))


def test_both_languages_fill_the_same_places() -> None:
    english, french = templates("en"), templates("fr")
    differing = {key for key in english if places(english[key]) != places(french[key])}
    assert differing == set()


def test_no_french_text_was_left_in_english() -> None:
    english, french = templates("en"), templates("fr")
    # Long sentences can only be equal if somebody forgot to translate one.
    assert [key for key in english if len(english[key]) > 40 and english[key] == french[key]] == []


def test_every_text_is_used_somewhere() -> None:
    sources = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.j2")]
    everything = "\n".join(path.read_text("utf-8") for path in sources)
    unused = []
    for key in templates("en"):
        section, _, name = key.rpartition(".")
        # A key is named whole, by its last part after a computed section, or by a computed last part.
        named = key in everything or f".{name}" in everything or f'"{name}"' in everything
        if not (named or f"{section}." in everything or f"{section.rpartition('.')[0]}." in everything):
            unused.append(key)
    assert unused == []


def test_french_numbers_use_commas_and_narrow_spaces() -> None:
    words = Words("fr")
    assert words.share(24.009) == f"24,0{NARROW}%"
    assert words.count(36054394) == f"36{NARROW}054{NARROW}394"
    assert words.number(-3.98, signed=True) == "\u22124,0"


def test_french_typography_has_no_breakable_space_before_punctuation() -> None:
    words = Words("fr")
    for key, text in templates("fr").items():
        if not key.startswith("month"):
            assert not re.search(r" [;!?%»]| :(\s|$)|« ", typeset_french(text)), key
    assert words("caption.none").startswith(f"Source{NO_BREAK}:")


def test_a_rounded_zero_has_no_sign() -> None:
    assert Words("en").number(-0.04, signed=True) == "0.0"
