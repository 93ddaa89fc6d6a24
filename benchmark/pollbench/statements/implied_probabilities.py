"""What a poll's shares say about who leads, who qualifies and who wins.

A poll prints shares, a market prints probabilities. Under a declared error model a poll implies
probabilities too, and both can be judged by the same Brier and log scores. The model is a
Dirichlet with the effective sample size that the last polls of *earlier* elections turned out
to have; it is valid for last polls only, since the error of an early poll is that of a campaign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pollbench.errors import DomainError
from pollbench.randomness import SEED

Floats = NDArray[np.float64]
#: Monte-Carlo error of a probability of a half: half a point in a hundred, far below the range that
#: the elections leave.
DRAWS = 10_000
#: The range over elections is wide: its ends need no more.
DRAWS_OF_RANGE = 4_000
#: Probabilities of 0 or 1 are what a finite number of draws gives; half a draw is kept aside so
#: that a log score stays finite.
HALF_A_DRAW = 0.5


@dataclass(frozen=True)
class Implied:
    """Probabilities, in per cent, that the shares of one poll imply.

    Attributes
    ----------
    leader : shape (candidates,), probability of finishing first; adds up to 100.
    qualifies : shape (candidates,), probability of being among the first ``advance``.
    pairs : probability of each set of finalists, by the indices of its two candidates
        (empty unless two advance).
    """

    leader: Floats
    qualifies: Floats
    pairs: dict[tuple[int, int], float]


def true_shares(forecast: Any, n_eff: float, step: float, draws: int = DRAWS, seed: int = SEED) -> Floats:
    r"""Draw what the vote may be, given the printed shares of a last poll.

    .. math:: v \sim \mathrm{Dirichlet}(n_\mathrm{eff}\,p^*),\quad p^* = p + U(-h/2, h/2)

    Parameters
    ----------
    forecast : array of shape (candidates,), per cent; what it lacks to 100 is one cell "others".
    n_eff : effective sample size.
    step : step h to which the figures were rounded, points.
    draws, seed : number of draws, seed.

    Returns
    -------
    array of shape (draws, candidates), per cent.

    Raises
    ------
    DomainError : shares that are no row of finite figures, or add up to more than 100 within
        rounding; n_eff not positive.

    Examples
    --------
    >>> drawn = true_shares([24, 22, 20, 19], n_eff=290, step=0.5, draws=4000)
    >>> drawn.mean(axis=0).round(0).tolist()
    [24.0, 22.0, 20.0, 19.0]
    """
    shares = np.asarray(forecast, dtype=float)
    if shares.ndim != 1 or not np.isfinite(shares).all() or (shares < 0).any():
        message = "true_shares: the forecast must be one row of finite shares of 0 or more."
        raise DomainError(message)
    if n_eff <= 0:
        message = f"true_shares: n_eff is {n_eff}, it must be positive."
        raise DomainError(message)
    slack = step * len(shares) / 2 + 1e-6
    if shares.sum() > 100 + slack:
        message = f"true_shares: the shares add up to {shares.sum():.2f}, more than rounding explains."
        raise DomainError(message)
    rng = np.random.default_rng(seed)
    printed = shares + rng.uniform(-step / 2, step / 2, size=(draws, len(shares)))
    # Below a tenth of a point a Gamma shape is numerically 0, and so is the candidate.
    cells = np.maximum(np.column_stack([printed, np.full(draws, 100.0 - shares.sum())]), 1e-3)
    gammas = rng.standard_gamma(n_eff * cells / cells.sum(axis=1, keepdims=True))
    values: Floats = 100.0 * gammas[:, :-1] / gammas.sum(axis=1, keepdims=True)
    return values


def implied_probabilities(
    forecast: Any,
    n_eff: float,
    *,
    step: float = 0.5,
    advance: int = 2,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Implied:
    """Probabilities of leading, of qualifying and of each pair, implied by printed shares.

    Parameters
    ----------
    forecast : array of shape (candidates,), per cent.
    n_eff : effective sample size of the last polls of earlier elections.
    step : step to which the figures were rounded, points.
    advance : how many go on (2 in a first round, 1 in a run-off).
    draws, seed : number of draws, seed.

    Returns
    -------
    Implied, per cent.

    Raises
    ------
    DomainError : see `true_shares`; ``advance`` below 1 or above the number of candidates.

    Notes
    -----
    The unnamed rest is never a finalist: do not ask this of a poll that left a main candidate
    out. Where everything is certain within the draws, half a draw is kept aside.

    Examples
    --------
    Elabe before the first round of 2017, with the errors of 2002 to 2012: its four figures
    made Macron the likely leader, and no more than that.

    >>> implied = implied_probabilities([24, 21.5, 20, 19.5], n_eff=290)
    >>> implied.leader.round(-1).tolist()
    [60.0, 20.0, 10.0, 10.0]
    """
    count = np.asarray(forecast).shape[-1]
    if not 1 <= advance <= count:
        message = f"implied_probabilities: {advance} advance, but {count} candidates are given."
        raise DomainError(message)
    drawn = true_shares(forecast, n_eff, step, draws, seed)
    leading = drawn.argmax(axis=1)
    leader = _frequency(np.bincount(leading, minlength=count), draws)
    leader = 100.0 * leader / leader.sum()
    first = leading[:, None] if advance == 1 else np.argpartition(-drawn, advance - 1, axis=1)[:, :advance]
    qualifies = _frequency(np.bincount(first.ravel(), minlength=count), draws)
    pairs: dict[tuple[int, int], float] = {}
    if advance == 2:
        low, high = first.min(axis=1), first.max(axis=1)
        codes = np.bincount(low * count + high, minlength=count * count)
        for one, two in combinations(range(count), 2):
            pairs[one, two] = float(_frequency(codes[one * count + two], draws))
    return Implied(leader, qualifies, pairs)


def _frequency(counts: Any, draws: int) -> Any:
    """Counts as per cent of the draws, with half a draw kept aside at both ends."""
    return 100.0 * np.clip(counts, HALF_A_DRAW, draws - HALF_A_DRAW) / draws


def implied_range(
    forecast: Any,
    n_eff: Sequence[float],
    *,
    step: float = 0.5,
    advance: int = 2,
    draws: int = DRAWS_OF_RANGE,
    seed: int = SEED,
) -> tuple[Floats, Floats]:
    """Lowest and highest probability of qualifying or leading over several effective sizes.

    Parameters
    ----------
    forecast, step, advance, draws, seed : as in `implied_probabilities`.
    n_eff : the effective sample sizes that single elections leave possible.

    Returns
    -------
    (low, high) : arrays of shape (2, candidates), per cent; row 0 leading, row 1 qualifying.

    Examples
    --------
    >>> low, high = implied_range([24, 21.5, 20, 19.5], [230, 479])
    >>> bool((low <= high).all())
    True
    """
    both = []
    for size in n_eff:
        implied = implied_probabilities(forecast, size, step=step, advance=advance, draws=draws, seed=seed)
        both.append(np.stack([implied.leader, implied.qualifies]))
    stacked = np.stack(both)
    return stacked.min(axis=0), stacked.max(axis=0)
