"""The sweep: every forecast, target, goal, budget and defence from one set of draws a forecast.

Nothing is simulated person by person. The shift is a closed form; only the chance of a flip is read off the
draws, and a defence only rescales the mass axis. Forecasts are independent of each other, so any number of
workers (threads, processes, a cluster behind joblib) returns the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pollbench.manipulation.formulas.draws import sample_shares
from pollbench.manipulation.formulas.minimal import minimal_mass, top_three
from pollbench.manipulation.model import contamination

#: Goals of the sweep and the rank they aim at.
GOALS = {"lead": 1, "top_two": 2}


@dataclass(frozen=True)
class Figure:
    """One forecast for the sweep: an id, shares in per cent that add up to 100, persons behind them."""

    forecast_id: str
    shares: np.ndarray
    persons: int


def sweep_one(
    figure: Figure,
    targets: Sequence[int],
    budgets_pct: np.ndarray,
    mass_factors: np.ndarray,
    *,
    replicates: int,
    seed: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Shift and chance of a flip for one forecast, see :func:`sweep`."""
    counts = sample_shares(figure.shares, figure.persons, replicates, seed, figure.forecast_id)
    top = top_three(counts)
    percent = np.multiply.outer(budgets_pct, mass_factors)
    mass = percent * (figure.persons / 100.0)
    shares = np.asarray(figure.shares, dtype=float)[list(targets)]
    shift = contamination(percent, 100.0)[None] * (100.0 - shares)[:, None, None]
    flips = np.empty((len(targets), len(GOALS), *mass.shape))
    flat = mass.ravel()
    for row, target in enumerate(targets):
        for column, rank in enumerate(GOALS.values()):
            ordered = minimal_mass(counts, target, rank, top)
            ordered.sort()
            found = np.searchsorted(ordered, flat, side="right")
            flips[row, column] = found.reshape(mass.shape) / replicates
    return shift, flips


def sweep(
    figures: Sequence[Figure],
    targets: Sequence[int],
    budgets_pct: np.ndarray,
    mass_factors: np.ndarray,
    *,
    replicates: int = 10_000,
    seed: int = 20170423,
    workers: int = 1,
) -> tuple[np.ndarray, np.ndarray]:
    """Shift and chance of a flip over a grid of budgets and defences.

    Parameters
    ----------
    figures : the forecasts.
    targets : columns of the candidates to push.
    budgets_pct : array (budgets,), attack mass in per cent of the base.
    mass_factors : array (defences,), factor that each defence leaves of the mass (1 = none).
    replicates, seed : size and seed of the draws.
    workers : joblib workers; inside ``joblib.parallel_config(backend=...)`` any engine takes the work.

    Returns
    -------
    shift : array (forecasts, targets, budgets, defences), points, exact.
    flips : array (forecasts, targets, goals, budgets, defences), probabilities; goals: lead, top two.

    Examples
    --------
    >>> ipsos = Figure("ipsos", np.array([24.0, 22.0, 19.0, 19.0, 16.0]), 1401)
    >>> shift, flips = sweep([ipsos], [2], np.array([0.0, 3.0, 20.0]), np.ones(1), replicates=1000)
    >>> shift[0, 0, :, 0].round(2)
    array([ 0.  ,  2.36, 13.5 ])
    >>> flips[0, 0, 1, :, 0].round(1)
    array([0. , 0.5, 1. ])
    """
    from joblib import Parallel, delayed

    results = Parallel(n_jobs=workers)(
        delayed(sweep_one)(figure, targets, budgets_pct, mass_factors, replicates=replicates, seed=seed)
        for figure in figures
    )
    return np.stack([shift for shift, _ in results]), np.stack([flips for _, flips in results])
