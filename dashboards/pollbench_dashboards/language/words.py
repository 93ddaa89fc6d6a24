"""The voice of a locale on charts and pages: texts of this package, and what HTML and axes ask for besides."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

from pollbench.language.texts import SOURCE_LOCALE, Origin, add_texts, translations
from pollbench.language.words import Words as CoreWords

if TYPE_CHECKING:
    from markupsafe import Markup

add_texts(resources.files("pollbench_dashboards").joinpath("text"))


class Words(CoreWords):
    """The texts and the typography of one locale, for charts and pages.

    Parameters
    ----------
    locale : a folder of ``text/``, such as "en" or "fr".

    Raises
    ------
    UnknownName : there is no such folder.

    Examples
    --------
    >>> Words("fr")("family.poll"), Words("fr").axis_share()
    ('Sondages', "datum.label + '\u202f%'")
    """

    def marked(self, english: str, origin: Origin) -> Markup:
        """A translated text for a page: code in its element, and what stayed English marked for a screen reader.

        Examples
        --------
        >>> str(Words("fr").marked("not <i>translated</i>", "data"))
        '<span lang="en">not &lt;i&gt;translated&lt;/i&gt;</span>'
        """
        from markupsafe import Markup, escape

        english = str(english)
        safe = re.sub(r"``(.+?)``", r"<code>\1</code>", str(escape(self.translated(english, origin))))
        wordless = not any(letter.isalpha() for letter in english)
        known = self.is_source or wordless or english in translations(origin, self.locale)
        # What goes in was escaped above.
        return Markup(safe if known else f'<span lang="{SOURCE_LOCALE}">{safe}</span>')

    def moment(self, iso: str) -> str:
        """A day, a month or a year of ISO 8601 in words.

        Examples
        --------
        >>> [Words("fr").moment(iso) for iso in ("2017-02-01", "2014-10", "2021")]
        ['1er\xa0février 2017', 'octobre 2014', '2021']
        """
        numbers = [int(number) for number in str(iso).split("-")]
        if len(numbers) == 1:
            return str(iso)
        day = date(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 1)
        return self.day(day) if len(numbers) > 2 else self.month(day)

    def axis_share(self) -> str:
        """Vega expression that adds the per cent sign to the numbers of an axis."""
        before, after = self.share(0, 0).split("0")
        return f"'{before}' + datum.label + '{after}'" if before else f"datum.label + '{after}'"
