"""Contests of the record that are loaded without a result, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

_UNSCORED = """
WITH last_page AS (SELECT max(first_seen_on) AS day FROM forecast JOIN release USING (forecast_id)),
noted AS (SELECT DISTINCT contest FROM omitted_figure WHERE starts_with(quantity, 'result'))
SELECT c.contest_id, e.title AS election, c.day, count(*) AS releases,
  count(*) FILTER (r.added_by = 'later') AS later_releases, last_page.day AS last_page,
  CASE WHEN c.day > last_page.day THEN 'to_come' WHEN noted.contest IS NOT NULL THEN 'no_address' ELSE 'none' END AS reason
FROM release r
JOIN forecast f USING (forecast_id) JOIN contest c USING (contest_id) JOIN election e USING (election_id)
CROSS JOIN last_page LEFT JOIN noted ON noted.contest = c.contest_id
WHERE c.contest_id NOT IN (SELECT contest_id FROM oracle UNION ALL SELECT contest_id FROM outcome)
GROUP BY ALL ORDER BY c.day, c.contest_id
"""


def unscored_table(bench: Bench) -> pd.DataFrame:
    """Contests without a result, of which no release is scored, with the reason.

    Parameters
    ----------
    bench : opened data with releases.

    Returns
    -------
    frame by contest: releases, how many of them were added later, the day of the last page of the collection, and the reason:
    to_come (the vote is after that page), no_address (its result was noted without the address of its source, and a figure
    without a source does not enter), none (no result was collected).

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> with load("world") as bench:
    ...     table = unscored_table(bench)
    >>> len(table), int((table.later_releases > 0).sum())
    (47, 38)
    """
    return bench.frame(_UNSCORED)
