"""The smallest attack that flips an order, in every replicate of the honest sample."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import DomainError


def top_three(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The three largest counts of each replicate, ties repeated.

    Parameters
    ----------
    counts : array (replicates, candidates); with two candidates the third is -1.

    Examples
    --------
    >>> [each.tolist() for each in top_three(np.array([[3, 9, 9, 1]]))]
    [[9], [9], [3]]
    """
    first = np.full(counts.shape[0], -1, dtype=counts.dtype)
    second, third = first.copy(), first.copy()
    # One pass over the candidates: a partial sort of every row costs more than all the rest.
    for column in counts.T:
        np.maximum(third, np.minimum(second, column), out=third)
        np.maximum(second, np.minimum(first, column), out=second)
        np.maximum(first, column, out=first)
    return first, second, third


def rival(
    counts: np.ndarray, target: int, rank: int, top: tuple[np.ndarray, ...] | None = None
) -> np.ndarray:
    """Count of the rank-th best of the others (rank 1 or 2), exact with ties.

    Raises
    ------
    DomainError : a rank other than 1 or 2, or not enough candidates.

    Examples
    --------
    >>> rival(np.array([[3, 9, 9, 1]]), 1, 1).tolist(), rival(np.array([[3, 9, 9, 1]]), 1, 2).tolist()
    ([9], [3])
    """
    if rank not in (1, 2) or counts.shape[1] <= rank:
        message = f"A place among the first {rank} of {counts.shape[1]} candidates is not a question here."
        raise DomainError(message)
    first, second, third = top if top is not None else top_three(counts)
    of_target = counts[:, target]
    if rank == 1:
        return np.where(of_target == first, second, first)
    return np.where(of_target >= second, third, second)


def minimal_replacement_within(named: np.ndarray, draws: np.ndarray, target: int, rank: int) -> np.ndarray:
    r"""Respondents of a sample of fixed size that must be invented to put the target strictly ahead.

    .. math:: m^* = \lfloor n g / (n + g) \rfloor + 1, \quad g = \max_{c \ne t} X_{rc} - X_{rt} \ge 0

    The invented take the place of honest respondents in proportion; n are all respondents, those without a name included.

    Parameters
    ----------
    named : array (replicates, candidates): the counts of those who can win.
    draws : array (replicates, candidates or more): all counts.

    Examples
    --------
    >>> counts = np.array([[350, 308, 266, 477]])
    >>> minimal_replacement_within(counts[:, :3], counts, 2, 2).tolist()
    [41]
    """
    size = draws.sum(axis=1)
    gap = rival(named, target, rank) - named[:, target]
    wide = np.maximum(gap, 0)
    return np.where(gap < 0, 0, np.floor_divide(size * wide, size + wide) + 1)


def flip_probability(needed: Any, sample: int, fraction: Any) -> np.ndarray:
    r"""Probability that enough invented answers land, given how many each replicate needs.

    .. math:: \sum_m h(m) \, P(\mathrm{Bin}(n, \pi) \ge m)

    A histogram of the needed numbers times a binomial tail, instead of one draw per replicate and budget.

    Parameters
    ----------
    needed : array of shape (replicates,), whole numbers: fakes needed in each replicate.
    sample : respondents.
    fraction : array of any shape, expected invented parts of the sample.

    Returns
    -------
    array of the shape of ``fraction``, probabilities from 0 to 1.

    Examples
    --------
    >>> flip_probability(np.array([0, 0, 5]), 100, np.array([0.0])).round(3)
    array([0.667])
    """
    from scipy.stats import binom

    values, counts = np.unique(np.asarray(needed), return_counts=True)
    fraction = np.asarray(fraction, dtype=float)
    tail = binom.sf(values - 1.0, sample, fraction[..., None])
    array: np.ndarray = tail @ (counts / counts.sum())
    return array


def overtaking_fraction(figures: np.ndarray, voice: np.ndarray, target: int, rank: int = 1) -> np.ndarray:
    r"""Contamination at which the target draws level with the rank-th best of the others.

    .. math:: e_c = \frac{p_c - p_t}{(a_t - p_t) - (a_c - p_c)}

    and the rank-th largest of them over the rivals c; 0 where the place is held already, infinite where no
    contamination reaches it. Exact, since every figure is linear in the contamination; for attacks that do not
    lift a rival more than the target.

    Parameters
    ----------
    figures : array (replicates, candidates), per cent.
    voice : array (candidates,) of what attackers say; NaN where they stay silent.
    target : column of the target.
    rank : 1 = the lead.

    Returns
    -------
    array (replicates,), from 0 to 1 or infinite.

    Examples
    --------
    A push for the third of 24, 22 and 19 needs 3 of 103 records to draw level with the second:

    >>> fraction = overtaking_fraction(np.array([[24.0, 22.0, 19.0]]), np.array([0.0, 0.0, 100.0]), 2, rank=2)
    >>> (fraction * 103).round(9).tolist()
    [3.0]
    """
    speed = np.where(np.isnan(voice), 0.0, voice - figures)
    gap = np.delete(figures, target, axis=1) - figures[:, [target]]
    gain = speed[:, [target]] - np.delete(speed, target, axis=1)
    fraction = np.divide(gap, gain, out=np.full(gap.shape, np.inf), where=gain > 0)
    fraction = np.where(gap <= 0, 0.0, np.where(fraction > 1.0, np.inf, fraction))
    return np.sort(fraction, axis=1)[:, -rank]


def minimal_quantiles(minimal: Any, levels: tuple[float, ...] = (0.05, 0.5, 0.95)) -> np.ndarray:
    """Quantiles of the minimal attack: by default the budgets that suffice in 5, 50 and 95 of 100 replicates.

    Examples
    --------
    >>> minimal_quantiles(np.arange(101)).tolist()
    [5, 50, 95]
    """
    values: np.ndarray = np.quantile(np.asarray(minimal), levels, method="inverted_cdf")
    return values
