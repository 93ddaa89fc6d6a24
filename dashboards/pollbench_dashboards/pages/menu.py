"""The menu: the first pages, and groups that open without scripts, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable

#: Pages that stand in the menu by themselves, after the first page of a site and before the groups.
ALONE = ("record",)
#: Group -> its pages in order.
GROUPS: dict[str, tuple[str, ...]] = {
    "vote": ("overview", "accuracy", "bias", "time", "probabilities", "transfers"),
    "votes": ("record-releases", "votes", "houses"),
    "coming": ("open", "hand-in", "rehearsal"),
    "rigged": ("manipulation", "register"),
    "reference": ("forecasters", "measures", "method", "data", "changes", "api"),
}
#: Pages of which there are many, each with the page of the menu that leads to them.
UNDER = {"vote": "votes", "uncompared": "votes", "house": "houses"}
#: Where a page stands that no group names.
REST = "reference"


def grouped(pages: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The groups with those of ``pages`` that belong to them; groups without a page are left out, and what stands alone.

    Examples
    --------
    >>> grouped(["index", "record", "method", "accuracy", "new"])
    [('vote', ['accuracy']), ('reference', ['method', 'new'])]
    """
    others = list(pages)[1:]
    named = {page for group in GROUPS.values() for page in group}
    groups = {group: [page for page in names if page in others] for group, names in GROUPS.items()}
    groups[REST] += [page for page in others if page not in named and page not in ALONE]
    return [(group, names) for group, names in groups.items() if names]
