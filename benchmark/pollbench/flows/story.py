"""What the table of transfers says, in counts and, for the command line, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pollbench.ecological.known_truth import LEVEL
from pollbench.flows.table import HEADLINE

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.flows.units import Units


@dataclass(frozen=True)
class Verdict:
    """How the polled transfers stand to the intervals of one method.

    Attributes
    ----------
    method : the method.
    cells : pairs of options that polls printed.
    meet : of these, how many have a poll within the interval, or polls on both sides of it.
    apart : the other cells, as (from, to).
    by_chance : how many of so many intervals miss the truth where the truth is known.
    figures : polled figures.
    inside : of these, how many lie within the interval of their cell.
    """

    method: str
    cells: int
    meet: int
    apart: tuple[tuple[str, str], ...]
    by_chance: float
    figures: int
    inside: int

    @property
    def contradicts(self) -> bool:
        """Whether more intervals stand apart from the polls than miss the truth anyhow, twice as many at least."""
        return self.cells - self.meet > 2 * self.by_chance


def verdict(table: pd.DataFrame, method: str = HEADLINE) -> Verdict:
    """Count the cells whose interval meets the polls.

    Parameters
    ----------
    table : as ``transfers`` gives it.
    method : whose intervals count.
    """
    rows = table[(table.method == method) & (table.interval_kind == "known_truth") & (table.polls > 0)]
    meet = (rows.poll_low <= rows.high + 1e-9) & (rows.poll_high >= rows.low - 1e-9)
    apart = rows[~meet]
    return Verdict(
        method,
        len(rows),
        int(meet.sum()),
        tuple(zip(apart.from_option.astype(str), apart.to_option.astype(str), strict=True)),
        (1 - LEVEL) * len(rows),
        int(rows.polls.sum()),
        int(rows.polls_inside.sum()),
    )


def about_units(units: Units) -> list[str]:
    """What the units are, how many are left out, and how the registers were balanced."""
    left = f"; {units.left_out} left out ({units.left_out_pct:.2f} % of electors)" if units.left_out else ""
    return [
        f"{units.election_id}: {len(units.first):,} units ({units.origin}), {units.first.sum():,.0f} electors{left}.",
        f"Registers differ by {units.imbalance_pct:.2f} % between the rounds; every unit is scaled to its first.",
    ]


def about_polls(table: pd.DataFrame) -> list[str]:
    """Whether the polls lie within the intervals, by the rule of ``Verdict``."""
    methods = [str(name) for name in table.method.unique() if name not in ("bounds", "independence")]
    sentences = []
    for method in methods:
        counted = verdict(table, method)
        if not counted.cells:
            return ["No poll of these transfers is in the data."]
        apart = ", ".join(f"{start} to {goal}" for start, goal in counted.apart)
        sentences.append(
            f"{method}: the interval meets the polls in {counted.meet} of {counted.cells} cells"
            f"{f' (not: {apart})' if apart else ''}; {counted.by_chance:.1f} would be missed by chance. "
            + (
                "More stand apart than chance explains: the interval or the polls are wrong there."
                if counted.contradicts
                else "The votes by unit do not contradict the polls."
            )
        )
    return sentences
