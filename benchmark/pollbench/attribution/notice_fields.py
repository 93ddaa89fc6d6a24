"""What fills the blanks of a legal mention, from one poll or from several of one house together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pollbench.language.words import Words
from pollbench.measures.sampling_error import share_margin

Row = Mapping[str, Any]

#: Shares, per cent, for which the margins of error are printed: those that house notices tabulate.
MARGIN_SHARES = (5, 10, 20, 30, 40, 50)

#: Columns of ``forecast`` that a blank of a mention is filled from; the other blanks are words of the law.
COLUMNS = {
    "sponsors": ("sponsors",),
    "sample_size": ("sample_size",),
    "dates": ("measured_to",),
    "notice_url": ("notice_url",),
    "n": ("expressing_n", "sample_size"),
}


def is_known(row: Row, blank: str) -> bool:
    """Whether a row can fill a blank; blanks that are words of the law always can be."""
    return blank not in COLUMNS or any(not _empty(row.get(column)) for column in COLUMNS[blank])


def blanks(law: dict[str, Any], rows: Sequence[Row], words: Words) -> dict[str, str]:
    """Every blank filled from rows that can fill it; from several rows, as a range or a union."""
    word = law["word"]
    translation = law.get("translation", {})

    def union(column: str) -> list[str]:
        parts = [entry.strip() for row in rows for entry in str(text_of(row.get(column)) or "").split(";")]
        return [translation.get(entry, entry) for entry in dict.fromkeys(parts) if entry]

    def span(numbers: Sequence[int]) -> str:
        ends = [words.count(number) for number in (min(numbers), max(numbers))]
        return ends[0] if ends[0] == ends[1] else word["range"].format(first=ends[0], last=ends[1])

    sizes = [int(row["sample_size"]) for row in rows if not _empty(row.get("sample_size"))]
    expressing = [int(row["expressing_n"]) for row in rows if not _empty(row.get("expressing_n"))]
    interviewed = [
        int(row["sample_size"])
        for row in rows
        if _empty(row.get("expressing_n")) and not _empty(row.get("sample_size"))
    ]
    counted = expressing + interviewed
    counted_as = [word["expressing"]] * bool(expressing) + [word["interviewed"]] * bool(interviewed)
    all_asked = translation.get("interviewed", "interviewed")
    bases = [base for base in union("sample_size_basis") if base != all_asked]
    return {
        "house": str(rows[0]["name"]),
        "sponsors": ", ".join(union("sponsors")),
        "sample_size": span(sizes) if sizes else "",
        "basis": f" ({', '.join(bases)})" if bases else "",
        "dates": _dates(word, rows, words),
        "notice_url": ", ".join(union("notice_url")),
        "n": span(counted) if counted else "",
        "n_basis": words.either(counted_as),
        "margins": _margins(word, counted, words) if counted else "",
    }


def _margins(word: dict[str, str], counted: Sequence[int], words: Words) -> str:
    """The margins of each share, from that of the largest sample to that of the smallest."""
    texts = []
    for share in MARGIN_SHARES:
        least, most = (float(share_margin(share, n)) for n in (max(counted), min(counted)))
        ends = [words.number(margin) for margin in (least, most)]
        shown = ends[0] if ends[0] == ends[1] else word["range"].format(first=ends[0], last=ends[1])
        margin = words.plural("unit.point", most, 1, number=shown)
        texts.append(word["margin"].format(margin=margin, share=words.share(share, 0)))
    return words.listed(texts)


def _dates(word: dict[str, str], rows: Sequence[Row], words: Words) -> str:
    ends = [row["measured_to"] for row in rows if not _empty(row.get("measured_to"))]
    starts = [row["measured_from"] for row in rows if not _empty(row.get("measured_from"))]
    if not ends:
        return ""
    last = words.day_in_figures(max(ends))
    if not starts and len(rows) == 1:
        return word["until"].format(last=last)
    first = words.day_in_figures(min([*starts, *ends]))
    return last if first == last else word["from_to"].format(first=first, last=last)


def _empty(value: Any) -> bool:
    """Whether a cell of a frame is empty: None, NaN, NaT or an empty text."""
    import pandas as pd

    return bool(pd.isna(value)) or value == ""


def text_of(value: Any) -> str | None:
    """The text in a cell of a frame, or None if there is none."""
    return None if _empty(value) else str(value)
