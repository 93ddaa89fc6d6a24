"""The control of a live drawing as the template of a page needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench_dashboards.pages.html import embedded_json, safe

if TYPE_CHECKING:
    from pollbench_dashboards.drawing.chart import Drawing


def control_of(drawing: Drawing) -> dict[str, Any] | None:
    """The control of a live drawing as the template needs it; None if there is nothing to move."""
    control = drawing.control
    if control is None:
        return None
    return {
        "chart": drawing.name,
        "signal": control.signal,
        "label": control.label,
        "steps": control.steps,
        "steps_json": safe(embedded_json(list(control.steps))),
        "ticks": control.ticks,
        "start": control.start,
        # Where a mark stands on the way from the first to the last step.
        "marks": [(index / max(1, len(control.steps) - 1), label) for index, label in control.marks],
    }
