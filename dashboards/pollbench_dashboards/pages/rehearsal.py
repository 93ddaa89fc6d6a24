"""The rehearsals of a protocol: the board at every deadline of a vote that is over, and a night that is known."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.campaign.election_night import night_table
from pollbench.data.built_before import Loaded
from pollbench.data.kept import kept, note_asked
from pollbench.data.memo import Key
from pollbench.data.questions import note
from pollbench.errors import CoverageError, NothingToCompare
from pollbench.protocol.rehearsal import COLUMNS, rehearsal_table
from pollbench_dashboards.drawing.choosing import contest_title, each_row
from pollbench_dashboards.language.naming import surname
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.protocol import protocol_state, rules_of

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.protocol.rules import Protocol
    from pollbench.workers import Task, Workers
    from pollbench_dashboards.frames.gathered import Gathered

_REHEARSAL: Key[pd.DataFrame] = Key("rehearsal of a protocol")
#: Forecasters listed on each deadline, the closest first.
SHOWN = 3
#: Parts counted that the page shows, per cent.
PARTS = (5, 10, 20, 50, 80, 90, 95)


def content(frames: Gathered, words: Words) -> dict[str, Any]:
    """What the template of the page needs."""
    state = protocol_state(frames.bench, words)
    return {
        "protocol": state,
        "ladders": ladders(frames, words) if state else [],
        "night": night(frames, words),
    }


def give_rehearsals(bench: Bench, workers: Workers) -> dict[str, Task[pd.DataFrame]]:
    """Put the rehearsals of the protocol on the list of the workers; an election that is not loaded is opened there."""
    rules = rules_of(bench)
    if rules is None:
        return {}
    tasks = {}
    for election in rules.rehearsals:
        database = bench.path if election in bench.elections else None
        here = partial(rehearsal_of, bench, rules, election) if database else None
        tasks[election] = workers.give(rehearsed, database, rules.name, election, here=here)
    return tasks


def take_rehearsals(bench: Bench, tasks: Mapping[str, Task[pd.DataFrame]]) -> None:
    """Keep what the workers made, so that the pages of every language find it."""
    rules = rules_of(bench)
    if rules is None:
        return
    for election, task in tasks.items():
        bench.memo(_REHEARSAL.of(rules.protocol_id, election), partial(_taken, bench, election, task))


def _taken(bench: Bench, election: str, task: Task[pd.DataFrame]) -> pd.DataFrame:
    # What another process asked is not known here: it may have been every row.
    if election in bench.elections:
        note_asked(bench, None)
    else:
        files = Loaded((election,), ())
        note(files, files.question)
    return task.result()


def rehearsed(database: Path | None, protocol: str, election: str) -> pd.DataFrame:
    """The rehearsal of an election, from a database or from the shipped data."""
    from pollbench.data.bench import open_database
    from pollbench.data.store import load
    from pollbench.protocol.rules import load_protocol

    with open_database(database) if database else load(election) as bench:
        return rehearsal_of(bench, load_protocol(protocol), election)


def rehearsal_of(bench: Bench, rules: Protocol, election: str) -> pd.DataFrame:
    """The board at every deadline, kept between runs; empty where nothing was published that counts."""

    def make() -> pd.DataFrame:
        try:
            return rehearsal_table(bench, rules, election)
        except NothingToCompare:
            return pd.DataFrame(columns=list(COLUMNS))

    return kept(bench, "rehearsal", (rules.protocol_id, election), make)


@dataclass(frozen=True, eq=False)
class _Past:
    """What the page needs of the votes that are over, loaded or opened for it.

    Attributes
    ----------
    contests : rows of the contests by id.
    people : names by id.
    night : the rehearsed night and its contest; None without results by department.
    """

    contests: dict[str, Any]
    people: dict[str, str]
    night: tuple[str, pd.DataFrame] | None


_PAST: Key[_Past] = Key("votes of the rehearsals")


def _past(frames: Gathered) -> _Past:
    """The rehearsed votes: those that are loaded, and the others of the protocol from the shipped data."""
    return frames.bench.memo(_PAST, partial(_opened_past, frames))


def _opened_past(frames: Gathered) -> _Past:
    from pollbench.data.store import load
    from pollbench_dashboards.frames import gather

    rules = rules_of(frames.bench)
    missing = [name for name in (rules.rehearsals if rules else ()) if name not in frames.bench.elections]
    with ExitStack() as stack:
        others = [gather(stack.enter_context(load(*missing)))] if missing else []
        contests: dict[str, Any] = {}
        people: dict[str, str] = {}
        nights = []
        for known in (frames, *others):
            contests |= {row.contest_id: row for _, row in known["contest"].iterrows()}
            people |= dict(zip(known["person"].candidate_id, known["person"].name, strict=True))
            contest = _run_off(known.bench)
            if contest:
                with suppress(CoverageError):
                    nights.append((contest, night_table(known.bench, contest, parts=PARTS)))
    last = max(nights, key=lambda night: contests[night[0]].day, default=None)
    return _Past(contests, people, last)


def ladders(frames: Gathered, words: Words) -> list[dict[str, Any]]:
    """One table per contest of the rehearsed elections: who was closest at each deadline."""
    bench = frames.bench
    rules = rules_of(bench)
    tables: list[dict[str, Any]] = []
    if rules is None:
        return tables
    titles = _past(frames).contests
    for election in rules.rehearsals:
        make = (
            partial(rehearsal_of, bench, rules, election)
            if election in bench.elections
            else partial(rehearsed, None, rules.name, election)
        )
        table = bench.memo(_REHEARSAL.of(rules.protocol_id, election), make)
        tables += [
            {
                "title": contest_title(titles[str(contest)], words),
                "rungs": [_rung(board, words) for _, board in rows.groupby("rung", sort=False)],
            }
            for contest, rows in table.groupby("contest_id", sort=True)
        ]
    return tables


def _rung(board: pd.DataFrame, words: Words) -> dict[str, Any]:
    # The closest is not among those that could not be distinguished from it.
    tied, others = int((board.tied_with_best == "yes").sum()) - 1, len(board) - 1
    closest = [
        words("rehearsal.entry", name=name, value=words.number(value, 2))
        for name, value in zip(board["name"].head(SHOWN), board["value"].head(SHOWN), strict=True)
    ]
    return {
        "rung": int(board.rung.iloc[0]),
        "day": words.day(pd.Timestamp(board.as_of.iloc[0])),
        "number": len(board),
        "closest": words.listed(closest),
        "tied": words("rehearsal.all_tied")
        if tied == others
        else words("rehearsal.tied", number=tied, others=others),
    }


def night(frames: Gathered, words: Words) -> dict[str, Any] | None:
    """The rehearsal of the night of the last run-off whose departments are held; None without one."""
    past = _past(frames)
    if past.night is None:
        return None
    contest, table = past.night
    row = past.contests[contest]
    leader = surname(past.people[table.candidate_id.iloc[0]], table.candidate_id.iloc[0])
    tenth = table[table.part_counted == 10].iloc[0]
    allowed = table[table.may_rank]
    return {
        "title": words("rehearsal.night", contest=contest_title(row, words)),
        "finding": words(
            "rehearsal.finding",
            counted=words.number(tenth.counted_pct, 0),
            leader=leader,
            raw=words.points(tenth.raw_error, signed=True),
            swing=words.points(tenth.swing_error, signed=True),
        ),
        "rule": words("rehearsal.rule_from", part=words.number(allowed.counted_pct.min(), 0))
        if len(allowed)
        else words("rehearsal.rule_never"),
        "rows": [
            {
                "counted": words.number(stage.counted_pct, 0),
                "raw": words.share(stage.raw_pct),
                "swing": words.share(stage.swing_pct),
                "interval": words(
                    "rehearsal.interval", low=words.number(stage.low, 1), high=words.number(stage.high, 1)
                ),
                "may": words("rehearsal.yes") if stage.may_rank else words("rehearsal.no"),
            }
            for stage in each_row(table)
        ],
        "final": words("rehearsal.final", leader=leader, share=words.share(tenth.final_pct, 2)),
        "seed": int(tenth.seed),
    }


def _run_off(bench: Bench) -> str:
    rows = bench.frame(
        "SELECT DISTINCT c.contest_id, c.day FROM department_result d JOIN contest c USING (contest_id) "
        "WHERE c.round > 1 AND c.contest_id IN (SELECT contest_id FROM result) ORDER BY c.day"
    )
    return str(rows.contest_id.iloc[-1]) if len(rows) else ""
