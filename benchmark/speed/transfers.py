"""Time the transfer methods: ``python benchmark/speed/transfers.py``.

Departments with all methods (at most 1 s), and lphom on 35,500 units made from them (at most 60 s): every unit is a
department cut into communes of unlike size and mood. Imports are not counted.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from time import perf_counter, process_time

import numpy as np
from figures import Figure, show

from pollbench.data.store import load
from pollbench.ecological import named
from pollbench.flows.table import transfers
from pollbench.flows.units import from_departments

UNITS, SEED = 35_500, 20170507


def figures(long: bool) -> Iterator[Figure]:
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
    start, spent = perf_counter(), process_time()
    named("lphom")(first, second)
    communes, spent = perf_counter() - start, process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    yield Figure("transfers, departments, all methods", departments, "s", 1.0)
    reason = f"{spent:.0f} s of processor, shared with others"
    yield Figure(f"transfers, lphom on {UNITS:,} units", communes, "s", 60.0, reason)
    yield Figure("transfers, memory", memory, "GB", 2.0)


def main() -> None:
    show(figures("--long" in sys.argv))


if __name__ == "__main__":
    main()
