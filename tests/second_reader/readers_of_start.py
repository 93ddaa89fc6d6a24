"""What the numbers of the start page must be, for the elections of the site that it opens."""

from __future__ import annotations

import pandas as pd
import recomputed as again
import recomputed_boards as boards
import recomputed_open as to_come
import recomputed_start as start
from readers import Numbers
from readers_of_pages import Page, says, stands

#: Names that a reading shows on the start page, before the rest is counted.
SHOWN = 2


def rounds_of(page: Page) -> tuple[str, ...]:
    """The rounds of the elections of the site that are over."""
    return tuple(boards.finished(page.elections))


@says("start.lead", "start.lead_year")
def _lead(page: Page) -> list[Numbers]:
    rounds = [contest for contest in rounds_of(page) if len(again.board(contest))]
    elections = sorted({again.election_of(contest) for contest in rounds})
    years = [float(election.rpartition("-")[2]) for election in elections]
    return [[len(rounds), years[0]], [len(rounds), len(elections), min(years), max(years)]]


@says("start.right_polls")
def _right(page: Page) -> list[Numbers]:
    rows = start.middles(*rounds_of(page))
    assert (rows.poll_error < rows.buzz_error).all()
    return [[len(rows)]]


@says("start.single", "start.single_none")
def _single(page: Page) -> list[Numbers]:
    number, better = start.better_than_the_polls(*rounds_of(page))
    return [[number], [number, len(better)]]


@says("start.much")
def _much(page: Page) -> list[Numbers]:
    rows = start.middles(*rounds_of(page))
    gaps = rows.buzz_error - rows.poll_error
    middle = [rows.poll_error.mean(), rows.buzz_error.mean()]
    return [[*middle, abs(gaps.max())] if len(rows) == 1 else [len(rows), *middle, gaps.min(), gaps.max()]]


@says("start.surely_hardly")
def _surely(page: Page) -> list[Numbers]:
    rows = start.middles(*rounds_of(page))
    closer = int((rows.poll_error < rows.buzz_error).sum())
    return [[len(rows), round(100 * start.as_often(closer, len(rows)))]]


@says("start.alike")
def _alike(_: Page) -> list[Numbers]:
    few = next(number for number in range(1, 20) if start.as_often(number, number) < 0.05)
    return [[few, round(100 * start.as_often(few, few))]]


def readings() -> list[pd.DataFrame]:
    """The last reading of every forecaster and quantity about each round to come."""
    rounds = again.table("contests", to_come.OPEN).contest_id
    tables = [to_come.last_readings(contest) for contest in rounds]
    return [own for table in tables for _, own in table.groupby(["forecaster_id", "quantity"])]


@says("open.figure")
def _figures(_: Page) -> list[Numbers]:
    levels = again.table("quantiles", to_come.OPEN).groupby(["forecast_id", "candidate_id"]).value
    ends = {key: [min(own), max(own)] for key, own in levels}
    said: list[Numbers] = []
    ranges = again.table("predictions", to_come.OPEN).dropna(subset=["lower", "upper"])
    ends |= {(row.forecast_id, row.candidate_id): [row.lower, row.upper] for row in ranges.itertuples()}
    for row in (row for own in readings() for row in own.itertuples()):
        said += [[row.value], [row.value, *ends.get((row.forecast_id, row.candidate_id), [])]]
    return said


@says("open.more")
def _more(_: Page) -> list[Numbers]:
    return [[len(own) - shown] for own in readings() for shown in (SHOWN, 6)]


@stands("index", "li")
def _days(_: Page) -> list[Numbers]:
    said: list[Numbers] = []
    for own in readings():
        day = own.public_on.iloc[0]
        said += [[day.day, day.year], [len(own) - SHOWN, day.day, day.year]]
    return said
