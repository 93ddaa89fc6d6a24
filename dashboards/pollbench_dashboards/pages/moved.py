"""How many people would move each figure of an election to come by one point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.data.kept import kept
from pollbench.data.memo import Key
from pollbench_dashboards.drawing.choosing import each_row
from pollbench_dashboards.frames.manipulation import ATTACK, THREAT_MODEL, target_of
from pollbench_dashboards.language.naming import surname
from pollbench_dashboards.language.words import Words

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered

#: One point more is a goal that every kind of figure has.
GOAL = "plus_1"
_COSTS: Key[pd.DataFrame] = Key("people who would move figures of an election to come")


def moved(frames: Gathered, contest_id: str, words: Words) -> dict[str, Any] | None:
    """People that would suffice for one point more of one candidate, forecaster by forecaster; None without a candidate.

    The candidate is the one whom the charts have pushed: the first who would not advance.
    """
    from pollbench.manipulation.study.attackable import chosen_figures
    from pollbench.manipulation.study.break_even import break_even

    target = target_of(frames)
    if target is None:
        return None
    options = (contest_id, target, GOAL, ATTACK, THREAT_MODEL)
    table = frames.bench.memo(
        _COSTS.of(*options),
        lambda: kept(
            frames.bench,
            _COSTS.name,
            options,
            lambda: break_even(
                frames.bench,
                target=target,
                goals=(GOAL,),
                attack=ATTACK,
                model=THREAT_MODEL,
                contest_id=contest_id,
                # The numbers of people need no draws; the sampling ranges beside them are not shown.
                replicates=1,
            ),
        ),
    )
    _, unanswered = chosen_figures(frames.bench, None, contest_id, target)
    who = frames["forecaster"].set_index("forecaster_id")["name"]
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    name = surname(people[target], target)
    known = table[table.accounts > 0].sort_values(["accounts", "forecaster_id"])
    without = {
        *table[~(table.accounts > 0)].forecaster_id,
        *unanswered[unanswered.contest_id == contest_id].forecaster_id,
    }
    rows = [
        {
            "name": str(who[row.forecaster_id]),
            "figure": words.share(row.figure_pct),
            "accounts": words.rounded(row.accounts),
            "range": words(
                "open.range", low=words.rounded(row.accounts_low), high=words.rounded(row.accounts_high)
            ),
            "moved": words(f"mechanism.{row.mechanism}"),
        }
        for row in each_row(known)
    ]
    return {
        "target": name,
        "rows": rows,
        "finding": _finding(rows, name, words),
        "without": words(
            "open.without",
            names=words.join(
                sorted(str(who[forecaster]) for forecaster in without - set(known.forecaster_id))
            ),
        )
        if without - set(known.forecaster_id)
        else "",
    }


def _finding(rows: list[dict[str, str]], target: str, words: Words) -> str:
    """The figure that fewest people would move and the one that most would."""
    if not rows:
        return words("open.none_moved", target=target)
    few, most = rows[0], rows[-1]
    values = {"target": target, "name": few["name"], "accounts": few["accounts"], "range": few["range"]}
    if len(rows) == 1:
        return words("open.one_moved", **values)
    return words(
        "open.moved_finding", **values, other=most["name"], others=most["accounts"], other_range=most["range"]
    )
