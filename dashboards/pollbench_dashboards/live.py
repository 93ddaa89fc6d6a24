"""The steps of the control that readers move: values, words, ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench_dashboards.words import Words

if TYPE_CHECKING:
    from pollbench_dashboards._chart import Drawing


def steps_of(
    drawing: Drawing, words: Words
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int, str, str]:
    """Steps (value, label, sentence), ticks (value, label), first step, signal, label of the control."""
    extra = drawing.control
    return extra["steps"], extra["ticks"], extra["start"], extra["signal"], words("live.label")
