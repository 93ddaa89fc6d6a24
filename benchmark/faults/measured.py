"""Every figure of the faults, with its goal and the machine it was measured on: ``python benchmark/faults/measured.py``.

A script of this folder that is called with ``--keep`` writes its figures into ``measured.csv``, from which they are printed,
those of one machine under its name. ``--coverage FILE [ROOM ...]`` writes the share of lines and branches that a report of
coverage.py (JSON) says the tests reach, in the rooms named where it is not of all. The exit is 1 if a goal is missed.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal

sys.path.append(str(Path(__file__).parents[1] / "tools"))
from machine import machine

#: The figure of a verb that was killed, and how many kills all of them together must have had.
HITS, ALL_HITS = "kills of {} that struck it at work", 1000
KEPT = Path(__file__).with_name("measured.csv")


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes
    ----------
    what : what was counted, in words; unique among all scripts.
    value, unit : the figure.
    bound, goal : "at least" or "at most" so many.
    detail : what the figure was counted among, and with which seed.
    command : what measures it again.
    machine : where it was measured.
    """

    what: str
    value: float
    unit: str
    bound: Literal["at least", "at most"]
    goal: float
    detail: str
    command: str
    machine: str

    @property
    def reached(self) -> bool:
        """Whether the figure keeps its goal."""
        return self.value >= self.goal if self.bound == "at least" else self.value <= self.goal


def kept(path: Path = KEPT) -> dict[str, Figure]:
    """What was measured, by its name."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["what"]: Figure(**{**row, "value": float(row["value"]), "goal": float(row["goal"])})
        for row in rows
    }


def keep(figures: Iterable[Figure], path: Path = KEPT) -> None:
    """Write figures beside those that were measured before, in the order of their names."""
    figures = kept(path) | {figure.what: figure for figure in figures}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Figure))
        for _, figure in sorted(figures.items()):
            writer.writerow(f"{cell:.10g}" if isinstance(cell, float) else cell for cell in astuple(figure))


def arguments() -> tuple[list[str], bool]:
    """The arguments of the script that runs, without ``--keep``, and whether that is among them."""
    return [word for word in sys.argv[1:] if word != "--keep"], "--keep" in sys.argv


def of_coverage(path: Path, rooms: Sequence[str] = ()) -> Figure:
    """What a report of coverage.py in JSON says of all files together, or of the rooms that were measured."""
    total = json.loads(path.read_text(encoding="utf-8"))["totals"]
    among = total["num_statements"] + total["num_branches"]
    reached = total["covered_lines"] + total["covered_branches"]
    what = "lines and branches that the tests reach, those in the browser left out"
    command = "make coverage KEEP=1"
    if rooms:
        what = f"lines and branches of {len(rooms)} rooms that their own quick tests reach"
        command = f"pytest --cov-branch of {', '.join(rooms)}"
    return Figure(
        what,
        round(100 * reached / among, 2),
        "%",
        "at least",
        98,
        f"{reached:,} of {among:,}",
        command,
        machine(),
    )


def of_all_kills(figures: Iterable[Figure]) -> Figure:
    """How many kills struck a program at work, all verbs together."""
    start, end = HITS.split("{}")
    hits = [figure for figure in figures if figure.what.startswith(start) and figure.what.endswith(end)]
    machines = sorted({figure.machine for figure in hits})
    return Figure(
        HITS.format("all verbs"),
        sum(figure.value for figure in hits),
        "",
        "at least",
        ALL_HITS,
        " + ".join(f"{figure.value:g}" for figure in hits),
        "make faults TRIES=250 KEEP=1",
        "; ".join(machines) or machine(),
    )


def table(figures: Iterable[Figure]) -> str:
    """All figures, those of one machine under its name, and how many goals are reached."""
    figures = list(figures)
    lines: list[str] = []
    for where in dict.fromkeys(figure.machine for figure in figures):
        lines += ["", where]
        for figure in (figure for figure in figures if figure.machine == where):
            goal = f"{figure.bound} {figure.goal:,.10g}"
            verdict = "reached" if figure.reached else "MISSED"
            lines.append(
                f"{figure.what:<74}{figure.value:>11,.10g} {figure.unit:<2}{goal:>20}  {verdict}  {figure.detail}"
            )
    reached = sum(figure.reached for figure in figures)
    return "\n".join([*lines, "", f"{reached} of {len(figures)} goals reached."]).lstrip()


def main() -> int:
    """Keep what is asked for, and print all."""
    if sys.argv[1:2] == ["--coverage"]:
        keep([of_coverage(Path(sys.argv[2]), sys.argv[3:])])
    elif sys.argv[1:]:
        print(__doc__)
        return 2
    figures = [*kept().values()]
    figures.append(of_all_kills(figures))
    print(table(figures))
    return int(not all(figure.reached for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
