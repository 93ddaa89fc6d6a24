"""Errors where the truth is known: which rows of the shipped table speak of all cells, gaps, and what would contradict a poll."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pollbench.ecological import registered
from pollbench.flows import known


def test_one_row_of_every_method_speaks_of_all_cells():
    table = known.known_truth()
    whole = table[table.whole]
    assert sorted(whole.method) == sorted(name for name in registered() if name != "bounds")
    assert whole[
        ["row_from", "row_to", "estimate_from", "estimate_to"]
    ].drop_duplicates().to_numpy().tolist() == [[0, 100, 0, 100]]
    others = table[~table.whole]
    assert (others.cells < whole.set_index("method").cells.reindex(others.method).to_numpy()).all()


@pytest.mark.parametrize("edges", ["row", "estimate"])
def test_a_class_over_all_rows_or_all_estimates_is_not_all_cells(edges, monkeypatch, tmp_path):
    (tmp_path / "transfers").mkdir()
    # All cells; all of one and a few of the other, 30 wide or around the middle.
    other = "row" if edges == "estimate" else "estimate"
    classes = {f"{edges}_from": [0, 0, 0], f"{edges}_to": [100, 100, 100]}
    classes |= {f"{other}_from": [0, 0, 30], f"{other}_to": [100, 30, 70]}
    pd.DataFrame({"method": "m", **classes}).to_csv(tmp_path / "transfers" / "known_truth.csv", index=False)
    monkeypatch.setattr(known, "datasets_folder", lambda: tmp_path)
    assert known.known_truth.__wrapped__().whole.tolist() == [True, False, False]


def test_a_class_without_cells_takes_the_errors_of_the_nearest_class(monkeypatch):
    rows = [(row, estimate) for row in (0.0, 6.0, 12.0, 30.0) for estimate in (2.0, 98.0)]
    table = pd.DataFrame(
        {
            "method": "m",
            "row_from": [row for row, _ in rows],
            "estimate_from": [estimate for _, estimate in rows],
            "low": [-estimate for _, estimate in rows],
            "high": [row for row, _ in rows],
            "whole": False,
        }
    )
    monkeypatch.setattr(known, "known_truth", lambda: table)
    errors = known.known_errors("m")
    # Classes 1 and 5 are filled; 0, 2 and 3 are nearest to the one, 4 to the other (3 stands between them).
    assert errors[0, :, 0].tolist() == [-2, -2, -2, -2, -98, -98]
    assert errors[:, 4, 1].tolist() == [0, 6, 12, 30]


def test_a_poll_at_either_end_is_contradicted_by_the_estimates_next_to_it():
    """Where lphom says 0 or 100 the truth lies further inside: the shipped errors of those classes do not hold 0."""
    assert known.contradicting("lphom", 3.0, 0.0) == (None, 0.5)
    assert known.contradicting("lphom", 3.0, 100.0) == (99.5, None)


def test_no_estimate_above_100_contradicts_a_poll():
    below, above = known.contradicting("lphom", 15.0, 81.0)
    assert below is not None
    assert above is None


@pytest.mark.parametrize(("estimate", "side"), [(30.0, 1), (50.0, 0)])
def test_a_poll_at_the_end_of_an_interval_is_not_contradicted_by_its_estimate(estimate, side):
    size, value = np.array([15.0]), np.array([estimate])
    ends = known.interval("local_step", size, value, np.zeros(1), np.full(1, 100.0))
    found = known.contradicting("local_step", 15.0, float(ends[side][0]))
    assert found[1 - side] == (29.5 if side else 50.5)


def test_errors_by_district_are_those_of_every_method_in_every_district():
    table = known.known_districts()
    assert set(table.method) == set(registered())
    assert (table.groupby(["election", "district"]).size() == len(registered())).all()
    assert table.index_of_error[table.method == "bounds"].isna().all()
    assert table.index_of_error[table.method != "bounds"].between(0, 100).all()
