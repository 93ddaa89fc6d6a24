"""What stands on each page: which figures, which sentences, which tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.captions import policy_sentence
from pollbench_dashboards.language.words import Words
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

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure

#: What a page needs, from the data, the figures of the site and the words of a language.
Maker = Callable[["Gathered", Mapping[str, "Figure"], Words], dict[str, Any]]
#: Pages of one chart, round or house, written once for each of them: the site gives their content, title and description.
OF_ONE = ("chart", "embed", "vote", "uncompared", "house")
#: Pages whose content the site gives; that of the vote to come is written once for every scenario.
GIVEN = frozenset({"open", *OF_ONE})


def page_content(name: str, frames: Gathered, figures: Mapping[str, Figure], words: Words) -> dict[str, Any]:
    """Everything that the template of a page needs, and ``shown``: the figures on it."""
    common = frames.once(("common", words.locale), lambda: _common(frames, words))
    content = {} if name in GIVEN else CONTENT[name](frames, figures, words)
    return {**_heads(name, words), **common, **content}


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
    if name in OF_ONE:
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


def _topic(name: str, frames: Gathered, figures: Mapping[str, Figure], words: Words) -> dict[str, Any]:
    """The charts of a topic: those of its order, then those that are not named in it."""
    names = dict.fromkeys(
        [*ORDER[name], *(chart for chart, kind in registered().items() if kind.topic == name)]
    )
    shown = [figures[chart] for chart in names if chart in figures]
    return {"figures": shown, "shown": shown, "listings": listing.listings(frames, shown, words)}


#: What each page needs.
CONTENT: dict[str, Maker] = {
    "index": start.content,
    "record": record.content,
    "record-releases": lambda frames, _, words: record_releases.content(frames, words),
    "votes": lambda frames, _, words: votes.overview(frames, words),
    "houses": lambda frames, _, words: {"rows": houses.houses(frames, words), "shown": []},
    "overview": overview.content,
    **{name: partial(_topic, name) for name in ORDER},
    "transfers": flows.transfers,
    "forecasters": lambda frames, _, words: reference.forecasters(frames, words),
    "register": lambda frames, _, words: flows.register(frames, words),
    "measures": lambda frames, _, words: reference.measures(frames, words),
    "data": reference.data,
    "method": lambda frames, _, words: reference.method(frames, words),
    "changes": lambda *_: changes.content(),
    "api": lambda *_: api.content(),
    "hand-in": lambda frames, _, words: protocol.hand_in(frames, words),
    "rehearsal": lambda frames, _, words: rehearsal.content(frames, words),
}
