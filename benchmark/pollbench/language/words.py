"""The voice of a locale: its templates filled, its numbers, days and lists in its own typography."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from pollbench.errors import UnknownName
from pollbench.language import formats
from pollbench.language.texts import (
    SOURCE_LOCALE,
    Origin,
    known_templates,
    language,
    replaced,
    translations,
)


class Words:
    """The texts and the typography of one locale.

    Parameters
    ----------
    locale : a folder of ``text/``, such as "en" or "fr".

    Raises
    ------
    UnknownName : there is no such folder.

    Examples
    --------
    >>> Words("en").share(24.009), Words("fr").share(24.009)
    ('24.0%', '24,0\u202f%')
    """

    def __init__(self, locale: str) -> None:
        self._language = language(locale)
        self._texts = known_templates(locale)
        self._cldr = self._language.cldr
        self.locale = locale

    def __call__(self, key: str, **values: object) -> str:
        """Fill the template called ``key``; the values are already text or whole numbers."""
        if key not in self._texts:
            raise UnknownName.of(kind="text", name=key, known=self._texts)
        text = self._texts[key]
        return replaced(text.format(**values) if values else text, self._language.filled)

    def has(self, key: str) -> bool:
        """Whether a template of that name exists."""
        return key in self._texts

    @property
    def is_source(self) -> bool:
        """Whether this is the language of the code and the data, so that nothing has to be translated."""
        return self.locale == SOURCE_LOCALE

    def typeset(self, text: str) -> str:
        """A text from a file of the data, with the spaces and apostrophes of the language.

        Examples
        --------
        >>> Words("fr").typeset("Marges d'erreur à 95 %")
        'Marges d’erreur à 95\u202f%'
        """
        return replaced(text, self._language.typeset)

    def translated(self, english: str, origin: Origin) -> str:
        """A text from elsewhere in this language; the English where there is no translation.

        Examples
        --------
        >>> Words("fr").translated("unheard of", "data")
        'unheard of'
        """
        if self.is_source:
            return self.typeset(english)
        return translations(origin, self.locale).get(english, english)

    def number(self, value: float, decimals: int = 1, *, signed: bool = False) -> str:
        """A number with grouped thousands and the decimal mark of the language.

        A value that rounds to zero is printed without sign; infinity as a symbol.

        Examples
        --------
        >>> Words("en").number(-0.04, signed=True), Words("en").number(-1234.56)
        ('0.0', '\u22121,234.6')
        """
        return formats.number(self._cldr, value, decimals, signed=signed)

    def count(self, value: float) -> str:
        """A whole number with grouped thousands."""
        return self.number(value, 0)

    def rounded(self, value: float, digits: int = 2) -> str:
        """A whole number with no more than ``digits`` significant digits, for rough magnitudes.

        Examples
        --------
        >>> Words("en").rounded(12345), Words("en").rounded(7)
        ('12,000', '7')
        """
        if not math.isfinite(value) or value == 0:
            return self.number(value, 0)
        step = 10 ** max(0, math.floor(math.log10(abs(value))) - digits + 1)
        return self.number(round(value / step) * step, 0)

    def significant(self, value: float, digits: int = 6) -> str:
        """A number with no more than ``digits`` significant digits and no trailing zeros.

        Examples
        --------
        >>> Words("en").significant(31900000), Words("en").significant(0.0500), Words("fr").significant(0.114)
        ('31,900,000', '0.05', '0,114')
        """
        if not math.isfinite(value) or value == 0:
            return self.number(value, 0)
        decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        plain = f"{abs(value):.{decimals}f}"
        return self.number(value, len(plain.rstrip("0").partition(".")[2]))

    def share(self, value: float, decimals: int = 1) -> str:
        """A share: ``24.0%`` or ``24,0 %``."""
        return self.typeset(formats.per_cent(self._cldr, value, decimals))

    def points(self, value: float, decimals: int = 1, *, signed: bool = False) -> str:
        """A difference between shares, with the word: ``2.1 points``.

        Examples
        --------
        >>> Words("fr").points(1.94), Words("fr").points(2.1), Words("en").points(1.0)
        ('1,9\xa0point', '2,1\xa0points', '1.0 points')
        """
        shown = self.number(value, decimals, signed=signed)
        return self.plural("unit.point", value, decimals, number=shown)

    def plural(self, key: str, value: float, decimals: int = 0, **values: object) -> str:
        """Fill the template that the number asks for: ``<key>.one``, ``<key>.other`` and so on.

        Examples
        --------
        >>> Words("en").plural("unit.point", 1, number="1")
        '1 point'
        """
        form = f"{key}.{formats.plural(self._cldr, value, decimals)}"
        return self(form if self.has(form) else f"{key}.other", **values)

    def day(self, value: date, *, year: bool = True, short: bool = False) -> str:
        """A day in words.

        Examples
        --------
        >>> Words("en").day(date(2017, 4, 23)), Words("fr").day(date(2017, 5, 1), year=False)
        ('23 April 2017', '1er\xa0mai')
        """
        return replaced(formats.day(self._cldr, value, year=year, short=short), self._language.day)

    def period(self, first: date | None, last: date) -> str:
        """A period of days in short words, what both days share named once; one day alone where ``first`` is not known.

        Examples
        --------
        >>> Words("fr").period(date(2026, 9, 25), date(2026, 9, 29)), Words("fr").period(None, date(2026, 9, 9))
        ('25–29\xa0sept. 2026', '9\xa0sept. 2026')
        """
        return replaced(formats.period(self._cldr, first or last, last), self._language.day)

    def month(self, value: date) -> str:
        """A month and its year in words.

        Examples
        --------
        >>> Words("fr").month(date(2017, 4, 1))
        'avril 2017'
        """
        return formats.month(self._cldr, value)

    def day_in_figures(self, value: date) -> str:
        """A day in figures.

        Examples
        --------
        >>> Words("fr").day_in_figures(date(2017, 4, 3))
        '03/04/2017'
        """
        return formats.day_in_figures(self._cldr, value)

    def rank(self, value: int) -> str:
        """A position in an order, in figures.

        Examples
        --------
        >>> [Words("en").rank(position) for position in (1, 2, 3, 11, 22)], Words("fr").rank(1)
        (['1st', '2nd', '3rd', '11th', '22nd'], '1er')
        """
        form = f"rank.{formats.ordinal(self._cldr, value)}"
        return self(form if self.has(form) else "rank.other", number=value)

    def spelled(self, key: str, value: int) -> str:
        """A number that a language spells out, ``<key>.<value>``; in figures, ``<key>.beyond``, past the last such text.

        Examples
        --------
        >>> Words("fr").spelled("round", 2), Words("en").spelled("round", 27)
        ('second', 'number 27')
        """
        known = f"{key}.{value}"
        return self(known) if self.has(known) else self(f"{key}.beyond", number=value)

    def join(self, names: Iterable[str], most: int = 4) -> str:
        """Names as a phrase; beyond ``most`` the rest is counted.

        Examples
        --------
        >>> Words("en").join(["Ipsos", "Elabe", "Odoxa"])
        'Ipsos, Elabe and Odoxa'
        >>> Words("en").join("abcdef", most=3)
        'a, b, c and 3 others'
        """
        names = list(names)
        if len(names) > most + 1:
            names = [*names[:most], self("list.others", number=len(names) - most)]
        return formats.listed(self._cldr, names)

    def either(self, names: Iterable[str]) -> str:
        """Names as a phrase of alternatives.

        Examples
        --------
        >>> Words("en").either(["forecast", "claimed"])
        'forecast or claimed'
        """
        return formats.listed(self._cldr, list(names), "or")

    def listed(self, parts: Iterable[str]) -> str:
        """Parts of a sentence that hold commas themselves, separated by semicolons.

        Examples
        --------
        >>> Words("en").listed(["Elabe 0.1", "Ipsos 0.2"])
        'Elabe 0.1; Ipsos 0.2'
        """
        return f"{self('mark.semicolon')} ".join(parts)
