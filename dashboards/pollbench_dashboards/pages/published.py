"""The files that a published site has beside its pages: for search engines, for followers, for lost readers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pollbench.files import write_text
from pollbench.language.texts import SOURCE_LOCALE, locales
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.changes import feed
from pollbench_dashboards.pages.html import environment
from pollbench_dashboards.pages.settings import Settings, sitemap


def write_published(folder: Path, settings: Settings, pages: Sequence[str]) -> None:
    """Write ``robots.txt`` and ``404.html``, and where the address is known ``sitemap.xml`` and ``feed.xml``."""
    from pollbench_dashboards.pages.page import POLICY

    lines = ["User-agent: *", "Allow: /"]
    if settings.address:
        write_text(folder / "sitemap.xml", sitemap(settings, list(pages)))
        write_text(folder / "feed.xml", feed(settings, Words(SOURCE_LOCALE)("page.changes.title")))
        lines.append(f"Sitemap: {settings.address}sitemap.xml")
    write_text(folder / "robots.txt", "\n".join([*lines, ""]))
    words = [Words(locale) for locale in locales()]
    lost = environment(words[0]).get_template("404.html.j2")
    write_text(folder / "404.html", lost.render(languages=words, policy=POLICY, address=settings.address))
