"""Margins: what is refused by name, and proportional fitting worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.ecological.margins import fitted, require_margins, row_shares
from pollbench.errors import DomainError


@pytest.mark.parametrize(
    ("table", "rows", "columns", "expected"),
    [
        # Independence has the product of its margins in every cell.
        ([[1, 1], [1, 1]], [3, 1], [1, 3], [[0.75, 2.25], [0.25, 0.75]]),
        # In fractions of the electorate every sum is below one.
        ([[0.25, 0.25], [0.25, 0.25]], [0.75, 0.25], [0.5, 0.5], [[0.375, 0.375], [0.125, 0.125]]),
        ([[1, 0], [1, 0]], [1, 1], [2, 0], [[1, 0], [1, 0]]),
        ([[1, 1], [0, 0]], [2, 0], [1, 1], [[1, 1], [0, 0]]),
        # Odds ratios stay what they were: here 1 and 4.
        ([[2, 1], [1, 2]], [2, 1], [1.5, 1.5], None),
    ],
)
def test_a_fitted_table_has_its_margins(table, rows, columns, expected):
    start = np.array(table, dtype=float)
    result = fitted(start, np.array(rows, dtype=float), np.array(columns, dtype=float))
    assert result.sum(axis=1) == pytest.approx(rows)
    assert result.sum(axis=0) == pytest.approx(columns)
    if expected is None:
        assert result[0, 0] * result[1, 1] / (result[0, 1] * result[1, 0]) == pytest.approx(4)
    else:
        assert result == pytest.approx(np.array(expected))


def test_a_row_of_zeros_that_should_have_voters_is_refused():
    with pytest.raises(DomainError, match="zeros of the table leave no way"):
        fitted(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([2.0, 2.0]), np.array([2.0, 2.0]))


@pytest.mark.parametrize("wrong", [-80.0, np.nan])
def test_the_number_that_is_no_vote_is_named_not_a_zero_or_a_fraction_before_it(wrong):
    first = np.array([[0.0, 100.0, 0.5], [20.0, wrong, 1.0]])
    with pytest.raises(DomainError, match=rf"unit 1 has {wrong} votes for option 1 of the first vote"):
        require_margins(first, first, "lphom")


def test_the_unit_whose_margins_meet_least_is_named():
    first = np.array([[60.0, 40.0], [20.0, 80.0], [50.0, 50.0]])
    second = first + np.array([[0.0, 1.0], [0.0, 5.0], [0.0, 0.0]])
    with pytest.raises(DomainError, match="unit 1 has 100 voters at the first vote and 105 at the second"):
        require_margins(first, second, "lphom")
    require_margins(first, first * (1 + 1e-12), "lphom")


def test_rows_of_every_table_of_a_stack_add_up_to_100():
    tables = np.array([[[30.0, 10.0, 0.0], [5.0, 15.0, 20.0]], [[1.0, 1.0, 2.0], [4.0, 0.0, 4.0]]])
    assert row_shares(tables).tolist() == [
        [[75, 25, 0], [12.5, 37.5, 50]],
        [[25, 25, 50], [50, 0, 50]],
    ]
