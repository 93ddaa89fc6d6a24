"""Scores as bytes and back, exactly: the form in which they are kept between runs."""

from __future__ import annotations

import json

from pollbench.data.frame_bytes import from_bytes, to_bytes
from pollbench.data.kept import Form
from pollbench.scoring.scores import Scores


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


SCORES: Form[Scores] = Form("scores", to_content, from_content)
