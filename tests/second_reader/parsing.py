"""The numbers of a printed sentence."""

from __future__ import annotations

import re

from pollbench_dashboards.language.words import Words


def numbers(text: str, locale: str) -> list[float]:
    """The numbers of a sentence, those from two to ten that are spelled out among them, in order."""
    words = Words(locale)
    # Grouping spaces of thousands are no ends of numbers.
    plain = re.sub(r"(?<=\d)[\u202f\u00a0](?=\d{3})", "", text)
    plain = plain.replace(",", ".") if locale == "fr" else re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    spelled = {words.spelled(kind, value): value for kind in ("cardinal", "place") for value in range(3, 11)}
    for word in sorted(spelled, key=len, reverse=True):
        plain = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", str(spelled[word]), plain)
    return [float(each) for each in re.findall(r"\d+(?:\.\d+)?", plain)]
