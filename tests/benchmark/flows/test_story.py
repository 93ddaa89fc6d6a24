"""How polls stand to intervals: at the ends, on both sides, and how many apart are more than chance explains."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench.flows.story import Verdict, verdict
from pollbench.flows.table import COLUMNS, beside_polls


@pytest.mark.parametrize(
    ("cells", "meet", "by_chance", "contradicts"),
    [(5, 4, 0.5, False), (30, 25, 3.0, False), (30, 24, 3.0, False), (30, 23, 3.0, True)],
)
def test_more_than_twice_as_many_as_by_chance_contradict(cells, meet, by_chance, contradicts):
    assert Verdict("m", cells, meet, (), by_chance, cells, meet).contradicts is contradicts


def table(*polls: tuple[float, float]) -> pd.DataFrame:
    """Pairs of options with an interval from 40 to 60, and the lowest and highest poll of each."""
    return pd.DataFrame(
        {
            "method": "m",
            "interval_kind": "known_truth",
            "from_option": [f"from-{number}" for number in range(len(polls))],
            "to_option": "to",
            "low": 40.0,
            "high": 60.0,
            "polls": 2,
            "poll_low": [low for low, _ in polls],
            "poll_high": [high for _, high in polls],
            "polls_inside": 1,
        }
    )


def test_a_poll_at_the_end_of_an_interval_meets_it_and_one_half_a_point_beside_it_does_not():
    counted = verdict(table((60.0, 70.0), (60.5, 70.0), (30.0, 40.0), (30.0, 39.5), (30.0, 70.0)), "m")
    assert (counted.cells, counted.meet) == (5, 3)
    assert counted.apart == (("from-1", "to"), ("from-3", "to"))
    assert (counted.figures, counted.inside) == (10, 5)
    assert counted.by_chance == pytest.approx(0.5)


def test_polls_within_an_interval_are_counted_its_ends_included():
    cells = pd.DataFrame(
        {
            "from_option": ["bob", "ann", "ann"],
            "to_option": ["x", "x", "y"],
            "low": 40.0,
            "high": [50.0, 60.0, 60.0],
        }
    )
    rest = [name for name in COLUMNS if name not in cells and "poll" not in name]
    cells = cells.assign(**dict.fromkeys(rest, "")).assign(method="m")
    polls = pd.DataFrame(
        [("ann", "x", share) for share in (39.5, 40.0, 50.0, 60.0, 60.5)] + [("bob", "x", 80.0)],
        columns=["from_option", "to_option", "share_pct"],
    )
    beside = beside_polls(cells, polls)
    assert beside.from_option.tolist() == ["bob", "ann", "ann"]
    assert beside.polls.tolist() == [1, 5, 0]
    assert beside.polls_inside.tolist() == [0, 3, 0]
    assert beside.poll_low.dropna().tolist() == [80.0, 39.5]
    assert beside.poll_high.dropna().tolist() == [80.0, 60.5]
