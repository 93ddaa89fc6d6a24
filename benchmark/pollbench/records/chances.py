"""Printed chances of winning over many contests: how often what was called likely came true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.errors import NothingToCompare
from pollbench.records.releases import releases_table

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

#: Width of the bins of a reliability table, points.
BIN = 20
COLUMNS = [
    "who",
    "known",
    "chances",
    "contests",
    "low_chance",
    "high_chance",
    "mean_chance",
    "came_true",
    "brier",
    "reliability",
    "resolution",
    "uncertainty",
]
_CHANCES = """
SELECT r.forecast_id, r.method::VARCHAR AS method, r.known_before_vote::VARCHAR AS known_before_vote, f.contest_id,
  p.candidate_id, p.value::DOUBLE AS chance, q.elected::VARCHAR AS elected, o.rank, c.advance
FROM release r
JOIN forecast f USING (forecast_id)
JOIN contest c USING (contest_id)
JOIN prediction p USING (forecast_id)
LEFT JOIN outcome q USING (contest_id, candidate_id)
LEFT JOIN oracle o USING (contest_id, candidate_id)
WHERE r.claim_kind = 'probability' AND f.unit = 'probability_pct' AND p.flag IS DISTINCT FROM 'derived'
ORDER BY ALL
"""


def chances_table(bench: Bench) -> pd.DataFrame:
    r"""Chances of winning printed before and told after the vote, by bin, with the parts of the Brier score.

    .. math:: BS = REL - RES + UNC

    Murphy's decomposition over bins of 20 points. Several chances of one contest hang together, so that bins count
    chances and contests; a whole row (no bin) has the score of all of them.

    Parameters
    ----------
    bench : opened data with releases that claim probabilities.

    Returns
    -------
    frame by who (market, others), known and bin; low_chance and high_chance are empty for the whole.

    Raises
    ------
    NothingToCompare : no chance of winning has an outcome.
    """
    import pandas as pd

    chances = bench.frame(_CHANCES)
    known = chances.elected.notna() | chances["rank"].notna()
    chances = chances[known].copy()
    if chances.empty:
        message = "The record holds no chance of winning whose outcome is known."
        raise NothingToCompare(message)
    led = (chances["rank"] == 1).astype(float)
    chances["came"] = led.where(chances.elected.isna(), (chances.elected == "yes").astype(float))
    chances["who"] = chances.method.isin(["market", "betting"]).map({True: "market", False: "others"})
    chances["known"] = (chances.known_before_vote == "yes").map({True: "before", False: "after"})
    rows: list[dict[str, Any]] = []
    for (who, when), group in chances.groupby(["who", "known"], sort=True):
        rows.append({"who": who, "known": when} | _whole(group))
        for low, binned in group.groupby((group.chance // BIN).clip(upper=100 // BIN - 1) * BIN, sort=True):
            rows.append(
                {"who": who, "known": when, "low_chance": float(low), "high_chance": float(low) + BIN}
                | _counts(binned)
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def _counts(group: pd.DataFrame) -> dict[str, Any]:
    return {
        "chances": len(group),
        "contests": group.contest_id.nunique(),
        "mean_chance": group.chance.mean(),
        "came_true": 100 * group.came.mean(),
    }


def _whole(group: pd.DataFrame) -> dict[str, Any]:
    """The Brier score of a group and Murphy's three terms, over its bins."""
    binned = (group.chance // BIN).clip(upper=100 // BIN - 1)
    base = group.came.mean()
    bins = group.assign(chance=group.chance / 100).groupby(binned)
    sizes, forecast, frequency = bins.size(), bins.chance.mean(), bins.came.mean()
    return _counts(group) | {
        "brier": ((group.chance / 100 - group.came) ** 2).mean(),
        "reliability": (sizes * (forecast - frequency) ** 2).sum() / len(group),
        "resolution": (sizes * (frequency - base) ** 2).sum() / len(group),
        "uncertainty": base * (1 - base),
    }


TRACK_COLUMNS = [
    "forecaster_id",
    "name",
    "method",
    "contests",
    "releases",
    "first_year",
    "last_year",
    "known_before",
    "led_before",
    "right_before",
    "median_before",
    "told_after",
    "right_after",
    "median_after",
]


def tracks_table(bench: Bench) -> pd.DataFrame:
    """One row per forecaster of the record: what was known before the vote and what was told afterwards, and both errors.

    Parameters
    ----------
    bench : opened data with releases.

    Returns
    -------
    frame by forecaster, those with most contests first; medians in points.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> row = tracks_table(load("world")).set_index("forecaster_id").loc["polly"]
    >>> int(row.right_before), int(row.led_before)
    (7, 8)
    """
    import pandas as pd

    rows = []
    for forecaster, group in releases_table(bench).groupby("forecaster_id", sort=True):
        before, after = group[group.known_before_vote == "yes"], group[group.known_before_vote != "yes"]
        digital = before[before.claim_kind.isin(["vote_share", "buzz_share"])]
        rows.append(
            {
                "forecaster_id": forecaster,
                "name": group["name"].iloc[0],
                "method": " ".join(sorted(set(group.method))),
                "contests": group.contest_id.nunique(),
                "releases": len(group),
                "first_year": int(group.year.min()),
                "last_year": int(group.year.max()),
                "known_before": len(before),
                "led_before": int(digital.leader_right.notna().sum()),
                "right_before": float(digital.leader_right.astype(float).sum()),
                "median_before": before.mae.astype(float).median(),
                "told_after": len(after),
                "right_after": float(after.leader_right.astype(float).sum()),
                "median_after": after.mae.astype(float).median(),
            }
        )
    table = pd.DataFrame(rows, columns=TRACK_COLUMNS)
    return table.sort_values(
        ["contests", "releases", "forecaster_id"], ascending=[False, False, True], ignore_index=True
    )
