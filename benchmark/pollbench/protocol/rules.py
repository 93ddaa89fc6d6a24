"""The rules of a protocol: one TOML file, read strictly; its SHA-256 is the protocol id."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pollbench.data.elections import datasets_folder
from pollbench.errors import DataError, PolicyError, UnknownName
from pollbench.selection.policy import Policy

#: Where the protocols of the data package lie.
FOLDER = "protocols"
#: Every key of a protocol file, by table; all are required and no other is known.
KEYS: dict[str, tuple[str, ...]] = {
    "": (
        "protocol", "election", "version", "time_zone", "opens", "quantile_levels", "licences", "contest", "policy",
        "candidates", "measures", "baselines", "families", "collected", "rehearsals", "title", "rules",
    ),
    "contest": ("id", "day", "closes", "rungs"),
    "collected": ("hours_before", "forecaster"),
    "collected.forecaster": ("id", "family", "page", "contests", "question"),
    "candidates": ("threshold_pct", "fixed_days_before"),
    "measures": ("headline", "shares", "quantiles", "probabilities"),
}  # fmt: skip
#: Rules in words; every language of the file must hold all of them.
RULES = (
    "deadline", "forecast_or_index", "missing", "ties", "families", "unrevealed", "replacement", "corrections",
    "conflicts", "collected", "silence", "election_night",
)  # fmt: skip


@dataclass(frozen=True)
class ProtocolContest:
    """A round of the vote with its deadlines.

    Attributes
    ----------
    contest_id : the contest.
    day : day of the vote.
    closes : when the last polling station closes; nothing sealed is opened before.
    rungs : days before the vote, largest first. The deadline of rung d is the midnight at which the
        day ``day - d`` begins: rung 1 of a Sunday ends on Friday at 24:00.
    zone : legal time of the country, in which days begin.
    """

    contest_id: str
    day: date
    closes: datetime
    rungs: tuple[int, ...]
    zone: ZoneInfo

    def midnight(self, day: date) -> datetime:
        """The moment at which a day begins where the vote is held, with the offset from UTC of that day."""
        begins = datetime.combine(day, time(), tzinfo=self.zone)
        return begins.replace(tzinfo=timezone(begins.utcoffset() or timedelta()))

    def deadline(self, rung: int) -> datetime:
        """The moment at which a rung ends: a midnight in winter has another offset than one in summer."""
        return self.midnight(self.day - timedelta(days=rung))

    def rung_at(self, received_at: datetime) -> int | None:
        """The rung to which something received at this moment belongs; None after the last deadline."""
        return next((rung for rung in self.rungs if received_at <= self.deadline(rung)), None)


@dataclass(frozen=True)
class Collected:
    """A forecaster whose public figure is written down without being handed in.

    Attributes
    ----------
    forecaster : id of the forecaster.
    family : poll, buzz, market or model.
    page : where the figure is read; the address of every capture begins with it.
    contests : about which rounds.
    question : what a machine is asked, word for word; empty where a page shows the figure unasked.
    """

    forecaster: str
    family: str
    page: str
    contests: tuple[str, ...]
    question: str


@dataclass(frozen=True)
class Protocol:
    """A protocol as its file states it.

    Attributes
    ----------
    path, content : the file and its bytes, of which ``protocol_id`` is the digest.
    name, election_id, version : names.
    opens : from when submissions are received.
    contests : the rounds, in order.
    policy : which forecasts count on the board.
    threshold_pct, fixed_days_before : candidates scored: this share or more in the mean of the houses'
        last polls, as they stand so many days before the vote.
    headline : the one measure of the headline.
    measures : measures by output type.
    baselines, families, quantile_levels, licences : closed lists.
    collected : forecasters whose public figures are written down, named in advance.
    collected_hours : so many hours before a deadline at most.
    rehearsals : elections that are over, on which the protocol is rehearsed.
    titles, rules : texts by language.
    """

    path: Path
    content: bytes
    name: str
    election_id: str
    version: str
    opens: datetime
    contests: tuple[ProtocolContest, ...]
    policy: Policy
    threshold_pct: float
    fixed_days_before: int
    headline: str
    measures: dict[str, tuple[str, ...]]
    baselines: tuple[str, ...]
    families: tuple[str, ...]
    quantile_levels: tuple[str, ...]
    licences: tuple[str, ...]
    collected: tuple[Collected, ...]
    collected_hours: int
    rehearsals: tuple[str, ...]
    titles: dict[str, str]
    rules: dict[str, dict[str, str]]

    @cached_property
    def protocol_id(self) -> str:
        """SHA-256 of the file, in hexadecimal: one changed byte is another protocol."""
        return hashlib.sha256(self.content).hexdigest()

    def contest(self, contest_id: str) -> ProtocolContest:
        """The round called ``contest_id``; UnknownName with close names."""
        known = {contest.contest_id: contest for contest in self.contests}
        if contest_id not in known:
            raise UnknownName.of(kind="contest of this protocol", name=contest_id, known=known)
        return known[contest_id]


def shipped_protocols() -> tuple[str, ...]:
    """The names of the protocols in the data package, sorted.

    Examples
    --------
    >>> shipped_protocols()
    ('fr-pres-2027',)
    """
    return tuple(sorted(path.stem for path in (datasets_folder() / FOLDER).glob("*.toml")))


def protocol_folder(name: str) -> Path:
    """Where the ledger, the proofs and the files of a shipped protocol lie."""
    return datasets_folder() / FOLDER / name


def load_protocol(name: str) -> Protocol:
    """Read a protocol: a shipped one by its name, or any file by its path.

    Raises
    ------
    UnknownName : no such protocol.
    DataError : the file breaks a rule.
    """
    path = Path(name)
    if path.suffix != ".toml":
        if name not in shipped_protocols():
            raise UnknownName.of(kind="protocol", name=name, known=shipped_protocols())
        path = datasets_folder() / FOLDER / f"{name}.toml"
    try:
        content = path.read_bytes()
    except OSError as error:
        rule = f"cannot be read ({error.strerror or error})."
        raise DataError(path, rule=rule, remedy="Check the path and its rights.") from None
    try:
        return _protocol(path, content, tomllib.loads(content.decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        rule = f"is no protocol in TOML ({error})."
        raise DataError(path, rule=rule, remedy="Compare it with a shipped protocol.") from None
    except (KeyError, TypeError, AttributeError, PolicyError) as error:
        rule = f"holds a value of the wrong kind ({error})."
        raise DataError(path, rule=rule, remedy="Compare it with a shipped protocol.") from None


def _protocol(path: Path, content: bytes, table: dict[str, Any]) -> Protocol:
    _require_keys(path, "", table)
    for name in ("candidates", "measures", "collected"):
        _require_keys(path, name, table[name])
    contests = []
    zone = _zone(path, table["time_zone"])
    for row in table["contest"]:
        _require_keys(path, "contest", row)
        contests.append(_contest(path, row, zone))
    _require_rules(path, table)
    return Protocol(
        path=path,
        content=content,
        name=table["protocol"],
        election_id=table["election"],
        version=table["version"],
        opens=_moment(path, "opens", table["opens"], zone),
        contests=tuple(contests),
        policy=Policy(**table["policy"]),
        threshold_pct=float(table["candidates"]["threshold_pct"]),
        fixed_days_before=int(table["candidates"]["fixed_days_before"]),
        headline=table["measures"]["headline"],
        measures={kind: tuple(table["measures"][kind]) for kind in ("shares", "quantiles", "probabilities")},
        baselines=tuple(table["baselines"]),
        families=tuple(table["families"]),
        quantile_levels=tuple(table["quantile_levels"]),
        licences=tuple(table["licences"]),
        collected=tuple(_collected(path, table, row) for row in table["collected"]["forecaster"]),
        collected_hours=int(table["collected"]["hours_before"]),
        rehearsals=tuple(table["rehearsals"]),
        titles=dict(table["title"]),
        rules={locale: dict(rules) for locale, rules in table["rules"].items()},
    )


def _contest(path: Path, row: dict[str, Any], zone: ZoneInfo) -> ProtocolContest:
    rungs = tuple(row["rungs"])
    if not rungs or list(rungs) != sorted(set(rungs), reverse=True) or rungs[-1] < 1:
        raise DataError(
            path,
            column="rungs",
            value=str(list(rungs)),
            rule="the rungs are days before the vote, the largest first, none twice, none below 1.",
            remedy="Write them like [30, 14, 7, 3, 1].",
        )
    if isinstance(row["day"], datetime) or not isinstance(row["day"], date):
        raise DataError(
            path,
            column="day",
            value=str(row["day"]),
            rule="is no day.",
            remedy="Write 2027-04-18, without quotes.",
        )
    return ProtocolContest(row["id"], row["day"], _moment(path, "closes", row["closes"], zone), rungs, zone)


def _collected(path: Path, table: dict[str, Any], row: dict[str, Any]) -> Collected:
    _require_keys(path, "collected.forecaster", row)
    known = [contest["id"] for contest in table["contest"]]
    for column, value, fits, rule in (
        ("family", row["family"], row["family"] in table["families"], "is no family of this protocol."),
        ("page", row["page"], str(row["page"]).startswith("https://"), "is no address that begins with https://."),
        ("contests", row["contests"], set(row["contests"]) <= set(known), "names a contest that the protocol lacks."),
    ):  # fmt: skip
        if not fits:
            remedy = f"Correct the entry of {row['id']} under [[collected.forecaster]]."
            raise DataError(path, column=column, value=str(value), rule=rule, remedy=remedy)
    return Collected(row["id"], row["family"], row["page"], tuple(row["contests"]), row["question"])


def _zone(path: Path, name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise DataError(
            path,
            column="time_zone",
            value=str(name),
            rule="is no time zone.",
            remedy='Write the legal time of the country as the IANA database names it, like "Europe/Paris".',
        ) from None


def _moment(path: Path, column: str, value: Any, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        rule, remedy = (
            "is no moment with its offset from UTC.",
            "Write 2027-04-18T20:00:00+02:00, without quotes.",
        )
    elif value.utcoffset() != value.astimezone(zone).utcoffset():
        right = value.replace(tzinfo=zone).isoformat()
        rule, remedy = f"has not the offset from UTC of {zone.key} on that day.", f"Write {right}."
    else:
        return value
    raise DataError(path, column=column, value=str(value), rule=rule, remedy=remedy)


def _require_keys(path: Path, table_name: str, table: dict[str, Any]) -> None:
    known = KEYS[table_name]
    where = f"[{table_name}]" if table_name else "the top of the file"
    for key in table:
        if key not in known:
            raise DataError(
                path,
                value=key,
                rule=f"is no key of {where}.",
                remedy=f"The keys are {', '.join(known)}. A rule that nothing reads would be no rule.",
            )
    missing = [key for key in known if key not in table]
    if missing:
        raise DataError(path, rule=f"lacks {', '.join(missing)} in {where}.", remedy="State every rule.")


def _require_rules(path: Path, table: dict[str, Any]) -> None:
    if set(table["title"]) != set(table["rules"]):
        raise DataError(
            path,
            rule="has a title in other languages than its rules.",
            remedy="Give title.<language> and [rules.<language>] for the same languages.",
        )
    for locale, rules in table["rules"].items():
        if set(rules) != set(RULES):
            different = ", ".join(sorted(set(rules) ^ set(RULES)))
            raise DataError(
                path,
                column=f"rules.{locale}",
                value=different,
                rule="is missing or unknown among the rules in words.",
                remedy=f"The rules are {', '.join(RULES)}.",
            )
