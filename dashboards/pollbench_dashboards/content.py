"""What stands on each page: which figures, which sentences, which tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pollbench_dashboards.export import embedded_json
from pollbench_dashboards.marks import contest_title, policy_sentence
from pollbench_dashboards.words import Words

if TYPE_CHECKING:
    from pollbench_dashboards._chart import Drawing
    from pollbench_dashboards.frames import Gathered
    from pollbench_dashboards.page import Figure

#: Tables of the data set offered for download.
DATA_TABLES = (
    "election",
    "contest",
    "candidate",
    "person",
    "forecaster",
    "forecast",
    "prediction",
    "event",
    "claim",
    "result",
    "department_result",
    "assumption",
    "evidence",
    "figure",
    "milestone",
    "dispute",
    "source",
)


def page_content(name: str, frames: Gathered, figures: dict[str, Figure], words: Words) -> dict[str, Any]:
    """Everything that the template of a page needs, and ``shown``: the figures on it."""
    content: dict[str, Any] = {
        "title": words(f"page.{name}.title"),
        "description": words(f"page.{name}.description"),
        "revisions": ", ".join(
            words("page.revision", election=election, revision=revision)
            for election, revision in sorted(frames.bench.revisions.items())
        ),
        "policy_line": policy_sentence(frames, words),
        "open_contests": [
            contest_title(row, words) for _, row in frames["contest"].iterrows() if not row.scored
        ],
    }
    from pollbench_dashboards import overview, reference

    if name == "index":
        content.update(overview.content(frames, figures, words))
    elif name == "forecasters":
        content.update(reference.forecasters(frames, words))
    elif name == "measures":
        content.update(reference.measures(frames, words))
    elif name == "data":
        content.update(reference.data(frames, figures))
    elif name == "method":
        content.update(reference.method(frames, words))
    else:
        from pollbench_dashboards._chart import registered

        ordered = [*order_of(name), *(chart for chart, kind in registered().items() if kind.topic == name)]
        shown = [figures[chart] for chart in dict.fromkeys(ordered) if chart in figures]
        content["figures"] = content["shown"] = shown
    return content


#: Order of the charts on a page; a chart that is not named follows by name.
ORDER = {
    "accuracy": (
        "forecast_against_result",
        "error_by_forecaster",
        "chance_beside_error",
        "five_elections",
        "second_round",
        "effective_sample",
        "claimed_against_recomputed",
    ),
    "bias": ("bias_heat_map", "house_effects"),
    "time": ("campaign_timeline", "distance_by_day", "closest_by_day", "coverage_matrix"),
    "probabilities": ("claims_board", "probabilities_by_date"),
    "manipulation": (
        "live_accounts",
        "break_even",
        "shift_by_budget",
        "detection_power",
        "defence_value",
        "robust_rank",
        "assumption_tornado",
    ),
}


def order_of(page: str) -> tuple[str, ...]:
    """The charts of a page in the order of reading."""
    return ORDER.get(page, ())


@dataclass(frozen=True)
class ShownNotice:
    """The legal mentions of one poll as a page prints them."""

    heading: str
    lines: list[str]


def notices_of(frames: Gathered, drawing: Drawing, words: Words) -> list[ShownNotice]:
    """The mentions of every poll that a drawing shows, and one line for each other forecaster.

    A chart of hundreds of polls prints those of the last poll of each house: the full list stands on
    the page of forecasters' data, and ``pollbench notice`` prints any.
    """
    from pollbench.notice import of_row

    shown = frames["notice_row"]
    if "forecast_id" in drawing.data:
        shown = shown[shown.forecast_id.isin(set(drawing.data.forecast_id))]
    else:
        # A chart of forecasters rather than of forecasts: the last polls of those it names, or of all.
        compared = frames["comparison"]
        compared = compared[compared.contest_id == frames.focus] if len(compared) else compared
        shown = shown[shown.forecast_id.isin(set(compared.forecast_id) if len(compared) else set())]
        if "forecaster_id" in drawing.data:
            shown = shown[shown.forecaster_id.isin(set(drawing.data.forecaster_id))]
    last = shown.sort_values(["measured_to", "forecast_id"]).drop_duplicates(
        ["contest_id", "forecaster_id"], keep="last"
    )
    notices = []
    for row in last.sort_values(["family_rank", "name"]).to_dict("records"):
        made = of_row({str(key): value for key, value in row.items()})
        notices.append(ShownNotice(str(row["name"]), made.lines(words.locale)))
    return notices


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
        "steps_json": _markup(embedded_json(list(control.steps))),
        "ticks": control.ticks,
        "start": control.start,
    }


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)
