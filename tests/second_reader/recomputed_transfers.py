"""Who went where between the rounds of 2017, recomputed from departments.csv alone: the programme in its primal form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from recomputed import DATA, FIRST, SECOND, table
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, kron, vstack

#: Candidates below this part of the electorate are one option.
SMALLEST = 0.03
CONDITIONS = ["blank_null", "abstention"]


def _round(contest: str, *, merge: bool) -> pd.DataFrame:
    """Electors by department and option, the largest candidate first."""
    rows = table("departments").query("contest_id == @contest and registered.notna()")
    votes = rows.pivot(index="dept_code", columns="candidate_id", values="votes")
    rest = rows.groupby("dept_code")[["blank_null", "abstentions"]].first()
    electors = votes.sum().sum() + rest.sum().sum()
    order = votes.sum().sort_values(ascending=False)
    small = order.index[order < SMALLEST * electors] if merge else []
    named = votes[[name for name in order.index if name not in small]]
    if len(small):
        named = named.assign(others=votes[list(small)].sum(axis=1))
    return named.join(rest.rename(columns={"abstentions": "abstention"})).astype(float)


@dataclass(frozen=True)
class Flows:
    """Shares in per cent of the rows, with abstention and blank votes together as the last column."""

    sizes: pd.Series
    estimate: pd.DataFrame
    least: pd.DataFrame
    most: pd.DataFrame


@cache
def _departments() -> tuple[pd.DataFrame, pd.DataFrame]:
    first, second = _round(FIRST, merge=True), _round(SECOND, merge=False)
    both = first.index.intersection(second.index)
    first, second = first.loc[both], second.loc[both]
    return first, second.mul(first.sum(axis=1) / second.sum(axis=1), axis=0)


def common_table(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The table of shares that misses the departments by the fewest electors, with the totals of the second round."""
    (units, options), columns = first.shape, second.shape[1]
    scale = first.sum() / units
    x, y = first / scale, second / scale
    misses = eye_array(units * columns)
    meet = hstack([kron(csr_array(x), eye_array(columns)), misses, -misses])
    nothing = csr_array((options + columns, 2 * units * columns))
    sums = vstack(
        [kron(eye_array(options), np.ones((1, columns))), kron(x.sum(axis=0)[None, :], eye_array(columns))]
    )
    rows = vstack([meet, hstack([sums, nothing])], format="csr")
    right = np.concatenate([y.ravel(), np.ones(options), y.sum(axis=0)])
    cost = np.concatenate([np.zeros(options * columns), np.ones(2 * units * columns)])
    found = linprog(cost, A_eq=rows, b_eq=right, method="highs")
    return found.x[: options * columns].reshape(options, columns)


def estimated(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Per cent of the rows after each department has been given a table of its own near the common one."""
    shares = common_table(first, second)
    votes = np.zeros_like(shares)
    for row, goal in zip(first, second, strict=True):
        own = row[:, None] * shares
        given = own.sum(axis=0)
        away = own * (np.maximum(given - goal, 0) / np.where(given > 0, given, 1.0))
        lacking = np.maximum(goal - given, 0)
        votes += own - away
        if lacking.sum() > 0:
            votes += np.outer(away.sum(axis=1), lacking / lacking.sum())
    return 100 * votes / first.sum(axis=0)[:, None]


def _framed(values: np.ndarray) -> pd.DataFrame:
    first, second = _departments()
    frame = pd.DataFrame(values, index=first.columns, columns=second.columns)
    return frame.assign(neither=frame[CONDITIONS].sum(axis=1))


@cache
def flows() -> Flows:
    """The estimate with its exact bounds."""
    first, second = _departments()
    x, y = first.to_numpy(), second.to_numpy()
    whole = x.sum(axis=1)[:, None, None]
    least = np.maximum(x[:, :, None] + y[:, None, :] - whole, 0).sum(axis=0)
    most = np.minimum(x[:, :, None], y[:, None, :]).sum(axis=0)
    rows = x.sum(axis=0)[:, None] / 100
    return Flows(
        100 * first.sum() / first.sum().sum(),
        _framed(estimated(x, y)),
        _framed(least / rows),
        _framed(most / rows).clip(upper=100.0),
    )


def polled() -> pd.DataFrame:
    """Every polled figure; where a poll prints abstention and blank votes apart, their sum beside them."""
    rows = table("transfers").query("contest_id == @SECOND")
    wave = ["forecaster_id", "measured_from", "measured_to", "published_on", "from_option"]
    apart = rows[rows.to_option.isin(CONDITIONS)]
    sums = apart.groupby(wave, dropna=False).share_pct.agg(["size", "sum"]).query("size == 2").reset_index()
    both = sums.rename(columns={"sum": "share_pct"}).assign(to_option="neither")
    return pd.concat([rows, both], ignore_index=True)[["from_option", "to_option", "share_pct"]]


def known_errors(size: float, estimate: float) -> tuple[float, float]:
    """What the method erred where the truth is known, low and high, for rows and estimates of that size."""
    rows = pd.read_csv(DATA / "transfers" / "known_truth.csv").query("method == 'local_step'")
    rows = rows[(rows.row_to - rows.row_from < 100) | (rows.estimate_to - rows.estimate_from < 100)]
    rows = rows[(rows.row_from <= size) & ((size < rows.row_to) | (rows.row_to == 100))]
    inside = (rows.estimate_from <= estimate) & ((estimate < rows.estimate_to) | (rows.estimate_to == 100))
    if not inside.any():
        # A class without a cell takes the errors of its neighbour.
        inside = (rows.estimate_from - estimate).abs().rank(method="first") == 1
    found = rows[inside].iloc[-1]
    return float(found.low), float(found.high)


@cache
def cells() -> pd.DataFrame:
    """Every pair that polls printed, with the interval of nine errors of ten and the range of the polls."""
    found = flows()
    rows = []
    for (start, goal), figures in polled().groupby(["from_option", "to_option"]).share_pct:
        if start not in found.estimate.index or goal not in found.estimate.columns:
            continue
        estimate = float(found.estimate.loc[start, goal])
        low, high = known_errors(float(found.sizes[start]), estimate)
        ends = float(found.least.loc[start, goal]), float(found.most.loc[start, goal])
        low, high = (float(np.clip(estimate + each, *ends)) for each in (low, high))
        inside = int(figures.between(low - 1e-9, high + 1e-9).sum())
        rows.append((start, goal, estimate, low, high, len(figures), figures.min(), figures.max(), inside))
    columns = ["start", "goal", "estimate", "low", "high", "polls", "poll_low", "poll_high", "inside"]
    return pd.DataFrame(rows, columns=columns)


def by_communes() -> tuple[int, int, float, float, float, int, int]:
    """Communes and departments; median move of the estimates, median widths of both; pairs that meet the polls, and all."""
    rows = pd.read_csv(DATA / "transfers" / "communes_2017.csv")
    rows = rows[(rows.method == "local_step") & (rows.interval_kind == "known_truth")]
    pairs = cells().merge(
        rows, left_on=["start", "goal"], right_on=["from_option", "to_option"], suffixes=("", "_small")
    )
    meet = (pairs.poll_low <= pairs.high_small) & (pairs.poll_high >= pairs.low_small)
    return (
        int(rows.units.iloc[0]),
        len(_departments()[0]),
        float((pairs.share_pct - pairs.estimate).abs().median()),
        float((pairs.high_small - pairs.low_small).median()),
        float((pairs.high - pairs.low).median()),
        int(meet.sum()),
        len(pairs),
    )


def contradicting(size: float, poll: float) -> tuple[float, float]:
    """The largest estimate below a poll, and the smallest above it, whose interval leaves the poll outside."""
    grid = np.arange(0.0, 100.01, 0.5)
    low, high = np.array([known_errors(size, each) for each in grid]).T
    low, high = np.clip(grid + low, 0, 100), np.clip(grid + high, 0, 100)
    below, above = grid[(grid < poll) & (high < poll)], grid[(grid > poll) & (low > poll)]
    return float(below.max()), float(above.min())


def drawn_width(draws: int = 100) -> float:
    """Median width of the intervals of the printed pairs when the departments are drawn anew."""
    first, second = (each.to_numpy() for each in _departments())
    rng = np.random.default_rng(5)
    tables = []
    for _ in range(draws):
        chosen = rng.integers(len(first), size=len(first))
        tables.append(_framed(estimated(first[chosen], second[chosen])).to_numpy())
    low, high = np.quantile(tables, [0.05, 0.95], axis=0)
    width = pd.DataFrame(high - low, index=flows().estimate.index, columns=flows().estimate.columns)
    return float(np.median([width.loc[row.start, row.goal] for row in cells().itertuples()]))


def known_districts() -> tuple[int, float]:
    """Districts whose true tables are known, and the cells in per cent where drawing the units anew holds the truth."""
    districts = pd.read_csv(DATA / "transfers" / "known_districts.csv")[["election", "district"]]
    truth = pd.read_csv(DATA / "transfers" / "known_truth.csv").query("method == 'local_step'")
    whole = truth[(truth.row_to - truth.row_from == 100) & (truth.estimate_to - truth.estimate_from == 100)]
    return len(districts.drop_duplicates()), float(whole.bootstrap_coverage_pct.iloc[0])
