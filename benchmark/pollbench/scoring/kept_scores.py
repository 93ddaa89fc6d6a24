"""Scores as bytes and back, exactly: so that they are kept between runs like the tables that rest on the data alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pollbench import cache
from pollbench.data.frame_bytes import from_bytes, to_bytes
from pollbench.data.kept_tables import name_of
from pollbench.scoring.scores import Scores

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from pollbench.data.store import Bench

KIND = "scores"


def kept_scores(bench: Bench, options: tuple[Hashable, ...], make: Callable[[], Scores]) -> Scores:
    """The scores of ``bench`` with these options: those that were kept, or the ones that ``make`` makes."""
    name = name_of(bench, KIND, options)
    if name is None:
        return make()
    content = cache.read(KIND, name)
    scores = None if content is None else from_content(content)
    if scores is None:
        scores = make()
        written = to_content(scores)
        if written is not None:
            cache.write(KIND, name, written)
    return scores


def to_content(scores: Scores) -> bytes | None:
    """The bytes of ``scores``; None if they would not come back the same."""
    rows = to_bytes(scores.frame)
    rest = [scores.contests, [dict(row) for row in scores.left_out], list(scores.refused)]
    try:
        text = json.dumps(rest)
    except TypeError:
        return None
    # Types of NumPy are equal to plain ones and print otherwise: what is kept is what was given, type by type.
    if rows is None or repr(json.loads(text)) != repr(rest):
        return None
    return text.encode() + b"\n" + rows


def from_content(content: bytes) -> Scores | None:
    """The scores that `to_content` made the bytes of; None if they are no such bytes."""
    start, _, rows = content.partition(b"\n")
    frame = from_bytes(rows)
    try:
        contests, left_out, refused = json.loads(start)
        return None if frame is None else Scores(frame, contests, tuple(left_out), tuple(refused))
    except (ValueError, TypeError):
        return None
