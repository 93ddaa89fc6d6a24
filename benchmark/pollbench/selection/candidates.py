"""Which candidates are compared: the ballot, a named set, the main ones, or those that are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pollbench.data.memo import Key
from pollbench.errors import UnknownName

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: A candidate with this share in the mean of the houses' last polls is a main one, in per cent.
#: Eight separates, in all five elections held here, those who could reach the run-off from the rest.
MAIN_SHARE = 8.0
_CANDIDATES: Key[tuple[str, ...]] = Key("candidates of a contest")


def candidates_of(bench: Bench, contest_id: str, chosen: str | Sequence[str]) -> tuple[str, ...]:
    """The candidates that ``chosen`` means in a contest, in the order of its result (before the vote: of the last polls).

    Parameters
    ----------
    chosen : "all", "main", the name of a set of that election, or candidates. A set of the first
        round is cut to the ballot in a run-off; who names candidates and finds none of them on the
        ballot of a run-off gets the whole ballot. Where election.toml declares no "main", it is
        everybody with MAIN_SHARE or more in the mean of the houses' last polls of the line-up that
        stood, whatever the policy's day and window; without such polls, the whole ballot.

    Raises
    ------
    UnknownName : no such candidate, or the election has no set of that name. A set that another
        election has is not replaced by "main": one policy would mean two things.
    """
    key = _CANDIDATES.of(contest_id, chosen if isinstance(chosen, str) else tuple(chosen))
    return bench.memo(key, lambda: _candidates_of(bench, contest_id, chosen))


def _candidates_of(bench: Bench, contest_id: str, chosen: str | Sequence[str]) -> tuple[str, ...]:
    # All contests in one question, which is remembered.
    ballots = bench.frame(
        "SELECT contest_id, c.candidate_id FROM candidate c LEFT JOIN oracle o USING (contest_id, candidate_id) "
        "LEFT JOIN last_polls_mean m USING (contest_id, candidate_id) "
        "ORDER BY contest_id, o.rank NULLS LAST, m.mean_pct DESC NULLS LAST, c.candidate_id"
    )
    ballot = ballots.candidate_id[ballots.contest_id == contest_id].tolist()
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
    members_on_ballot = tuple(candidate for candidate in ballot if candidate in members)
    return members_on_ballot or tuple(ballot)


def _named_set(bench: Bench, contest_id: str, name: str) -> set[str] | None:
    """The members of a named set, of this contest or of the first round of its election; None = all."""
    sets = bench.frame(
        "SELECT m.contest_id AS of_contest, s.contest_id, s.name, s.candidate_id FROM contest m "
        "JOIN contest c USING (election_id) JOIN candidate_set s ON s.contest_id = c.contest_id"
    )
    sets = sets[sets.of_contest == contest_id]
    of_name = sets[sets.name == name]
    if not of_name.empty:
        of_contest = of_name[of_name.contest_id == contest_id]
        return set((of_contest if not of_contest.empty else of_name).candidate_id)
    if name == "main":
        return _main_by_the_polls(bench, contest_id)
    raise _unknown_set(bench, contest_id, name, {*sets.name, "main", "all"})


def _main_by_the_polls(bench: Bench, contest_id: str) -> set[str] | None:
    """The main candidates where none are declared: by the last poll of each house; None without polls.

    A property of the contest and not of a policy, like a declared set: whatever the policy's day or
    window, the same candidates are compared.
    """
    means = bench.frame("SELECT contest_id, candidate_id, mean_pct FROM last_polls_mean")
    means = means[means.contest_id == contest_id]
    return None if means.empty else set(means.candidate_id[means.mean_pct >= MAIN_SHARE])


def _unknown_set(bench: Bench, contest_id: str, name: str, known: set[str]) -> UnknownName:
    """The message about a name that is no set of the election of ``contest_id``."""
    people = set(bench.frame("SELECT candidate_id FROM person").candidate_id)
    election = str(bench.contests.set_index("contest_id").election_id[contest_id])
    if name in people:
        return UnknownName(
            f"{name!r} is a candidate, not a set. For that candidate alone write '{name},' "
            f"(in Python: ('{name}',)). Sets of {election}: {', '.join(sorted(known))}."
        )
    error = UnknownName.of(kind=f"candidate set of {election}", name=name, known=known)
    elsewhere = bench.frame(
        "SELECT DISTINCT c.election_id FROM candidate_set s JOIN contest c USING (contest_id) "
        "WHERE s.name = ? ORDER BY ALL",
        [name],
    ).election_id.tolist()
    if not elsewhere:
        return error
    return UnknownName(
        f"{election} has no candidate set {name!r}; {', '.join(elsewhere)} has. Sets of {election}: "
        f"{', '.join(sorted(known))}. Choose one that every election asked for has, or ask one election alone."
    )
