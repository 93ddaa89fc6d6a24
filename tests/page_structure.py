"""The structure of a page as assistive technology reads it: landmarks, headings, names of links, controls, pictures and tables.

The rules are those of axe-core that need no drawing: ``landmark-unique``, ``region`` names, ``heading-order``,
``page-has-heading-one``, ``label``, ``image-alt``, ``scope-attr-valid``, ``scrollable-region-focusable``,
``identical-links-same-purpose``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

EMPTY = frozenset(["br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
#: What a link may not be called alone: it leads somewhere else each time.
VAGUE = frozenset(["lire la suite", "read on", "ici", "here", "csv", "svg", "json", "png", "pdf", "parquet"])
LANDMARKS = {"main": "main", "nav": "navigation", "aside": "complementary", "form": "form"}


@dataclass
class Link:
    """A link: what it is called, where it leads, and whether a cell or an item of a list around it says more."""

    name: str
    address: str
    in_cell: bool


@dataclass
class Structure(HTMLParser):
    """What a page is made of."""

    headings: list[int] = field(default_factory=list)
    language: str = ""
    landmarks: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    heads_without_scope: int = 0
    tables_without_heads: int = 0
    pictures_without_words: list[str] = field(default_factory=list)
    scrolled_without_name: int = 0
    controls: list[tuple[str, bool]] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    texts_by_id: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str]]] = []
        self._texts: list[str] = []
        self._heads_of_table = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img" and "alt" not in given:
            self.pictures_without_words.append(given.get("src", ""))
        if tag in ("input", "select", "textarea"):
            named = self._within("label") or "aria-label" in given or "aria-labelledby" in given
            self.controls.append((given.get("id", ""), named))
        if tag == "label":
            self.labelled.add(given.get("for", ""))
        role = given.get("role") or LANDMARKS.get(tag) or ("region" if tag == "section" else "")
        name = given.get("aria-label") or given.get("aria-labelledby", "")
        if role in (*LANDMARKS.values(), "region") and (tag != "section" or name):
            by_id = "" if "aria-label" in given else given.get("aria-labelledby", "")
            self.landmarks.append((role, f"#{by_id}" if by_id else name))
        if given.get("class") == "scroll" and not ("tabindex" in given and name):
            self.scrolled_without_name += 1
        if tag == "table":
            self._heads_of_table = 0
        if tag == "th":
            self._heads_of_table += 1
            self.heads_without_scope += given.get("scope") not in ("row", "col", "rowgroup", "colgroup")
        if tag not in EMPTY:
            self._open.append((tag, given))
            self._texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and not self._heads_of_table:
            self.tables_without_heads += 1
        while self._open:
            name, given = self._open.pop()
            text = " ".join(self._texts.pop().split())
            if self._texts:
                self._texts[-1] += f" {text} " if name not in ("a", "span", "strong", "code") else text
            if "id" in given:
                self.texts_by_id[given["id"]] = text
            if name == "a" and "href" in given:
                cell = any(self._within(around) for around in ("td", "th"))
                self.links.append(Link(given.get("aria-label") or text, given["href"], cell))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._texts and not self._within("script") and not self._within("style"):
            self._texts[-1] += data

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def named(self) -> list[tuple[str, str]]:
        """Its landmarks, each with the name that is heard."""
        return [(role, self.texts_by_id.get(name[1:], name)) for role, name in self.landmarks]


def structure_of(html: str) -> Structure:
    """Read a page."""
    structure = Structure()
    structure.feed(html)
    structure.close()
    return structure


def faults(html: str, *, headings: int = 1) -> list[str]:
    """What is wrong with the structure of a page; with its number of first headings."""
    page = structure_of(html)
    steps = [after - before for before, after in zip(page.headings, page.headings[1:], strict=False)]
    named = page.named()
    found = [
        *([] if page.language in ("en", "fr") else [f"language {page.language!r}"]),
        *([] if page.headings.count(1) == headings else [f"{page.headings.count(1)} first headings"]),
        *([f"headings leave out a level: {page.headings}"] if max(steps, default=0) > 1 else []),
        *([] if [role for role, _ in named].count("main") == 1 else ["not one main"]),
        *(
            f"two landmarks of one name: {one}"
            for one in sorted({each for each in named if named.count(each) > 1})
        ),
        *(f"a landmark without a name: {role}" for role, name in named if role != "main" and not name),
        *(f"a picture without words: {address}" for address in page.pictures_without_words),
        *(
            f"a control without a label: {identity!r}"
            for identity, labelled in page.controls
            if not labelled and identity not in page.labelled
        ),
        *([f"{page.heads_without_scope} heads without a scope"] if page.heads_without_scope else []),
        *([f"{page.tables_without_heads} tables without heads"] if page.tables_without_heads else []),
        *([f"{page.scrolled_without_name} scrolled without a name"] if page.scrolled_without_name else []),
    ]
    return found + faults_of_links(page.links)


def faults_of_links(links: list[Link]) -> list[str]:
    """Links without a name, with a name that does not say where they lead, or with one name for two places."""
    leads_to: dict[str, str] = {}
    found = []
    for link in links:
        if not link.name:
            found.append(f"a link without a name: {link.address}")
        elif link.in_cell or link.address.startswith("http"):
            # The heads of its row and column say the rest; a source has the title that it was printed with.
            continue
        elif link.name.lower() in VAGUE:
            found.append(f"a link that says nothing: {link.name!r} to {link.address}")
        elif leads_to.setdefault(link.name, link.address) != link.address:
            found.append(f"one name, two places: {link.name!r} to {leads_to[link.name]} and {link.address}")
    return found


def broken(folder: Path) -> list[tuple[str, str]]:
    """The links from page to page of a folder that lead nowhere, each with the page that holds it."""
    every = {path.resolve(): structure_of(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    found = []
    for page, structure in every.items():
        for link in structure.links:
            path, _, anchor = link.address.partition("#")
            if link.address.startswith("http") or not (path.endswith(".html") or not path):
                continue
            target = (page.parent / path).resolve() if path else page
            if target not in every or (anchor and anchor not in every[target].texts_by_id):
                found.append((page.name, link.address))
    return found
