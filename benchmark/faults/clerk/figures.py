"""Faults in the figures of forecasts: shares, probabilities, quantiles."""

from __future__ import annotations

import random
from decimal import Decimal

from clerk.rows import (
    Fault,
    Row,
    Rows,
    cell,
    digits_exchanged,
    drawn,
    exchanged,
    figures_of_polls,
    filled,
    lost,
    repeated,
)


def plus(amount: str) -> Fault:
    """A share of a poll off by so many points."""
    return cell("prediction", "value", lambda value: str(Decimal(value) + Decimal(amount)), large)


def large(row: Row, rows: Rows) -> bool:
    """Shares of 15 per cent or more in polls: those that boards are made of."""
    return Decimal(row["value"]) >= 15 and figures_of_polls(row, rows)


def two_digits(row: Row, rows: Rows) -> bool:
    """Shares of two digits that differ."""
    return large(row, rows) and row["value"][0] != row["value"][1]


def poll(rows: Rows, draw: random.Random) -> Row:
    """One poll of voting intentions."""
    return drawn((entry for entry in rows.read("forecast") if entry["survey"]), draw)


def two_main_exchanged(rows: Rows, draw: random.Random) -> None:
    """The two largest shares of a poll exchanged."""
    one, other = sorted(
        rows.figures(poll(rows, draw)["forecast_id"]), key=lambda row: -Decimal(row["value"])
    )[:2]
    one["value"], other["value"] = other["value"], one["value"]


def two_polls_exchanged(rows: Rows, draw: random.Random) -> None:
    """The figures of two polls of one line-up exchanged."""
    one = poll(rows, draw)
    other = drawn(
        (
            entry
            for entry in rows.read("forecast")
            if entry["contest_id"] == one["contest_id"]
            and entry["lineup"] == one["lineup"]
            and entry["survey"] not in ("", one["survey"])
        ),
        draw,
    )
    first, second = rows.figures(one["forecast_id"]), rows.figures(other["forecast_id"])
    values = {row["candidate_id"]: dict(row) for row in first}
    for figures_of_one, of_the_other in (
        (first, {row["candidate_id"]: dict(row) for row in second}),
        (second, values),
    ):
        for row in figures_of_one:
            said = of_the_other.get(row["candidate_id"], row)
            row.update(value=said["value"], flag=said["flag"])


def shifted_down(rows: Rows, draw: random.Random) -> None:
    """The figures of a poll one row further down."""
    figures = rows.figures(poll(rows, draw)["forecast_id"])
    values = [row["value"] for row in figures]
    for row, value in zip(figures, [values[-1], *values[:-1]], strict=True):
        row["value"] = value


def as_proportions(rows: Rows, draw: random.Random) -> None:
    """The shares of a poll as proportions."""
    for row in rows.figures(poll(rows, draw)["forecast_id"]):
        row["value"] = str(round(Decimal(row["value"]) / 100, 2))


def with_undecided(rows: Rows, draw: random.Random) -> None:
    """The shares of a poll among all asked, a sixth of whom are undecided."""
    for row in rows.figures(poll(rows, draw)["forecast_id"]):
        row["value"] = str(round(Decimal(row["value"]) * 5 / 6, 1))


def of_the_poll_before(rows: Rows, draw: random.Random) -> None:
    """A poll with the figures of the one before it: a copied line that was not overwritten."""
    one = poll(rows, draw)
    earlier = [
        entry
        for entry in rows.read("forecast")
        if entry["survey"]
        and (entry["forecaster_id"], entry["contest_id"], entry["lineup"])
        == (one["forecaster_id"], one["contest_id"], one["lineup"])
        and entry["measured_to"] < one["measured_to"]
    ]
    before = max(earlier, key=lambda entry: entry["measured_to"], default=None) or drawn([], draw)
    values = {row["candidate_id"]: row for row in rows.figures(before["forecast_id"])}
    for row in rows.figures(one["forecast_id"]):
        row["value"] = values[row["candidate_id"]]["value"] if row["candidate_id"] in values else row["value"]


def of_markets(row: Row, rows: Rows) -> bool:
    """Probabilities of winning below 70."""
    books = {
        entry["forecast_id"] for entry in rows.read("forecast") if entry["quantity"] == "win_probability"
    }
    return row["forecast_id"] in books and Decimal(row["value"]) < 70


KINDS: dict[str, tuple[str, Fault]] = {
    "share with a decimal comma": ("fr-pres-2017", cell("prediction", "value", lambda value: f"{value},5")),
    "share with a per cent sign": ("fr-pres-2017", cell("prediction", "value", lambda value: f"{value} %")),
    "share ten times too large": ("fr-pres-2017", cell("prediction", "value", lambda value: str(Decimal(value) * 10), large)),
    "share ten times too small": ("fr-pres-2017", cell("prediction", "value", lambda value: str(Decimal(value) / 10), large)),
    "digits of a share exchanged": ("fr-pres-2017", cell("prediction", "value", digits_exchanged, two_digits)),
    "share off by ten": ("fr-pres-2007", plus("10")),
    "share off by 1.5": ("fr-pres-2017", plus("1.5")),
    "share off by one": ("fr-pres-2017", plus("-1")),
    "share negative": ("fr-pres-2017", cell("prediction", "value", lambda value: f"-{value}", large)),
    "share empty": ("fr-pres-2017", cell("prediction", "value", "")),
    "shares of two main candidates exchanged": ("fr-pres-2017", two_main_exchanged),
    "shares of two candidates exchanged": ("fr-pres-2017", exchanged("prediction", "value", ("forecast_id",), figures_of_polls)),
    "figures of two polls exchanged": ("fr-pres-2017", two_polls_exchanged),
    "figures one row further down": ("fr-pres-2017", shifted_down),
    "figures of the poll before": ("fr-pres-2017", of_the_poll_before),
    "shares as proportions": ("fr-pres-2017", as_proportions),
    "shares among all asked": ("fr-pres-2017", with_undecided),
    "share lost": ("fr-pres-2017", lost("prediction", figures_of_polls)),
    "share twice": ("fr-pres-2017", repeated("prediction", figures_of_polls)),
    "share of a candidate who is not on the ballot": ("fr-pres-2017", cell("prediction", "candidate_id", "juppe", figures_of_polls)),
    "share of an unknown candidate": ("fr-pres-2017", cell("prediction", "candidate_id", "macrom", figures_of_polls)),
    "share moved to another poll": ("fr-pres-2017", exchanged("prediction", "forecast_id", ("candidate_id",), lambda row, rows: row["candidate_id"] == "jadot" or large(row, rows))),
    "sign of below lost": ("fr-pres-2017", cell("prediction", "flag", "", filled("flag"))),
    "main share flagged as below": ("fr-pres-2017", cell("prediction", "flag", "lt", large)),
    "interval with its ends exchanged": ("fr-pres-2027", lambda rows, draw: swap(rows, draw, "prediction", "lower", "upper")),
    "probability off by 30": ("fr-pres-2017", cell("prediction", "value", lambda value: str(Decimal(value) + 30), of_markets)),
    "band of an event with its ends exchanged": ("fr-pres-2017", lambda rows, draw: swap(rows, draw, "event", "low", "high")),
    "probability of a band off by 30": ("fr-pres-2017", cell("event", "value", lambda value: str(Decimal(value) + 30), lambda row, _: row["type"] == "share_band" and row["low"] != "" and Decimal(row["value"]) < 70)),
    "quantiles of two levels exchanged": ("fr-pres-2027", exchanged("quantile", "value", ("forecast_id", "candidate_id"))),
    "forecast without its figures": ("fr-pres-2017", lambda rows, draw: without_figures(rows, draw)),
}  # fmt: skip


def swap(rows: Rows, draw: random.Random, table: str, one: str, other: str) -> None:
    """Two columns of a row exchanged."""
    row = drawn((entry for entry in rows.change(table) if entry[one] and entry[other]), draw)
    row[one], row[other] = row[other], row[one]


def without_figures(rows: Rows, draw: random.Random) -> None:
    """All figures of a poll lost."""
    one = poll(rows, draw)
    listed = rows.change("prediction")
    listed[:] = [row for row in listed if row["forecast_id"] != one["forecast_id"]]
