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
    own = counts[:, target]
    if rank == 1:
        return np.where(own == first, second, first)
    return np.where(own >= second, third, second)


def minimal_mass(
    counts: np.ndarray, target: int, rank: int = 1, top: tuple[np.ndarray, ...] | None = None
) -> np.ndarray:
    r"""Added supporters that put the target strictly first (or among the first two) in each replicate.

    .. math:: m^*_r = \max(0, \max_{c \ne t} X_{rc} - X_{rt} + 1)

    Whole records; a tie is not a lead. For the top two the second largest of the others counts.

    Parameters
    ----------
    counts : array (replicates, candidates).
    target : column of the target.
    rank : 1 or 2.
    top : what :func:`top_three` returned for the counts, if it is at hand.

    Returns
    -------
    array (replicates,).

    Examples
    --------
    >>> minimal_mass(np.array([[30, 25, 20], [24, 25, 20]]), 0).tolist()
    [0, 2]
    """
    return np.maximum(0, rival(counts, target, rank, top) - counts[:, target] + 1)


def minimal_replacement(counts: np.ndarray, target: int, rank: int = 1) -> np.ndarray:
    r"""Respondents of a sample of fixed size that must be invented to put the target strictly ahead.

    .. math:: m^* = \lfloor n g / (n + g) \rfloor + 1, \quad g = \max_{c \ne t} X_{rc} - X_{rt} \ge 0

    The invented take the place of honest respondents in proportion.

    Examples
    --------
    >>> minimal_replacement(np.array([[350, 308, 266]]), 2, 2).tolist()
    [41]
    """
    size = counts.sum(axis=1)
    gap = rival(counts, target, rank) - counts[:, target]
    return np.where(gap < 0, 0, np.floor_divide(size * np.maximum(gap, 0), size + np.maximum(gap, 0)) + 1)


def flip_curve(minimal: Any, mass: Any) -> np.ndarray:
    """Probability that a mass suffices: the distribution function of the minimal attack.

    Parameters
    ----------
    minimal : array (replicates,), as :func:`minimal_mass` gives it; sorted if many curves are read off it.
    mass : array of any shape, not negative.

    Examples
    --------
    >>> flip_curve(np.array([0, 2, 5, 9]), np.array([0, 4.9, 5, 100])).tolist()
    [0.25, 0.5, 0.75, 1.0]
    """
    ordered = np.sort(minimal)
    return np.searchsorted(ordered, np.asarray(mass, dtype=float), side="right") / len(ordered)


def minimal_quantiles(minimal: Any, levels: tuple[float, ...] = (0.05, 0.5, 0.95)) -> np.ndarray:
    """Quantiles of the minimal attack: by default the budgets that suffice in 5, 50 and 95 of 100 replicates.

    Examples
    --------
    >>> minimal_quantiles(np.arange(101)).tolist()
    [5, 50, 95]
    """
    return np.quantile(np.asarray(minimal), levels, method="inverted_cdf")


def minimal_rating_mass(
    ratings: np.ndarray, bases: Any, target: int, rank: int = 1, both: bool = True
) -> np.ndarray:
    """Raters that lift the target's approval to the rank-th best of the others, in each replicate.

    Push and nuke (``both``): every attacker approves of the target and disapproves of the rival at hand;
    otherwise only approves. The mass at which they tie; infinite where a push alone cannot do it.

    Parameters
    ----------
    ratings : array (replicates, candidates), per cent.
    bases : raters of each candidate, or one number for all.

    Examples
    --------
    >>> minimal_rating_mass(np.array([[29.0, 55.0]]), 1000.0, 0).round(0).tolist()
    [260.0]
    """
    bases = np.broadcast_to(np.asarray(bases, dtype=float), ratings.shape[-1:])
    others = np.delete(np.arange(ratings.shape[1]), target)
    order = np.argsort(ratings[:, others], axis=1, kind="stable")
    ahead = others[order[:, -rank]]
    own, best = ratings[:, target], ratings[np.arange(len(ratings)), ahead]
    own_base, best_base = bases[target], bases[ahead]
    gap = np.maximum(best - own, 0.0)
    if not both:
        room = 100.0 - best
        return np.where(
            gap == 0, 0.0, np.divide(own_base * gap, room, out=np.full_like(gap, np.inf), where=room > 0)
        )
    # (A_t B_t + 100 m) / (B_t + m) = A_r B_r / (B_r + m): the positive root of a quadratic in m.
    linear = own * own_base / 100.0 + best_base - best * best_base / 100.0
    constant = own_base * best_base * (own - best) / 100.0
    root = (-linear + np.sqrt(np.maximum(linear**2 - 4.0 * constant, 0.0))) / 2.0
    return np.where(gap == 0, 0.0, root)
