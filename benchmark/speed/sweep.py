"""Time a large grid of ``pb.stress`` against the draws it rests on: ``python benchmark/speed/sweep.py [--long]``.

All figures of 2017, all main candidates, 64 budgets, all defences, 1,000 replicates, 10,000 with ``--long``. The floor is the
drawing of the honest samples alone; with workers the same grid is shared by ``joblib.Parallel``, to the same bytes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

import numpy as np
from figures import Figure, show

import pollbench as pb
from pollbench.manipulation import DEFENCES
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.honest_sample import HonestSample
from pollbench.manipulation.study.threat_models import default_model

BUDGETS, REPLICATES, FEW, SEED = 64, 10_000, 1_000, 20170423


def figures(long: bool) -> Iterator[Figure]:
    """Wall seconds of the grid in one process and by workers, of the draws alone, and whether the bytes are the same."""
    from joblib import Parallel

    workers = os.cpu_count() or 1
    replicates = REPLICATES if long else FEW
    grid = np.geomspace(0.05, 50, BUDGETS - 1).tolist()
    ways = {"one process": None, f"{workers} workers": Parallel(n_jobs=workers)}
    title = f"grid of pb.stress, {BUDGETS} budgets, {replicates:,} replicates"
    with pb.load("fr-pres-2017") as bench:
        model, assumptions = default_model("push"), Assumptions(bench)
        efforts = [Effort.of(figure, model, assumptions) for figure in attacked_figures(bench)[0]]
        floor = seconds(lambda: [HonestSample(effort, replicates, SEED) for effort in efforts])
        yield Figure(f"{title}: draws alone, the floor", floor, "s")
        tables = []
        for name, parallel in ways.items():
            start = perf_counter()
            table = pb.stress(
                bench, attack="push", budgets=grid, defences=["none", *DEFENCES], replicates=replicates, seed=SEED,
                parallel=parallel,
            )  # fmt: skip
            yield Figure(f"{title}: {name}, {len(table):,} cells", perf_counter() - start, "s")
            tables.append(table.to_csv(index=False))
    unlike = float(tables[0] != tables[1])
    yield Figure(f"{title}: results unlike by workers", unlike, "of 1", 0, "the workers returned other bytes")


def seconds(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def main() -> None:
    show(figures("--long" in sys.argv))


if __name__ == "__main__":
    main()
