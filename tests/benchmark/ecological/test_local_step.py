"""The local step: units with options that no voter took, fractions of votes, more units than a block."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from pollbench import ecological
from pollbench.ecological.local_step import tables_of_units


def test_an_option_that_the_common_table_gives_no_voter_is_filled_from_the_others():
    common = np.array([[1.0, 0.0], [1.0, 0.0]])
    (table,) = tables_of_units(np.array([[60.0, 40.0]]), np.array([[70.0, 30.0]]), common)
    # A surplus of 30 in 100 is taken from both rows alike.
    assert table == pytest.approx(np.array([[42.0, 18.0], [28.0, 12.0]]))


def test_a_unit_counted_in_thousands_of_voters_has_the_same_table():
    first, second = np.array([[600.0, 400.0]]), np.array([[700.0, 300.0]])
    whole = tables_of_units(first, second, np.eye(2))
    assert tables_of_units(first / 1000, second / 1000, np.eye(2)) == pytest.approx(whole / 1000)


def test_every_unit_is_counted_once_however_many_blocks_they_fill(monkeypatch):
    def common(first, second):
        return np.outer(first.sum(axis=0), second.sum(axis=0)) / first.sum()

    monkeypatch.setattr(sys.modules["pollbench.ecological.local_step"], "lphom", common)
    generator = np.random.default_rng(4)
    first = generator.integers(1, 50, (4200, 2)).astype(float)
    second = np.column_stack([first.sum(axis=1) * 0.25, first.sum(axis=1) * 0.75])
    table = ecological.named("local_step")(first, second)
    assert table.sum(axis=1) == pytest.approx(first.sum(axis=0))
    assert table.sum(axis=0) == pytest.approx(second.sum(axis=0))
