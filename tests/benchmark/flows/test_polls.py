"""Transfers that polls printed: abstention and blank votes together, polls without a day, ranges in order."""

from __future__ import annotations

import pandas as pd

from pollbench.flows.polls import NEITHER, polled, ranges
from pollbench.flows.units import ABSTENTION, BLANK


class Printed:
    """In place of the loaded elections: the rows that polls printed."""

    def __init__(self, rows: list[tuple[str, str, str | None, str, str, float]]) -> None:
        columns = ["transfer_id", "forecaster_id", "measured_from", "from_option", "to_option", "share_pct"]
        self.rows = pd.DataFrame(rows, columns=columns).assign(
            name="",
            question="",
            measured_to=None,
            published_on="2030-04-24",
            sample_size=1000,
            base="",
            sources="",
        )

    def frame(self, _sql: str, _values: list[str]) -> pd.DataFrame:
        """All rows, whatever is asked."""
        return self.rows


ROWS = [
    ("t1", "zeta", None, "bob", BLANK, 10.0),
    ("t2", "zeta", None, "bob", ABSTENTION, 20.0),
    ("t3", "alpha", "2030-04-20", "ann", ABSTENTION, 5.0),
    ("t4", "alpha", "2030-04-20", "ann", BLANK, 2.5),
    ("t5", "beta", "2030-04-20", "ann", ABSTENTION, 40.0),
    ("t6", "beta", "2030-04-20", "bob", "ann", 60.0),
]


def test_both_ways_of_choosing_neither_are_added_also_where_a_poll_names_no_day() -> None:
    table = polled(Printed(ROWS), "xx-2030-r2")
    sums = table[table.to_option == NEITHER]
    assert list(zip(sums.forecaster_id, sums.from_option, sums.share_pct, strict=True)) == [
        ("zeta", "bob", 30.0),
        ("alpha", "ann", 7.5),
    ]
    assert table.transfer_id.is_monotonic_increasing
    assert table.index.tolist() == list(range(len(ROWS) + 2))


def test_without_a_poll_that_prints_both_nothing_is_added() -> None:
    assert polled(Printed(ROWS[4:]), "xx-2030-r2").to_option.tolist() == [ABSTENTION, "ann"]


def test_ranges_stand_in_the_order_of_the_options() -> None:
    table = pd.DataFrame(
        [("bob", "ann", 60.0), ("ann", "bob", 5.0), ("ann", "ann", 80.0), ("bob", "ann", 40.0)],
        columns=["from_option", "to_option", "share_pct"],
    )
    assert ranges(table).to_numpy().tolist() == [
        ["ann", "ann", 1, 80.0, 80.0],
        ["ann", "bob", 1, 5.0, 5.0],
        ["bob", "ann", 2, 40.0, 60.0],
    ]
