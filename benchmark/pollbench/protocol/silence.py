"""Which elections are in their legal silence at a moment, and from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from pollbench.data.elections import Election, find, find_all, shipped_elections
from pollbench.errors import PollbenchError
from pollbench.protocol.rules import Protocol, load_protocol, shipped_protocols
from pollbench.protocol.submission import moment


class MomentError(PollbenchError):
    """A moment that cannot be read."""


@dataclass(frozen=True)
class LegalSilence:
    """An election about which no poll may be published at a moment.

    Attributes
    ----------
    election : the election.
    contest_id : the round that silences it.
    since : the first midnight of the days of silence.
    until : when the last polling station closes; without a protocol that says so, the end of the last day.
    protocol : the protocol of the election, if it has one.
    """

    election: Election
    contest_id: str
    since: datetime
    until: datetime
    protocol: Protocol | None


def silences_at(elections: Iterable[Election], at: datetime) -> list[LegalSilence]:
    """The elections in their legal silence at a moment, in their order.

    Parameters
    ----------
    elections : with the days of silence that their descriptions state.
    at : the moment, with its offset from UTC; days without a protocol are counted in this offset.

    Returns
    -------
    One entry per election that is silent: since <= at < until.

    References
    ----------
    Law 77-808 of 19 July 1977, article 11: no poll is published on the eve and the day of each round until the
    last polling station has closed.
    """
    protocols = [load_protocol(name) for name in shipped_protocols()]
    silent = []
    for election in elections:
        rules = next((known for known in protocols if known.election_id == election.election_id), None)
        contests = {known.contest_id: known for known in rules.contests} if rules else {}
        for days in election.silences:
            if contest := contests.get(days.contest_id):
                since, until = contest.midnight(days.first_day), contest.closes
            else:
                since = datetime.combine(days.first_day, time(), tzinfo=at.tzinfo)
                until = datetime.combine(days.last_day + timedelta(days=1), time(), tzinfo=at.tzinfo)
            if since <= at < until:
                silent.append(LegalSilence(election, days.contest_id, since, until, rules))
                break
    return silent


def outside_silence(
    named: Sequence[str | Path], as_of: str
) -> tuple[tuple[str | Path, ...], list[LegalSilence]]:
    """The elections of a command that may be shown at a moment, and those that may not.

    Parameters
    ----------
    named : ids or folders; all shipped elections if none is named.
    as_of : ISO with its offset from UTC; without one, nothing is silent: no clock is read.

    Returns
    -------
    (left, silent): ``named`` as it is where nothing is silent.

    Raises
    ------
    MomentError : ``as_of`` is no moment.
    UnknownName, DataError : as for ``find_all``.

    Examples
    --------
    >>> left, silent = outside_silence(["fr-pres-2022", "fr-pres-2027"], "2027-04-17T10:00:00+02:00")
    >>> left, [each.contest_id for each in silent]
    (('fr-pres-2022',), ['fr-pres-2027-r1'])
    """
    if not as_of:
        return tuple(named), []
    at = moment(as_of)
    if at is None:
        message = f"{as_of!r} is no moment with its offset from UTC; write it like 2027-04-17T10:00:00+02:00."
        raise MomentError(message)
    names = tuple(named) or shipped_elections()
    silent = silences_at(find_all(names), at)
    ids = {silence.election.election_id for silence in silent}
    # A folder of many elections is left out whole if one of them is silent.
    left = tuple(name for name in names if not any(known.election_id in ids for known in find(name)))
    return left if silent else tuple(named), silent
