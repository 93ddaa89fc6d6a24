"""Time the manipulation sweep against the cost of its draws alone: ``python benchmark/speed/sweep.py``.

The full sweep: 40 forecasts, 5 targets, 64 budgets, 8 defences, 2 goals, 10,000 replicates of 12 shares; one
thread. It should take at most twice the draws alone. The naive way, a new draw in every cell, is timed on a few
cells and extrapolated. The best of several repetitions counts: a neighbour on the machine only ever adds time.
"""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np
from sweep_engine import Figure, sweep

from pollbench.manipulation.formulas.closed_forms import push_shift
from pollbench.manipulation.formulas.draws import generator_for, sample_shares
from pollbench.manipulation.formulas.minimal import minimal_mass

FORECASTS, TARGETS, BUDGETS, DEFENCES, REPLICATES, SHARES = 40, 5, 64, 8, 10_000, 12
SEED = 20170423
REPETITIONS = 5


def figures() -> list[Figure]:
    generator = np.random.default_rng(SEED)
    concentration = np.array([24, 21, 20, 19.5, 6.4, 4.7, 1.2, 1.1, 0.9, 0.6, 0.2, 0.4])
    return [
        Figure(f"forecast-{index}", 100 * generator.dirichlet(20 * concentration), int(persons))
        for index, persons in enumerate(generator.integers(900, 2500, FORECASTS))
    ]


def best(function: object) -> float:
    times = []
    for _ in range(REPETITIONS):
        start = perf_counter()
        function()  # type: ignore[operator]
        times.append(perf_counter() - start)
    return min(times)


def main() -> int:
    chosen = figures()
    targets = list(range(TARGETS))
    budgets = np.concatenate([[0.0], np.geomspace(0.05, 50, BUDGETS - 1)])
    factors = np.linspace(0.1, 1.0, DEFENCES)

    def draws() -> None:
        for figure in chosen:
            sample_shares(figure.shares, figure.persons, REPLICATES, SEED, figure.forecast_id)

    def whole() -> None:
        sweep(chosen, targets, budgets, factors, replicates=REPLICATES, seed=SEED)

    def closed() -> None:
        shares = np.stack([figure.shares[:TARGETS] for figure in chosen])
        push_shift(shares[:, :, None, None], np.multiply.outer(budgets, factors), 100.0)

    def naive() -> None:
        for figure in chosen[:4]:
            generator = generator_for(SEED, figure.forecast_id)
            counts = generator.multinomial(figure.persons, figure.shares / 100, REPLICATES)
            (minimal_mass(counts, 0) <= 50).mean()

    cells = FORECASTS * TARGETS * BUDGETS * DEFENCES
    floor, full = best(draws), best(whole)
    rows = [
        ("closed forms, all cells", best(closed)),
        ("draws alone (the floor)", floor),
        ("full sweep, two goals", full),
        ("a new draw in every cell, extrapolated", best(naive) / 4 * cells * 2),
    ]
    print(
        f"{cells:,} cells, {cells * 2 * REPLICATES:.3g} replicate-cells, numpy {np.__version__}, one thread"
    )
    for name, seconds in rows:
        print(f"{name:<42}{seconds * 1000:>14,.2f} ms")
    ratio = full / floor
    print(f"{'full sweep / draws alone':<42}{ratio:>14.2f}    (at most 2)")
    return 0 if ratio <= 2 else 1


if __name__ == "__main__":
    sys.exit(main())
