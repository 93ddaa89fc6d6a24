"""Every measure against the last version: ``python benchmark/speed/before.py [commit]``.

The measures of the commit that last changed the version (or of the one named) and those of this folder score the same forecasts
on one thread in turn, in processes of their own: seconds of processor, the least of rounds, as ratios. A measure that one of the two lacks
is left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figures import Figure, show

ROOT = Path(__file__).parents[2]
ROUNDS, FORECASTS, SAMPLED = 3, 200_000, 2_000
#: The most that a measure may take of its time before; two rounds of one state differ by as much.
MOST = 1.15
#: What a process runs: seconds of every measure of one forecast and its result, as JSON.
TIMES = f"""
import json, sys
from time import process_time
import numpy as np
from pollbench.measures import registered
generator = np.random.default_rng(20170423)
alpha = np.linspace(1, 40, 11)
result = 100 * generator.dirichlet(alpha)
shares = np.maximum(np.round(200 * generator.dirichlet(alpha, {FORECASTS})) / 2, 0.25)
sampled = 100 * generator.dirichlet(alpha, ({SAMPLED}, 100))
times = {{}}
for name, measure in registered().items():
    if measure.needs_n or measure.needs or measure.level == "set":
        continue
    forecast = {{"shares": shares, "order": shares, "samples": sampled}}.get(measure.inputs)
    if forecast is None:
        continue
    measure(forecast[:50], result)
    least = float("inf")
    for _ in range(2):
        start = process_time()
        measure(forecast, result)
        least = min(least, process_time() - start)
    times[name] = least
json.dump(times, sys.stdout)
"""


def git(*words: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True).stdout


#: One thread; and memory that was given back is used again, so that no measure pays for what those before it took.
STEADY = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
    **dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), str(2**30)),
}


def times(packages: Path) -> dict[str, float]:
    """Seconds by measure, with the packages of one state."""
    environment = {**os.environ, **STEADY, "PYTHONPATH": str(packages)}
    run = subprocess.run(
        [sys.executable, "-c", TIMES], check=True, capture_output=True, env=environment, cwd=packages
    )
    return json.loads(run.stdout)


def figures(long: bool, commit: str = "") -> Iterator[Figure]:
    try:
        commit = (
            commit or git("log", "-1", "--format=%h", "--", "benchmark/pollbench/version.py").decode().strip()
        )
        archive = git("archive", commit, "benchmark/pollbench")
    except (OSError, subprocess.CalledProcessError):
        print("the last version is left out: no history of git here", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="pollbench-speed-") as folder:
        subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
        rounds = [(times(Path(folder) / "benchmark"), times(ROOT / "benchmark")) for _ in range(ROUNDS)]
    names = rounds[0][0].keys() & rounds[0][1].keys()
    before, now = ({name: min(both[side][name] for both in rounds) for name in names} for side in (0, 1))
    ratios = {name: now[name] / before[name] for name in names}
    order = sorted(names, key=lambda name: (ratios[name], name))
    print(", ".join(f"{name} {ratios[name]:.2f}" for name in order), file=sys.stderr)
    slowest = order[-1]
    reason = f"{slowest}: {now[slowest]:.4f} s of processor, {before[slowest]:.4f} s before"
    title = f"{len(names)} measures against {commit}"
    yield Figure(f"{title}: the one that lost most", ratios[slowest], "ratio", MOST, reason)
    yield Figure(
        f"{title}: all together", sum(now.values()) / sum(before.values()), "ratio", 1.0, "shared processor"
    )


def main() -> None:
    show(figures(long=False, commit="".join(sys.argv[1:2])))


if __name__ == "__main__":
    main()
