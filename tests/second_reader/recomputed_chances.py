"""Probabilities of the world record against what came, recomputed with pandas and numpy, without the package."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rows_of_record import read


def chances(who: str) -> pd.DataFrame:
    """Printed chances known before the vote whose outcome is known: chance and came, 0 to 1."""
    table = read("releases").merge(read("forecasts")[["forecast_id", "contest_id", "unit"]], on="forecast_id")
    table = table[
        (table.claim_kind == "probability")
        & (table.unit == "probability_pct")
        & (table.known_before_vote == "yes")
    ]
    table = table[table.method.isin(["market", "betting"]) == (who == "market")]
    cells = table.merge(read("predictions"), on="forecast_id")
    cells = cells[cells.flag != "derived"]
    cells = cells.merge(
        read("outcomes")[["contest_id", "candidate_id", "elected"]],
        on=["contest_id", "candidate_id"],
        how="left",
    )
    results = read("results")
    ranks = results.assign(
        place=results.share_pct.fillna(-1)
        .add(results.seats.fillna(-1) / 1e6)
        .groupby(results.contest_id)
        .rank(ascending=False, method="min")
    )
    cells = cells.merge(
        ranks[["contest_id", "candidate_id", "place"]], on=["contest_id", "candidate_id"], how="left"
    )
    cells = cells[cells.elected.notna() | cells.place.notna()]
    came = np.where(cells.elected.notna(), cells.elected == "yes", cells.place == 1).astype(float)
    return cells.assign(chance=cells.value / 100, came=came)


def pooled(chance: np.ndarray, came: np.ndarray) -> np.ndarray:
    """Pool adjacent violators, by hand: the non-decreasing frequencies closest to what came true."""
    order = np.argsort(chance, kind="stable")
    blocks: list[list[float]] = []
    values, starts = np.unique(chance[order], return_index=True)
    for start, end in zip(starts, [*starts[1:], len(chance)], strict=True):
        blocks.append([came[order][start:end].mean(), end - start, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, size, many), (two, more, others) = blocks[-2], blocks[-1]
            blocks[-2:] = [[(one * size + two * more) / (size + more), size + more, many + others]]
    fitted = np.concatenate([np.full(int(many), level) for level, _, many in blocks])
    return fitted[np.searchsorted(values, chance)]


def brier_terms(who: str) -> dict[str, float]:
    """Brier score, miscalibration and discrimination by isotonic recalibration."""
    rows = chances(who)
    chance, came = rows.chance.to_numpy(), rows.came.to_numpy()
    score, fitted = ((chance - came) ** 2).mean(), ((pooled(chance, came) - came) ** 2).mean()
    return {
        "chances": len(rows),
        "contests": rows.contest_id.nunique(),
        "brier": score,
        "miss": score - fitted,
        "gain": came.var() - fitted,
    }
