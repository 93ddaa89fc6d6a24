"""The rows of an election that a fault changes, and the changes that many kinds share."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

Row = dict[str, str]
#: A fault: changes the rows at one random row; False where the data hold no row for it.
Fault = Callable[["Rows", random.Random], None]
Where = Callable[[Row, "Rows"], bool]


class NoRow(Exception):
    """The data hold no row that a fault could change."""


class Rows:
    """The tables of one election, copied when they are first changed."""

    def __init__(self, tables: Mapping[str, list[Row]]) -> None:
        self._tables = dict(tables)
        self.changed: set[str] = set()
        #: New ids of forecasts -> what they were.
        self.renamed: dict[str, str] = {}

    def read(self, table: str) -> list[Row]:
        """The rows of a table, only to look at."""
        return self._tables.get(table, [])

    def change(self, table: str) -> list[Row]:
        """The rows of a table, to be changed."""
        if table not in self.changed:
            self._tables[table] = [dict(row) for row in self._tables.get(table, [])]
            self.changed.add(table)
        return self._tables[table]

    def figures(self, forecast: str) -> list[Row]:
        """The figures of a forecast, to be changed."""
        return [row for row in self.change("prediction") if row["forecast_id"] == forecast]

    def forecast(self, forecast: str) -> Row:
        """One row of the forecasts, only to look at."""
        return next(row for row in self.read("forecast") if row["forecast_id"] == forecast)

    def rename(self, row: Row, new: str) -> None:
        """Give a forecast another id, in every table that names it."""
        old, row["forecast_id"] = row["forecast_id"], new
        self.renamed[new] = old
        for table in ("prediction", "quantile", "event", "dispute", "release", "printed_figure"):
            if any(entry["forecast_id"] == old for entry in self.read(table)):
                for entry in self.change(table):
                    if entry["forecast_id"] == old:
                        entry["forecast_id"] = new


def drawn(rows: Iterable[Row], draw: random.Random) -> Row:
    """One row at random."""
    listed = list(rows)
    if not listed:
        raise NoRow
    return draw.choice(listed)


def anything(*_: object) -> bool:
    """Every row will do."""
    return True


def cell(table: str, column: str, value: str | Callable[[str], str], where: Where = anything) -> Fault:
    """Another value in one column of one row."""

    def fault(rows: Rows, draw: random.Random) -> None:
        row = drawn((entry for entry in rows.change(table) if where(entry, rows)), draw)
        row[column] = value if isinstance(value, str) else value(row[column])

    return fault


def lost(table: str, where: Where = anything) -> Fault:
    """A row less."""

    def fault(rows: Rows, draw: random.Random) -> None:
        listed = rows.change(table)
        listed.remove(drawn((entry for entry in listed if where(entry, rows)), draw))

    return fault


def repeated(table: str, where: Where = anything) -> Fault:
    """A row twice."""

    def fault(rows: Rows, draw: random.Random) -> None:
        listed = rows.change(table)
        listed.append(dict(drawn((entry for entry in listed if where(entry, rows)), draw)))

    return fault


def exchanged(table: str, column: str, same: tuple[str, ...], where: Where = anything) -> Fault:
    """The values of one column exchanged between two rows that agree in ``same`` and differ in it."""

    def fault(rows: Rows, draw: random.Random) -> None:
        listed = [entry for entry in rows.change(table) if where(entry, rows)]
        one = drawn(listed, draw)
        others = [
            entry
            for entry in listed
            if all(entry[name] == one[name] for name in same) and entry[column] != one[column]
        ]
        other = drawn(others, draw)
        one[column], other[column] = other[column], one[column]

    return fault


def filled(*columns: str) -> Where:
    """Rows that say something in all these columns."""
    return lambda row, _: all(row[name] for name in columns)


def of_polls(row: Row, _: Rows) -> bool:
    """Rows of surveys."""
    return bool(row["survey"])


def of_alone(row: Row, rows: Rows) -> bool:
    """Polls of one question, whose survey no other row shares."""
    return (
        bool(row["survey"]) and sum(entry["survey"] == row["survey"] for entry in rows.read("forecast")) == 1
    )


def figures_of_polls(row: Row, rows: Rows) -> bool:
    """Figures of surveys."""
    polls = {entry["forecast_id"] for entry in rows.read("forecast") if entry["survey"]}
    return row["forecast_id"] in polls


def moved(text: str, days: int) -> str:
    """A day so many days later."""
    return str(date.fromisoformat(text) + timedelta(days))


def year_later(text: str, years: int = 1) -> str:
    """The same day of another year."""
    return f"{int(text[:4]) + years}{text[4:]}" if text and not text.endswith("02-29") else text


def digits_exchanged(text: str) -> str:
    """The first two digits of a number exchanged."""
    return text[1] + text[0] + text[2:]
