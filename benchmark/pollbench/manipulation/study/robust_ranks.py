"""Who would lead the accuracy board under attack: robust ranks and the budget at which the order changes.

An error is not monotone in the budget: a push can correct an underestimated candidate. Nothing is assumed;
every budget of the grid is computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.errors import UnknownName
from pollbench.manipulation import ATTACKS
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.cost_model import PER_CENT, Effort
from pollbench.manipulation.study.threat_models import default_model
from pollbench.scoring.compare import compare
from pollbench.scoring.votes import totals_of
from pollbench.selection.comparison import Comparison
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

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
#: Steps between two of the grid, for the budget at which the order first changes.
FINER = 101
#: The attack of these tables.
ATTACK = "push"
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
    "flip_budget_together",
    "params_id",
]


def ranks(errors: np.ndarray) -> np.ndarray:
    """Ranks along the last axis, 1 = smallest; ties share the best rank.

    Examples
    --------
    >>> ranks(np.array([0.5, 0.2, 0.5])).tolist()
    [2, 1, 2]
    """
    values: np.ndarray = 1 + (errors[..., None, :] < errors[..., :, None] - 1e-12).sum(axis=-1)
    return values


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
    diagonal = np.eye(len(clean), dtype=bool)
    values: np.ndarray = 1 + (before & ~diagonal[None]).sum(axis=-1)
    return values


def attacked_errors(
    efforts: Sequence[Effort], forecast: np.ndarray, result: np.ndarray, target: int, mass_pct: np.ndarray
) -> np.ndarray:
    """Mean absolute error of every forecast under a push of every budget.

    Parameters
    ----------
    efforts : one per forecast: how each turns attackers into its figure.
    forecast : array (F, K), per cent; result : array (K,).
    mass_pct : array (budgets, F), per cent of the base of each.

    Returns
    -------
    array (budgets, F), points.
    """
    errors = np.empty(mass_pct.shape)
    for column, (effort, figures) in enumerate(zip(efforts, forecast, strict=True)):
        mechanism = effort.figure.mechanism
        voice = ATTACKS[ATTACK].voice(figures, target, mechanism.scale, 1)
        form = mechanism.form(figures, PER_CENT, effort.mass_values)
        attacked = form.attacked(mass_pct[:, column, None, None], voice)
        errors[:, column] = np.abs(attacked - result).mean(axis=-1)
    return errors


def robust_ranks(bench: Bench, assume: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Robust ranks of all contests that have been decided, for every main candidate as target.

    Each board is that of the mean absolute error on the main candidates under the default policy. ``rank`` is
    under the same budget for every forecaster, ``rank_best`` and ``rank_worst`` those of a forecaster attacked alone
    with any budget up to this one. ``flip_budget`` is the smallest budget on a fine grid at which the order changes if
    this forecaster alone is pushed, ``flip_budget_together`` if every forecaster is pushed with as much (infinite:
    none); ``tau`` is Kendall's correlation of that board with the clean order. On the axis "accounts" only forecasters
    whose base is known take part. Empty before the vote.
    """
    import pandas as pd

    model, efforts = default_model(ATTACK), _efforts(bench, assume)
    rows: list[dict[str, Any]] = []
    for comparison in _comparisons(bench):
        for axis in BUDGETS:
            rows += _board(comparison, efforts, axis, model.threat_model_id)
    return pd.DataFrame(rows, columns=COLUMNS)


def _efforts(bench: Bench, assume: Mapping[str, float] | None) -> dict[tuple[str, str], Effort]:
    """The effort of every figure, by contest and forecaster."""
    assumptions, model = Assumptions(bench, assume), default_model(ATTACK)
    return {
        (figure.contest_id, figure.forecaster_id): Effort.of(figure, model, assumptions)
        for figure in attacked_figures(bench)[0]
    }


def _comparisons(bench: Bench) -> Sequence[Comparison]:
    """The comparisons of all contests that have been decided, under the default policy."""
    return compare(bench, Policy(missing="drop")) if totals_of(bench) else ()


@dataclass(frozen=True)
class _Field:
    """The forecasters of a board that can be pushed: their rows of the comparison and their efforts."""

    comparison: Comparison
    rows: list[int]
    efforts: list[Effort]

    @classmethod
    def of(cls, comparison: Comparison, efforts: dict[tuple[str, str], Effort], axis: str) -> _Field:
        names = comparison.forecasts.forecaster_id
        # One figure per forecaster: a second quantity of the same one would be attacked twice.
        once = ~names.duplicated().to_numpy()
        known = {
            row: effort
            for row, name in enumerate(names)
            if once[row]
            and (effort := efforts.get((comparison.contest_id, name))) is not None
            and (axis == "mass_pct" or np.isfinite(effort.mass_pct(np.array(1.0), axis)))
        }
        return cls(comparison, list(known), list(known.values()))

    @property
    def names(self) -> list[str]:
        names: list[str] = self.comparison.forecasts.forecaster_id.iloc[self.rows].tolist()
        return names

    def errors(self, target: int, budgets: np.ndarray, axis: str) -> np.ndarray:
        """Errors of all of them under every budget: array (budgets, forecasters)."""
        masses = np.stack([effort.mass_pct(budgets, axis) for effort in self.efforts], axis=1)
        return attacked_errors(
            self.efforts, self.comparison.forecast[self.rows], self.comparison.result, target, masses
        )

    def flips(self, target: int, axis: str, clean: np.ndarray, fine: np.ndarray) -> np.ndarray:
        """:func:`flips_alone` on the fine grid, then on a finer one below the budget found there."""
        budgets, first = FINE[axis], flips_alone(clean, fine, FINE[axis])
        for column in np.flatnonzero(np.isfinite(first) & (first > 0)):
            step = int(np.searchsorted(budgets, first[column]))
            finer = np.linspace(budgets[step - 1], budgets[step], FINER)
            moved = np.repeat(clean[None], FINER, axis=0)
            moved[:, column] = self.errors(target, finer, axis)[:, column]
            first[column] = flips_alone(clean, moved, finer)[column]
        return first


def flips_alone(clean: np.ndarray, moved: np.ndarray, budgets: np.ndarray) -> np.ndarray:
    """Smallest budget at which the order of all changes if one forecaster alone is attacked; infinite: none.

    Parameters
    ----------
    clean : array (F,); moved : array (budgets, F), errors under each budget; budgets : array (budgets,).

    Examples
    --------
    >>> flips_alone(np.array([0.1, 0.5]), np.array([[0.1, 0.5], [0.6, 0.3]]), np.array([0.0, 10.0])).tolist()
    [10.0, inf]
    """
    order = np.sign(np.round(clean[:, None] - clean[None, :], 12))
    pushed = np.sign(np.round(moved[:, :, None] - clean[None, None, :], 12))
    others = ~np.eye(len(clean), dtype=bool)
    changed = ((pushed != order[None]) & others[None]).any(axis=-1)
    first = changed.argmax(axis=0)
    return np.where(changed.any(axis=0), budgets[first], np.inf)


def _board(
    comparison: Comparison, efforts: dict[tuple[str, str], Effort], axis: str, model: str
) -> list[dict[str, Any]]:
    field = _Field.of(comparison, efforts, axis)
    if not field.rows:
        return []
    budgets, fine_budgets = np.array(BUDGETS[axis]), FINE[axis]
    rows = []
    for target, candidate in enumerate(comparison.candidates):
        errors, fine = field.errors(target, budgets, axis), field.errors(target, fine_budgets, axis)
        clean = errors[0]
        together, clean_ranks = ranks(errors), ranks(clean)
        changed = np.flatnonzero((ranks(fine) != clean_ranks[None]).any(axis=1))
        flip_together = float(fine_budgets[changed[0]]) if len(changed) else np.inf
        flip = field.flips(target, axis, clean, fine)
        alone = attacked_alone(clean, fine)
        best, worst = np.minimum.accumulate(alone), np.maximum.accumulate(alone)
        for step, budget in enumerate(budgets):
            last = int(np.searchsorted(fine_budgets, budget, side="right")) - 1
            tau = agreement(clean, errors[step])
            rows += [
                {
                    "contest_id": comparison.contest_id,
                    "target": candidate,
                    "threat_model_id": model,
                    "budget_axis": axis,
                    "budget": float(budget),
                    "forecaster_id": name,
                    "mae_clean": float(clean[column]),
                    "mae": float(errors[step, column]),
                    "rank_clean": int(clean_ranks[column]),
                    "rank": int(together[step, column]),
                    "rank_best": int(best[last, column]),
                    "rank_worst": int(worst[last, column]),
                    "tau": tau,
                    "flip_budget": float(flip[column]),
                    "flip_budget_together": flip_together,
                    "params_id": field.efforts[column].params_id,
                }
                for column, name in enumerate(field.names)
            ]
    return rows


def pushed_boards(bench: Bench, contest_id: str, target: str, budgets: Sequence[float]) -> pd.DataFrame:
    """The board of a contest while one forecaster after the other is pushed for a target, by accounts.

    Returns
    -------
    DataFrame(contest_id, forecast_id, forecaster_id, budget (accounts), mae (points, of the forecaster pushed alone)),
    of the forecasters whose board figure is the one that can be pushed; empty before the vote.

    Raises
    ------
    UnknownName : a candidate that the contest is not compared on.
    """
    import pandas as pd

    columns = ["contest_id", "forecast_id", "forecaster_id", "budget", "mae"]
    efforts = _efforts(bench, None)
    grid = np.asarray(budgets, dtype=float)
    rows = []
    for comparison in _comparisons(bench):
        if comparison.contest_id != contest_id:
            continue
        if target not in comparison.candidates:
            raise UnknownName.of(kind="candidate", name=target, known=comparison.candidates)
        field = _Field.of(comparison, efforts, "accounts")
        if not field.rows:
            continue
        errors = field.errors(comparison.candidates.index(target), grid, "accounts")
        forecasts = comparison.forecasts.forecast_id.iloc[field.rows]
        rows += [
            (contest_id, forecast, name, budget, errors[step, column])
            for column, (forecast, name) in enumerate(zip(forecasts, field.names, strict=True))
            for step, budget in enumerate(grid)
        ]
    return pd.DataFrame(rows, columns=columns)
