"""What came true: one function for events with a probability and for claims in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pollbench.errors import DomainError

Verdict = Literal["true", "partly", "false", "undefined"]

#: The rule of each type, printed beside every verdict.
RULES = {
    "leader": "true if the candidate came first",
    "winner": "true if the candidate came first in the round that elects",
    "qualified_pair": "true if all named candidates advanced, partly if one of them did",
    "qualifies": "true if all named candidates advanced, partly if some did",
    "eliminated": "true if none of the named candidates advanced, partly if one of them did not",
    "order": "true if the named candidates finished in this order among themselves, "
    "partly if the first named finished first of them",
    "share_band": "true if the share of valid votes lies within the band, both ends included",
    "margin": "no yes or no: the margin of the first named over the second is compared in points",
}


@dataclass(frozen=True)
class Outcome:
    """What the votes say about a statement.

    Attributes
    ----------
    verdict : "true", "partly", "false", or "undefined" where the votes are tied at the cut or
        the statement is a margin.
    occurred : 1.0 or 0.0 for a statement that is true or not (partly is 0), None if undefined.
    measured : the share or margin that the votes give, for bands and margins, else None.
    rule : the rule that decided, in words.
    """

    verdict: Verdict
    occurred: float | None
    measured: float | None
    rule: str


def outcome(
    type: str,
    candidates: Sequence[str],
    votes: Mapping[str, int],
    *,
    advance: int,
    total: float | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Outcome:
    """Decide from the votes whether a statement came true.

    Parameters
    ----------
    type : a key of `RULES`.
    candidates : the candidates the statement names, in its order; a person who did not stand
        counts as one who did not advance.
    votes : votes of everybody who stood in the contest.
    advance : how many candidates advance from the contest (1 = elected).
    total : the votes of all, where ``votes`` may hold only some of those who stood.
    low, high : ends of a share band, per cent; an end that is not given is open.

    Returns
    -------
    Outcome.

    Raises
    ------
    DomainError : an unknown type, no candidate named, no votes, an order or a margin of one.

    Examples
    --------
    >>> votes = {"macron": 240, "le-pen": 213, "fillon": 200, "melenchon": 196}
    >>> outcome("qualified_pair", ["le-pen", "fillon"], votes, advance=2).verdict
    'partly'
    >>> outcome("order", ["macron", "fillon", "le-pen"], votes, advance=2).verdict
    'partly'
    >>> round(outcome("share_band", ["le-pen"], votes, advance=2, low=20, high=30).measured, 1)
    25.1
    """
    _require(type, candidates, votes)
    rule = RULES[type]
    if type in {"share_band", "margin"}:
        return _measured(type, candidates, votes, total, low, high, rule)
    if type in {"leader", "winner"}:
        return _of_count(candidates, votes, 1, rule, wanted=True)
    if type in {"qualified_pair", "qualifies"}:
        return _of_count(candidates, votes, advance, rule, wanted=True)
    if type == "eliminated":
        return _of_count(candidates, votes, advance, rule, wanted=False)
    return _order(candidates, votes, rule)


def _require(type: str, candidates: Sequence[str], votes: Mapping[str, int]) -> None:
    if type not in RULES:
        message = f"A statement of type {type!r} has no rule. There is: {', '.join(RULES)}."
        raise DomainError(message)
    if not votes or not any(votes.values()):
        message = "Nobody has voted yet: whether a statement came true is not known."
        raise DomainError(message)
    needed = 2 if type in {"order", "margin"} else 1
    if len(candidates) < needed:
        fewest = "one candidate" if needed == 1 else "two candidates"
        message = f"A statement of type {type!r} names at least {fewest}."
        raise DomainError(message)


def first(votes: Mapping[str, int], count: int) -> set[str] | None:
    """The ``count`` candidates with most votes, None if a tie at the cut leaves them open.

    Examples
    --------
    >>> sorted(first({"a": 5, "b": 3, "c": 1}, 2)), first({"a": 5, "b": 3, "c": 3}, 2)
    (['a', 'b'], None)
    """
    ranked = sorted(votes, key=lambda candidate: (-votes[candidate], candidate))
    if count < len(ranked) and votes[ranked[count - 1]] == votes[ranked[count]]:
        return None
    return set(ranked[:count])


def _of_count(
    candidates: Sequence[str], votes: Mapping[str, int], count: int, rule: str, *, wanted: bool
) -> Outcome:
    advanced = first(votes, count)
    if advanced is None:
        return Outcome("undefined", None, None, rule)
    right = [(candidate in advanced) == wanted for candidate in candidates]
    if all(right):
        return Outcome("true", 1.0, None, rule)
    return Outcome("partly" if any(right) else "false", 0.0, None, rule)


def _order(candidates: Sequence[str], votes: Mapping[str, int], rule: str) -> Outcome:
    # A person who does not stand gets no vote; -1 puts such a name behind all candidates.
    counted = [votes.get(candidate, -1) for candidate in candidates]
    if len(set(counted)) < len(counted) and -1 not in counted:
        return Outcome("undefined", None, None, rule)
    if all(ahead > behind for ahead, behind in pairwise(counted)):
        return Outcome("true", 1.0, None, rule)
    led = counted[0] == max(counted) and counted[0] >= 0
    return Outcome("partly" if led else "false", 0.0, None, rule)


def _measured(
    type: str,
    candidates: Sequence[str],
    votes: Mapping[str, int],
    total: float | None,
    low: float | None,
    high: float | None,
    rule: str,
) -> Outcome:
    total = total or math.fsum(votes.values())
    shares = [100.0 * votes.get(candidate, 0) / total for candidate in candidates]
    if type == "margin":
        return Outcome("undefined", None, shares[0] - shares[1], rule)
    inside = (low is None or shares[0] >= low) and (high is None or shares[0] <= high)
    return Outcome("true" if inside else "false", float(inside), shares[0], rule)
