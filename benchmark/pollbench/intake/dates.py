"""Days of fieldwork as people print them: "26-28 mai", "28 Dec-3 Jan", "10/13/98", "24.01.–26.01."."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    1: "january jan janvier janv januar janner enero ene gennaio gen januari janeiro stycznia",
    2: "february feb fevrier fevr fev februar febrero febbraio februari fevereiro lutego",
    3: "march mar mars marz maerz mrz marzo maart marco marca",
    4: "april apr avril avr abril abr aprile kwietnia",
    5: "may mai mayo maggio mag mei maio maj maja",
    6: "june jun juin juni junio giugno giu junho czerwca",
    7: "july jul juillet juil juli julio luglio lug julho lipca",
    8: "august aug aout aou agosto ago augustus augusti sierpnia",
    9: "september sep sept septembre septiembre settembre set setembro wrzesnia",
    10: "october oct octobre oktober okt octubre ottobre ott outubro out pazdziernika",
    11: "november nov novembre noviembre novembro listopada",
    12: "december dec decembre dezember dez diciembre dic dicembre desember dezembro grudnia",
}
MONTHS = {word: number for number, words in _MONTHS.items() for word in words.split()}
#: A year of two digits below this is of this century.
PIVOT = 70
#: Days after which a spreadsheet counts its days from 1899-12-30; whole numbers in this range are such days.
SERIAL = range(20_000, 80_000)


class Undated(ValueError):
    """A text that names no day."""


@dataclass(frozen=True)
class Reading:
    """How a column of dates is read.

    Attributes
    ----------
    month_first : 10/13 is 13 October.
    before : the day of the vote: a date without a year is the last such day before it.
    year : a year that a heading in the table has set; None if none has.
    """

    month_first: bool = False
    before: date | None = None
    year: int | None = None


def month_first(texts: Iterable[str]) -> bool | None:
    """Whether dates with slashes put the month first; None if no date decides.

    Examples
    --------
    >>> month_first(["10/13/98", "1/2/98"]), month_first(["26/5/2026"]), month_first(["1/2/98"])
    (True, False, None)
    """
    for text in texts:
        for first, second in re.findall(r"\b(\d{1,2})[/.](\d{1,2})(?=[/.]|\b)", text):
            if int(first) > 12 >= int(second):
                return False
            if int(second) > 12 >= int(first):
                return True
    return None


def period(text: str, reading: Reading) -> tuple[date | None, date, bool]:
    """The first and last day that ``text`` names, and whether its year had to be guessed.

    The first day is None where only one day is named.

    Raises
    ------
    Undated : no day can be read.

    Examples
    --------
    >>> vote = Reading(before=date(2027, 4, 18))
    >>> [str(day) for day in period("28 Dec-3 Jan", vote)[:2]]
    ['2026-12-28', '2027-01-03']
    >>> [str(day) for day in period("26-28 mai 2026", vote)[:2]]
    ['2026-05-26', '2026-05-28']
    """
    tokens = _tokens(text, reading)
    days = _days(tokens)
    if not days or len(days) > 2:
        raise Undated(text)
    last = days[-1]
    first = days[0] if len(days) == 2 else None
    end, guessed = _dated(last, reading)
    if first is None:
        return None, end, guessed
    month = first[1] or end.month
    year = first[2] or (end.year - 1 if (month, first[0]) > (end.month, end.day) else end.year)
    start = _day(year, month, first[0], text)
    if start > end:
        raise Undated(text)
    return start, end, guessed


#: day, month or None, year or None
Parts = tuple[int, int | None, int | None]


def _tokens(text: str, reading: Reading) -> list[tuple[str, int]]:
    """The numbers, months and whole dates of a text, in order."""
    plain = _decomposed(text)
    tokens: list[tuple[str, int]] = []
    pattern = re.compile(
        r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<sep>\d{1,2}[/.]\d{1,2}(?:[/.](?:\d{4}|\d{2})?)?)|(?P<number>\d+)|(?P<word>[a-z]+)"
    )
    for match in pattern.finditer(plain):
        if match["iso"]:
            year, month, day = (int(number) for number in match["iso"].split("-"))
            tokens += [("year", year), ("month", month), ("day", day)]
        elif match["sep"]:
            parts = [int(number) for number in re.split(r"[/.]", match["sep"]) if number]
            first, second = parts[:2]
            day, month = (second, first) if reading.month_first else (first, second)
            tokens += [("day", day), ("month", month)]
            if len(parts) == 3:
                tokens.append(("year", _century(parts[2])))
        elif match["number"]:
            number = int(match["number"])
            if number in SERIAL and not tokens:
                day_of = date(1899, 12, 30) + timedelta(days=number)
                tokens += [("year", day_of.year), ("month", day_of.month), ("day", day_of.day)]
            else:
                tokens.append(("year" if number > 31 else "day", _century(number) if number > 31 else number))
        elif match["word"] in MONTHS:
            tokens.append(("month", MONTHS[match["word"]]))
    return tokens


def _decomposed(text: str) -> str:
    """Lower case, accents apart, every other sign than letters and digits as ASCII or "?"."""
    apart = "".join(
        mark for mark in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(mark)
    )
    return apart.encode("ascii", "replace").decode()


def _days(tokens: list[tuple[str, int]]) -> list[Parts]:
    """Put the tokens together: a month or a year belongs to the days that lack one."""
    days: list[list[int | None]] = []
    month: int | None = None
    year: int | None = None
    for kind, value in tokens:
        if kind == "day":
            # "May 26-28": the month stands before its days; "2026-05-26": so does the year.
            days.append([value, month, year])
            year = None
        elif kind == "month":
            if days and days[-1][1] is None:
                for parts in days:
                    parts[1] = parts[1] or value
                month = None
            else:
                month = value
        elif days and any(parts[2] is None for parts in days) and days[-1][2] is None:
            days[-1][2] = value
            year = None
        else:
            year = value
    return [(int(day or 0), in_month, in_year) for day, in_month, in_year in days]


def _dated(parts: Parts, reading: Reading) -> tuple[date, bool]:
    day, month, year = parts
    if month is None:
        raise Undated(str(parts))
    year = year or reading.year
    if year is not None:
        return _day(year, month, day, str(parts)), False
    if reading.before is None:
        raise Undated(str(parts))
    guess = _day(reading.before.year, month, day, str(parts))
    return (guess if guess < reading.before else _day(guess.year - 1, month, day, str(parts))), True


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Undated(text) from None


def _century(year: int) -> int:
    return year if year > 99 else year + (2000 if year < PIVOT else 1900)
