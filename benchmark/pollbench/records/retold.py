"""What changed in the telling: one forecaster's figures for one vote, known before it and told after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.data.memo import memo_table
from pollbench.records.releases import outcomes, releases_table
from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

COLUMNS = [
    "forecaster_id",
    "name",
    "contest_id",
    "election",
    "claim_kind",
    "candidate_id",
    "candidate",
    "figure_before",
    "before_forecast",
    "figure_after",
    "after_forecast",
    "result",
    "moved_closer",
]
_SHOWN = """
SELECT p.forecast_id, p.candidate_id, h.name AS candidate, p.value::DOUBLE AS value
FROM prediction p JOIN printed_figure g USING (forecast_id, candidate_id) JOIN person h USING (candidate_id)
WHERE g.unit_printed IN ('pct', 'seats')
"""


@memo_table
def retold_table(bench: Bench, rules: Rules = PAGE) -> pd.DataFrame:
    """Figures of one forecaster for one option, as last known before the vote and as first told after it.

    Only options that both print, where the later figure is another one; what a firm says of several variants of one model
    stands as several rows. A changed figure has many possible causes, of which a later edition is one.

    Parameters
    ----------
    bench : opened data with releases.
    rules : the coding rules.

    Returns
    -------
    frame by forecaster, contest and option: figures and result in per cent or seats; whether the later one is closer.
    """
    import pandas as pd

    table = releases_table(bench, rules)
    table = table[table.claim_kind.isin(["vote_share", "seats", "buzz_share"])]
    shown = bench.frame(_SHOWN)
    known = outcomes(bench)
    keys = ["forecaster_id", "contest_id", "claim_kind"]
    before = (
        table[table.known_before_vote == "yes"]
        .sort_values([*keys, "first_seen_on", "forecast_id"])
        .drop_duplicates(keys, keep="last")
    )
    after = table[table.known_before_vote == "no"]
    both = before.merge(after[[*keys, "forecast_id"]], on=keys, suffixes=("", "_after"))
    both = both.rename(columns={"forecast_id": "before_forecast", "forecast_id_after": "after_forecast"})
    earlier = shown.rename(columns={"forecast_id": "before_forecast", "value": "figure_before"})
    later = shown.drop(columns="candidate").rename(
        columns={"forecast_id": "after_forecast", "value": "figure_after"}
    )
    both = both.merge(earlier, on="before_forecast").merge(later, on=["after_forecast", "candidate_id"])
    both = both[both.figure_before != both.figure_after].copy()
    both["result"] = [
        known.get(contest, {}).get("seats" if claim == "seats" else "share", {}).get(option)
        for contest, claim, option in zip(both.contest_id, both.claim_kind, both.candidate_id, strict=True)
    ]
    both["result"] = both.result.astype(float)
    closer = (both.figure_after - both.result).abs() < (both.figure_before - both.result).abs()
    both["moved_closer"] = closer.astype(object).where(both.result.notna(), None)
    return pd.DataFrame(both, columns=COLUMNS).sort_values(
        ["forecaster_id", "contest_id", "after_forecast", "candidate_id"], ignore_index=True
    )
