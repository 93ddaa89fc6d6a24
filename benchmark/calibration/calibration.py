"""What a simulation measured of an inference, beside what the inference says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

#: The day of the first round of 2017; printed with every table.
SEED = 20170423


@dataclass(frozen=True)
class Calibration:
    """One figure of a simulation.

    Attributes
    ----------
    claim : what is simulated, in words.
    method : the inference.
    stated : the level that the inference states, per cent.
    measured : the level in the simulation, per cent.
    trials : how many.
    used : whether the package uses the method; the others stand there for comparison.
    low, high : between which ``measured`` must lie for the method that is used.
    """

    claim: str
    method: str
    stated: float
    measured: float
    trials: int
    used: bool = True
    low: float = 0.0
    high: float = 100.0

    @property
    def holds(self) -> bool:
        """Whether the method holds what it states within two standard errors of the simulation, or is not used."""
        slack = 2 * sqrt(self.stated * (100 - self.stated) / self.trials)
        return not self.used or self.low - slack <= self.measured <= self.high + slack


def as_text(rows: list[Calibration]) -> str:
    """The figures as a table of text."""
    lines = [f"{'claim':<62} {'method':<24} {'stated':>7} {'measured':>9} {'trials':>7}"]
    for row in rows:
        mark = "" if not row.used else "  holds" if row.holds else f"  NOT {row.low:g} to {row.high:g}"
        lines.append(
            f"{row.claim:<62} {row.method:<24} {row.stated:>6.1f}% {row.measured:>8.1f}% {row.trials:>7}{mark}"
        )
    return "\n".join(lines)
