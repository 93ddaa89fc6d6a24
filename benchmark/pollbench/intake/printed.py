"""Numbers as people print them: shares, sizes, and the marks around them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

#: Cells that say that there is no figure.
NOTHING = {
    "", "-", "–", "—", "−", "*", "/", "?", "x", ".", "..", "...", "n/a", "na", "nan", "none", "null", "nc", "nd", "n.c.",
    "n.a.", "tba", "tbd", "not available", "n/d", "nv",
}  # fmt: skip
SPACES = " \t\u00a0\u2009\u202f\u2007"
CENT = Decimal("0.01")

_FOOTNOTE = re.compile(r"\[[^\]]{0,12}\]|[*†‡§]+$")
_FIGURE = re.compile(
    r"(?P<mark>[<>≤≥~≈±]|c\.|ca\.?|circa|env\.?|environ|about|approx\.?|less than|moins de|unter|more than|plus de|über)?"
    r"\s*(?P<number>[-+]?\d*[.,]?\d+)\s*(?:%|pct|pts?)?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_MARKS = {
    "<": "lt", "≤": "lt", "less than": "lt", "moins de": "lt", "unter": "lt",
    ">": "gt", "≥": "gt", "more than": "gt", "plus de": "gt", "über": "gt",
}  # fmt: skip


def clean(text: str) -> str:
    """``text`` without footnote marks, with single plain spaces."""
    for space in SPACES:
        text = text.replace(space, " ")
    return re.sub(r" +", " ", _FOOTNOTE.sub("", text.strip())).strip()


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no figure.

    Examples
    --------
    >>> [is_nothing(text) for text in ("", "–", "N/A", "0")]
    [True, True, True, False]
    """
    return clean(text).casefold() in NOTHING


def share(text: str) -> tuple[Decimal, str, str] | None:
    """Read a printed share.

    Returns
    -------
    value, flag ("lt", "gt", "about" or "") and what stands behind the figure (a name, in some
    tables); None if the cell holds no figure at all.

    Raises
    ------
    ValueError : the cell holds something that is no share.

    Examples
    --------
    >>> share("34,5 %"), share("< 0,5"), share("34 Bardella"), share("–")
    ((Decimal('34.5'), '', ''), (Decimal('0.5'), 'lt', ''), (Decimal('34'), '', 'Bardella'), None)
    """
    text = clean(text)
    if text.casefold() in NOTHING:
        return None
    match = _FIGURE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    rest = match["rest"].strip(" ()")
    if any(character.isdigit() for character in rest):
        raise ValueError(text)
    mark = (match["mark"] or "").casefold()
    flag = _MARKS.get(mark, "about" if mark else "")
    return decimal(match["number"]), flag, rest


def decimal(text: str) -> Decimal:
    """The number that ``text`` prints, with a decimal comma or point; ValueError if it prints none."""
    try:
        number = Decimal(clean(text).replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number


def count(text: str) -> int | None:
    """Read a number of people; None if the cell holds none.

    Raises
    ------
    ValueError : the cell holds something else.

    Examples
    --------
    >>> [count(text) for text in ("1 501", "1,501", "c. 1000", "~2.000", "1245.83", "n/a")]
    [1501, 1501, 1000, 2000, 1245, None]
    """
    text = clean(text)
    if text.casefold() in NOTHING:
        return None
    match = re.fullmatch(r"\D{0,12}?(\d[\d .,'’]*)\D{0,24}", text)
    if match is None:
        raise ValueError(text)
    digits = match[1].strip(" .,'’")
    if re.fullmatch(r"\d{1,3}([ .,'’]\d{3})+", digits):
        return int(re.sub(r"\D", "", digits)) or None
    if re.fullmatch(r"\d+([.,]\d+)?", digits):
        # A base that was computed (1245.83) is cut: respondents are whole numbers.
        return int(Decimal(digits.replace(",", "."))) or None
    raise ValueError(text)


def rounded(value: Decimal) -> Decimal:
    """``value`` with the two decimals that a table of figures holds, without trailing zeros."""
    return plain(value.quantize(CENT, ROUND_HALF_EVEN))


def plain(value: Decimal) -> Decimal:
    """``value`` without trailing zeros and without an exponent."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
