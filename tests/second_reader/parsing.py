"""The numbers of a printed sentence."""

from __future__ import annotations

import re
from functools import cache

from pollbench_dashboards.language.words import Words


@cache
def spelled_out(locale: str) -> list[tuple[re.Pattern[str], str]]:
    """The numbers from two to ten in words, the longest first, each with its figure."""
    words = Words(locale)
    spelled = {words.spelled(kind, value): value for kind in ("cardinal", "place") for value in range(3, 11)}
    order = sorted(spelled, key=len, reverse=True)
    return [(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"), str(spelled[word])) for word in order]


def numbers(text: str, locale: str) -> list[float]:
    """The numbers of a sentence, those from two to ten that are spelled out among them, in order."""
    # Grouping spaces of thousands are no ends of numbers.
    plain = re.sub(r"(?<=\d)[\u202f\u00a0](?=\d{3})", "", text)
    plain = plain.replace(",", ".") if locale == "fr" else re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    for word, figure in spelled_out(locale):
        plain = word.sub(figure, plain)
    return [float(each) for each in re.findall(r"\d+(?:\.\d+)?", plain)]
