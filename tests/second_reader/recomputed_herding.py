"""Whether the last polls were closer together than random samples: all tests of the election at once, by simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
from recomputed import FIRST, SECOND, dated, figures_as_read, shares

#: Polls of the last week; five candidates; tests at five per cent.
LAST, CANDIDATES, LEVEL = 7, 5, 0.05


def last_polls(contest: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Shares by house and candidate in each house's last poll, and the answers of each."""
    rows = dated().query("contest_id == @contest")
    rows = rows[(rows.family == "poll") & (rows.kind != "poll_average") & (rows.quantity == "vote_share")]
    rows = rows[rows.lineup.isin(["final", "near-final"])]
    rows = rows[
        rows.rolling_thin.isna() | rows.rolling_thin.astype("string").str.lower().eq("true").fillna(False)
    ]
    rows = rows[(rows.day - rows.measured_to).dt.days <= LAST]
    middle = (rows.day - rows.seen_first).dt.days + (rows.day - rows.seen_last).dt.days
    rows = rows[middle == middle.groupby(rows.house).transform("min")].drop_duplicates("house", keep="last")
    printed = figures_as_read()
    printed = printed[printed.forecast_id.isin(rows.forecast_id)]
    wide = printed.pivot(index="forecast_id", columns="candidate_id", values="value")
    wide = wide.reindex(index=rows.forecast_id, columns=list(shares(contest).index[:CANDIDATES]))
    return wide, rows.n.fillna(rows.n.median()).to_numpy()


def step_of(column: np.ndarray) -> float:
    """The coarsest step that all figures are multiples of."""
    return next(
        step
        for step in (1.0, 0.5, 0.1, 0.01)
        if np.allclose(column / step, np.round(column / step), atol=1e-6)
    )


def spread(figures: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Weighted squares around the weighted mean, in units of its variance; polls on the axis before the last."""
    weights = answers / answers.sum()
    mean = np.einsum("...jk,j->...k", figures, weights)
    squares = np.einsum("...jk,j->...k", (figures - mean[..., None, :]) ** 2, answers)
    return squares / (mean * (100 - mean))


def sounding(contest: str, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Tests, those that sound as too close and as too far apart: of the polls, and of random samples (3, draws)."""
    wide, answers = last_polls(contest)
    figures = wide.to_numpy()
    mean = answers @ figures / answers.sum()
    rng = np.random.default_rng(seed)
    cells = np.append(mean, max(0.0, 100 - mean.sum())) / max(100.0, mean.sum())
    drawn = np.stack([100 * rng.multinomial(int(n), cells, draws)[:, :-1] / int(n) for n in answers], axis=1)
    for k in range(drawn.shape[-1]):
        step = step_of(figures[:, k])
        drawn[..., k] = np.floor(drawn[..., k] / step + 0.5) * step
    own, others = spread(figures, answers), spread(drawn, answers)
    # Rounded figures tie: as close or closer, as far or further.
    counts = []
    for values in (own[None, :], others):
        closer = np.stack(
            [np.searchsorted(np.sort(others[:, k]), values[:, k] + 1e-9, "right") for k in range(len(own))]
        )
        below = np.stack(
            [np.searchsorted(np.sort(others[:, k]), values[:, k] - 1e-9, "left") for k in range(len(own))]
        )
        counts.append(np.stack([
            np.full(len(values), len(own)), (closer / draws <= LEVEL).sum(axis=0), (1 - below / draws <= LEVEL).sum(axis=0),
        ]))  # fmt: skip
    return counts[0][:, 0], counts[1]


def family(draws: int = 20_000) -> list[float]:
    """Tests, too close, expected, per cent of so many by chance; too far apart, per cent of so many by chance."""
    own, drawn = zip(
        *(sounding(contest, draws, seed) for seed, contest in enumerate((FIRST, SECOND))), strict=True
    )
    (tests, closer, further), chance = sum(own), sum(drawn)
    often = [100 * float((chance[row] >= seen).mean()) for row, seen in ((1, closer), (2, further))]
    return [float(closer), float(tests), float(chance[1].mean()), often[0], float(further), often[1]]
