"""Two rounds as arrays: which candidates are merged, and units without voters in one of the rounds."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench.errors import NothingToCompare
from pollbench.flows.units import ABSTENTION, BLANK, OTHERS, Units, assembled, sizes_pct


def votes(**columns: list[float]) -> pd.DataFrame:
    """Votes of two units, a hundred electors in each."""
    frame = pd.DataFrame(columns, index=["a", "b"], dtype=float)
    rest = 100 - frame.sum(axis=1)
    return frame.assign(**{BLANK: rest / 4, ABSTENTION: 3 * rest / 4})


def put_together(first: pd.DataFrame, second: pd.DataFrame) -> Units:
    return assembled("e", "e-r2", first, second, "test")


FIRST = {"ann": [40.0, 30.0], "bob": [20.0, 30.0]}


def test_two_candidates_below_three_per_cent_are_one_row_and_one_alone_keeps_its_own():
    run_off = votes(ann=[50.0, 50.0], bob=[20.0, 30.0])
    alone = put_together(votes(**FIRST, cid=[2.0, 2.0]), run_off)
    assert alone.options_first == ("ann", "bob", "cid", BLANK, ABSTENTION)
    two = put_together(votes(**FIRST, cid=[2.0, 2.0], dan=[1.0, 4.0]), run_off)
    assert two.options_first == ("ann", "bob", OTHERS, BLANK, ABSTENTION)
    assert two.first[:, 2].tolist() == [3, 6]
    assert sizes_pct(two) == pytest.approx([35, 25, 4.5, 8.875, 26.625])


def test_exactly_three_per_cent_is_enough():
    units = put_together(
        votes(**FIRST, cid=[2.0, 4.0], dan=[2.98, 2.98], eve=[1.0, 2.0]),
        votes(ann=[50.0, 50.0], bob=[20.0, 30.0]),
    )
    assert units.options_first == ("ann", "bob", "cid", OTHERS, BLANK, ABSTENTION)


def test_candidates_of_the_last_round_are_never_merged():
    second = votes(ann=[50.0, 50.0], bob=[20.0, 30.0], cid=[1.0, 1.0], dan=[2.0, 1.0])
    units = put_together(votes(**FIRST), second)
    assert units.options_second == ("ann", "bob", "dan", "cid", BLANK, ABSTENTION)


def test_a_unit_without_a_voter_at_the_second_round_is_left_out():
    first = votes(**FIRST)
    first.loc["c"] = [1.0, 0.0, 0.0, 0.0]
    second = votes(ann=[50.0, 50.0], bob=[20.0, 30.0])
    second.loc["c"] = 0.0
    units = put_together(first, second)
    assert units.first.shape == (2, 4)
    assert (units.left_out, units.left_out_pct) == (1, pytest.approx(100 / 201))


def test_a_unit_of_one_elector_counts_and_one_without_electors_at_the_first_round_does_not():
    first, second = votes(**FIRST), votes(ann=[50.0, 50.0], bob=[20.0, 30.0])
    first.loc["c"], second.loc["c"] = [1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]
    first.loc["d"], second.loc["d"] = 0.0, [0.0, 1.0, 0.0, 0.0]
    units = put_together(first, second)
    assert units.first.sum(axis=1).tolist() == [100, 100, 1]
    assert (units.left_out, units.left_out_pct) == (1, 0)


@pytest.mark.parametrize(("electors", "refused"), [(4.0, False), (5.0, True)])
def test_units_with_more_than_two_per_cent_of_the_electors_may_not_be_missing(electors, refused):
    first, second = votes(**FIRST), votes(ann=[50.0, 50.0], bob=[20.0, 30.0])
    first.loc["c"] = [electors, 0.0, 0.0, 0.0]
    if refused:
        with pytest.raises(NothingToCompare, match=r"test: 1 units with 2\.4 per cent of the electors"):
            put_together(first, second)
    else:
        assert put_together(first, second).left_out_pct == pytest.approx(400 / 204)
