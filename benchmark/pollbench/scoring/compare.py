"""Compare: cut the data by a policy, fill gaps where it says so, and settle who is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.arguments import checked
from pollbench.data.memo import Key
from pollbench.errors import CoverageError, NothingToCompare, UnknownName
from pollbench.measures._measure import SHARES
from pollbench.scoring.imputation import impute
from pollbench.selection.candidates import candidates_of
from pollbench.selection.comparison import Comparison
from pollbench.selection.eligible import FORECAST_COLUMNS, material_of
from pollbench.selection.policy import Policy
from pollbench.selection.reading import to_total

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

_COMPARISONS: Key[tuple[Comparison, ...]] = Key("comparisons under a policy")


@checked
def compare(bench: Bench, policy: Policy | None = None, contest_id: str | None = None) -> list[Comparison]:
    """One comparison for each contest that has a result, by election and round.

    Parameters
    ----------
    bench : an opened data set.
    policy : which forecasts count; the default one if None.
    contest_id : only that contest.

    Raises
    ------
    UnknownName : no such contest, set or candidate.
    NothingToCompare : no vote has been held yet.
    CoverageError : under ``missing="error"``, a forecast lacks a candidate.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> first, second = compare(load("fr-pres-2017"), Policy(missing="drop"))
    >>> first.candidates
    ('macron', 'le-pen', 'fillon', 'melenchon')
    >>> second.result.round(2)
    array([66.1, 33.9])
    """
    policy = policy or Policy()
    comparisons = bench.memo(
        _COMPARISONS.of(policy, contest_id), lambda: _compared(bench, policy, contest_id)
    )
    return list(comparisons)


def _compared(bench: Bench, policy: Policy, contest_id: str | None) -> tuple[Comparison, ...]:
    contests = bench.contests
    if contest_id is not None:
        contests = contests[contests.contest_id == contest_id]
        if contests.empty:
            raise UnknownName.of(kind="contest", name=contest_id, known=bench.contests.contest_id)
    waiting = set(bench.open_contests)
    held = [contest for contest in contests.contest_id if contest not in waiting]
    if not held:
        which = contest_id or ", ".join(bench.elections)
        message = f"Nobody has voted yet in {which}: there is no result to compare with."
        raise NothingToCompare(message)
    counted = [contest for contest in held if len(material_of(bench, policy, contest).results)]
    if not counted:
        message = f"The result of {', '.join(held)} is in seats alone: no share can be set beside it; the table seats compares seats."
        raise NothingToCompare(message)
    return tuple(_compare_one(bench, policy, contest) for contest in counted)


def _compare_one(bench: Bench, policy: Policy, contest_id: str) -> Comparison:
    candidates = candidates_of(bench, contest_id, policy.candidates)
    material = material_of(bench, policy, contest_id)
    forecasts = material.forecasts
    figures = material.figures.drop(columns="contest_id")
    wide = figures.pivot(index="forecast_id", columns="candidate_id", values="value")
    wide = wide.reindex(index=forecasts.forecast_id, columns=list(candidates))
    result = material.results[["candidate_id", "share_pct"]]
    shares = result.set_index("candidate_id").share_pct.reindex(list(candidates)).to_numpy(dtype=float)
    left_out = _left_out(material.left_out, forecasts)
    if policy.missing.startswith("impute:"):
        wide, figures = _impute(bench, policy, contest_id, forecasts, wide, figures, shares)
    if policy.rescale == "main":
        wide, figures = _to_total(forecasts, wide, figures, shares)
    complete, left_out = _settle_gaps(policy, forecasts, wide, left_out)
    forecasts = forecasts[complete].reset_index(drop=True)
    main_figures = figures.merge(forecasts[["forecast_id"]], on="forecast_id")
    main_figures = main_figures[main_figures.candidate_id.isin(candidates)]
    frame = main_figures.merge(forecasts[FORECAST_COLUMNS], on="forecast_id").merge(
        result.rename(columns={"share_pct": "result"}), on="candidate_id"
    )
    frame = frame.rename(columns={"value": "forecast"})
    frame["error"] = frame.forecast - frame.result
    order = {candidate: index for index, candidate in enumerate(candidates)}
    frame = frame.sort_values(
        ["forecaster_id", "quantity", "forecast_id", "candidate_id"],
        key=lambda column: column.map(order) if column.name == "candidate_id" else column,
        ignore_index=True,
    )
    values = wide[complete].to_numpy(dtype=float, copy=True)
    ranks = (forecasts.quantity == "rank").to_numpy()
    values[ranks] = -values[ranks]
    return Comparison(
        contest_id=contest_id,
        candidates=candidates,
        forecast=values,
        result=shares,
        forecasts=forecasts[FORECAST_COLUMNS],
        frame=frame,
        left_out=left_out,
        samples=material.samples.drop(columns="quantity"),
        policy=policy,
    )


def _to_total(
    forecasts: pd.DataFrame, wide: pd.DataFrame, figures: pd.DataFrame, result: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Shares of the compared candidates brought to the total that they had in the result."""
    shares = forecasts.quantity.isin(SHARES).to_numpy()
    scaled = wide.to_numpy(dtype=float, copy=True)
    scaled[shares] = to_total(scaled[shares], result)
    brought = wide.copy()
    brought[:] = scaled
    factor = (brought / wide).max(axis=1).reindex(figures.forecast_id).fillna(1.0).to_numpy()
    return brought, figures.assign(**{name: figures[name] * factor for name in ("value", "lower", "upper")})


def _impute(
    bench: Bench,
    policy: Policy,
    contest_id: str,
    forecasts: pd.DataFrame,
    wide: pd.DataFrame,
    figures: pd.DataFrame,
    result: np.ndarray,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures with the gaps filled from the baseline that the policy names, each marked."""
    import pandas as pd

    gapped = Comparison(
        contest_id=contest_id,
        candidates=tuple(wide.columns),
        forecast=wide.to_numpy(dtype=float, copy=True),
        result=result,
        forecasts=forecasts[FORECAST_COLUMNS],
        frame=forecasts[["forecast_id"]],
        left_out=forecasts.iloc[:0],
        samples=forecasts.iloc[:0],
        policy=policy,
    )
    filled, added = impute(bench, gapped, policy.missing.removeprefix("impute:"))
    names = figures.drop_duplicates("candidate_id").set_index("candidate_id").candidate
    added["candidate"] = added.candidate_id.map(names)
    return (
        pd.DataFrame(filled, index=wide.index, columns=wide.columns),
        pd.concat([figures, added], ignore_index=True) if len(added) else figures,
    )


def _left_out(latest: pd.DataFrame, forecasts: pd.DataFrame) -> pd.DataFrame:
    """Those among the latest forecasts whose forecaster has none of that quantity in the comparison."""
    present = set(zip(forecasts.forecaster_id, forecasts.quantity, strict=True))
    pairs = zip(latest.forecaster_id, latest.quantity, strict=True)
    absent = np.array([pair not in present for pair in pairs], dtype=bool)
    return latest[absent].drop(columns="quantity").reset_index(drop=True)


def _settle_gaps(
    policy: Policy, forecasts: pd.DataFrame, wide: pd.DataFrame, left_out: pd.DataFrame
) -> tuple[np.ndarray, pd.DataFrame]:
    """Which forecasts are complete; who lacks what, raised or added to ``left_out``."""
    import pandas as pd

    names = np.array(wide.columns, dtype=object)
    gaps = np.asarray(wide.isna(), dtype=bool)
    complete: np.ndarray = np.logical_not(gaps.any(axis=1))
    lacking: list[dict[str, Any]] = [
        {
            "contest_id": row.contest_id,
            "forecaster_id": row.forecaster_id,
            "forecast_id": row.forecast_id,
            "reason": "lacks " + ", ".join(names[missing]),
            "age_days": row.age_days,
        }
        for row, missing in zip(forecasts.itertuples(), gaps, strict=True)
        if missing.any()
    ]
    if lacking and policy.missing == "error":
        listed = "; ".join(f"{row['forecast_id']} {row['reason']}" for row in lacking[:8])
        more = f"; and {len(lacking) - 8} more" if len(lacking) > 8 else ""
        message = (
            f"Not every forecast has a figure for every candidate: {listed}{more}. "
            "Choose fewer candidates (candidates='main'), or leave such forecasts out (missing='drop')."
        )
        raise CoverageError(message)
    if lacking:
        left_out = pd.concat([left_out, pd.DataFrame(lacking)], ignore_index=True)
        left_out = left_out.sort_values(["forecaster_id", "forecast_id"], ignore_index=True)
    return complete, left_out
