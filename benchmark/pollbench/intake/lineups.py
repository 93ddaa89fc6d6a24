"""Who was tested against who stands: ballots, line-ups, and scenarios while the ballot is not known."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from pollbench.intake.model import Draft, Question
from pollbench.intake.names import slug
from pollbench.intake.plan import Contest, Planned
from pollbench.intake.remarks import Remarks

#: From this part of the surveys on, several line-ups in one are suppositions about who will stand.
SEVERAL = 0.1


def supply_ballots(
    plans: Mapping[str, Planned],
    questions: Iterable[Question],
    counted: Mapping[tuple[str, int], Iterable[str]],
    guess: bool,
    remarks: Remarks,
) -> None:
    """Fill in who stands: the candidates with a result, else, if ``guess``, everyone tested.

    Parameters
    ----------
    counted : race and round -> ids of the candidates with a result.
    guess : whether those who were tested may be taken for the ballot.
    """
    tested: dict[tuple[str, int], dict[frozenset[str], None]] = {}
    asked: dict[tuple[str, int], dict[tuple[object, ...], set[frozenset[str]]]] = {}
    for question in questions:
        vote = (question.race, question.round)
        names = frozenset(figure.name for figure in question.figures)
        tested.setdefault(vote, {})[names] = None
        sample = (question.house, question.end, question.size, question.quantity)
        asked.setdefault(vote, {}).setdefault(sample, set()).add(names)
    for race, plan in plans.items():
        for number, contest in plan.contests.items():
            if candidates := list(counted.get((race, number), ())):
                contest.ballot = candidates
            elif contest.ballot is None and guess and _suppositions(asked.get((race, number), {})):
                remarks.guess(
                    f"Surveys put several line-ups for round {number}: no candidate is taken to stand yet, and each line-up is a "
                    "scenario. Write ballot under [[contests]] once it is known."
                )
            elif contest.ballot is None and guess:
                contest.ballot = _guessed(contest, list(tested.get((race, number), {})))
                if contest.ballot:
                    remarks.guess(
                        "Who stands was not given: taken for the ballot are all who were tested. Change ballot under [[contests]]."
                    )


def _suppositions(asked: Mapping[tuple[object, ...], set[frozenset[str]]]) -> bool:
    """Whether surveys try out line-ups: enough of them put several to one sample."""
    several = sum(len(line_ups) > 1 for line_ups in asked.values())
    return several > 0 and several >= SEVERAL * len(asked)


def _guessed(contest: Contest, line_ups: list[frozenset[str]]) -> list[str] | None:
    """Everyone tested; in a run-off only if all polls test one pair, for several pairs are suppositions."""
    if contest.round > 1 and len(line_ups) != 1:
        return None
    everyone = sorted(frozenset().union(*line_ups))
    return everyone if len(everyone) > contest.advance or (everyone and contest.advance == 1) else None


def line_up(contest: Contest, tested: list[str], whole: bool) -> tuple[str, bool, str]:
    """The line-up of a poll, whether it is complete, and why it cannot be taken.

    Parameters
    ----------
    tested : ids, in the order in which they are printed.
    whole : whether the shares add up to 100.

    Examples
    --------
    >>> from datetime import date
    >>> vote = Contest(1, date(2027, 4, 18), 2, ["ann", "bob", "cleo"])
    >>> line_up(vote, ["ann", "bob", "cleo"], True)
    ('final', True, '')
    >>> line_up(vote, ["ann", "dan"], True)
    ('x-dan--no-bob+cleo', True, '')
    """
    ballot = set(contest.ballot or ())
    outside = sorted(set(tested) - ballot)
    absent = sorted(ballot - set(tested))
    if contest.round > 1 and contest.advance == 1 and len(tested) != 2:
        return "", False, f"a poll of a run-off tests two candidates, this one {len(tested)}"
    if not ballot:
        return "", whole, ""
    if contest.round > 1 and contest.advance == 1 and outside:
        return f"duel-{tested[0]}-v-{tested[1]}", whole, ""
    if not outside:
        return ("near-final" if absent and whole else "final"), whole, ""
    missing = f"--no-{'+'.join(absent)}" if absent and whole else ""
    return f"x-{'+'.join(outside)}{missing}", whole, ""


def distinguished(line_ups: list[tuple[str, list[str]]], ballot: list[str]) -> list[str]:
    """Line-ups of one survey under names of their own: where two share one, the shorter says who is missing.

    Parameters
    ----------
    line_ups : the name of each, and who was tested.

    Examples
    --------
    >>> distinguished([("final", ["ann", "bob", "cleo"]), ("final", ["ann", "bob"])], ["ann", "bob", "cleo"])
    ['final', 'x--no-cleo']
    """
    names = [name for name, _ in line_ups]
    for index, (name, tested) in enumerate(line_ups):
        others = [other for number, (same, other) in enumerate(line_ups) if same == name and number != index]
        absent = sorted(set(ballot) - set(tested))
        if not others or not absent or name.startswith("duel-"):
            continue
        if name != "near-final" and len(tested) > max(len(other) for other in others):
            continue
        outside = sorted(set(tested) - set(ballot))
        names[index] = f"x-{'+'.join(outside)}--no-{'+'.join(absent)}".replace("x---no", "x--no")
    return names


class Scenarios:
    """Named line-ups of one import: one set of candidates is one scenario of its election.

    A line-up that the folder names already keeps that name and its row.
    """

    def __init__(
        self,
        draft: Draft,
        source_id: str,
        withdrew: Mapping[str, date],
        standing: Collection[Mapping[str, str]] = (),
    ) -> None:
        self._titles = draft.scenarios
        self._withdrew = withdrew
        self._source_id = source_id
        self._known: dict[tuple[str, frozenset[str]], str] = {}
        self._taken: dict[tuple[str, str], frozenset[str]] = {}
        self.rows: dict[tuple[str, str], dict[str, str]] = {}
        self._standing: dict[tuple[str, frozenset[str]], dict[str, str]] = {}
        # Those of an earlier import are named and dated anew, as the source has them now.
        for row in (known for known in standing if known.get("sources") != source_id):
            names = frozenset(row.get("candidates", "").split())
            self._standing[row["election_id"], names] = dict(row)
            self._taken[row["election_id"], row["scenario_id"]] = names

    def name(self, election_id: str, label: str, tested: list[str], round_of: int) -> str:
        """The id of the scenario in which exactly ``tested`` stand."""
        names = frozenset(tested)
        if (election_id, names) in self._known:
            return self._known[election_id, names]
        if standing := self._standing.get((election_id, names)):
            identity = standing["scenario_id"]
            self._known[election_id, names] = identity
            self.rows[election_id, identity] = standing
            return identity
        digest = hashlib.sha256(" ".join(sorted(names)).encode()).hexdigest()[:6]
        plain = "duel-" + "-v-".join(tested) if round_of > 1 and len(tested) == 2 else f"list-{digest}"
        wish = slug(label) or plain
        if self._taken.get((election_id, wish), names) != names:
            wish = f"{wish}-{digest}"
        self._known[election_id, names] = wish
        self._taken[election_id, wish] = names
        title = self._titles.get(label) or label or " ".join(tested)
        self.rows[election_id, wish] = {
            "election_id": election_id,
            "scenario_id": wish,
            "title": title,
            "candidates": " ".join(tested),
            "until": str(min((self._withdrew[name] for name in names & self._withdrew.keys()), default="")),
            "sources": self._source_id,
        }
        return wish
