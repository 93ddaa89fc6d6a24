"""Transfer methods where the truth is known: what is shipped about two districts is found again from their votes."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from known_districts import DISTRICTS
from pollbench import ecological
from pollbench.data.elections import datasets_folder
from pollbench.ecological import registered

TABLES = [name for name, method in registered().items() if method.kind == "table"]


def shipped(election: str, district: str, method: str) -> dict[str, str]:
    path = datasets_folder() / "transfers" / "known_districts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if (row["election"], row["district"], row["method"]) == (election, district, method)
        ]
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize("key", DISTRICTS)
@pytest.mark.parametrize("name", TABLES)
def test_the_table_is_as_far_from_the_truth_as_the_shipped_index_says(key, name):
    first, second, truth = DISTRICTS[key]
    table = ecological.named(name)(first, ecological.balanced(first, second))
    index = ecological.index_of_error(table, truth)
    assert index == pytest.approx(float(shipped(*key, name)["index_of_error"]), abs=0.01)
    assert 50 * np.abs(table - truth).sum() <= (index + 1e-6) * truth.sum()


@pytest.mark.parametrize("key", DISTRICTS)
def test_the_bounds_hold_the_printed_truth(key):
    first, second, truth = DISTRICTS[key]
    low, high = ecological.named("bounds")(first, ecological.balanced(first, second))
    slack = 1e-3 * truth.sum()
    assert (truth >= low - slack).all()
    assert (truth <= high + slack).all()


def test_the_bounds_hold_every_true_cell_of_all_districts():
    path = datasets_folder() / "transfers" / "known_districts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        held = [float(row["held_pct"]) for row in csv.DictReader(file) if row["method"] == "bounds"]
    assert len(held) == 565
    assert min(held) == 100


@pytest.mark.parametrize("key", DISTRICTS)
@pytest.mark.parametrize("name", ["goodman_simplex", "local_step", "lphom"])
def test_methods_within_the_possible_beat_independence(key, name):
    own = float(shipped(*key, name)["index_of_error"])
    assert own < float(shipped(*key, "independence")["index_of_error"])


def test_the_medians_are_those_of_the_prototype():
    """Measured beforehand, by other code: independence 39, free Goodman 18, lphom 13.0, simplex 12.4, local step 12.1.

    The null here takes its table from every unit and not from the district, hence 37.6; the local step here shares
    ties in proportion, hence 11.0.
    """
    path = datasets_folder() / "transfers" / "known_districts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["index_of_error"]]
    medians = {
        name: np.median([float(row["index_of_error"]) for row in rows if row["method"] == name])
        for name in TABLES
    }
    assert sum(row["method"] == "lphom" for row in rows) == 565
    assert medians["goodman_free"] == pytest.approx(18, abs=0.5)
    assert medians["lphom"] == pytest.approx(13.0, abs=0.1)
    assert medians["goodman_simplex"] == pytest.approx(12.4, abs=0.1)
    assert medians["independence"] == pytest.approx(37.6, abs=0.1)
    assert medians["local_step"] == pytest.approx(11.0, abs=0.1)
