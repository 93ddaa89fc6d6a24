"""Before the ballot is known: one scenario of each contest stands in for it.

Who stands is then an assumption. It is made once, when the database is built: the candidates of the
scenario become those of the contest, and the polls that asked about it those of the line-up that stands.
Everything that is computed from a ballot is computed from it, and every page names it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pollbench.data.elections import datasets_folder
from pollbench.data.schema import Connection
from pollbench.errors import PolicyError, UnknownName

#: Of late: surveys that ended within so many days of the contest's newest one decide the default.
RECENT_DAYS = 60

#: One row per contest without a ballot and scenario that polls of it asked about, the default first.
_OFFERED = f"""
WITH asked AS (
  SELECT f.contest_id, c.election_id, f.scenario AS scenario_id, f.survey, f.forecaster_id, f.measured_to,
    max(f.measured_to) OVER (PARTITION BY f.contest_id) AS newest
  FROM forecast f
  JOIN contest c USING (contest_id)
  WHERE f.scenario IS NOT NULL AND f.survey IS NOT NULL
    AND f.contest_id NOT IN (SELECT contest_id FROM candidate)
)
SELECT contest_id, scenario_id, s.title, count(DISTINCT survey) AS surveys
FROM asked
JOIN scenario s USING (election_id, scenario_id)
GROUP BY contest_id, scenario_id, s.title
ORDER BY contest_id,
  count(DISTINCT survey) FILTER (measured_to >= newest - {RECENT_DAYS}) DESC,
  count(DISTINCT forecaster_id) DESC, max(measured_to) DESC, scenario_id
"""


def assume(connection: Connection, chosen: Sequence[str] = ()) -> None:
    """Let a scenario stand in for the ballot of every contest that has none.

    Parameters
    ----------
    connection : the database, filled and checked, not yet closed.
    chosen : ids of scenarios, at most one for each contest; for the others it is the scenario that most surveys of
        the last 60 days before the newest poll asked about (then: most firms, the newest, the first id).

    Raises
    ------
    UnknownName : no poll of a contest without a ballot asked about a scenario of that name.
    PolicyError : two scenarios are chosen for one contest, or every contest has its ballot.
    """
    connection.execute((datasets_folder() / "sql" / "standing_scenario.sql").read_text(encoding="utf-8"))
    _let_stand(connection, chosen)


def assume_anew(connection: Connection, chosen: Sequence[str]) -> None:
    """Let other scenarios stand in a database in which some stand already; errors as for :func:`assume`."""
    connection.execute(
        "UPDATE forecast SET lineup = scenario FROM standing_scenario s "
        "WHERE forecast.contest_id = s.contest_id AND forecast.scenario = s.scenario_id"
    )
    connection.execute("DELETE FROM candidate WHERE contest_id IN (SELECT contest_id FROM standing_scenario)")
    connection.execute("DELETE FROM standing_scenario")
    _let_stand(connection, chosen)


def _let_stand(connection: Connection, chosen: Sequence[str]) -> None:
    offered = connection.execute(_OFFERED).fetchall()
    if chosen and not offered:
        message = f"The ballot is known: scenario {', '.join(chosen)} cannot stand in for it. Leave the scenario out."
        raise PolicyError(message)
    known = [scenario for _, scenario, _, _ in offered]
    for name in chosen:
        if name not in known:
            raise UnknownName.of(kind="scenario that was polled", name=name, known=known)
    standing: dict[str, tuple[str, str, bool, int]] = {}
    for contest, scenario, title, surveys in offered:
        named = scenario in chosen
        before = standing.get(contest)
        if named and before is not None and before[2]:
            message = f"{before[0]} and {scenario} are both chosen for {contest}; one of them can stand."
            raise PolicyError(message)
        if named or before is None:
            standing[contest] = (scenario, title, named, surveys)
    for contest, (scenario, title, named, surveys) in standing.items():
        connection.execute(
            "INSERT INTO standing_scenario VALUES (?, ?, ?, ?, ?)", [contest, scenario, title, named, surveys]
        )
        connection.execute(
            "INSERT INTO candidate (contest_id, candidate_id) SELECT ?, unnest(string_split(candidates, ' ')) "
            "FROM scenario JOIN contest USING (election_id) WHERE scenario_id = ? AND contest_id = ?",
            [contest, scenario, contest],
        )
        connection.execute(
            "UPDATE forecast SET lineup = 'final' WHERE contest_id = ? AND scenario = ?", [contest, scenario]
        )
