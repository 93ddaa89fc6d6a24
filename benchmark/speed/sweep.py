"""Time a large grid of ``pb.stress`` against the draws it rests on: ``python benchmark/speed/sweep.py [workers]``.

All figures of 2017, all main candidates, 64 budgets, all defences, 10,000 replicates. The floor is the drawing of the
honest samples alone; with workers the same grid is shared by ``joblib.Parallel``, to the same bytes.
"""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np

import pollbench as pb
from pollbench.manipulation import DEFENCES
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.honest_sample import HonestSample
from pollbench.manipulation.study.threat_models import default_model

BUDGETS, REPLICATES, SEED = 64, 10_000, 20170423


def main() -> int:
    from joblib import Parallel

    workers = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    grid = np.geomspace(0.05, 50, BUDGETS - 1).tolist()
    with pb.load("fr-pres-2017") as bench:
        model, assumptions = default_model("push"), Assumptions(bench)
        efforts = [Effort.of(figure, model, assumptions) for figure in attacked_figures(bench)[0]]
        start = perf_counter()
        for effort in efforts:
            HonestSample(effort, REPLICATES, SEED)
        floor = perf_counter() - start
        tables = {}
        for name, parallel in (("one process", None), (f"{workers} workers", Parallel(n_jobs=workers))):
            start = perf_counter()
            tables[name] = pb.stress(
                bench, attack="push", budgets=grid, defences=["none", *DEFENCES], replicates=REPLICATES, seed=SEED,
                parallel=parallel,
            )  # fmt: skip
            print(f"{name:<24}{perf_counter() - start:>10,.2f} s    {len(tables[name]):,} cells")
    print(f"{'draws alone (the floor)':<24}{floor:>10,.2f} s")
    first, second = (table.to_csv(index=False) for table in tables.values())
    print("same bytes" if first == second else "the workers returned other bytes")
    return 0 if first == second else 1


if __name__ == "__main__":
    sys.exit(main())
