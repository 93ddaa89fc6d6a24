"""Text for people, in English and French: sentences from files, numbers and days in their typography.

No sentence is written in code: ``Words`` reads ``text/<locale>.toml`` and fills its templates.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from pollbench.errors import UnknownName
from pollbench_dashboards.language.typography import MINUS, NARROW, NO_BREAK, elided, typeset_french

if TYPE_CHECKING:
    from markupsafe import Markup

LOCALES = ("en", "fr")

#: Where English texts come from that are written elsewhere than in ``text/``: the measures, the comments of
#: the schema, the rows of the data. ``text/fr/<origin>.toml`` holds the French beside the English.
Origin = Literal["measures", "dictionary", "data"]

#: Names that Vega and its converter give to the locales.
VEGA_LOCALES: dict[str, Literal["en-US", "fr-FR"]] = {"en": "en-US", "fr": "fr-FR"}


@cache
def _templates(locale: str) -> dict[str, str]:
    """The templates of one language as a flat dictionary: ``section.key`` -> text."""
    if locale not in LOCALES:
        raise UnknownName.of(kind="locale", name=locale, known=LOCALES)
    text = resources.files("pollbench_dashboards").joinpath("text", locale, "pages.toml").read_text("utf-8")
    flat: dict[str, str] = {}

    def flatten(prefix: str, table: dict[str, Any]) -> None:
        for key, value in table.items():
            name = f"{prefix}.{key}" if prefix else key
            if isinstance(value, dict):
                flatten(name, value)
            else:
                flat[name] = str(value)

    flatten("", tomllib.loads(text))
    return flat


def templates(locale: str) -> dict[str, str]:
    """All templates of a language, by dotted name (a copy)."""
    return dict(_templates(locale))


@cache
def translations(origin: Origin) -> dict[str, str]:
    """English text -> French text, typeset, of one origin."""
    path = resources.files("pollbench_dashboards").joinpath("text", "fr", f"{origin}.toml")
    return {
        english: typeset_french(french) for english, french in tomllib.loads(path.read_text("utf-8")).items()
    }


class Words:
    """The texts and the typography of one language.

    Parameters
    ----------
    locale : "en" or "fr".

    Examples
    --------
    >>> Words("en").share(24.009), Words("fr").share(24.009).replace(NARROW, "_")
    ('24.0%', '24,0_%')
    """

    def __init__(self, locale: str) -> None:
        self._texts = _templates(locale)
        self.locale = locale

    def __call__(self, key: str, **values: object) -> str:
        """Fill the template called ``key``; the values are already text or whole numbers."""
        if key not in self._texts:
            raise UnknownName.of(kind="text", name=key, known=self._texts)
        text = self._texts[key]
        if self.locale == "fr":
            text = typeset_french(text)
        text = text.format(**values) if values else text
        return elided(text) if self.locale == "fr" else text

    def told(self, english: str, origin: Origin) -> str:
        """A text from elsewhere in this language; in English if nobody has translated it.

        Examples
        --------
        >>> Words("fr").told("clicks", "data"), Words("fr").told("unheard of", "data")
        ('clics', 'unheard of')
        """
        return english if self.locale == "en" else translations(origin).get(english, english)

    def marked(self, english: str, origin: Origin) -> Markup:
        """The same for a page: code in its element, and what stayed English marked as English for a screen reader.

        Examples
        --------
        >>> str(Words("fr").marked("not <i>translated</i>", "data"))
        '<span lang="en">not &lt;i&gt;translated&lt;/i&gt;</span>'
        """
        from markupsafe import Markup, escape

        english = str(english)
        safe = re.sub(r"``(.+?)``", r"<code>\1</code>", str(escape(self.told(english, origin))))
        wordless = not any(letter.isalpha() for letter in english)
        known = self.locale == "en" or wordless or english in translations(origin)
        # What goes in was escaped above.
        return Markup(safe if known else f'<span lang="en">{safe}</span>')

    def has(self, key: str) -> bool:
        """Whether a template of that name exists."""
        return key in self._texts

    def number(self, value: float, decimals: int = 1, *, signed: bool = False) -> str:
        """A number with grouped thousands and the decimal mark of the language.

        A value that rounds to zero is printed without sign; infinity as a symbol.

        Examples
        --------
        >>> Words("en").number(-0.04, signed=True), Words("en").number(-1234.56)
        ('0.0', '\u22121,234.6')
        """
        if math.isnan(value):
            return "–"
        if math.isinf(value):
            return f"{MINUS if value < 0 else ''}∞"
        text = f"{abs(value):,.{decimals}f}"
        zero = not text.strip("0.,")
        sign = "" if zero else MINUS if value < 0 else "+" if signed else ""
        if self.locale == "fr":
            text = text.replace(",", NARROW).replace(".", ",")
        return sign + text

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
        return self.number(value, decimals) + ("%" if self.locale == "en" else f"{NARROW}%")

    def points(self, value: float, decimals: int = 1, *, signed: bool = False) -> str:
        """A difference between shares, with the word: ``2.1 points``.

        Examples
        --------
        >>> [Words("fr").points(each).replace(NO_BREAK, "~") for each in (1.94, 2.1)]
        ['1,9~point', '2,1~points']
        >>> Words("en").points(1.0)
        '1.0 points'
        """
        shown = round(abs(value), decimals)
        one = shown < 2 if self.locale == "fr" else decimals == 0 and shown == 1
        word = self("unit.point" if one else "unit.points")
        return (
            f"{self.number(value, decimals, signed=signed)}{NO_BREAK if self.locale == 'fr' else ' '}{word}"
        )

    def day(self, value: date, *, year: bool = True, short: bool = False) -> str:
        """A day in words.

        Examples
        --------
        >>> Words("en").day(date(2017, 4, 23)), Words("fr").day(date(2017, 5, 1), year=False)
        ('23 April 2017', '1er mai')
        """
        month = self(f"month.{'short_' if short else ''}{value.month}")
        number = "1er" if self.locale == "fr" and value.day == 1 else str(value.day)
        return f"{number} {month} {value.year}" if year else f"{number} {month}"

    def ordinal(self, value: int) -> str:
        """A place in an order: first, second, ... (figures beyond the tenth)."""
        return self(f"ordinal.{value}") if value <= 10 else self("ordinal.beyond", number=value)

    def place(self, value: int) -> str:
        """A place in a ranking, as said of a candidate: fourth, en 4e position."""
        return self(f"place.{value}") if value <= 10 else self("place.beyond", number=value)

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
        if len(names) < 2:
            return "".join(names)
        return self("list.last", before=", ".join(names[:-1]), last=names[-1])

    def listed(self, parts: Iterable[str]) -> str:
        """Parts of a sentence that hold commas themselves, separated by semicolons.

        Examples
        --------
        >>> Words("en").listed(["Elabe 0.1", "Ipsos 0.2"])
        'Elabe 0.1; Ipsos 0.2'
        """
        return f"{self('mark.semicolon')} ".join(parts)

    def axis_share(self) -> str:
        """Vega expression that adds the per cent sign to the numbers of an axis."""
        return f"datum.label + '{'%' if self.locale == 'en' else NARROW + '%'}'"
