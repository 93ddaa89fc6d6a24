"""Run one election under several versions of Python in other surroundings, and compare all bytes.

    python benchmark/faults/same_bytes.py [--election ID] [--keep] [PYTHON ...]

PYTHON are interpreters that have what the lock names (this one, if none is named; one alone makes two runs). Each makes a
run without a cache; hash seed, time zone, locale and number of processors differ from one run to the next. Compared are
tables and pages, pictures and PDF among them: the manifest names the version of Python, and a database file is never the
same twice. The exit is 1 if a document differs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from itertools import cycle
from pathlib import Path

from measured import Figure, keep, machine

from pollbench.cli._unchanged import CHECKSUMS

ROOT = Path(__file__).parents[2]
#: Time zone, locale, hash seed and processors of one run after the other; fewer processors, fewer workers.
SURROUNDINGS = (
    ("UTC", "C.UTF-8", "0", None),
    ("Pacific/Auckland", "C", "1", 1),
    ("America/New_York", "C.UTF-8", "4711", None),
)


def checksums(python: str, election: str, number: int, folder: Path) -> dict[str, str]:
    """Document -> digest, as one run writes them."""
    zone, locale, seed, processors = SURROUNDINGS[number % len(SURROUNDINGS)]
    output = folder / str(number)
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    code = "import sys; from pollbench.cli import main; main()"
    if cores and processors:
        code = f"import os; os.sched_setaffinity(0, {cores[:processors]}); {code}"
    subprocess.run(
        [python, "-c", code, "run", election, "--output", str(output)],
        env={
            **os.environ,
            "TZ": zone,
            "LC_ALL": locale,
            "PYTHONHASHSEED": seed,
            "POLLBENCH_CACHE": "off",
            "PYTHONPATH": os.pathsep.join(
                str(ROOT / name) for name in ("benchmark", "datasets", "dashboards")
            ),
        },
        stdout=subprocess.DEVNULL,
        check=True,
    )
    pairs = (line.split(maxsplit=1) for line in (output / CHECKSUMS).read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in pairs if name.startswith(("tables/", "site/"))}


def differing(runs: list[dict[str, str]]) -> list[str]:
    """Documents that are not the same in all runs, or missing from one."""
    return sorted(
        {name for run in runs for name in run if any(other.get(name) != run[name] for other in runs)}
    )


def main() -> int:
    """Print the documents that differ, and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="*", default=[sys.executable], metavar="PYTHON")
    parser.add_argument("--election", default="fr-primary-left-2017")
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    pythons = asked.pythons if len(asked.pythons) > 1 else asked.pythons * 2
    versions, runs = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for number, (python, _) in enumerate(zip(pythons, cycle(SURROUNDINGS), strict=False)):
            runs.append(checksums(python, asked.election, number, Path(scratch)))
            version = "import platform; print(platform.python_version())"
            said = subprocess.run(
                [python, "-c", version], capture_output=True, text=True, check=True
            ).stdout.strip()
            zone, locale, seed, processors = SURROUNDINGS[number % len(SURROUNDINGS)]
            versions.append(f"{said} ({zone}, {locale}, seed {seed}, {processors or 'all'} processors)")
            print(f"{versions[-1]}: {len(runs[-1])} documents", flush=True)
    names = differing(runs)
    for name in names:
        print(f"differs: {name}")
    pdf = sum(name.endswith(".pdf") for name in runs[0])
    detail = (
        f"of {len(runs[0]):,} tables and pages of {asked.election}, {pdf} of them PDF; {', '.join(versions)}"
    )
    print(f"{len(names)} differ {detail}. {machine()}.")
    if asked.keep:
        figure = Figure(
            "tables and pages that differ between runs", len(names), "", "at most", 0, detail,
            "benchmark/faults/same_bytes.py --keep PYTHON PYTHON PYTHON", machine(),
        )  # fmt: skip
        keep([figure])
    return int(bool(names))


if __name__ == "__main__":
    sys.exit(main())
