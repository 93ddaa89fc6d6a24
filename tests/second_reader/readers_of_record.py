"""Second readers of the charts of the world record: titles, and what stands in their alternative texts."""

from __future__ import annotations

import numpy as np
import recomputed_chances
import recomputed_record as again
from readers import Numbers, reader
from readers_of_texts import text

KINDS = (
    "search",
    "tone",
    "share_of_voice",
    "audience",
    "account_panel",
    "digital_index",
    "mixed_model",
    "market",
)


def _drawn() -> list[dict[str, float]]:
    kinds = [again.led("first_collection", "before", kind) for kind in KINDS]
    return [again.led(coders, "before", "digital") for coders in again.CODERS] + kinds


@reader("record_leaders")
def _leaders() -> tuple[Numbers, list[str]]:
    row = again.led("double", "before", "digital")
    return [round(row[name]) for name in ("share", "low", "high", "blind")], []


@text("record_leaders/charts.values")
def _shares() -> list[Numbers]:
    said: list[float] = []
    for row in _drawn():
        said += [row["contests"], float(round(row["share"]))]
    return [said]


@reader("record_codings")
def _codings() -> tuple[Numbers, list[str]]:
    ratios = [again.ratio(rows) for rows in again.codings().values()]
    return [sum(ratio > 1 for ratio in ratios), len(ratios), min(ratios), max(ratios)], []


@text("record_codings/charts.values")
def _ratios() -> list[Numbers]:
    ratios = [again.ratio(rows) for rows in again.codings().values()]
    # The French "last ten days" holds a number that the parser knows.
    return [ratios, [*ratios, 10]]


@reader("record_chances")
def _chances() -> tuple[Numbers, list[str]]:
    terms = recomputed_chances.brier_terms("market")
    return [terms["chances"], terms["contests"], terms["miss"], terms["brier"]], []


@text("record_chances/charts.values")
def _came() -> list[Numbers]:
    rows = recomputed_chances.chances("market")
    chance, came = rows.chance.to_numpy(), rows.came.to_numpy()
    known, first = np.unique(chance, return_index=True)
    fitted = recomputed_chances.pooled(chance, came)[first]
    grid = [at for at in range(0, 101, 10) if known[0] * 100 <= at <= known[-1] * 100]
    said: list[float] = []
    for at in grid:
        said += [at, float(round(100 * np.interp(at / 100, known, fitted)))]
    return [said]


def _loss(chance: np.ndarray, came: np.ndarray, threshold: float) -> float:
    acted = chance > threshold
    lost = np.where(acted & (came == 0), threshold, 0) + np.where(~acted & (came == 1), 1 - threshold, 0)
    return float(2 * lost.mean())


@reader("record_thresholds")
def _thresholds() -> tuple[Numbers, list[str]]:
    rows = recomputed_chances.chances("market")
    chance, came = rows.chance.to_numpy(), rows.came.to_numpy()
    base = np.full(len(came), came.mean())
    levels = [at / 100 for at in range(0, 101, 2)]
    better = sum(_loss(chance, came, at) < _loss(base, came, at) for at in levels)
    return [better, len(levels)], []


@text("record_thresholds/charts.values")
def _losses() -> list[Numbers]:
    said = []
    for who in ("market", "others"):
        rows = recomputed_chances.chances(who)
        said.append(_loss(rows.chance.to_numpy(), rows.came.to_numpy(), 0.5))
    rows = recomputed_chances.chances("market")
    came = rows.came.to_numpy()
    said.append(_loss(np.full(len(came), came.mean()), came, 0.5))
    return [said]
