"""Mean scores of Parquet files on a local cluster of two workers: ``python benchmark/speed/dask_parquet.py [--long]``.

Made forecasts of a run-off (20 forecasters, two shares and two results a row, all of them 64-bit numbers) are written to Parquet, scored
with ``pb.score_parquet`` by two Dask workers, and for the first million compared with memory, digit by digit. A million forecasts by
default, 100 million with ``--long``; the files lie in the folder for temporary files and are removed. Memory is that of each
worker, at its highest.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from math import fsum
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from figures import Figure, show

import pollbench as pb
from pollbench.measures import named

FORECASTS, MANY, FILE, FORECASTERS, SEED = 1_000_000, 100_000_000, 1_000_000, 20, 20170507
FORECAST, RESULT, MEASURES = ["macron", "le_pen"], ["macron_seen", "le_pen_seen"], ["mae", "margin_error"]
#: The most memory that a worker may take, in MB.
MOST = 1_000


def made_forecasts(number: int, rows: int) -> pd.DataFrame:
    """The forecasts of one file, the same at every call."""
    generator = np.random.default_rng([SEED, number])
    shares, seen = generator.normal(62, 3, rows), generator.normal(66.1, 2, rows)
    names = [f"house-{number}" for number in range(FORECASTERS)]
    house = pd.Categorical.from_codes(generator.integers(FORECASTERS, size=rows), names)
    columns = (house, shares, 100 - shares, seen, 100 - seen)
    return pd.DataFrame(dict(zip(("forecaster", *FORECAST, *RESULT), columns, strict=True)))


def write(folder: Path, forecasts: int) -> list[Path]:
    """Files of a million rows each."""
    paths = []
    for number in range(-(-forecasts // FILE)):
        frame = made_forecasts(number, min(FILE, forecasts - number * FILE))
        paths.append(folder / f"{number:04}.parquet")
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute("SET enable_progress_bar = false")
            connection.register("frame", frame)
            connection.execute(f"COPY frame TO '{paths[-1]}' (FORMAT parquet)")
    return paths


def used() -> tuple[float, float]:
    """Seconds of processor and highest memory in MB of the process that calls."""
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def scored(paths: list[Path], client: Any = None) -> pd.DataFrame:
    return pb.score_parquet(paths, MEASURES, forecast=FORECAST, result=RESULT, by="forecaster", client=client)


def differing(paths: list[Path]) -> int:
    """How many means of the first file differ from memory in any digit."""
    frame = made_forecasts(0, FILE)
    count = 0
    for row in scored(paths[:1]).itertuples():
        of_group = frame[frame.forecaster == row.group]
        values = named(row.measure)(of_group[FORECAST].to_numpy(), of_group[RESULT].to_numpy())
        count += row.value != fsum(values.tolist()) / len(values)
    return count


def figures(long: bool) -> Iterator[Figure]:
    from dask.distributed import Client, LocalCluster

    forecasts = MANY if long else FORECASTS
    what = f"score_parquet of {forecasts / 1e6:.0f} million forecasts, two workers"
    with (
        tempfile.TemporaryDirectory(prefix="pollbench-speed-") as folder,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        paths = write(Path(folder), forecasts)
        megabytes = sum(path.stat().st_size for path in paths) / 1e6
        before = sum(seconds for seconds, _ in client.run(used).values())
        start = perf_counter()
        means = scored(paths, client)
        wall = perf_counter() - start
        after = client.run(used).values()
        if means.n_forecasts.sum() != forecasts * len(MEASURES):
            message = "score_parquet: forecasts are missing"
            raise AssertionError(message)
        yield Figure(f"{what}: Parquet read", megabytes, "MB")
        yield Figure(f"{what}: wall", wall, "s")
        yield Figure(f"{what}: both workers", sum(seconds for seconds, _ in after) - before, "s of processor")
        yield Figure(
            f"{what}: memory of a worker",
            max(memory for _, memory in after),
            "MB",
            MOST,
            "imports and one block",
        )
        yield Figure(f"{what}: means unlike memory, first million", differing(paths), "of 40", 0)


def main() -> None:
    show(figures("--long" in sys.argv))


if __name__ == "__main__":
    main()
