"""What changed, from the two change logs: a page, and a feed for those who follow it."""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

from markupsafe import Markup
from markupsafe import escape as html_escape

from pollbench import cache
from pollbench.data.questions import Question, looking_away, note

if TYPE_CHECKING:
    from pollbench_dashboards.pages.settings import Settings

#: Package and file of each log, and the name of its section in the texts.
LOGS = (("pollbench_datasets", "data"), ("pollbench", "code"))
FILE = "CHANGELOG.md"
#: The kind of the question what a log says; its package follows.
LOG = "log"


class Change(NamedTuple):
    """One change as its log tells it."""

    section: str
    heading: str
    text: str

    @property
    def identity(self) -> str:
        """The same for the same words, whenever they are read."""
        return hashlib.sha256(f"{self.section}\n{self.heading}\n{self.text}".encode()).hexdigest()[:16]

    @property
    def html(self) -> Markup:
        """The text for a page, what stands in backticks as code."""
        return Markup(re.sub(r"(`+)(.+?)\1", r"<code>\2</code>", str(html_escape(self.text))))


def changes() -> list[Change]:
    """All changes, those of the data first, the newest of each log first."""
    return [change for package, section in LOGS for change in changes_in(INSTALLED.text(package), section)]


def changes_in(text: str, section: str) -> list[Change]:
    """The changes of a log: the items and the paragraphs under each heading of the second level.

    Examples
    --------
    >>> [change.text for change in changes_in("# Log\\n\\n## One\\n\\n- a\\n  b\\n- c\\n\\nA paragraph.\\n", "code")]
    ['a b', 'c', 'A paragraph.']
    """
    listed = []
    for block in re.split(r"^## ", text, flags=re.M)[1:]:
        heading, _, body = block.partition("\n")
        for paragraph in re.split(r"\n\s*\n|\n(?=- )", body):
            plain = " ".join(paragraph.split()).removeprefix("- ")
            if plain:
                listed.append(Change(section, heading.strip(), plain))
    return listed


class Logs:
    """The logs as a source of answers: a page that tells them is kept while they are as they were."""

    def text(self, package: str) -> str:
        """The log of a package: inside it when installed, at the root of the repository in a checkout."""
        note(self, (LOG, package))
        folder = Path(str(resources.files(package)))
        with looking_away():
            for path in (folder / FILE, folder.parents[1] / FILE):
                if path.is_file():
                    return path.read_text("utf-8")
        return ""

    def digest_of(self, question: Question) -> str:
        """Digest of the text of a log."""
        with looking_away():
            return cache.digest(self.text(question[1]))


#: The logs beside the installed packages.
INSTALLED = Logs()


def content() -> dict[str, Any]:
    """What the page of the changes needs: the changes of each log by their headings."""
    sections: dict[str, dict[str, list[Change]]] = {}
    for change in changes():
        sections.setdefault(change.section, {}).setdefault(change.heading, []).append(change)
    return {"sections": sections, "shown": []}


def feed(settings: Settings, title: str) -> str:
    """The changes as RSS 2.0; without days, as the logs have none, and a clock would make two runs differ.

    Parameters
    ----------
    settings : its address is where the page of the changes lies.
    title : of the feed.
    """
    page = f"{settings.address}changes.html"
    items = [
        f"<item><title>{escape(change.text[:100])}</title><description>{escape(change.text)}</description>"
        f'<link>{escape(page)}#{change.identity}</link><guid isPermaLink="false">{change.identity}</guid></item>'
        for change in changes()
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<rss version="2.0"><channel>',
            f"<title>{escape(title)}</title><link>{escape(page)}</link><description>{escape(title)}</description>",
            *items,
            "</channel></rss>",
            "",
        ]
    )
