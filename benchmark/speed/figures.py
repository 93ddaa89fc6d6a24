"""What a measurement comes to: one figure, its unit and what it must reach.

A script of this folder joins ``make speed`` by a function ``figures(long)`` that yields figures; what takes many
minutes it yields only where ``long`` is true. ``show`` prints them where a script is run alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tools"))
from machine import LIBRARIES, machine


def here() -> str:
    """The machine that is measured on, with its load now."""
    return machine(LIBRARIES, load=True)


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes
    ----------
    what : what was measured, in words; unique among all scripts.
    value : the measured value, in ``unit``; less is better.
    unit : "s", "s of processor", "MB", "ratio", ...
    goal : the most that it may be, or None where there is no goal.
    why : where the goal is missed, the measured reason.
    """

    what: str
    value: float
    unit: str
    goal: float | None = None
    why: str = ""

    @property
    def verdict(self) -> str:
        """Whether the goal is reached, else why not."""
        if self.goal is None:
            return ""
        return "reached" if self.value <= self.goal else f"missed: {self.why or 'no reason measured'}"


def number(value: float | None) -> str:
    """Three digits that count, in full."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def line(figure: Figure) -> str:
    """One line of the table."""
    return f"{figure.what:62}{number(figure.value):>9} {figure.unit:16}{number(figure.goal):>8}  {figure.verdict}"


HEADING = f"{'figure':62}{'measured':>9} {'unit':16}{'at most':>8}"


def show(figures: Iterable[Figure]) -> None:
    """Print figures as they come, under the machine."""
    print(here())
    print(HEADING)
    for figure in figures:
        print(line(figure), flush=True)
