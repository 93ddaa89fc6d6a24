"""Replay the night of a run-off on communes: ``python benchmark/calibration/night.py ROUND1.csv.gz ROUND2.csv.gz``.

The files hold one row per commune: unit, registered, and one column of votes per candidate. Communes report
by size, the smallest first. Printed for each part counted: the error of the raw share, of the share after uniform
swing on the finalists' first round, and the half-width that holds 95 % of replays in loosened orders.
On the communes of 7 May 2017 at a tenth counted the raw share of the winner is about nine points too low, the
swing one point too high.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from pollbench.inference.partial_count import counting_orders, replay_errors

PARTS = (1, 5, 10, 20, 30, 50, 70, 90)
ORDERS = 50
SEED = 20170423
#: Cities that stand in the public file twice, as a whole and by arrondissement.
COUNTED_TWICE = ("069123AR", "013055AR")


def read(path: str) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype={"dept_code": str}).set_index("unit")
    return frame[~frame.index.str.contains("|".join(COUNTED_TWICE))]


def main(first: str, second: str) -> None:
    before, now = read(first), read(second)
    finalists = [name for name in now.columns if name in before.columns and name not in NOT_CANDIDATES]
    finalists.sort(key=lambda name: -now[name].sum())
    units = now.index.intersection(before.index)
    votes, reference = now.loc[units, finalists].to_numpy(float), before.loc[units, finalists].to_numpy(float)
    sizes = before.loc[units, "registered"].to_numpy(float)
    known = sizes > 0
    votes, reference, sizes = votes[known], reference[known], sizes[known]
    smallest = counting_orders(sizes, orders=1, spread=0, seed=SEED)
    swing = replay_errors(votes, reference, sizes, smallest, PARTS)[0, :, 0]
    flat = np.ones_like(reference)
    raw = replay_errors(votes, flat, sizes, smallest, PARTS)[0, :, 0]
    loose = replay_errors(votes, reference, sizes, counting_orders(sizes, orders=ORDERS, seed=SEED), PARTS)
    half = np.quantile(np.abs(loose[:, :, 0]), 0.95, axis=0)
    print(f"{len(sizes)} communes, {finalists[0]}, seed {SEED}, {ORDERS} loosened orders")
    table = pd.DataFrame({"counted": PARTS, "raw_error": raw, "swing_error": swing, "half_width_95": half})
    print(table.round(2).to_string(index=False))


NOT_CANDIDATES = (
    "dept_code",
    "commune",
    "registered",
    "abstentions",
    "voters",
    "blank",
    "null_votes",
    "valid",
)

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
