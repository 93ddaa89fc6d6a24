"""Which candidates are compared: the ballot, a named set, the main ones, or those that are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pollbench.errors import UnknownName

if TYPE_CHECKING:
    from pollbench.store import Bench

#: A candidate with this share in the mean of the houses' last polls is a main one, in per cent.
#: Eight separates, in all five elections held here, those who could reach the run-off from the rest.
MAIN_SHARE = 8.0


def candidates_of(bench: Bench, contest_id: str, chosen: str | Sequence[str]) -> tuple[str, ...]:
    """The candidates that ``chosen`` means in a contest, in the order of its result.

    Parameters
    ----------
    chosen : "all", "main", the name of a set of that election, or candidates. A set of the first
        round is cut to the ballot in a run-off; who names candidates and finds none of them on the
        ballot of a run-off gets the whole ballot.
    """
    ballot = bench.frame(
        "SELECT c.candidate_id FROM candidate c LEFT JOIN oracle o USING (contest_id, candidate_id) "
        "WHERE c.contest_id = ? ORDER BY o.rank NULLS LAST, c.candidate_id",
        [contest_id],
    ).candidate_id.tolist()
    if chosen == "all":
        return tuple(ballot)
    if isinstance(chosen, str):
        members = _named_set(bench, contest_id, chosen)
        if members is None:
            return tuple(ballot)
    else:
        people = set(bench.frame("SELECT candidate_id FROM person").candidate_id)
        for candidate in chosen:
            if candidate not in people:
                raise UnknownName.of(kind="candidate", name=candidate, known=people)
        members = set(chosen)
    kept = tuple(candidate for candidate in ballot if candidate in members)
    return kept or tuple(ballot)


def _named_set(bench: Bench, contest_id: str, name: str) -> set[str] | None:
    """The members of a named set, of this contest or of the first round of its election; None = all."""
    sets = bench.frame(
        "SELECT s.contest_id, s.name, s.candidate_id FROM candidate_set s JOIN contest c USING (contest_id) "
        "WHERE c.election_id = (SELECT election_id FROM contest WHERE contest_id = ?)",
        [contest_id],
    )
    found = sets[sets.name == name]
    if not found.empty:
        own = found[found.contest_id == contest_id]
        return set((own if not own.empty else found).candidate_id)
    if name != "main":
        # In several elections at once a set such as main4 may exist in one only.
        everywhere = set(bench.frame("SELECT DISTINCT name FROM candidate_set").name)
        if name in everywhere:
            return _named_set(bench, contest_id, "main")
        raise UnknownName.of(kind="candidate set", name=name, known={*everywhere, "main", "all"})
    means = bench.frame(
        "SELECT p.candidate_id, avg(p.value) AS mean FROM latest_forecast(NULL) f JOIN prediction p USING (forecast_id) "
        "WHERE f.contest_id = ? AND f.family = 'poll' AND f.kind <> 'poll_average' AND f.lineup = 'final' "
        "GROUP BY p.candidate_id",
        [contest_id],
    )
    return None if means.empty else set(means.candidate_id[means["mean"] >= MAIN_SHARE])
