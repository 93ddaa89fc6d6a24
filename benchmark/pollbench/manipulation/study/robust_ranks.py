"""Who would lead the accuracy board under attack: robust ranks and the budget at which the order changes.

An error is not monotone in the budget: a push can correct an underestimated candidate. Nothing is assumed;
every budget of the grid is computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.manipulation.model import contamination
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.threat_models import default_model
from pollbench.scoring.compare import compare
from pollbench.selection.comparison import Comparison
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

#: Budgets in per cent of the base and in persons: a rank at equal per cent says nothing about cost.
BUDGETS = {
    "mass_pct": (0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0),
    "accounts": (0.0, 100.0, 1000.0, 10_000.0, 100_000.0),
}
#: Steps of the grid on which the first change of the order is looked for.
FINE = {
    "mass_pct": np.linspace(0.0, 20.0, 401),
    "accounts": np.concatenate([[0.0], np.geomspace(1.0, 1e6, 400)]),
}
COLUMNS = [
    "contest_id",
    "target",
    "threat_model_id",
    "budget_axis",
    "budget",
    "forecaster_id",
    "mae_clean",
    "mae",
    "rank_clean",
    "rank",
    "rank_best",
    "rank_worst",
    "tau",
    "flip_budget",
    "params_id",
]


def ranks(errors: np.ndarray) -> np.ndarray:
    """Ranks along the last axis, 1 = smallest; ties share the best rank.

    Examples
    --------
    >>> ranks(np.array([0.5, 0.2, 0.5])).tolist()
    [2, 1, 2]
    """
    return 1 + (errors[..., None, :] < errors[..., :, None] - 1e-12).sum(axis=-1)


def agreement(clean: np.ndarray, moved: np.ndarray) -> float:
    """Kendall's rank correlation (tau-b) of two sets of errors; 1 = the same order.

    Examples
    --------
    >>> agreement(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])).__round__(3)
    0.333
    """
    from scipy.stats import kendalltau

    if len(clean) < 2:
        return float("nan")
    return float(kendalltau(np.round(clean, 12), np.round(moved, 12)).statistic)


def attacked_alone(clean: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """Rank of each forecaster when it alone is attacked and the others keep their clean errors.

    Parameters
    ----------
    clean : array (F,); moved : array (budgets, F), errors under each budget.

    Examples
    --------
    >>> attacked_alone(np.array([0.1, 0.5]), np.array([[0.1, 0.5], [0.6, 0.05]])).tolist()
    [[1, 2], [2, 1]]
    """
    before = clean[None, None, :] < moved[:, :, None] - 1e-12
    own = np.eye(len(clean), dtype=bool)
    return 1 + (before & ~own[None]).sum(axis=-1)


def attacked_errors(
    forecast: np.ndarray, result: np.ndarray, target: int, mass_pct: np.ndarray
) -> np.ndarray:
    """Mean absolute error of every forecast under a push of every budget.

    Parameters
    ----------
    forecast : array (F, K), per cent; result : array (K,).
    mass_pct : array (budgets, F), per cent of each one's base.

    Returns
    -------
    array (budgets, F), points.

    Examples
    --------
    Ipsos underestimated Fillon and Mélenchon: a small push for Fillon makes its figures better.

    >>> forecast = np.array([[24.0, 22.0, 19.0, 19.0]])
    >>> result = np.array([24.01, 21.30, 20.01, 19.58])
    >>> attacked_errors(forecast, result, 2, np.array([[0.0], [1.0]])).round(2).ravel().tolist()
    [0.58, 0.43]
    """
    part = contamination(mass_pct, 100.0)[..., None]
    voice = np.zeros(forecast.shape[1])
    voice[target] = 100.0
    return np.abs((1.0 - part) * forecast + part * voice - result).mean(axis=-1)


def robust_ranks(bench: Bench, assume: dict[str, float] | None = None) -> pd.DataFrame:
    """Robust ranks of all contests that have been decided, for every main candidate as target.

    Each board is that of the mean absolute error on the main candidates under the default policy. ``rank`` is
    under the same budget for everybody, ``rank_best`` and ``rank_worst`` those of a forecaster attacked alone
    with any budget up to this one; ``tau`` is Kendall's correlation with the clean order and ``flip_budget``
    the smallest budget on a fine grid at which that order changes (infinite: none). On the axis "accounts"
    only forecasters whose base is known take part. Empty while nobody has voted.
    """
    import pandas as pd

    assumptions = Assumptions(bench, assume)
    model = default_model("push")
    figures, _ = attacked_figures(bench)
    efforts = {
        (figure.contest_id, figure.forecaster_id): Effort.of(figure, model, assumptions) for figure in figures
    }
    rows: list[dict[str, Any]] = []
    voted = bench.frame("SELECT count(*) AS votes FROM result").votes.item()
    for comparison in compare(bench, Policy(missing="drop")) if voted else ():
        for axis in BUDGETS:
            rows += _board(comparison, efforts, axis, model.threat_model_id)
    return pd.DataFrame(rows, columns=COLUMNS)


def _board(
    comparison: Comparison, efforts: dict[tuple[str, str], Effort], axis: str, model: str
) -> list[dict[str, Any]]:
    found = [efforts.get((comparison.contest_id, name)) for name in comparison.forecasts.forecaster_id]
    # One figure a forecaster: a second quantity of the same one would be attacked twice.
    once = ~comparison.forecasts.forecaster_id.duplicated().to_numpy()
    kept = [
        place
        for place, effort in enumerate(found)
        if effort is not None and once[place] and (axis == "mass_pct" or np.isfinite(effort.base()))
    ]
    if not kept:
        return []
    forecast = comparison.forecast[kept]
    chosen = [effort for place in kept if (effort := found[place]) is not None]
    names = comparison.forecasts.forecaster_id.iloc[kept].tolist()
    budgets = np.array(BUDGETS[axis])

    def masses(values: np.ndarray) -> np.ndarray:
        return np.stack([effort.mass_pct(values, axis) for effort in chosen], axis=1)

    rows = []
    for target, candidate in enumerate(comparison.candidates):
        errors = attacked_errors(forecast, comparison.result, target, masses(budgets))
        fine = attacked_errors(forecast, comparison.result, target, masses(FINE[axis]))
        clean = errors[0]
        together, clean_ranks = ranks(errors), ranks(clean)
        order = clean_ranks[None] == ranks(fine)
        changed = np.flatnonzero(~order.all(axis=1))
        flip = float(FINE[axis][changed[0]]) if len(changed) else np.inf
        alone = attacked_alone(clean, fine)
        best, worst = np.minimum.accumulate(alone), np.maximum.accumulate(alone)
        for step, budget in enumerate(budgets):
            last = int(np.searchsorted(FINE[axis], budget, side="right")) - 1
            tau = agreement(clean, errors[step])
            for place, name in enumerate(names):
                rows.append(
                    {
                        "contest_id": comparison.contest_id,
                        "target": candidate,
                        "threat_model_id": model,
                        "budget_axis": axis,
                        "budget": float(budget),
                        "forecaster_id": name,
                        "mae_clean": float(clean[place]),
                        "mae": float(errors[step, place]),
                        "rank_clean": int(clean_ranks[place]),
                        "rank": int(together[step, place]),
                        "rank_best": int(best[last, place]),
                        "rank_worst": int(worst[last, place]),
                        "tau": tau,
                        "flip_budget": flip,
                        "params_id": chosen[place].params_id,
                    }
                )
    return rows
