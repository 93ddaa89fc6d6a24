"""The votes of the contests that have been held, as counts by candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: Where only shares are printed they are counted in hundredths of a per cent, the digits they have.
WHOLE = 10_000


def votes_of(bench: Bench) -> dict[str, dict[str, int]]:
    """Votes by contest and candidate (or what is printed in their place), for the contests that have been held."""
    frame = bench.frame(
        f"SELECT contest_id, candidate_id, coalesce(votes, round({WHOLE} / 100 * share_pct), seats)::BIGINT AS votes "
        "FROM result ORDER BY ALL"
    )
    votes: dict[str, dict[str, int]] = {}
    for contest, candidate, count in zip(
        frame["contest_id"], frame["candidate_id"], frame["votes"], strict=True
    ):
        votes.setdefault(str(contest), {})[str(candidate)] = int(count)
    return votes


def totals_of(bench: Bench) -> dict[str, int]:
    """What 100 per cent are in the counts of `votes_of`, by contest; contests about seats alone have no shares."""
    frame = bench.frame(
        f"SELECT contest_id, coalesce(sum(votes), {WHOLE})::BIGINT AS total FROM result GROUP BY contest_id "
        "HAVING count(votes) + count(share_pct) > 0"
    )
    return {
        str(contest): int(total) for contest, total in zip(frame["contest_id"], frame["total"], strict=True)
    }
