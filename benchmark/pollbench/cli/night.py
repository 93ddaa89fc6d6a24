"""``pollbench night``: a run-off's night rehearsed, or read while it is under way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pollbench.cli._options import (
    DEFAULT_ELECTION,
    FewElections,
    Format,
    MoreElections,
    Output,
    TableFormat,
    asked_for,
)

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: Columns of a file of partial results.
COLUMNS = ("dept_code", "candidate_id", "votes")


def night_(
    elections: FewElections = None,
    election: MoreElections = None,
    counted: Annotated[
        Path | None,
        typer.Option(
            help="Partial results: CSV with dept_code, candidate_id, votes of the departments that reported."
        ),
    ] = None,
    replay: Annotated[
        str, typer.Option(help="The earlier vote whose replays give the interval.")
    ] = DEFAULT_ELECTION,
    at: Annotated[
        str,
        typer.Option(
            help="The moment, 2027-05-02T20:15:00+02:00; needed where a protocol says when the polling stations close."
        ),
    ] = "",
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Read partial results as if the rest followed the swing; without a file, rehearse the night of a run-off."""
    from pollbench.campaign.election_night import (
        LEVEL,
        live_table,
        night_table,
        smallest_gap_of_polls,
        unit_votes,
    )
    from pollbench.cli._output import show
    from pollbench.data.store import load

    with load(*asked_for(elections, election)) as bench:
        contest = _runoff(bench)
        if counted is None:
            show(night_table(bench, contest), form, output)
        else:
            require_closed(contest, at)
            reference = unit_reference(bench, contest)
            votes = read_counted(counted, reference)
            with load(replay) as earlier:
                replays = unit_votes(earlier, _runoff(earlier))
            gap = smallest_gap_of_polls(bench, contest, str(votes.sum().idxmax()))
            show(live_table(votes, reference[list(votes.columns)], replays, gap=gap), form, output)
    if form is Format.table and output is None:
        typer.echo(
            f"\nswing_pct: if the places still to come follow the swing of those counted; low and high: {LEVEL:.0%} of "
            "replays of an earlier vote. No rank is read off partial results before that interval is shorter than the "
            "smallest gap between forecasts."
        )


def _runoff(bench: Bench) -> str:
    from pollbench.errors import CoverageError

    contests = bench.contests
    later = contests[contests["round"] > 1]
    if later.empty:
        message = f"{', '.join(bench.elections)} has one round: there is no run-off whose swing a first round would give."
        raise CoverageError(message)
    return str(later.contest_id.iloc[-1])


def require_closed(contest_id: str, at: str) -> None:
    """Refuse partial results of a contest under a protocol before its last polling station has closed.

    Raises
    ------
    IntakeError : no moment is given, or it is before the closing.
    """
    from pollbench.protocol.intake import IntakeError, require_moment
    from pollbench.protocol.rules import load_protocol, shipped_protocols

    for rules in map(load_protocol, shipped_protocols()):
        for contest in rules.contests:
            if contest.contest_id == contest_id and require_moment(at) < contest.closes:
                message = (
                    f"The polling stations of {contest_id} close at {contest.closes.isoformat()}; no partial result is "
                    f"read before, and it is {at}."
                )
                raise IntakeError(message)


def unit_reference(bench: Bench, contest_id: str) -> pd.DataFrame:
    """Votes by department in the round before ``contest_id``, one column per candidate."""
    from pollbench.errors import CoverageError

    rows = bench.frame(
        "SELECT d.dept_code, d.candidate_id, d.votes FROM department_result d JOIN contest c USING (contest_id) "
        "JOIN contest this ON this.election_id = c.election_id AND c.round = this.round - 1 "
        "WHERE this.contest_id = ? ORDER BY d.dept_code",
        [contest_id],
    )
    if rows.empty:
        message = f"{contest_id}: the round before it is not held by department; add it to departments.csv."
        raise CoverageError(message)
    return rows.pivot(index="dept_code", columns="candidate_id", values="votes").astype(float)


def read_counted(path: Path, reference: pd.DataFrame) -> pd.DataFrame:
    """Partial results from a file, one row per department that reported.

    Raises
    ------
    DataError : names the line, the value, the rule and the remedy.
    """
    import pandas as pd

    from pollbench.data.csv_files import read_text_table
    from pollbench.errors import DataError

    table, offences = read_text_table(path, COLUMNS)
    if offences or table is None:
        raise offences[0]
    seen: set[tuple[str, str]] = set()
    for line, (unit, candidate, votes) in zip(table.lines, table.rows, strict=True):
        for column, value, known, rule in (
            ("dept_code", unit, unit in reference.index, "is no department of the round before."),
            ("candidate_id", candidate, candidate in reference.columns, "did not stand in the round before."),
            ("votes", votes, votes.isdecimal() and len(votes) < 10, "is no whole number of votes."),
            ("dept_code", unit, (unit, candidate) not in seen, f"has {candidate} twice."),
        ):
            if not known:
                remedy = "Correct the cell; departments are written as in departments.csv."
                raise DataError(path, line=line, column=column, value=value[:60], rule=rule, remedy=remedy)
        seen.add((unit, candidate))
    frame = pd.DataFrame(table.rows, columns=list(COLUMNS)).astype({"votes": float})
    wide = frame.pivot(index="dept_code", columns="candidate_id", values="votes")
    if wide.isna().any(axis=None):
        unit = str(wide.index[wide.isna().any(axis=1)][0])
        rule = "lacks a candidate in a department that has reported."
        raise DataError(
            path, column="dept_code", value=unit, rule=rule, remedy="Give the votes of all of them."
        )
    if wide.empty:
        raise DataError(path, line=1, rule="has no department.", remedy="Give those that have reported.")
    return wide
