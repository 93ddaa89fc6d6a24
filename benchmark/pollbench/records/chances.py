"""Printed chances of winning over many contests: how often what was called likely came true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.data.memo import memo_table
from pollbench.errors import NothingToCompare

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

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


@memo_table
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

    chances = known_chances(bench)
    rows: list[dict[str, Any]] = []
    for (who, when), group in chances.groupby(["who", "known"], sort=True):
        rows.append({"who": who, "known": when} | _whole(group))
        for low, binned in group.groupby((group.chance // BIN).clip(upper=100 // BIN - 1) * BIN, sort=True):
            rows.append(
                {"who": who, "known": when, "low_chance": float(low), "high_chance": float(low) + BIN}
                | _counts(binned)
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def known_chances(bench: Bench) -> pd.DataFrame:
    """Every printed chance whose outcome is known: chance in per cent, came (1 or 0), who, known (before, after).

    Raises
    ------
    NothingToCompare : no chance of winning has an outcome.
    """
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
    return chances


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
