"""Numbers, days, lists and plurals of a locale, from the Unicode CLDR through Babel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel import Locale

#: The sign of a number below zero; CLDR has the hyphen of a keyboard.
MINUS = "\u2212"
#: What stands for a number that there is not.
NO_NUMBER = "–"


@cache
def cldr(name: str) -> Locale:
    """The locale of CLDR called ``name``."""
    from babel import Locale

    return Locale.parse(name)


@lru_cache(maxsize=4096)
def number(name: str, value: float, decimals: int, *, signed: bool = False) -> str:
    """A number with the grouping and the decimal mark of a locale.

    A value that rounds to zero is printed without sign; infinity as a symbol; no number as a dash.

    Examples
    --------
    >>> number("en_GB", -1234.56, 1), number("de", -1234.56, 1), number("en_GB", -0.04, 1, signed=True)
    ('−1,234.6', '−1.234,6', '0.0')
    """
    if math.isnan(value):
        return NO_NUMBER
    if math.isinf(value):
        return f"{MINUS if value < 0 else ''}∞"
    digits = _rounded(value, decimals)
    sign = "" if not digits else MINUS if value < 0 else "+" if signed else ""
    return sign + _applied(cldr(name).decimal_formats[None].pattern, digits, decimals, name)


@lru_cache(maxsize=4096)
def per_cent(name: str, value: float, decimals: int) -> str:
    """A percentage with the sign of a locale, where the locale puts it.

    Examples
    --------
    >>> per_cent("en_GB", 24.009, 1), per_cent("tr", 24.009, 1)
    ('24.0%', '%24,0')
    """
    if not math.isfinite(value):
        return number(name, value, decimals) + _affix(name)
    digits = _rounded(value, decimals)
    shown = _applied(cldr(name).percent_formats[None].pattern, digits.scaleb(-2), decimals, name)
    return MINUS + shown if digits and value < 0 else shown


def _affix(name: str) -> str:
    """What a locale writes after a percentage."""
    return str(cldr(name).percent_formats[None].suffix[0])


def _rounded(value: float, decimals: int) -> Decimal:
    """The size of a number as it is printed: rounded once, half to even on the binary value."""
    return Decimal(f"{abs(value):.{decimals}f}")


def _applied(pattern: str, digits: Decimal, decimals: int, name: str) -> str:
    from babel.numbers import format_decimal

    whole = pattern.partition(";")[0].replace(".###", "")
    fixed = whole.replace("0", "0." + "0" * decimals, 1) if decimals else whole
    return format_decimal(digits, format=fixed, locale=cldr(name))


def day(name: str, value: date, *, year: bool, short: bool) -> str:
    """A day in words.

    Examples
    --------
    >>> day("en_GB", date(2017, 4, 23), year=True, short=False), day("de", date(2017, 4, 3), year=False, short=True)
    ('23 April 2017', '3. Apr.')
    """
    skeleton = f"{'y' if year else ''}{'MMM' if short else 'MMMM'}d"
    return _dated(name, skeleton, value)


def period(name: str, first: date, last: date) -> str:
    """A period of days in short words, what both days share named once.

    Examples
    --------
    >>> period("en_GB", date(2026, 9, 25), date(2026, 9, 29)), period("fr", date(2026, 9, 9), date(2026, 9, 9))
    ('25\u2009–\u200929 Sept 2026', '9 sept. 2026')
    """
    from babel.dates import format_interval

    return str(format_interval(first, last, "yMMMd", locale=cldr(name)))


def month(name: str, value: date) -> str:
    """A month and its year in words.

    Examples
    --------
    >>> month("en_GB", date(2017, 4, 1))
    'April 2017'
    """
    return _dated(name, "yMMMM", value)


def day_in_figures(name: str, value: date) -> str:
    """A day in figures, of two digits, two digits and four.

    Examples
    --------
    >>> day_in_figures("en_GB", date(2017, 4, 3))
    '03/04/2017'
    """
    return _dated(name, "yMMdd", value)


@lru_cache(maxsize=4096)
def _dated(name: str, skeleton: str, value: date) -> str:
    """Kept: the days of a campaign are few."""
    from babel.dates import format_datetime

    return str(format_datetime(value, _pattern(name, skeleton), locale=cldr(name)))


@lru_cache(maxsize=64)
def _pattern(name: str, skeleton: str) -> Any:
    """The pattern of a locale that is closest to a skeleton, kept: to find it takes milliseconds."""
    from babel.dates import match_skeleton

    patterns = cldr(name).datetime_skeletons
    return patterns[skeleton if skeleton in patterns else match_skeleton(skeleton, patterns)]


def listed(name: str, items: Sequence[str], style: Any = "standard") -> str:
    """Names as a phrase: with *and*, or with *or* where ``style`` is ``"or"``.

    Examples
    --------
    >>> listed("en_GB", ["Ipsos", "Elabe", "Odoxa"]), listed("fr", ["Ipsos", "Elabe"], "or")
    ('Ipsos, Elabe and Odoxa', 'Ipsos ou Elabe')
    """
    from babel.lists import format_list

    return format_list(list(items), style=style, locale=cldr(name))


def plural(name: str, value: float, decimals: int = 0) -> str:
    """The plural category of a number as it is printed: zero, one, two, few, many or other.

    Examples
    --------
    >>> plural("en_GB", 1), plural("en_GB", 1.0, 1), plural("fr", 1.94, 1), plural("fr", 2.0, 1)
    ('one', 'other', 'one', 'other')
    """
    if not math.isfinite(value):
        return "other"
    return str(cldr(name).plural_form(_rounded(value, decimals)))


def ordinal(name: str, value: int) -> str:
    """The category of a number in an order: 1st, 2nd, 3rd and 4th are one, two, few and other in English.

    Examples
    --------
    >>> [ordinal("en_GB", position) for position in (1, 2, 3, 4, 11, 22)]
    ['one', 'two', 'few', 'other', 'other', 'two']
    """
    return str(cldr(name).ordinal_form(value))
