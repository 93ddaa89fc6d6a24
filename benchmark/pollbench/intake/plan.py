"""Which elections an import is about: given, mapped, shipped or known to the importer, in this order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pollbench.data.elections import (
    COLLECTION,
    DESCRIPTION,
    Election,
    datasets_folder,
    find,
    shipped_elections,
)
from pollbench.errors import PollbenchError
from pollbench.intake.layout import Row, Rows
from pollbench.intake.mapping import Mapping
from pollbench.intake.model import Draft
from pollbench.intake.names import rows_of, slug
from pollbench.intake.registry import Importer
from pollbench.intake.remarks import Remarks


class NotPlanned(PollbenchError):
    """What an election folder needs is neither in the source nor said."""


@dataclass(frozen=True)
class Details:
    """What the command line says of the election."""

    election_id: str = ""
    days: tuple[date, ...] = ()
    country: str = ""
    office: str = ""
    title: str = ""
    since: date | None = None


@dataclass
class Contest:
    """One round: its day, how many advance, and who stands.

    Attributes
    ----------
    ballot : ids; None while it is not known.
    stated : whether the ballot was given or shipped, not found out from the polls or the result.
    """

    round: int
    day: date
    advance: int
    ballot: list[str] | None = None
    stated: bool = False


@dataclass
class Planned:
    """One election: the row that describes it, its rounds, and what is taken over from a shipped one.

    Attributes
    ----------
    shipped : the shipped election whose facts are taken over; None if there is none.
    rows : rows of its files that are taken over as they stand.
    days_from : where the days come from, in words.
    """

    race: str
    row: dict[str, Any]
    contests: dict[int, Contest] = field(default_factory=dict)
    shipped: Election | None = None
    rows: Rows = field(default_factory=dict)
    days_from: str = "as told with the import"
    since: date | None = None

    @property
    def election_id(self) -> str:
        """Its id."""
        return str(self.row["election_id"])

    def contest_id(self, number: int) -> str:
        """The id of one of its rounds."""
        return f"{self.election_id}-r{number}"


def plan_one(
    importer: Importer, details: Details, mapping: Mapping, folder: Path, standing: Rows, remarks: Remarks
) -> Planned:
    """The election of a source that holds one.

    Parameters
    ----------
    folder : where it will stand; its name is the id where nothing else is said.
    standing : the rows that the folder holds already.

    Raises
    ------
    NotPlanned : the day of the vote is not known.
    """
    expected = importer.expected
    said = mapping.election
    identity = details.election_id or str(said.get("election_id", "")) or _own_id(folder)
    identity = identity or (expected.election_id if expected else "") or slug(folder.resolve().name)
    taken_over = identity if identity in shipped_elections() else ""
    planned = Planned("", {"election_id": slug(identity) or "election"})
    if taken_over and datasets_folder() / taken_over != folder.resolve():
        _take_over(planned, taken_over)
        remarks.said(f"Contests, ballot and results: those of the shipped election {taken_over}.")
    known = planned.shipped or (find(folder)[0] if (folder / DESCRIPTION).is_file() else None)
    hints = {
        name: getattr(details, name, "")
        or said.get(name)
        or (getattr(known, name, None) if known else None)
        or (getattr(expected, name, "") if expected and expected.election_id == identity else "")
        for name in ("country", "office", "year", "title", "law")
    }
    planned.since = details.since or said.get("since")
    _plan_contests(planned, importer, details, mapping, standing)
    _describe(planned, hints, remarks)
    return planned


def plan_many(draft: Draft, details: Details, mapping: Mapping, standing: Rows) -> dict[str, Planned]:
    """The elections of a source that holds many: each has one round, on the day that the source names.

    Raises
    ------
    NotPlanned : a race has no day, and none is given.
    """
    prefix = slug(details.election_id or str(mapping.election.get("election_id", "")))
    known = {row["election_id"]: row for row in standing.get("elections", [])}
    plans = {}
    for name, race in sorted(draft.races.items()):
        day = details.days[-1] if details.days else race.day
        if day is None:
            message = f"The source does not say on which day {race.title or name} is decided. Give --day 2024-11-05 for all its races."
            raise NotPlanned(message)
        # A single race that was given an id has that id.
        identity = (
            prefix
            if prefix and len(draft.races) == 1
            else "-".join(word for word in (prefix, slug(name)) if word)
        )
        country = details.country or str(mapping.election.get("country", "")) or race.country or "XX"
        title = race.title or name
        row = {
            "election_id": identity,
            "country": country,
            "office": details.office or str(mapping.election.get("office", "")) or race.office or "office",
            "year": day.year,
            "title": title,
            "revision": "1",
        }
        row |= {key: value for key, value in known.get(identity, {}).items() if value}
        planned = Planned(name, row, {1: Contest(1, day, 1)}, days_from="as the source says")
        planned.since = details.since
        plans[name] = planned
    return plans


def _own_id(folder: Path) -> str:
    return (
        find(folder)[0].election_id
        if (folder / DESCRIPTION).is_file() and not (folder / COLLECTION).exists()
        else ""
    )


def _take_over(planned: Planned, shipped: str) -> None:
    election = find(shipped)[0]
    planned.shipped = election
    planned.rows = {
        stem: list(rows_of(election.folder / f"{stem}.csv")) for stem in ("contests", "candidates", "results")
    }
    planned.days_from = f"taken over from the shipped election {shipped}"


def _plan_contests(
    planned: Planned, importer: Importer, details: Details, mapping: Mapping, standing: Rows
) -> None:
    rows = planned.rows.get("contests") or [
        row for row in standing.get("contests", []) if row["election_id"] == planned.election_id
    ]
    candidates = planned.rows.get("candidates") or standing.get("candidates", [])
    for row in rows:
        number = int(row["round"])
        ballot = [
            candidate["candidate_id"]
            for candidate in candidates
            if candidate["contest_id"] == row["contest_id"]
        ]
        planned.contests[number] = Contest(
            number, date.fromisoformat(row["day"]), int(row["advance"]), ballot or None, bool(ballot)
        )
    if not planned.contests and importer.expected and importer.expected.election_id == planned.election_id:
        days = importer.expected.days
        planned.contests = _rounds(days)
        planned.days_from = importer.expected.days_from
    for said in mapping.contests:
        number = int(said["round"])
        before = planned.contests.get(number)
        day = said.get("day") or (before.day if before else None)
        if day is None:
            continue
        given_ballot = list(said["ballot"]) if said.get("ballot") else (before.ballot if before else None)
        advance = int(said.get("advance", before.advance if before else 1))
        planned.contests[number] = Contest(number, day, advance, given_ballot, bool(given_ballot))
    if details.days:
        fresh = _rounds(details.days)
        for number, contest in fresh.items():
            before = planned.contests.get(number)
            contest.ballot, contest.stated = (before.ballot, before.stated) if before else (None, False)
        planned.contests = fresh
        planned.days_from = "as told with the import"
    if not planned.contests:
        message = (
            "The source does not say on which day the vote is. Give --day 2027-04-18 (once for each round), --election with the "
            f"id of a shipped election ({', '.join(shipped_elections())}), or [[contests]] in a mapping file."
        )
        raise NotPlanned(message)


def _rounds(days: tuple[date, ...]) -> dict[int, Contest]:
    last = len(days)
    return {
        number: Contest(number, day, 1 if number == last else 2) for number, day in enumerate(sorted(days), 1)
    }


def _describe(planned: Planned, hints: dict[str, Any], remarks: Remarks) -> None:
    year = int(hints["year"] or min(contest.day for contest in planned.contests.values()).year)
    if not hints["country"]:
        remarks.guess("Country not given: written as XX. Give --country with its ISO code.")
    if not hints["title"]:
        remarks.guess("Title not given: the id stands for it. Give --title, which charts and pages print.")
    title = str(hints["title"] or planned.election_id)
    planned.row |= {
        "country": str(hints["country"] or "XX"),
        "office": str(hints["office"] or "office"),
        "year": year,
        "title": title,
        "revision": "1",
    }
    if hints["law"]:
        planned.row["law"] = str(hints["law"])


def election_row(planned: Planned) -> Row:
    """The row of ``elections.csv``."""
    return {name: str(value) for name, value in planned.row.items()}
