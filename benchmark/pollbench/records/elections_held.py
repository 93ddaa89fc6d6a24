"""Digital figures of the elections that PollBench holds in full, on the scale of the record: Filteris, Qotmii and the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.records.releases import errors

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: Elections whose digital figures are joined in; every one with a result.
ELECTIONS = ("fr-pres-2012", "fr-pres-2017", "fr-pres-2022")
COLUMNS = [
    "forecast_id",
    "forecaster_id",
    "name",
    "contest_id",
    "year",
    "known_before_vote",
    "last",
    "named",
    "mae",
    "leader_right",
]
_FIGURES = """
SELECT d.forecast_id, d.forecaster_id, d.name, d.contest_id, e.year, d.recalled,
  row_number() OVER (PARTITION BY d.contest_id, d.forecaster_id, d.recalled ORDER BY d.recency DESC) = 1 AS last,
  p.candidate_id, p.value::DOUBLE AS value, o.share_pct, o.rank
FROM forecast_day d
JOIN election e USING (election_id)
JOIN prediction p USING (forecast_id)
LEFT JOIN oracle o ON o.contest_id = d.contest_id AND o.candidate_id = p.candidate_id
WHERE list_contains($elections, d.election_id) AND d.family = 'buzz' AND d.unit = 'share_pct' AND d.quantity IN ('vote_share', 'digital_share', 'share_of_voice')
ORDER BY d.forecast_id, p.candidate_id
"""


def held_table(bench: Bench | None = None) -> pd.DataFrame:
    """One row per digital figure of the elections held in full: known before the vote or only told after it, and its error.

    Parameters
    ----------
    bench : opened elections; if they lack one that is joined in, or are None, the shipped ones are opened.

    Returns
    -------
    frame by forecast; ``last`` marks the last release of a forecaster in a contest, ``mae`` in points over the printed names,
    ``leader_right`` 1 where the name in front led the vote.

    Examples
    --------
    >>> "filteris" in set(held_table().forecaster_id)
    True
    """
    import pandas as pd

    from pollbench.data.store import load

    held = bench is not None and set(ELECTIONS) <= set(bench.elections)
    opened = bench if bench is not None and held else load(*ELECTIONS)
    rows = []
    for forecast, cell in opened.frame(_FIGURES, {"elections": list(ELECTIONS)}).groupby(
        "forecast_id", sort=True
    ):
        printed = dict(zip(cell.candidate_id, cell.value, strict=True))
        result = cell[cell.share_pct.notna()]
        first = cell.iloc[0]
        rows.append(
            {
                "forecast_id": forecast,
                "known_before_vote": "no" if first.recalled else "yes",
                "named": len(cell),
                **{name: first[name] for name in ("forecaster_id", "name", "contest_id", "year", "last")},
                "mae": errors(printed, dict(zip(result.candidate_id, result.share_pct, strict=True)))["mae"],
                "leader_right": float(cell["rank"].iloc[int(cell.value.to_numpy().argmax())] == 1)
                if len(cell) > 1
                else None,
            }
        )
    if opened is not bench:
        opened.close()
    return pd.DataFrame(rows, columns=COLUMNS).astype({"mae": float, "leader_right": float})
