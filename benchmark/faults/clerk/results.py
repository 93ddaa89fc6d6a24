"""Faults in results, candidates, claims, disputes, assumptions, transfers and the description of an election."""

from __future__ import annotations

import random
from decimal import Decimal

from clerk.rows import Fault, Row, Rows, Where, cell, drawn, exchanged, filled, lost, repeated


def one_department_exchanged(rows: Rows, draw: random.Random) -> None:
    """The votes of one candidate exchanged between two departments: every sum stays."""
    listed = rows.change("department_result")
    one = drawn(listed, draw)
    other = drawn(
        (
            entry
            for entry in listed
            if (entry["contest_id"], entry["candidate_id"]) == (one["contest_id"], one["candidate_id"])
            and entry["dept_code"] != one["dept_code"]
        ),
        draw,
    )
    one["votes"], other["votes"] = other["votes"], one["votes"]


def lost_forecast(rows: Rows, draw: random.Random) -> None:
    """A forecast lost with its figures and events."""
    row = drawn((entry for entry in rows.change("forecast") if not entry["survey"]), draw)
    rows.change("forecast").remove(row)
    for table in ("prediction", "event"):
        listed = rows.change(table)
        listed[:] = [entry for entry in listed if entry["forecast_id"] != row["forecast_id"]]


def lost_poll(rows: Rows, draw: random.Random) -> None:
    """A poll lost with its figures and disputes."""
    row = drawn((entry for entry in rows.change("forecast") if entry["survey"]), draw)
    rows.change("forecast").remove(row)
    for table in ("prediction", "dispute"):
        listed = rows.change(table)
        listed[:] = [entry for entry in listed if entry["forecast_id"] != row["forecast_id"]]


def beyond_its_range(rows: Rows, draw: random.Random) -> None:
    """An assumption ten times as large as the end of its range."""
    row = drawn((entry for entry in rows.change("assumption") if entry["value"] and entry["high"]), draw)
    row["value"] = str(Decimal(row["high"]) * 10)


def round_is(number: str) -> Where:
    """Rows of one round."""
    return lambda row, _: row["round"] == number


def transferred(row: Row, rows: Rows) -> bool:
    """Transfers of which the group says more than one figure."""
    return (
        sum(
            (entry["forecaster_id"], entry["published_on"], entry["from_option"])
            == (row["forecaster_id"], row["published_on"], row["from_option"])
            for entry in rows.read("transfer")
        )
        >= 3
    )


KINDS: dict[str, tuple[str, Fault]] = {
    "votes of two candidates exchanged": ("fr-pres-2017", exchanged("result", "votes", ("contest_id",))),
    "votes of two candidates exchanged, no departments": ("fr-pres-2007", exchanged("result", "votes", ("contest_id",))),
    "digit of a vote wrong": ("fr-pres-2007", cell("result", "votes", lambda votes: f"{votes[:-1]}{(int(votes[-1]) + 1) % 10}")),
    "result lost": ("fr-pres-2007", lost("result")),
    "result twice": ("fr-pres-2007", repeated("result")),
    "valid votes wrong": ("fr-pres-2007", cell("contest", "valid", lambda votes: f"{votes[:-1]}{(int(votes[-1]) + 1) % 10}")),
    "blank ballots negative": ("fr-pres-2017", cell("contest", "blank_null", lambda votes: f"-{votes}")),
    "digit of the register lost": ("fr-pres-2017", cell("contest", "registered", lambda votes: votes[:-1])),
    "two advance in the last round": ("fr-pres-2017", cell("contest", "advance", "2", round_is("2"))),
    "one advances in the first round": ("fr-pres-2017", cell("contest", "advance", "1", round_is("1"))),
    "round with another number": ("fr-pres-2017", cell("contest", "round", "3", round_is("2"))),
    "department lost for one candidate": ("fr-pres-2017", lost("department_result")),
    "votes of two departments exchanged": ("fr-pres-2017", one_department_exchanged),
    "department under another code": ("fr-pres-2017", cell("department_result", "dept_code", "99")),
    "candidate lost": ("fr-pres-2017", lost("candidate")),
    "candidate twice": ("fr-pres-2017", repeated("candidate")),
    "blocs of two candidates exchanged": ("fr-pres-2017", exchanged("candidate", "bloc", ("contest_id",), lambda row, _: row["contest_id"].endswith("r1"))),
    "bloc twice": ("fr-pres-2017", cell("candidate", "bloc", "left", lambda row, _: row["contest_id"].endswith("r1") and row["bloc"] != "left")),
    "claim of another type": ("fr-pres-2017", cell("claim", "type", "winner", lambda row, _: row["type"] != "winner")),
    "claim about another candidate": ("fr-pres-2017", cell("claim", "candidates", "hamon", lambda row, _: row["type"] == "leader")),
    "claim about an unknown candidate": ("fr-pres-2017", cell("claim", "candidates", "fillion")),
    "claim lost": ("fr-pres-2017", lost("claim")),
    "dispute lost": ("fr-pres-2017", lost("dispute")),
    "dispute of an unknown forecast": ("fr-pres-2017", cell("dispute", "forecast_id", "ifop-2017-13-01-a", filled("forecast_id"))),
    "waiver lost": ("fr-pres-2017", lost("waiver")),
    "assumption negative": ("fr-pres-2017", cell("assumption", "value", lambda value: f"-{value}", filled("value"))),
    "assumption outside its range": ("fr-pres-2017", beyond_its_range),
    "transfer twenty points too large": ("fr-pres-2017", cell("transfer", "share_pct", lambda value: str(Decimal(value) + 20), transferred)),
    "transfer from an unknown option": ("fr-pres-2017", cell("transfer", "from_option", "juppe")),
    "forecast that is no poll lost with its figures": ("fr-pres-2017", lost_forecast),
    "poll lost with its figures": ("fr-pres-2017", lost_poll),
    "wrong country": ("fr-pres-2017", cell("election", "country", "BE")),
    "wrong year": ("fr-pres-2017", cell("election", "year", "2018")),
    "wrong law": ("fr-pres-2017", cell("election", "law", "none")),
    "wrong revision": ("fr-pres-2017", cell("election", "revision", "7")),
    "set with a candidate who does not stand": ("fr-pres-2017", cell("candidate_set", "candidate_id", "juppe")),
}  # fmt: skip
