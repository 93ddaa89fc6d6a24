"""All figures of speed in one table: ``python benchmark/speed/report.py [--long] [--keep] [script ...]``.

Every script of this folder that has a function ``figures`` is run in a process of its own, one after the other, and its
figures are printed with their goals. What is not measured now is taken from ``measured.csv`` and printed under the machine
that it was measured on; ``--keep`` writes what was measured now there. ``--long`` measures what takes many minutes too.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from figures import HEADING, Figure, here, line, number

FOLDER = Path(__file__).parent
KEPT = FOLDER / "measured.csv"
COLUMNS = ("script", "figure", "value", "unit", "goal", "why", "machine")
#: By script and what was measured: the figure and its machine.
Measured = dict[tuple[str, str], tuple[Figure, str]]


def scripts() -> list[str]:
    """Names of the files that have figures, in the order of the alphabet."""
    return sorted(
        path.stem for path in FOLDER.glob("*.py") if "\ndef figures(" in path.read_text(encoding="utf-8")
    )


def figures_of(script: str, long: bool) -> list[Figure]:
    """The figures of one script; called in a process of its own."""
    sys.path.insert(0, str(FOLDER))
    return list(import_module(script).figures(long))


def measure(names: Iterable[str], long: bool) -> Measured:
    """Run scripts; one that fails is reported and leaves the others alone."""
    measured: Measured = {}
    where = here()
    for name in names:
        print(f"... {name}", file=sys.stderr, flush=True)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as one:
            try:
                figures = one.submit(figures_of, name, long).result()
            except Exception as error:
                print(f"{name}: not measured: {type(error).__name__}: {error}", file=sys.stderr)
                continue
        measured |= {(name, figure.what): (figure, where) for figure in figures}
    return measured


def kept(path: Path = KEPT) -> Measured:
    """What was measured before."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["script"], row["figure"]): (
                Figure(
                    row["figure"],
                    float(row["value"]),
                    row["unit"],
                    float(row["goal"]) if row["goal"] else None,
                    row["why"],
                ),
                row["machine"],
            )
            for row in csv.DictReader(file)
        }


def keep(measured: Measured, path: Path = KEPT) -> None:
    """Write figures, four digits of each, in the order of scripts."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for (script, what), (figure, where) in sorted(measured.items(), key=lambda item: item[0][0]):
            goal = "" if figure.goal is None else f"{figure.goal:g}"
            writer.writerow((script, what, f"{figure.value:.4g}", figure.unit, goal, figure.why, where))


def table(measured: Measured) -> str:
    """All figures, those of one machine under its name."""
    lines: list[str] = []
    for where in dict.fromkeys(where for _, where in measured.values()):
        lines += ["", where, HEADING]
        lines += [line(figure) for figure, there in measured.values() if there == where]
    goals = [figure for figure, _ in measured.values() if figure.goal is not None]
    reached = sum(figure.verdict == "reached" for figure in goals)
    return "\n".join([*lines, "", f"{number(reached)} of {number(len(goals))} goals reached."])


def missing(measured: Measured) -> str:
    """The scripts of which no figure was ever measured, in a line; nothing where there is none."""
    names = [name for name in scripts() if name not in {script for script, _ in measured}]
    return f"Never measured: {', '.join(names)}. Name them, with --long." if names else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("script", nargs="*", help=f"of {', '.join(scripts())}; all, if none is named")
    parser.add_argument("--long", action="store_true", help="measure what takes many minutes too")
    parser.add_argument("--keep", action="store_true", help="write what was measured into measured.csv")
    asked = parser.parse_args()
    unknown = sorted(set(asked.script) - set(scripts()))
    if unknown:
        parser.error(f"no script with figures is called {unknown[0]!r}; there are {', '.join(scripts())}")
    names = asked.script or scripts()
    now = measure(names, asked.long)
    before = kept()
    if asked.keep:
        keep(before | now)
    every = now | {key: value for key, value in before.items() if key not in now}
    print(table(every))
    print(missing(every))
    return 0 if {script for script, _ in now} == set(names) else 1


if __name__ == "__main__":
    sys.exit(main())
