"""The votes of two rounds by unit, as transfer methods take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pollbench.ecological import balanced, imbalance_pct
from pollbench.ecological.known_truth import SMALLEST_PCT
from pollbench.errors import NothingToCompare

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.ecological._method import Votes

#: Options that are no candidates; they end every list of options, in this order.
OTHERS, BLANK, ABSTENTION = "others", "blank_null", "abstention"
#: The largest share of electors whose unit may be missing from one of the rounds, in per cent.
LARGEST_LOSS_PCT = 2.0


@dataclass(frozen=True)
class Units:
    """Both rounds by unit, with equal registers in every unit.

    Attributes
    ----------
    election_id : the election.
    contest_id : the second of the two rounds.
    origin : what the units are: "departments", or the names of files.
    options_first, options_second : candidates by votes, then others, blank_null and abstention.
    first, second : arrays (units, options), votes; ``second`` is balanced to the registers of ``first``.
    imbalance_pct : how far the registers differed before, in per cent.
    left_out : units without voters, or that stand in one round only.
    left_out_pct : their electors, in per cent.
    """

    election_id: str
    contest_id: str
    origin: str
    options_first: tuple[str, ...]
    options_second: tuple[str, ...]
    first: Votes
    second: Votes
    imbalance_pct: float
    left_out: int
    left_out_pct: float


def two_rounds(bench: Bench, election: str) -> tuple[str, str]:
    """The last two rounds of an election that were voted on; NothingToCompare if there are no two."""
    rows = bench.frame(
        "SELECT contest_id FROM contest SEMI JOIN result USING (contest_id) WHERE election_id = ? ORDER BY round",
        [election],
    ).contest_id.astype(str)
    if len(rows) < 2:
        message = (
            f"Rounds of {election} with a result: {len(rows)}; transfers lead from one round to the next."
        )
        raise NothingToCompare(message)
    return rows.iloc[-2], rows.iloc[-1]


def from_departments(bench: Bench, election: str) -> Units:
    """The departments of an election, from the table department_result.

    Raises
    ------
    NothingToCompare : fewer than two rounds, or departments without registers and abstentions.
    """
    rounds = []
    contests = two_rounds(bench, election)
    for contest in contests:
        rows = bench.frame(
            "SELECT dept_code, candidate_id, votes, abstentions, blank_null FROM department_result "
            "WHERE contest_id = ? AND registered IS NOT NULL ORDER BY dept_code, candidate_id",
            [contest],
        )
        if rows.empty:
            message = (
                f"{contest} has no votes by department with registers and abstentions (departments.csv). "
                "Give a file of units for each of the two rounds (--units)."
            )
            raise NothingToCompare(message)
        votes = rows.pivot(index="dept_code", columns="candidate_id", values="votes")
        others = rows.groupby("dept_code")[["blank_null", "abstentions"]].first()
        rounds.append(
            votes.assign(**{BLANK: others.blank_null, ABSTENTION: others.abstentions}).astype(float)
        )
    return assembled(election, contests[1], rounds[0], rounds[1], "departments")


def assembled(election: str, contest: str, first: pd.DataFrame, second: pd.DataFrame, origin: str) -> Units:
    """Two rounds with one row per unit as arrays: the same units, small candidates merged, registers balanced.

    Parameters
    ----------
    election, contest : ids, the contest being the second round.
    first, second : index = unit; columns = candidates, blank_null, abstention; votes.
    origin : what the units are.

    Raises
    ------
    NothingToCompare : more than 2 per cent of the electors are in units that stand in one round only.
    DomainError : registers that differ by more than 2 per cent.
    """
    electors = first.sum(axis=1)
    voted = electors[electors > 0].index.intersection(second.index[second.sum(axis=1) > 0])
    lost = 100 * (1 - electors[voted].sum() / electors.sum())
    gone = len(first.index.union(second.index)) - len(voted)
    if lost > LARGEST_LOSS_PCT:
        message = (
            f"{origin}: {gone} units with {lost:.1f} per cent of the electors stand in one of the two rounds only. "
            "Give files with the same units, named alike."
        )
        raise NothingToCompare(message)
    first, second = _ordered(first.loc[voted], merge=True), _ordered(second.loc[voted], merge=False)
    before, after = first.to_numpy(float), second.to_numpy(float)
    return Units(
        election,
        contest,
        origin,
        tuple(map(str, first.columns)),
        tuple(map(str, second.columns)),
        before,
        balanced(before, after),
        imbalance_pct(before, after),
        gone,
        lost,
    )


def _ordered(votes: pd.DataFrame, *, merge: bool) -> pd.DataFrame:
    """Candidates by votes, those below 3 per cent of the electorate merged, then blank_null and abstention."""
    totals = votes.sum()
    candidates = totals.drop([BLANK, ABSTENTION]).sort_values(ascending=False, kind="stable")
    small = candidates.index[candidates < SMALLEST_PCT / 100 * totals.sum()]
    if not merge or len(small) < 2:
        small = small[:0]
    named = [name for name in candidates.index if name not in small]
    result = votes[named]
    if len(small):
        result = result.assign(**{OTHERS: votes[list(small)].sum(axis=1)})
    return pd.concat([result, votes[[BLANK, ABSTENTION]]], axis=1)


def sizes_pct(units: Units) -> Votes:
    """Voters of every option of the first round, in per cent of the electorate."""
    totals: Votes = units.first.sum(axis=0)
    return np.asarray(100 * totals / totals.sum())
