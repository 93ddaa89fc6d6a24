"""Polls beside buzz over all finished elections, recomputed from their CSV alone."""

from __future__ import annotations

from functools import cache
from math import comb

import pandas as pd
from recomputed import DATA, board, figures, main_candidates, polls, shares
from recomputed_open import FINISHED

ROUNDS = tuple(f"{election}-r{number}" for election in FINISHED for number in (1, 2))


@cache
def known_before(contest: str) -> pd.DataFrame:
    """The board of a round with each error over the main candidates, what was only recalled left out."""
    names = main_candidates(contest)
    rows = board(contest)
    wide = figures(contest, len(shares(contest)))[names]
    error = (wide - shares(contest)[names]).abs().mean(axis=1)
    rows = rows.assign(error=rows.forecast_id.map(error))
    return rows[~rows.recalled.astype(bool)]


def middles(*rounds: str) -> pd.DataFrame:
    """The rounds that have polls and buzz, with the number and the middle error of each."""
    lines = []
    for contest in rounds or ROUNDS:
        rows = known_before(contest)
        single, buzz = polls(rows), rows[rows.family == "buzz"]
        if len(single) and len(buzz):
            lines.append((contest, len(single), single.error.median(), len(buzz), buzz.error.median()))
    return pd.DataFrame(lines, columns=["contest", "polls", "poll_error", "buzz", "buzz_error"])


def better_than_the_polls(*rounds: str) -> tuple[int, list[str]]:
    """How many buzz figures there are, and the names of those closer than the middle poll of their round."""
    names = pd.read_csv(DATA / "forecasters.csv").set_index("forecaster_id").name
    number, better = 0, []
    for row in middles(*rounds).itertuples():
        buzz = known_before(row.contest)[lambda each: each.family == "buzz"]
        number += len(buzz)
        better += [str(names[who]) for who in buzz[buzz.error < row.poll_error].forecaster_id]
    return number, better


def as_often(wins: int, number: int) -> float:
    """Probability that one of two equals wins so often or more, either of the two."""
    most = max(wins, number - wins)
    return min(1.0, 2 * sum(comb(number, k) for k in range(most, number + 1)) / 2**number)


def rounds_with_a_board() -> list[str]:
    """The rounds in which at least one forecast can be set beside the votes, recalled ones included."""
    return [contest for contest in ROUNDS if len(board(contest))]
