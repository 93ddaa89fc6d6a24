"""Who publishes a site, and where: a small file that a publisher writes, ``site.toml``.

    publisher = "Le Journal, 1 rue de la Presse, Paris"
    address = "https://example.org/pollbench/"
    correction = "Write to correction@example.org; every correction is listed on the page of the data."

Without it every page says that no publisher is named, and no address is printed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from pollbench.errors import DataError


@dataclass(frozen=True)
class Settings:
    """What a publisher says of a site.

    Attributes
    ----------
    publisher : who answers for it.
    address : where it is published, ending in a slash.
    correction : how a named firm or a reader asks for a correction.
    """

    publisher: str = ""
    address: str = ""
    correction: str = ""


def read_settings(path: Path) -> Settings:
    """The settings in a file.

    Raises
    ------
    DataError : it cannot be read, holds something else, or its address is none.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise DataError(
            path=str(path), rule=f"must be a readable TOML file: {why}.", remedy="Correct it."
        ) from error
    known = [field.name for field in fields(Settings)]
    for name, value in content.items():
        if name not in known or not isinstance(value, str):
            raise DataError(
                path=str(path),
                column=name,
                value=str(value),
                rule=f"must be one of {', '.join(known)}, each a text.",
                remedy="Correct or remove the line.",
            )
    address = content.get("address", "")
    if address and not address.startswith(("https://", "http://")):
        raise DataError(
            path=str(path),
            column="address",
            value=address,
            rule="must begin with https://.",
            remedy="Write the whole address under which the site is published.",
        )
    content["address"] = f"{address.rstrip('/')}/" if address else ""
    return Settings(**content)


def sitemap(settings: Settings, pages: list[str]) -> str:
    """The list of pages for search engines.

    Examples
    --------
    >>> print(sitemap(Settings(address="https://example.org/"), ["fr/index.html"]))
    <?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://example.org/fr/index.html</loc></url>
    </urlset>
    <BLANKLINE>
    """
    from xml.sax.saxutils import escape

    lines = [f"<url><loc>{escape(settings.address + page)}</loc></url>" for page in pages]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return "\n".join([head, *lines, "</urlset>", ""])
