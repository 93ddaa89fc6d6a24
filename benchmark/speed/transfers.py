"""Time the transfer methods: ``python benchmark/speed/transfers.py``.

Departments with all methods (at most 1 s), and lphom on 35,500 units made from them (at most 60 s): every unit is a
department cut into communes of unlike size and mood. Imports are not counted.
"""

from __future__ import annotations

import resource
import sys
from time import perf_counter

import numpy as np

from pollbench.data.store import load
from pollbench.ecological import named
from pollbench.flows.table import transfers
from pollbench.flows.units import from_departments

UNITS, SEED = 35_500, 20170507


def main() -> int:
    with load("fr-pres-2017") as bench:
        units = from_departments(bench, "fr-pres-2017")
        transfers(bench, "fr-pres-2017", method="lphom")
        start = perf_counter()
        transfers(bench, "fr-pres-2017")
        departments = perf_counter() - start
    generator = np.random.default_rng(SEED)
    table = named("local_step")(units.first, units.second)
    shares = table / table.sum(axis=1, keepdims=True)
    chosen = generator.integers(len(units.first), size=UNITS)
    mood = generator.lognormal(0, 0.4, (UNITS, units.first.shape[1]))
    first = units.first[chosen] * mood * generator.lognormal(-6, 1.3, (UNITS, 1)) + 1
    second = first @ shares * generator.lognormal(0, 0.1, (UNITS, units.second.shape[1]))
    second *= first.sum(axis=1, keepdims=True) / second.sum(axis=1, keepdims=True)
    start = perf_counter()
    named("lphom")(first, second)
    communes = perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{'departments, all methods':<42}{departments:>10.2f} s    (at most 1)")
    print(f"{f'lphom, {UNITS:,} units':<42}{communes:>10.2f} s    (at most 60)")
    print(f"{'memory':<42}{memory:>10.2f} GB   (at most 2)")
    return 0 if departments <= 1 and communes <= 60 and memory <= 2 else 1


if __name__ == "__main__":
    sys.exit(main())
