"""How fast the measures are: one call over a million forecasts, against a plain loop and against peers.

Run ``python benchmark/speed/measures.py`` (a number behind it replaces the million). It prints a table
and asserts nothing: times depend on the machine. A peer that is not installed is left out. The scores of samples, held to
a goal, are in ``sampled.py``.

* one call: the measure on forecasts x 11 candidates, in memory;
* plain loop: the formula in pure Python, one forecast at a time, on a part, scaled up;
* peer: SciPy's or scoringrules' function for the same number on the same input (SciPy's rank
  correlations take one pair of vectors a call: on a part, scaled up).
"""

from __future__ import annotations

import math
import resource
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
from figures import here

from pollbench.measures import named, registered

FORECASTS = 1_000_000
CANDIDATES = 11
#: Samples a forecast: 200 samples are 2,200 numbers, so there are fewer such forecasts.
SAMPLES = 200
#: Forecasts that the slow sides get; their time is scaled up.
PART, PART_OF_SAMPLES = 2_000, 3
SEED = 20170423
CHUNK = 50_000
Peer = tuple[str, Callable[[Any, Any], Any], bool]


def seconds(function: Callable[[], Any]) -> float:
    """The best of three runs, or of one where a run takes seconds."""
    best = math.inf
    for _ in range(3):
        start = perf_counter()
        function()
        best = min(best, perf_counter() - start)
        if best > 3:
            break
    return best


def plain_mae(forecast: list[float], result: list[float]) -> float:
    return sum(abs(p - v) for p, v in zip(forecast, result, strict=True)) / len(result)


def plain_margin(forecast: list[float], result: list[float]) -> float:
    first, second = sorted(range(len(result)), key=lambda k: -result[k])[:2]
    return (forecast[first] - forecast[second]) - (result[first] - result[second])


def plain_b(forecast: list[float], result: list[float]) -> float:
    total, true = sum(forecast), sum(result)
    pairs = zip(forecast, result, strict=True)
    return sum(abs(math.log(p / (total - p)) - math.log(v / (true - v))) for p, v in pairs) / len(result)


def plain_pair(forecast: list[float], result: list[float]) -> float:
    through = set(sorted(range(len(result)), key=lambda k: -result[k])[:2])
    return float(set(sorted(range(len(forecast)), key=lambda k: -forecast[k])[:2]) == through)


def plain_tau_b(forecast: list[float], result: list[float]) -> float:
    agreement = spread = true = 0
    for i in range(len(result)):
        for j in range(i):
            a = (forecast[i] > forecast[j]) - (forecast[i] < forecast[j])
            b = (result[i] > result[j]) - (result[i] < result[j])
            agreement, spread, true = agreement + a * b, spread + a * a, true + b * b
    return agreement / math.sqrt(spread * true)


def plain_crps(forecast: list[list[float]], result: list[float]) -> list[float]:
    values = []
    for k, v in enumerate(result):
        samples = [row[k] for row in forecast]
        spread = sum(abs(x - y) for x in samples for y in samples) / (2 * len(samples) ** 2)
        values.append(sum(abs(x - v) for x in samples) / len(samples) - spread)
    return values


def plain_energy(forecast: list[list[float]], result: list[float]) -> float:
    distance = sum(math.dist(row, result) for row in forecast) / len(forecast)
    both = sum(math.dist(one, other) for one in forecast for other in forecast)
    return distance - both / (2 * len(forecast) ** 2)


PLAIN: dict[str, Callable[[Any, Any], Any]] = {
    "mae": plain_mae,
    "margin_error": plain_margin,
    "accuracy_b": plain_b,
    "pair_called": plain_pair,
    "kendall_tau_b": plain_tau_b,
    "crps_samples": plain_crps,
    "energy_score": plain_energy,
}


def peers() -> dict[str, Peer]:
    """By measure: name of the peer, its call, and whether it takes all forecasts at once."""
    from scipy.stats import kendalltau, weightedtau

    peers: dict[str, Peer] = {
        "kendall_tau_b": ("SciPy kendalltau", kendalltau, False),
        "weighted_tau": ("SciPy weightedtau", weightedtau, False),
    }
    try:
        import scoringrules
    except ImportError:
        return peers

    def crps(forecast: Any, result: Any) -> Any:
        wide = np.broadcast_to(result, (len(forecast), len(result)))
        return scoringrules.crps_ensemble(wide, forecast, m_axis=-2, estimator="qd", backend="numpy")

    def energy(forecast: Any, result: Any) -> Any:
        wide = np.broadcast_to(result, (len(forecast), len(result)))
        return scoringrules.es_ensemble(wide, forecast, backend="numpy")

    def variogram(forecast: Any, result: Any) -> Any:
        wide = np.broadcast_to(result, (len(forecast), len(result)))
        return scoringrules.vs_ensemble(wide, forecast, p=0.5, backend="numpy")

    peers["crps_samples"] = ("scoringrules, sorted form", crps, True)
    peers["energy_score"] = ("scoringrules", energy, True)
    peers["variogram_score"] = ("scoringrules", variogram, True)
    return peers


def row(name: str, forecast: np.ndarray, result: np.ndarray, size: int, others: dict[str, Peer]) -> str:
    """One line of the table."""
    measure = named(name)
    ours = seconds(lambda: measure(forecast, result))
    line = f"{name:28}{len(forecast):>10,}{ours:>12.3f}"
    scale = len(forecast) / size
    plain = PLAIN.get(name)
    if plain:
        listed, true = forecast[:size].tolist(), result.tolist()
        taken = scale * seconds(lambda: [plain(row, true) for row in listed])
        line += f"{taken:>12.1f}{taken / ours:>8.0f}x"
    elif name in others:
        line += " " * 21
    if name in others:
        label, call, at_once = others[name]
        if at_once:
            taken = seconds(lambda: call(forecast, result))
        else:
            taken = scale * seconds(lambda: [call(row, result) for row in forecast[:size]])
        line += f"{taken:>12.3f}{taken / ours:>8.1f}x  {label}"
    return line


def out_of_core(forecast: np.ndarray, result: np.ndarray) -> str:
    """The same call on a chunked lazy array: time, and whether it is the same."""
    try:
        import dask.array as da
    except ImportError:
        return "dask is not installed: no out-of-core run."
    measure = named("accuracy_b")
    lazy = measure(da.from_array(forecast, chunks=(CHUNK, -1)), result)
    taken = seconds(lambda: lazy.compute())
    same = bool(np.array_equal(lazy.compute(), measure(forecast, result)))
    return f"accuracy_b on a Dask array in chunks of {CHUNK:,}: {taken:.2f} s, identical to memory: {same}."


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FORECASTS
    rng = np.random.default_rng(SEED)
    alpha = np.linspace(1, 40, CANDIDATES)
    result = 100 * rng.dirichlet(alpha)
    # Rounded as polls are, so that there are ties; a floor keeps logarithms finite.
    forecast = np.maximum(np.round(200 * rng.dirichlet(alpha, count)) / 2, 0.25)
    others = peers()
    print(here())
    print(f"{CANDIDATES} candidates, seconds; plain loops on {PART:,} forecasts, scaled up\n")
    print(
        f"{'measure':28}{'forecasts':>10}{'one call':>12}{'plain loop':>12}{'ratio':>9}{'peer':>12}{'ratio':>9}"
    )
    for name, measure in registered().items():
        if measure.inputs in ("shares", "order") and not measure.needs_n and measure.level != "set":
            print(row(name, forecast, result, min(PART, count), others), flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    samples = 100 * rng.dirichlet(alpha, (max(PART_OF_SAMPLES, count // 500), SAMPLES))
    print()
    for name in ("crps_samples", "energy_score", "variogram_score"):
        print(row(name, samples, result, PART_OF_SAMPLES, others), flush=True)
    print(f"\n{out_of_core(forecast, result)}")
    print(
        f"Peak memory with {count:,} forecasts in memory ({forecast.nbytes / 1e6:,.0f} MB): {memory:,.0f} MB."
    )


if __name__ == "__main__":
    main()
