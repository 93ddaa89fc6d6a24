"""What stands on each page: which figures, which sentences, which tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pollbench_dashboards.drawing.captions import policy_sentence
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.html import embedded_json, safe

if TYPE_CHECKING:
    from pollbench_dashboards.drawing.chart import Drawing
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure


def page_content(name: str, frames: Gathered, figures: Mapping[str, Figure], words: Words) -> dict[str, Any]:
    """Everything that the template of a page needs, and ``shown``: the figures on it."""
    common = frames.once(("common", words.locale), lambda: _common(frames, words))
    content: dict[str, Any] = {**_heads(name, words), **common}
    from pollbench_dashboards.pages import (
        api,
        changes,
        flows,
        houses,
        listing,
        overview,
        protocol,
        record,
        record_releases,
        reference,
        rehearsal,
        start,
        votes,
    )

    if name == "index":
        content.update(start.content(frames, figures, words))
    elif name == "overview":
        content.update(overview.content(frames, figures, words))
    elif name == "transfers":
        content.update(flows.transfers(frames, figures, words))
    elif name == "record":
        content.update(record.content(frames, figures, words))
    elif name == "record-releases":
        content.update(record_releases.content(frames, words))
    elif name == "votes":
        content.update(votes.overview(frames, words))
    elif name == "changes":
        content.update(changes.content())
    elif name == "api":
        content.update(api.content())
    elif name == "houses":
        content.update({"rows": houses.houses(frames, words), "shown": []})
    elif name == "register":
        content.update(flows.register(frames, words))
    elif name == "forecasters":
        content.update(reference.forecasters(frames, words))
    elif name == "measures":
        content.update(reference.measures(frames, words))
    elif name == "data":
        content.update(reference.data(frames, figures, words))
    elif name == "method":
        content.update(reference.method(frames, words))
    elif name == "hand-in":
        content.update(protocol.hand_in(frames, words))
    elif name == "rehearsal":
        content.update(rehearsal.content(frames, words))
    elif name in ("open", "chart", "embed", "vote", "uncompared", "house"):
        # Written once for every scenario, chart, round or house, by the site, which knows them.
        pass
    else:
        from pollbench_dashboards.charts import registered

        ordered = [*order_of(name), *(chart for chart, kind in registered().items() if kind.topic == name)]
        shown = [figures[chart] for chart in dict.fromkeys(ordered) if chart in figures]
        content["figures"] = content["shown"] = shown
        content["listings"] = listing.listings(frames, shown, words)
    return content


def _common(frames: Gathered, words: Words) -> dict[str, Any]:
    """What every page says of its data, its rule and the votes to come."""
    main = next(row for _, row in frames["contest"].iterrows() if row.contest_id == frames.focus)
    return {
        "revisions": ", ".join(
            words("page.revision", election=election, revision=revision)
            for election, revision in sorted(frames.bench.revisions.items())
        ),
        "data_line": words("page.revision", election=main.election_id, revision=main.revision),
        "policy_line": policy_sentence(frames, words),
        "menu_year": str(main.year),
    }


def _heads(name: str, words: Words) -> dict[str, str]:
    """Title and description of a page; that of a chart has the texts of its chart."""
    if name in ("chart", "embed", "vote", "uncompared", "house"):
        return {}
    return {"title": words(f"page.{name}.title"), "description": words(f"page.{name}.description")}


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
    "time": (
        "first_minus_second",
        "campaign_timeline",
        "distance_by_day",
        "closest_by_day",
        "coverage_matrix",
    ),
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
