"""The scores of samples against every peer that is installed: ``python benchmark/speed/sampled.py``.

CRPS of 30,000 forecasts x 100 samples x 11 candidates and energy score of 10,000 x 500 x 11, on one thread, alternately with
the peers, in seconds of processor: medians of rounds. A peer that takes minutes gets a part of the forecasts, scaled up.
scoringrules comes with the tests; properscoring and numba, where they are installed, are taken too, and are nowhere needed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from figures import Figure, show

from pollbench.measures import named

CANDIDATES, SEED, ROUNDS = 11, 20170423, 3
#: Measure -> forecasts, samples, and the most that the median may be, in seconds.
SIZES = {"crps_samples": (30_000, 100, 0.16), "energy_score": (10_000, 500, 8.0)}
#: Forecasts that a slow peer gets.
PART = 100
Call = Callable[[Any, Any], Any]


def scoringrules_of(backend: str) -> dict[str, list[tuple[str, Call, bool]]]:
    """Calls of scoringrules by measure, and whether they take minutes."""
    import scoringrules

    def crps(result: Any, drawn: Any) -> Any:
        # The sorted form, the fastest that gives the same number.
        return scoringrules.crps_ensemble(result, drawn, m_axis=-2, estimator="qd", backend=backend)

    def energy(result: Any, drawn: Any) -> Any:
        return scoringrules.es_ensemble(result, drawn, backend=backend)

    return {
        "crps_samples": [(f"scoringrules {backend}", crps, False)],
        "energy_score": [(f"scoringrules {backend}", energy, True)],
    }


def properscoring_calls() -> dict[str, list[tuple[str, Call, bool]]]:
    """The one call of properscoring."""
    import properscoring

    def crps(result: Any, drawn: Any) -> Any:
        return properscoring.crps_ensemble(result, drawn, axis=-2)

    return {"crps_samples": [("properscoring", crps, False)]}


def peers() -> dict[str, list[tuple[str, Call, bool]]]:
    """By measure the peers that work here; the others are named on standard error."""
    calls: dict[str, list[tuple[str, Call, bool]]] = {name: [] for name in SIZES}
    sources = {
        "scoringrules with NumPy": lambda: scoringrules_of("numpy"),
        "scoringrules with numba": lambda: __import__("numba") and scoringrules_of("numba"),
        "properscoring": properscoring_calls,
    }
    for source, make in sources.items():
        try:
            by_measure = make()
        except ImportError as error:
            print(f"{source} is left out: {error}", file=sys.stderr)
            continue
        for name, several in by_measure.items():
            calls[name] += several
    return calls


def seconds(call: Callable[[], Any]) -> float:
    start = process_time()
    call()
    return process_time() - start


def times(name: str, drawn: Any, result: Any, others: list[tuple[str, Call, bool]]) -> dict[str, float]:
    """Median seconds of processor of ours ("") and of each peer, taken in turn."""
    measure = named(name)
    wide = np.broadcast_to(result, (len(drawn), CANDIDATES))
    taken: dict[str, list[float]] = {"": [], **{label: [] for label, _, _ in others}}
    for label, call, _ in others:
        # What is compiled is compiled before; what another definition gives is no peer.
        value = call(wide[:PART], drawn[:PART])
        np.testing.assert_allclose(value, measure(drawn[:PART], result), rtol=1e-9, err_msg=label)
    for _ in range(ROUNDS):
        taken[""].append(seconds(lambda: measure(drawn, result)))
        for label, call, slow in others:
            size = PART if slow else len(drawn)
            spent = seconds(lambda call=call, size=size: call(wide[:size], drawn[:size]))
            taken[label].append(spent * len(drawn) / size)
    return {label: median(values) for label, values in taken.items()}


def figures(long: bool) -> Iterator[Figure]:
    """Ours with its goal, each peer without one, and the ratio to the fastest."""
    from threadpoolctl import threadpool_limits

    generator = np.random.default_rng(SEED)
    alpha = np.linspace(1, 40, CANDIDATES)
    result = 100 * generator.dirichlet(alpha)
    others = peers()
    with threadpool_limits(1):
        for name, (forecasts, samples, goal) in SIZES.items():
            drawn = 100 * generator.dirichlet(alpha, (forecasts, samples))
            taken = times(name, drawn, result, others[name])
            ours, unit = taken.pop(""), "s of processor"
            what = f"{name} of {forecasts:,} x {samples} x {CANDIDATES}"
            rest = ", ".join(f"{label} {value:.2f}" for label, value in taken.items())
            yield Figure(what, ours, unit, goal, f"processor shared with others; in the same rounds {rest}")
            for label, value in taken.items():
                yield Figure(f"    {name} by {label}", value, unit)
            if taken:
                fastest = min(taken, key=lambda label: taken[label])
                yield Figure(f"{name}, ratio to the fastest peer", ours / taken[fastest], fastest, 1.0)


def main() -> None:
    show(figures("--long" in sys.argv))


if __name__ == "__main__":
    main()
