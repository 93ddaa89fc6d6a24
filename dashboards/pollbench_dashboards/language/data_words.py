"""What frames say in words of the data set, in the language of a chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from pollbench.language.texts import translations
from pollbench_dashboards.language.words import Words

#: Columns that charts print as they stand; what they look up or compare stands in others.
COLUMNS = ("name", "reported", "statement", "stated", "best", "adaptive")


def translated_frames(
    frames: Mapping[str, pd.DataFrame], names: Iterable[str], words: Words
) -> Mapping[str, pd.DataFrame]:
    """The named frames with their printed columns in the language of ``words``."""
    if words.is_source:
        return frames
    return {name: translated_columns(frames[name], words) for name in names}


def translated_columns(table: pd.DataFrame, words: Words, columns: Iterable[str] = COLUMNS) -> pd.DataFrame:
    """The table with these columns in the language; what has no translation stays English."""
    if words.is_source:
        return table
    known = translations("data", words.locale)
    changed = {}
    for column in columns:
        if column in table:
            translated = {text: known[text] for text in table[column].dropna().unique() if text in known}
            if any(english != text for english, text in translated.items()):
                changed[column] = table[column].replace(translated)
    return table.assign(**changed)


def column_in_language(table: pd.DataFrame, column: str, words: Words) -> pd.Series:
    """A column of the data in the language of ``words``; what has no translation stays as it is written."""
    return table[column].map(lambda text: words.translated(text, "data"))


def translated_remarks(text: str, words: Words) -> str:
    """Remarks that stand in one field, separated by semicolons, in the language.

    Examples
    --------
    >>> translated_remarks("already; base not known", Words("fr")).replace(chr(0x202F), "_")
    'déjà atteint_; base inconnue'
    """
    return words.listed(words.translated(remark, "data") for remark in text.split("; "))
