"""Measure what transfer methods err where the true tables are known.

``python benchmark/calibration/transfers.py FOLDER --output datasets/pollbench_datasets/transfers``

FOLDER holds the votes of 565 districts whose voters' two votes were counted together (New Zealand 2002 to
2020, Scotland 2007), as published in the R package ei.Datasets 0.0.1-3 (Pavía 2022,
doi:10.1177/08944393211040808, CC BY 4.0), written out as two tables:

known_margins.csv.gz  election, district, margin (row: party vote, column: candidate vote), unit, option, votes
known_tables.csv.gz   election, district, row, column, votes

Every method runs on the units of every district; its table is set beside the true one. Two tables come out:
known_districts.csv, the index of error of each method in each district, and known_truth.csv, the
errors of cells by size of the row and by estimate, from which PollBench prints intervals. In every tenth
district the units are drawn anew, to count how often the interval of such a bootstrap holds the truth.
The seed of the draws is 20170507. A few minutes on two processors.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import joblib
import numpy as np
import pandas as pd

from pollbench.ecological import balanced, bootstrap, index_of_error, named, registered, row_shares
from pollbench.ecological.known_truth import (
    ESTIMATE_EDGES,
    LEVEL,
    ROW_EDGES,
    class_of,
    error_interval,
    kept_options,
    merged,
)

SEED = 20170507
REPLICATES = 100
#: One district in so many is resampled.
BOOTSTRAP_EVERY = 10
#: Classes with fewer cells than this are joined by their neighbours of the same rows.
FEWEST_CELLS = 100


def dense(rows: pd.DataFrame, first: str, second: str) -> np.ndarray:
    """The votes as an array, from one row per cell that is not zero."""
    shape = (rows[first].max() + 1, rows[second].max() + 1)
    votes = np.zeros(shape)
    np.add.at(votes, (rows[first].to_numpy(), rows[second].to_numpy()), rows["votes"].to_numpy(float))
    return votes


def margins_of(margins: pd.DataFrame, truth: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both votes of the units of a district and its true table, small options merged."""
    first, second = (
        dense(margins[margins["margin"] == side], "unit", "option") for side in ("row", "column")
    )
    units = max(len(first), len(second))
    first, second = (np.pad(votes, ((0, units - len(votes)), (0, 0))) for votes in (first, second))
    table = dense(truth, "row", "column")
    table = np.pad(table, ((0, first.shape[1] - table.shape[0]), (0, second.shape[1] - table.shape[1])))
    rows, columns = kept_options(first), kept_options(second)
    voted = (first.sum(axis=1) > 0) & (second.sum(axis=1) > 0)
    first, second = merged(first[voted], rows), merged(second[voted], columns)
    return first, balanced(first, second), merged(merged(table, columns).T, rows).T


def judged(
    election: str, district: str, margins: pd.DataFrame, truth: pd.DataFrame, resample: bool
) -> tuple[list[dict[str, object]], pd.DataFrame]:
    """The index of error of every method in one district, and its cells."""
    first, second, table = margins_of(margins, truth)
    size = np.broadcast_to(100 * first.sum(axis=0)[:, None] / first.sum(), table.shape)
    low, high = named("bounds")(first, second)
    about = {
        "election": election,
        "district": district,
        "units": len(first),
        "voters": int(table.sum()),
        "options_first": first.shape[1],
        "options_second": second.shape[1],
    }
    slack = 1e-3 * table.sum()
    held = ((table >= low - slack) & (table <= high + slack)).mean()
    width = np.average(100 * (high - low) / first.sum(axis=0)[:, None], weights=size)
    indexes = [{**about, "method": "bounds", "held_pct": 100 * held, "width": width}]
    cells = []
    for name, method in registered().items():
        if method.kind != "table":
            continue
        votes = method(first, second)
        frame = pd.DataFrame(
            {"size": size.ravel(), "estimate": row_shares(votes).ravel(), "truth": row_shares(table).ravel()}
        ).assign(election=election, method=name)
        inside = ((votes >= low - slack) & (votes <= high + slack)).mean()
        indexes.append(
            {
                **about,
                "method": name,
                "index_of_error": index_of_error(votes, table),
                "held_pct": 100 * inside,
            }
        )
        if resample and name not in ("independence", "goodman_free"):
            ends = bootstrap(method, first, second, replicates=REPLICATES, seed=SEED, level=LEVEL)
            frame["drawn"] = ((row_shares(table) >= ends[0]) & (row_shares(table) <= ends[1])).ravel()
        cells.append(frame)
    return indexes, pd.concat(cells)


def ends_of(cells: pd.DataFrame, row: int, estimate: int) -> tuple[float, float]:
    """The error interval of a class; a small class is joined by its neighbours of the same rows."""
    for reach in range(len(ESTIMATE_EDGES)):
        near = cells[(cells["row_class"] == row) & ((cells["estimate_class"] - estimate).abs() <= reach)]
        if len(near) >= FEWEST_CELLS:
            break
    return error_interval(near["estimate"].to_numpy(), near["truth"].to_numpy())


def class_rows(name: str, cells: pd.DataFrame) -> list[dict[str, object]]:
    """One row per class of cells of one method, and one for all of them."""
    cells = cells.assign(
        row_class=class_of(cells["size"].to_numpy(), ROW_EDGES),
        estimate_class=class_of(cells["estimate"].to_numpy(), ESTIMATE_EDGES),
        covered=False,
    ).reset_index(drop=True)
    # Coverage: the ends come from the other elections, so that no cell judges itself.
    for election, of_election in cells.groupby("election"):
        others = cells[cells["election"] != election]
        for (row, estimate), group in of_election.groupby(["row_class", "estimate_class"]):
            low, high = ends_of(others, row, estimate)
            error = group["truth"] - group["estimate"]
            cells.loc[group.index, "covered"] = (error >= low) & (error <= high)
    rows = [
        {
            "method": name,
            "row_from": 0,
            "row_to": 100,
            "estimate_from": 0,
            "estimate_to": 100,
            **summary(cells),
        }
    ]
    for (row, estimate), group in cells.groupby(["row_class", "estimate_class"]):
        low, high = ends_of(cells, row, estimate)
        rows.append(
            {
                "method": name,
                "row_from": ROW_EDGES[row],
                "row_to": ROW_EDGES[row + 1],
                "estimate_from": ESTIMATE_EDGES[estimate],
                "estimate_to": ESTIMATE_EDGES[estimate + 1],
                **summary(group),
                "low": low,
                "high": high,
            }
        )
    return rows


def summary(cells: pd.DataFrame) -> dict[str, object]:
    """Number of cells, bias, median error and coverages."""
    error = cells["estimate"] - cells["truth"]
    low, high = error_interval(cells["estimate"].to_numpy(), cells["truth"].to_numpy())
    drawn = cells["drawn"].dropna().astype(bool)
    return {
        "cells": len(cells),
        "bias": error.mean(),
        "median_error": error.abs().median(),
        "low": low,
        "high": high,
        "coverage_pct": 100 * cells["covered"].mean(),
        "bootstrap_cells": len(drawn),
        "bootstrap_coverage_pct": 100 * drawn.mean() if len(drawn) else np.nan,
    }


def main() -> int:
    """Read, measure in parallel, write both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    margins = pd.read_csv(options.folder / "known_margins.csv.gz")
    tables = dict(list(pd.read_csv(options.folder / "known_tables.csv.gz").groupby(["election", "district"])))
    groups = sorted(margins.groupby(["election", "district"]), key=lambda group: group[0])
    tasks = (
        joblib.delayed(judged)(*key, rows, tables[key], number % BOOTSTRAP_EVERY == 0)
        for number, (key, rows) in enumerate(groups)
    )
    indexes, cells = [], []
    for number, (index, frame) in enumerate(
        joblib.Parallel(options.jobs, return_as="generator")(tasks), start=1
    ):
        indexes += index
        cells.append(frame)
        if number % 25 == 0 or number == len(groups):
            print(f"{number} of {len(groups)} districts", flush=True)
    everything = pd.concat(cells)
    rows = [
        row for name, of_method in everything.groupby("method") for row in class_rows(str(name), of_method)
    ]
    options.output.mkdir(parents=True, exist_ok=True)
    order = ["election", "district", "method"]
    pd.DataFrame(indexes).sort_values(order).round(2).to_csv(
        options.output / "known_districts.csv", index=False, lineterminator="\n"
    )
    pd.DataFrame(rows).round(2).to_csv(options.output / "known_truth.csv", index=False, lineterminator="\n")
    print(pd.DataFrame(indexes).groupby("method")["index_of_error"].describe().round(1).to_string())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
