"""A rehearsal: what the board of a protocol would have said of an election that is over, deadline by deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pollbench.errors import NothingToCompare
from pollbench.protocol.rules import Protocol
from pollbench.ranking.leaderboard import leaderboard
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from pollbench.data.bench import Bench

#: Columns of the rehearsal, in order.
COLUMNS = (
    "contest_id", "rung", "as_of", "rank", "tied_with_best", "forecaster_id", "name", "family", "forecast_id", "measure",
    "value", "tie_range", "baseline", "skill", "protocol_id",
)  # fmt: skip


def policy_at(protocol: Protocol, day: date, rung: int) -> Policy:
    """The policy of a protocol at one deadline of a contest held on ``day``.

    Only what was public on the last whole day before the deadline counts, and it is at most
    ``within_days`` old then.

    Examples
    --------
    >>> from datetime import date
    >>> from pollbench.protocol.rules import load_protocol
    >>> policy_at(load_protocol("fr-pres-2027"), date(2017, 4, 23), 1).as_of
    '2017-04-21'
    """
    last_day = day - timedelta(days=rung + 1)
    age = protocol.policy.within_days
    return replace(
        protocol.policy,
        as_of=last_day.isoformat(),
        within_days=None if age is None else age + rung + 1,
    )


def rehearsal_table(bench: Bench, protocol: Protocol, election_id: str = "") -> pd.DataFrame:
    """The board at every deadline, scored on the result; the rounds of the protocol stand for those of the election.

    Parameters
    ----------
    bench : the data, with results.
    protocol : the rules; its rungs count back from the days of that election.
    election_id : which election of the bench; the only one if it is left out.

    Returns
    -------
    DataFrame, one row per contest, rung and forecaster, best first: contest_id, rung (days before the vote),
    as_of (last day that counts), rank, tied_with_best, forecaster_id, name, family, forecast_id, measure (the
    headline of the protocol), value, tie_range, baseline, skill, protocol_id. Nothing published after ``as_of``
    is read for a row; the candidates scored are those of the eve, as the protocol says.

    Raises
    ------
    NothingToCompare : at no deadline had a forecast that counts been published.
    """
    import pandas as pd

    pieces = []
    contests = bench.contests
    if election_id:
        contests = contests[contests.election_id == election_id]
    days = dict(zip(contests["round"], zip(contests.contest_id, contests.day, strict=True), strict=True))
    for number, contest in enumerate(protocol.contests, start=1):
        if number not in days:
            continue
        contest_id, day = str(days[number][0]), pd.Timestamp(days[number][1]).date()
        for rung in contest.rungs:
            policy = policy_at(protocol, day, rung)
            try:
                scores = score(bench, measures=[protocol.headline], policy=policy, contest_id=contest_id)
                board = leaderboard(scores, rank_by=protocol.headline, baseline=protocol.baselines[0])
            except NothingToCompare:
                # So long before the vote no figure that counts was public; the other deadlines stand.
                continue
            pieces.append(board.assign(rung=rung, as_of=policy.as_of, protocol_id=protocol.protocol_id))
    if not pieces:
        message = f"At no deadline of {protocol.name} had a forecast that counts been published."
        raise NothingToCompare(message)
    return pd.concat(pieces, ignore_index=True)[list(COLUMNS)]
