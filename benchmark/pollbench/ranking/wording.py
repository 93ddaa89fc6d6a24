"""Two sentences beside a score, never mixed: what happened, and what it proves."""

from __future__ import annotations

from typing import Any

from pollbench.measures import Measure

#: Below this share of unbiased samples (per cent) a score was luck on top of skill; above its
#: complement it is more error than sampling explains.
RARE_PCT = 5.0


def ordinal(number: int) -> str:
    """An English ordinal.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def what_happened(row: Any, measure: Measure, baseline: str) -> str:
    """What happened on this vote: place, score, and on which side of the naive forecast.

    Parameters
    ----------
    row : of a leaderboard: rank, value, baseline.
    measure : that ranks.
    baseline : title of the naive forecast.
    """
    unit = f" {measure.unit}" if measure.unit else ""
    text = f"{ordinal(int(row.rank))}: {measure.title} {row.value:.2f}{unit}"
    if row.baseline == row.baseline:
        better = row.value < row.baseline if measure.orientation == "lower" else row.value > row.baseline
        side = "better than" if better else "no better than"
        text += f", {side} {baseline} ({row.baseline:.2f})"
    return text + "."


def what_it_proves(row: Any, measure: Measure) -> str:
    """What one vote proves about this forecaster: little, and exactly this.

    Parameters
    ----------
    row : of a leaderboard: tied_with_best, tie_range, luck_pct, expected_low, expected_high.
    measure : that ranks.
    """
    unit = f" {measure.unit}" if measure.unit else ""
    if row.tied_with_best == "unknown":
        return "Nothing can be said: how far two equally good forecasters may lie apart is not known for this measure."
    if row.tied_with_best == "yes":
        text = f"Within {row.tie_range:.1f}{unit} of the best, as equally good forecasters are: no difference shown"
    else:
        text = (
            f"Further behind the best than {row.tie_range:.1f}{unit}, which the furthest of so many equally good "
            "forecasters exceeds in one vote of twenty"
        )
    if row.luck_pct == row.luck_pct:
        if row.luck_pct < RARE_PCT:
            text += f"; so close by luck too: {row.luck_pct:.1f} % of unbiased samples of its size do as well"
        elif row.luck_pct > 100 - RARE_PCT:
            text += "; further off than sampling explains"
        else:
            text += "; as an unbiased sample of its size"
    return text + "."
