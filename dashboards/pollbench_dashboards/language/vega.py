"""How Vega writes the numbers and times of a locale, from the Unicode CLDR."""

from __future__ import annotations

from functools import cache
from typing import Any

from pollbench.language.formats import cldr
from pollbench.language.texts import language
from pollbench_dashboards.language.words import Words

#: Days of a week as Vega counts them, from Sunday; CLDR counts from Monday.
SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)


@cache
def number_format(locale: str) -> dict[str, Any]:
    """The ``formatLocale`` of Vega.

    Examples
    --------
    >>> number_format("fr")["decimal"], number_format("en")["thousands"]
    (',', ',')
    """
    symbols = cldr(language(locale).cldr).number_symbols["latn"]
    percent = Words(locale).share(0, 0).replace("0", "", 1)
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
        "percent": percent,
    }


def decimal_comma(locale: str) -> bool:
    """Whether a language writes a comma before decimals, as its spreadsheets expect it.

    Examples
    --------
    >>> decimal_comma("fr"), decimal_comma("en")
    (True, False)
    """
    return bool(number_format(locale)["decimal"] == ",")


@cache
def time_format(locale: str) -> dict[str, Any]:
    """The ``timeFormatLocale`` of Vega.

    Examples
    --------
    >>> time_format("fr")["shortMonths"][:2], time_format("en")["days"][0]
    (['janv.', 'févr.'], 'Sunday')
    """
    names = cldr(language(locale).cldr)

    def days(width: str) -> list[str]:
        return [names.days["format"][width][day] for day in SUNDAY_FIRST]

    def months(width: str) -> list[str]:
        return [names.months["format"][width][month] for month in range(1, 13)]

    return {
        "dateTime": "%-d %B %Y, %H:%M:%S",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": [names.day_periods["format"]["abbreviated"][half] for half in ("am", "pm")],
        "days": days("wide"),
        "shortDays": days("abbreviated"),
        "months": months("wide"),
        "shortMonths": months("abbreviated"),
    }
