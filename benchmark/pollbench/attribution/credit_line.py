"""The credit of a poll in one sentence, for a page that has no room for more than its legal mentions in the appendix."""

from __future__ import annotations

from pollbench.attribution.legal_notice import NO_LAW, law_texts
from pollbench.attribution.notice_fields import Row, text_of
from pollbench.language.words import Words


def credit_line(row: Row, locale: str) -> str:
    """Who asked, for whom, how many, when.

    What the data set does not hold is said to be unknown.

    Parameters
    ----------
    row : columns name, sponsors, sample_size, measured_from, measured_to, law, as ``legal_notice.ROWS`` selects them.
    locale : a folder of texts, such as "fr".

    Examples
    --------
    >>> from datetime import date
    >>> row = {"name": "Elabe", "sponsors": "BFM TV; L'Express", "sample_size": 1445,
    ...        "measured_from": date(2017, 4, 19), "measured_to": date(2017, 4, 20)}
    >>> credit_line(row, "en")
    'Elabe for BFM TV and L’Express, 1,445 people, 19 and 20 April 2017'
    """
    words = Words(locale)
    law, _ = law_texts(str(text_of(row.get("law")) or NO_LAW), locale)
    named = [entry.strip() for entry in str(text_of(row.get("sponsors")) or "").split(";")]
    sponsors = [law.get("translation", {}).get(entry, entry) for entry in named if entry]
    house = str(row["name"])
    who = words("credit.ordered", house=house, sponsors=words.join(sponsors, most=9)) if sponsors else house
    size = text_of(row.get("sample_size"))
    persons = words("credit.persons", number=words.count(float(size))) if size else words("credit.no_size")
    return words.typeset(", ".join((who, persons, _days(row, words))))


def _days(row: Row, words: Words) -> str:
    """The days of the questions: one, two that follow, or from one to another."""
    if not text_of(row.get("measured_to")):
        return words("credit.no_days")
    last = row["measured_to"]
    first = row["measured_from"] if text_of(row.get("measured_from")) else None
    if first is None or first == last:
        return words.day(last)
    same_month = (first.year, first.month) == (last.year, last.month)
    begun = words.day(first, year=first.year != last.year)
    if same_month:
        begun = next(token for token in begun.split() if any(sign.isdigit() for sign in token))
    key = "credit.two_days" if (last - first).days == 1 else "credit.span"
    return words(key, first=begun, last=words.day(last))
