"""Election night: what partial results of departments say if the rest follows the swing, and how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.campaign.last_polls import last_polls_table
from pollbench.data.memo import memo_table
from pollbench.errors import CoverageError
from pollbench.inference.partial_count import (
    ORDERS,
    SPREAD,
    counting_orders,
    may_rank,
    raw_shares,
    replay_errors,
    swing_shares,
)
from pollbench.randomness import SEED
from pollbench.scoring.compare import compare
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: Parts counted at which a night is rehearsed, per cent of the electorate.
PARTS = (5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95)
LEVEL = 0.95


def unit_votes(bench: Bench, contest_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Votes by department in a run-off and, for the same candidates, in the round before it.

    Returns
    -------
    (votes, reference): one row per department in the order of its code, one column per candidate in the
    order of the result.

    Raises
    ------
    CoverageError : the contest is no run-off, or results by department are not held for both rounds.
    """
    rows = bench.frame(
        "SELECT c.contest_id, d.dept_code, d.candidate_id, d.votes FROM department_result d "
        "JOIN contest c USING (contest_id) JOIN contest this ON this.election_id = c.election_id "
        "WHERE this.contest_id = ? AND c.round IN (this.round, this.round - 1) "
        "ORDER BY c.round, d.dept_code, d.candidate_id",
        [contest_id],
    )
    now = rows[rows.contest_id == contest_id].pivot(index="dept_code", columns="candidate_id", values="votes")
    then = rows[rows.contest_id != contest_id].pivot(
        index="dept_code", columns="candidate_id", values="votes"
    )
    if now.empty or then.empty or not set(now.columns) <= set(then.columns):
        message = (
            f"{contest_id}: results by department are not held for this round and the one before it, so there is "
            "no swing to follow. Add them to departments.csv."
        )
        raise CoverageError(message)
    order = now.sum().sort_values(ascending=False, kind="stable").index
    units = now.index.intersection(then.index)
    return now.loc[units, order].astype(float), then.loc[units, order].astype(float)


@memo_table
def night_table(
    bench: Bench,
    contest_id: str,
    *,
    parts: tuple[float, ...] = PARTS,
    orders: int = ORDERS,
    spread: float = SPREAD,
    seed: int = SEED,
) -> pd.DataFrame:
    """The night of a run-off rehearsed: the departments report, the smallest first.

    Parameters
    ----------
    bench, contest_id : the data and a run-off with results by department.
    parts : parts of the votes counted, per cent.
    orders, spread, seed : of the counting orders behind the interval, see :mod:`pollbench.inference.partial_count`.

    Returns
    -------
    DataFrame, one row per part counted: contest_id, part_counted (asked for), counted_pct (what has then
    reported), candidate_id (the first of the result), raw_pct, swing_pct, low, high (95 % of the replays),
    final_pct, raw_error, swing_error (points, estimate - final), smallest_gap (between neighbouring last
    forecasts of that candidate), may_rank, seed.

    Notes
    -----
    The interval is that of replays of the same vote in other orders of counting, so that it is too narrow for
    a vote to come; on the night of another vote the replays of this one are used.

    Raises
    ------
    CoverageError : as for :func:`unit_votes`.
    """
    import pandas as pd

    now, then = unit_votes(bench, contest_id)
    sizes = then.sum(axis=1).to_numpy()
    smallest_first = counting_orders(sizes, orders=1, spread=0, seed=seed)[0]
    # Of a part before the first unit nothing can be said.
    parts = tuple(percent for percent in parts if _counted(sizes, smallest_first, percent).any())
    replayed = replay_errors(
        now, then, sizes, counting_orders(sizes, orders=orders, spread=spread, seed=seed), parts
    )
    half = np.nanquantile(np.abs(replayed[:, :, 0]), LEVEL, axis=0)
    gap = smallest_gap(bench, contest_id, str(now.columns[0]))
    final = raw_shares(now, np.ones(len(now)))[0]
    rows = []
    for percent, width in zip(parts, half, strict=True):
        counted = _counted(sizes, smallest_first, percent)
        raw, swing = raw_shares(now, counted)[0], swing_shares(now, then, counted)[0]
        rows.append(
            {
                "contest_id": contest_id,
                "part_counted": float(percent),
                "counted_pct": 100 * float(sizes @ counted / sizes.sum()),
                "candidate_id": str(now.columns[0]),
                "raw_pct": raw,
                "swing_pct": swing,
                "low": swing - width,
                "high": swing + width,
                "final_pct": final,
                "raw_error": raw - final,
                "swing_error": swing - final,
                "smallest_gap": gap,
                "may_rank": may_rank(width, [gap]),
                "seed": seed,
            }
        )
    return pd.DataFrame(rows)


def _counted(sizes: np.ndarray, order: np.ndarray, percent: float) -> np.ndarray:
    """1 for the units that have reported when ``percent`` per cent of all sizes are counted."""
    counted = np.zeros(len(sizes))
    share = 100 * np.cumsum(sizes[order]) / sizes.sum()
    counted[order[share <= percent + 1e-9]] = 1
    return counted


def smallest_gap(bench: Bench, contest_id: str, candidate_id: str) -> float:
    """Smallest difference between last forecasts of a candidate's share that are not equal; 0 if there is none."""
    comparisons = compare(bench, Policy(missing="drop"), contest_id)
    values = [
        comparison.frame.loc[comparison.frame.candidate_id == candidate_id, "forecast"].to_numpy(dtype=float)
        for comparison in comparisons
    ]
    known = np.unique(np.concatenate(values)) if values else np.array([])
    return float(np.diff(known).min()) if len(known) > 1 else 0.0


def smallest_gap_of_polls(bench: Bench, contest_id: str, candidate_id: str) -> float:
    """Smallest difference between the houses' last polls of a candidate that are not equal; 0 if there is none.

    Needs no result, so that it is known on the night itself.
    """
    try:
        table = last_polls_table(bench, contest_id)
    except CoverageError:
        return 0.0
    known = np.unique(table[table.candidate_id == candidate_id]["value"].dropna().to_numpy(dtype=float))
    return float(np.diff(known).min()) if len(known) > 1 else 0.0


def live_table(
    counted: pd.DataFrame,
    reference: pd.DataFrame,
    replays: tuple[pd.DataFrame, pd.DataFrame],
    *,
    gap: float = 0.0,
    orders: int = ORDERS,
    spread: float = SPREAD,
    seed: int = SEED,
) -> pd.DataFrame:
    """The reading of a night that is under way, with the interval of replays of an earlier vote.

    Parameters
    ----------
    counted : votes so far, one row per unit that has reported, one column per candidate.
    reference : the round before, all units, the same candidates.
    replays : (votes, reference) of an earlier vote, as of :func:`unit_votes`.
    gap : smallest difference between forecasts that a rank would decide, in points; 0 if it is not known.
    orders, spread, seed : of the counting orders.

    Returns
    -------
    DataFrame, one row per candidate: candidate_id, counted_pct, raw_pct, swing_pct, low, high, smallest_gap, may_rank
    (the interval is shorter than the gap), seed.

    Raises
    ------
    CoverageError : a unit that has reported is not in the reference, or nothing has reported.
    """
    import pandas as pd

    unknown = [str(unit) for unit in counted.index if unit not in reference.index]
    if unknown or counted.empty or set(counted.columns) != set(reference.columns):
        message = (
            f"Units that the round before does not hold: {', '.join(unknown[:5])}."
            if unknown
            else "Nothing is counted, or the candidates are not those of the reference."
        )
        raise CoverageError(message)
    names = list(counted.columns)
    votes = counted.reindex(reference.index).fillna(0.0)[names].to_numpy(dtype=float)
    before = reference[names].to_numpy(dtype=float)
    mask = np.asarray(reference.index.isin(counted.index), dtype=float)
    percent = 100 * float(before.sum(axis=1) @ mask / before.sum())
    now, then = replays
    sizes = then.sum(axis=1).to_numpy()
    order = counting_orders(sizes, orders=orders, spread=spread, seed=seed)
    width = float(np.nanquantile(np.abs(replay_errors(now, then, sizes, order, [percent])[:, 0, 0]), LEVEL))
    swing = swing_shares(votes, before, mask)
    return pd.DataFrame(
        {
            "candidate_id": names,
            "counted_pct": percent,
            "raw_pct": raw_shares(votes, mask),
            "swing_pct": swing,
            "low": swing - width,
            "high": swing + width,
            "smallest_gap": gap,
            "may_rank": may_rank(width, [gap]),
            "seed": seed,
        }
    )
