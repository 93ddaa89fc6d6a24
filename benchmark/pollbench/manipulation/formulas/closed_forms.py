"""Closed forms for one cell: cost of a push, gap to a place, elasticity.

The engine computes with the normal form; tests hold these special cases to it.

Shares, figures and points are per cent; masses and bases are in one unit (persons, votes, messages); a cost
that no budget can reach is infinite, never NaN. Each formula is checked in the tests against a simulation
of single records.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.manipulation.normal_form import contamination, mass_at, require_numbers, require_shares


def push_cost(share: Any, points: Any, base: Any) -> Any:
    r"""Mass that lifts the target by so many points.

    .. math:: A = B \delta / (100 - p - \delta)

    In the unit of the base (with ``base=100``: per cent of the base); infinite where the target cannot
    rise that far; 0 for 0 points.

    Examples
    --------
    One point on a figure of 22.09 costs 1.3 per cent of the base:

    >>> round(float(push_cost(22.09, 1.0, 100.0)), 2)
    1.3
    """
    (share,) = require_shares("push_cost", share=share)
    points, base = require_numbers("push_cost", points=points, base=base)
    room = 100.0 - share
    fraction = np.divide(points, room, out=np.full(np.broadcast(points, room).shape, np.inf), where=room > 0)
    return mass_at(np.where(points == 0, 0.0, fraction), base)


def gap_to_rank(shares: Any, target: int, rank: int = 1) -> Any:
    """Points that separate the target from a place among the first ``rank``; 0 or less: already there.

    The gap to the rank-th best of the others, along the last axis. A tie is a gap of 0, yet a tie is not
    a lead.

    Raises
    ------
    DomainError : fewer than ``rank`` others.

    Examples
    --------
    >>> figures = np.array([24.0, 22.0, 19.0, 19.0])
    >>> float(gap_to_rank(figures, 2)), float(gap_to_rank(figures, 2, rank=2))
    (5.0, 3.0)
    """
    shares = np.asarray(shares, dtype=float)
    others = np.delete(shares, target, axis=-1)
    if others.shape[-1] < rank:
        message = f"A place among the first {rank} needs at least {rank} other candidates."
        raise DomainError(message)
    return np.sort(others, axis=-1)[..., -rank] - shares[..., target]


def elasticity(share: Any, mass: Any = 0.0, base: Any = 100.0) -> Any:
    r"""Per cent by which the target's figure grows for one per cent more.

    .. math:: \eta_0 = \frac{100 - p}{p} \text{ (in the base)}, \qquad
        \eta_k = \frac{e (1 - e) (100 - p)}{p + e (100 - p)} \text{ (in the number of attackers)}

    Without a mass the first, infinite for a figure of 0; with one the second, which is 0 at k = 0 for a
    figure above 0.

    Examples
    --------
    >>> round(float(elasticity(20.0)), 2), round(float(elasticity(20.0, 25.0, 100.0)), 3)
    (4.0, 0.356)
    """
    (share,) = require_shares("elasticity", share=share)
    room = 100.0 - share
    if np.all(np.asarray(mass) == 0):
        return np.divide(room, share, out=np.full(share.shape, np.inf), where=share > 0)
    fraction = contamination(mass, base)
    below = share + fraction * room
    return np.divide(
        fraction * (1.0 - fraction) * room,
        below,
        out=np.ones(np.broadcast(fraction, below).shape),
        where=below > 0,
    )


def threshold_breakdown(share: Any, points: Any) -> Any:
    r"""Smallest part of the records, in per cent, that forces a given rise: the threshold breakdown point.

    .. math:: 100\, \delta / (100 - p)

    Infinite where no contamination does it. The boundary breakdown of a share is 100 per cent: a share moves
    from the first record and reaches its end with the last.

    References
    ----------
    Avella Medina and Ke (2026), arXiv 2605.04317, for the name.

    Examples
    --------
    >>> threshold_breakdown(20.0, 2.0).item()
    2.5
    """
    (share,) = require_shares("threshold_breakdown", share=share)
    (points,) = require_numbers("threshold_breakdown", points=points)
    room = 100.0 - share
    percent = np.divide(
        100.0 * points, room, out=np.full(np.broadcast(points, room).shape, np.inf), where=room > 0
    )
    return np.where(points == 0, 0.0, np.where(percent > 100.0, np.inf, percent))


def maximum_bias(share: Any, fraction: Any) -> Any:
    r"""Largest shift, up or down, that a part of the records can cause.

    .. math:: b(\varepsilon) = \varepsilon \max(p, 100 - p)

    Points; ``fraction`` is a number from 0 to 1.

    References
    ----------
    Huber (1964), for the maximum-bias curve.

    Examples
    --------
    >>> maximum_bias(20.0, 0.05).item()
    4.0
    """
    (share,) = require_shares("maximum_bias", share=share)
    (fraction,) = require_numbers("maximum_bias", fraction=fraction)
    return fraction * np.maximum(share, 100.0 - share)
