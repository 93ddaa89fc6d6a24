"""Previous election: each bloc gets what it had in the same round of the election before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pollbench.baselines._baseline import BaselineForecasts, baseline

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.comparison import Comparison

_BEFORE = """
WITH mine AS (
  SELECT e.country, e.office, e.year, c.round FROM contest c JOIN election e USING (election_id) WHERE c.contest_id = $c
), previous AS (
  SELECT c.contest_id FROM contest c JOIN election e USING (election_id), mine
  WHERE e.country = mine.country AND e.office = mine.office AND c.round = mine.round AND e.year < mine.year
  ORDER BY e.year DESC LIMIT 1
)
SELECT k.bloc, sum(o.share_pct) AS share
FROM candidate k JOIN previous USING (contest_id) JOIN oracle o USING (contest_id, candidate_id)
WHERE k.bloc IS NOT NULL GROUP BY k.bloc
"""


@baseline(
    title="previous election",
    meaning="Each candidate gets what the candidate of the same bloc had in the same round of the election before; "
    "the blocs are an assumption of PollBench.",
    per_forecast=False,
    version=1,
)
def previous_election(bench: Bench, comparison: Comparison) -> BaselineForecasts:
    """Repeat the shares of the blocs in the same round of the election before.

    Empty, with the reason, where the election before is not loaded or where a compared
    candidate has no predecessor (Macron in 2017).
    """
    width = len(comparison.candidates)
    forecasts = pd.DataFrame({"forecast_id": ["previous_election"], "horizon_days": [np.nan]})
    before = bench.frame(_BEFORE, {"c": comparison.contest_id}).set_index("bloc")["share"]
    if before.empty:
        note = "no election before this one, with votes by bloc, is loaded"
        return BaselineForecasts(np.empty((0, width)), forecasts.iloc[:0], note)
    blocs = bench.frame(
        "SELECT candidate_id, bloc FROM candidate WHERE contest_id = $c", {"c": comparison.contest_id}
    ).set_index("candidate_id")["bloc"]
    shares = blocs.reindex(list(comparison.candidates)).map(before.to_dict()).to_numpy(dtype=float)
    lacking = [
        name for name, share in zip(comparison.candidates, shares, strict=True) if not np.isfinite(share)
    ]
    if lacking:
        note = f"no predecessor in the election before for {', '.join(lacking)}"
        return BaselineForecasts(np.empty((0, width)), forecasts.iloc[:0], note)
    return BaselineForecasts(shares[None, :], forecasts)
