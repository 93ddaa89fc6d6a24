"""What `pollbench cite` is asked for, from the address of a number or a sentence as it is copied from a page."""

from __future__ import annotations

import re

from pollbench.errors import UnknownName
from pollbench.language.texts import SOURCE_LOCALE, locales

_PAGE = re.compile(r"(?:^|/)(?:(?P<locale>[a-z]{2})/)?(?P<page>[\w-]+)\.html(?:#(?P<anchor>[^#]+))?$")
#: Pages whose numbers and sentences can be cited, by the beginning of their names.
CITED = ("index", "overview", "chart-", "embed-", "house-", "record", "vote-")


def is_address(text: str) -> bool:
    """Whether a text is the address of a page.

    Examples
    --------
    >>> is_address("fr/house-ifop.html#mae"), is_address("elabe-2017-04-20-a:mae")
    (True, False)
    """
    return _PAGE.search(text) is not None


def asked_of(address: str) -> tuple[str, str | None]:
    """The id that an address stands for, and the language of its page where the address names one.

    Raises
    ------
    UnknownName : the page has no numbers or sentences that can be cited.

    Examples
    --------
    >>> asked_of("https://example.org/fr/vote-fr-pres-2017-r1.html#elabe-2017-04-20-a:mae")
    ('elabe-2017-04-20-a:mae', 'fr')
    >>> asked_of("index.html#start.right"), asked_of("chart-break-even.html#table.3.accounts")
    (('start:right', None), ('chart:break-even.table.3.accounts', None))
    >>> asked_of("house-ifop.html#bias"), asked_of("overview.html#much.proves")
    (('house-ifop:bias', None), ('overview:much.proves', None))
    """
    match = _PAGE.search(address)
    page, anchor = (match["page"], match["anchor"] or "") if match else (address, "")
    locale = match["locale"] if match and match["locale"] in locales() else None
    if page in ("index", "start"):
        return f"start:{anchor.removeprefix('start.')}", locale
    if page == "overview":
        return f"overview:{anchor}", locale
    if page.startswith(("chart-", "embed-")):
        slug = page.partition("-")[2]
        return f"chart:{slug}.{anchor}" if anchor.startswith("table.") else f"chart:{slug}", locale
    if page.startswith("house-"):
        return f"{page}:{anchor or 'mae'}", locale
    if page in ("record", "record-releases"):
        return f"world:{anchor}", locale
    if page.startswith("vote-"):
        return (anchor if ":" in anchor else f"{anchor}:mae"), locale
    raise UnknownName.of(kind="page whose numbers can be cited", name=page, known=CITED)


def locale_of(named: str | None, locale: str) -> str:
    """The language asked for; that of the address where none was asked for.

    Examples
    --------
    >>> locale_of("fr", "en"), locale_of(None, "en")
    ('fr', 'en')
    """
    return named if named is not None and locale == SOURCE_LOCALE else locale
