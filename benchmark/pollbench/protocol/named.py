"""Whom a submission may name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pollbench.data.bench import Bench


def may_be_named(bench: Bench, election_id: str) -> dict[str, str]:
    """The ballot of an election; before it is known, everyone whom a forecast of it names.

    A scenario that stands in for the ballot is none: who is not in it may still stand.

    Parameters
    ----------
    bench : the opened elections.
    election_id : the one that is forecast.

    Returns
    -------
    dict, candidate id -> full name, in the order of the ids.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> with load("fr-pres-2027") as bench:
    ...     named = may_be_named(bench, "fr-pres-2027")
    >>> named["bardella"], named["le-pen"]
    ('Jordan Bardella', 'Marine Le Pen')
    """
    rows = bench.frame(
        "WITH own AS (SELECT contest_id FROM contest WHERE election_id = ?), "
        "ballot AS (SELECT candidate_id FROM candidate JOIN own USING (contest_id) "
        "WHERE contest_id NOT IN (SELECT contest_id FROM standing_scenario)), "
        "published AS (SELECT candidate_id FROM prediction JOIN forecast USING (forecast_id) JOIN own USING (contest_id)), "
        "named AS (FROM ballot UNION FROM published WHERE NOT EXISTS (FROM ballot)) "
        "SELECT candidate_id, name FROM named JOIN person USING (candidate_id) ORDER BY candidate_id",
        [election_id],
    )
    return dict(zip(rows.candidate_id, rows.name, strict=True))
