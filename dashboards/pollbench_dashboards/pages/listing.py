"""Charts that are lists: as tables on the pages, with a column of sources, and as pictures for those who print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.html import with_source_links

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure

#: Chart -> the columns of its table, each with the key of its heading.
LISTS = {
    "claims_board": (
        ("who", "column.name"),
        ("sentence", "column.said"),
        ("verdict_words", "column.verdict"),
        ("sources", "column.sources"),
    ),
    "claimed_against_recomputed": (
        ("statement", "data.statement"),
        ("stated", "data.stated"),
        ("best", "data.official"),
        ("verdict_words", "data.verdict"),
        ("sources", "column.sources"),
    ),
}


def listings(frames: Gathered, figures: list[Figure], words: Words) -> dict[str, Any]:
    """Heads and rows of the charts among ``figures`` that are lists; the others have none."""
    known = set(frames.bench.table("source").source_id)
    tables = {}
    for figure in figures:
        columns = [pair for pair in LISTS.get(figure.name, ()) if pair[0] in figure.wide.data]
        if len(columns) < 2:
            continue
        identity = next((name for name in ("claim_id", "figure_id") if name in figure.wide.data), "")
        rows = [
            (
                row.get(identity, ""),
                [
                    with_source_links(_text(row[name]), known) if name == "sources" else _text(row[name])
                    for name, _ in columns
                ],
            )
            for row in figure.wide.data.to_dict("records")
        ]
        tables[figure.name] = ([words(key) for _, key in columns], rows)
    return tables


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
