"""Faults in days, ids and calendars."""

from __future__ import annotations

import random
from collections.abc import Callable

from clerk.rows import Fault, Row, Rows, Where, cell, drawn, filled, moved, of_alone, of_polls, year_later


def moved_throughout(change: Callable[[str], str]) -> Fault:
    """Another day of a poll in its row, its id, its survey: consistently wrong."""

    def fault(rows: Rows, draw: random.Random) -> None:
        listed = rows.change("forecast")
        row = drawn(
            (entry for entry in listed if of_alone(entry, rows) and change(entry["measured_to"])), draw
        )
        day = row["measured_to"]
        new = change(day)
        for column in ("measured_from", "measured_to", "published_on"):
            row[column] = row[column] and change(row[column])
        row["survey"] = row["survey"].replace(day, new)
        rows.rename(row, row["forecast_id"].replace(day, new))

    return fault


def month_and_day_exchanged(text: str) -> str:
    """The month and the day exchanged."""
    return f"{text[:5]}{text[8:]}-{text[5:7]}"


def small_day(row: Row, rows: Rows) -> bool:
    """Polls whose last day may be taken for a month."""
    return (
        of_polls(row, rows)
        and int(row["measured_to"][8:]) <= 12
        and row["measured_to"][5:7] != row["measured_to"][8:]
    )


def both(one: Where, other: Where) -> Where:
    """Rows for which both hold."""
    return lambda row, rows: one(row, rows) and other(row, rows)


def beside(column: str, source: str, days: int) -> Fault:
    """A day so many days from another one of its row."""

    def fault(rows: Rows, draw: random.Random) -> None:
        row = drawn((entry for entry in rows.change("forecast") if entry[column] and entry[source]), draw)
        row[column] = moved(row[source], days)

    return fault


def another_letter(rows: Rows, draw: random.Random) -> None:
    """The letter of an id skips some."""
    row = drawn((entry for entry in rows.change("forecast") if of_polls(entry, rows)), draw)
    rows.rename(row, f"{row['forecast_id'][:-1]}x")


def of_silence(rows: Rows, draw: random.Random) -> None:
    """A poll published on the eve of the vote."""
    row = drawn((entry for entry in rows.change("forecast") if of_polls(entry, rows)), draw)
    row.update(published_on="2017-04-22", published_precision="day")


KINDS: dict[str, tuple[str, Fault]] = {
    "year off by one in the row": ("fr-pres-2017", cell("forecast", "measured_to", lambda day: year_later(day, -1), of_polls)),
    "year off by one in row and id": ("fr-pres-2017", moved_throughout(lambda day: year_later(day, -1))),
    "year of a poll of another campaign": ("fr-pres-2017", moved_throughout(lambda day: year_later(day, 4))),
    "day off by one in the row": ("fr-pres-2017", cell("forecast", "measured_to", lambda day: moved(day, 1), of_polls)),
    "days off by one in row and id": ("fr-pres-2017", moved_throughout(lambda day: moved(day, 1))),
    "days off by thirty in row and id": ("fr-pres-2017", moved_throughout(lambda day: moved(day, -30))),
    "month and day exchanged": ("fr-pres-2017", cell("forecast", "measured_to", month_and_day_exchanged, small_day)),
    "first and last day exchanged": ("fr-pres-2017", beside("measured_from", "measured_to", 2)),
    "fieldwork twenty days longer": ("fr-pres-2017", cell("forecast", "measured_from", lambda day: moved(day, -20), both(of_polls, filled("measured_from")))),
    "published before fieldwork ended": ("fr-pres-2017", beside("published_on", "measured_to", -1)),
    "published thirty days later": ("fr-pres-2017", beside("published_on", "measured_to", 30)),
    "published after the vote": ("fr-pres-2017", cell("forecast", "published_on", "2017-06-01", filled("published_on"))),
    "published in the days of silence": ("fr-pres-2017", of_silence),
    "precision of a day lost": ("fr-pres-2017", cell("forecast", "published_precision", "", filled("published_on"))),
    "a month written as a day": ("fr-pres-2017", cell("forecast", "published_precision", "day", lambda row, _: row["published_precision"] == "month")),
    "a day that does not exist": ("fr-pres-2017", cell("forecast", "measured_to", "2017-02-30", of_polls)),
    "a day as in French": ("fr-pres-2017", cell("forecast", "measured_to", "23/04/2017", of_polls)),
    "fieldwork on the day of the vote": ("fr-pres-2017", cell("forecast", "measured_to", "2017-05-07", of_polls)),
    "seen only after the vote": ("fr-pres-2017", cell("forecast", "first_seen_on", "2017-05-30", of_polls)),
    "id names another day": ("fr-pres-2017", cell("forecast", "forecast_id", lambda text: text.replace("-2017-", "-2016-"), both(of_polls, lambda row, _: "-2017-" in row["forecast_id"]))),
    "letter of an id skips some": ("fr-pres-2017", another_letter),
    "id with an accent": ("fr-pres-2017", cell("forecast", "forecast_id", lambda text: text.replace("e", "é"), lambda row, _: "e" in row["forecast_id"])),
    "space at the end of an id": ("fr-pres-2017", cell("forecast", "forecast_id", lambda text: f"{text} ")),
    "round a day later": ("fr-pres-2017", cell("contest", "day", lambda day: moved(day, 1))),
    "run-off a year later": ("fr-pres-2017", cell("contest", "day", year_later, lambda row, _: row["round"] == "2")),
    "run-off in the year 9999": ("fr-pres-2017", cell("contest", "day", "9999-05-07", lambda row, _: row["round"] == "2")),
    "milestone of another campaign": ("fr-pres-2017", cell("milestone", "day", lambda day: year_later(day, -4))),
    "claim made on another day": ("fr-pres-2017", cell("claim", "made_on", lambda day: moved(day, 1), lambda row, _: row["made_precision"] == "day")),
    "silence ends a day earlier": ("fr-pres-2017", cell("silence", "last_day", lambda day: moved(day, -1))),
    "transfer asked after its publication": ("fr-pres-2017", cell("transfer", "measured_to", lambda day: moved(day, 9), filled("published_on", "measured_to"))),
}  # fmt: skip
