"""Closed forms for one cell: shifts, costs, breakdown points, elasticity.

Shares, figures and points are per cent; masses and bases are in one unit (persons, votes, messages); a cost
that no budget can reach is infinite, never NaN. Each formula is checked in the tests against a simulation
of single records.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.manipulation.model import contamination, mass_at, require_numbers, require_shares


def push_shift(share: Any, mass: Any, base: Any) -> Any:
    r"""Points that the target gains when all attackers name it.

    .. math:: \Delta = e (100 - p), \quad e = m / (B + m)

    Points, never negative; 0 at zero mass.

    Parameters
    ----------
    share : figure of the target, per cent.
    mass, base : attack mass and manipulable base, one unit.

    Returns
    -------
    array of the broadcast shape.

    Raises
    ------
    DomainError : NaN, infinity, a negative number, a share above 100.

    Examples
    --------
    Gov on 21 March 2017, Fillon approved by 58 per cent: a thousand more votes among 4,500.

    >>> round(float(push_shift(58.0, 1000, 4500)), 1)
    7.6
    """
    (share,) = require_shares("push_shift", share=share)
    return contamination(mass, base) * (100.0 - share)


def nuke_shift(share: Any, mass: Any, base: Any) -> Any:
    r"""Points by which a figure moves when all attackers name somebody else or vote against it.

    .. math:: \Delta = -e p

    Points, never positive: also what every rival loses in a push.

    Examples
    --------
    >>> round(float(nuke_shift(32.0, 1000, 4500)), 1)
    -5.8
    """
    (share,) = require_shares("nuke_shift", share=share)
    return -contamination(mass, base) * share


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
    part = np.divide(points, room, out=np.full(np.broadcast(points, room).shape, np.inf), where=room > 0)
    return mass_at(np.where(points == 0, 0.0, part), base)


def nuke_cost(share: Any, points: Any, base: Any) -> Any:
    r"""Mass that lowers a figure by so many points.

    .. math:: A = B \delta / (p - \delta)

    Examples
    --------
    >>> round(float(nuke_cost(54.0, 25.0, 100.0)), 1)
    86.2
    """
    (share,) = require_shares("nuke_cost", share=share)
    points, base = require_numbers("nuke_cost", points=points, base=base)
    part = np.divide(points, share, out=np.full(np.broadcast(points, share).shape, np.inf), where=share > 0)
    return mass_at(np.where(points == 0, 0.0, part), base)


def gap_to_rank(shares: Any, target: int, rank: int = 1) -> Any:
    """Points that separate the target from a place among the first ``rank``; 0 or less: already there.

    The gap to the rank-th best of the others, along the last axis. A tie is a gap of 0, yet a tie is not
    a lead: see :func:`already`.

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


def already(shares: Any, target: int, rank: int = 1) -> Any:
    """Whether the target already holds the place, strictly: a tie does not count.

    Examples
    --------
    >>> bool(already(np.array([24.0, 24.0, 19.0]), 0)), bool(already(np.array([24.0, 24.0, 19.0]), 0, rank=2))
    (False, True)
    """
    return gap_to_rank(shares, target, rank) < 0


def lead_cost(shares: Any, target: int, base: Any, rank: int = 1) -> Any:
    r"""Mass of added supporters that closes the gap to the lead (or to the first ``rank``).

    .. math:: A = B \gamma / 100

    The mass that ties; on whole votes one more leads. 0 where the target is there already.

    Examples
    --------
    Ipsos, 19-20 April 2017 (Macron, Le Pen, Fillon, Mélenchon): Fillon into the top two costs three per
    cent of the base.

    >>> float(lead_cost(np.array([24.0, 22.0, 19.0, 19.0]), 2, 100.0, rank=2))
    3.0
    """
    gap = gap_to_rank(shares, target, rank)
    return np.asarray(base, dtype=float) * np.maximum(gap, 0.0) / 100.0


def replaced_records(gap: Any, records: Any) -> Any:
    r"""Records of a sample of fixed size that must be the attacker's to close a gap.

    .. math:: n \gamma / (1 + \gamma)

    The fakes take the place of honest answers in proportion; ``gap`` in points.

    Examples
    --------
    Three points among 1,401 answers:

    >>> round(float(replaced_records(3.0, 1401)))
    41
    """
    gap, records = require_numbers("replaced_records", gap=gap, records=records)
    return records * gap / (100.0 + gap)


def random_turnout_contamination(attackers: Any, probability: Any, base: Any) -> Any:
    r"""Expected contamination when each of k attackers shows up with a probability.

    .. math:: E[e] \approx e(\bar m) - \frac{B k \alpha (1 - \alpha)}{(B + \bar m)^3},
        \quad \bar m = k \alpha

    Second order: a little below the contamination at the mean mass, because e is concave.

    Examples
    --------
    >>> round(float(random_turnout_contamination(100, 0.5, 1000)), 5)
    0.0476
    """
    attackers, probability, base = require_numbers(
        "random_turnout_contamination", attackers=attackers, probability=probability, base=base
    )
    mean = attackers * probability
    total = base + mean
    variance = attackers * probability * (1.0 - probability)
    drop = np.divide(
        base * variance, total**3, out=np.zeros(np.broadcast(variance, total).shape), where=total > 0
    )
    return contamination(mean, base) - drop


def slope_per_percent(share: Any) -> Any:
    """Points that attackers worth 1 per cent of the base add: exact, (100 - p) / 101.

    Examples
    --------
    >>> round(float(slope_per_percent(19.0)), 3)
    0.802
    """
    return push_shift(share, 1.0, 100.0)


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
    part = contamination(mass, base)
    below = share + part * room
    return np.divide(
        part * (1.0 - part) * room, below, out=np.ones(np.broadcast(part, below).shape), where=below > 0
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
    part = np.divide(
        100.0 * points, room, out=np.full(np.broadcast(points, room).shape, np.inf), where=room > 0
    )
    return np.where(points == 0, 0.0, np.where(part > 100.0, np.inf, part))


def decision_breakdown(gap: Any) -> Any:
    r"""Smallest part of the records, in per cent, that flips a lead of so many points by adding or replacing.

    .. math:: 100\, \gamma / (1 + \gamma)

    Examples
    --------
    >>> round(float(decision_breakdown(3.0)), 2)
    2.91
    """
    (gap,) = require_numbers("decision_breakdown", gap=np.maximum(gap, 0.0))
    return 100.0 * gap / (100.0 + gap)


def maximum_bias(share: Any, part: Any) -> Any:
    r"""Largest shift, up or down, that a part of the records can cause.

    .. math:: b(\varepsilon) = \varepsilon \max(p, 100 - p)

    Points; ``part`` is a number from 0 to 1.

    References
    ----------
    Huber (1964), for the maximum-bias curve.

    Examples
    --------
    >>> maximum_bias(20.0, 0.05).item()
    4.0
    """
    (share,) = require_shares("maximum_bias", share=share)
    (part,) = require_numbers("maximum_bias", part=part)
    return part * np.maximum(share, 100.0 - share)


def cost_standard_error(share: Any, points: Any, base: Any, share_error: Any) -> Any:
    r"""Standard error of :func:`push_cost` from the sampling error of the share.

    .. math:: \frac{dA}{dp} = \frac{B \delta}{(100 - p - \delta)^2}

    Examples
    --------
    >>> round(float(cost_standard_error(20.0, 2.0, 1000.0, 1.0)), 3)
    0.329
    """
    share, share_error = require_shares("cost_standard_error", share=share, share_error=share_error)
    points, base = require_numbers("cost_standard_error", points=points, base=base)
    room = 100.0 - share - points
    return np.where(room > 0, base * points / np.where(room > 0, room, 1.0) ** 2 * share_error, np.inf)


def lead_standard_error(target: Any, leader: Any, base: Any, records: Any) -> Any:
    r"""Standard error of the mass that closes a gap, from the sampling of both shares.

    .. math:: B \sqrt{(p_l + p_t - \gamma^2) / n}

    With shares as proportions; ``records`` is the number of persons behind the figure.

    Examples
    --------
    >>> round(float(lead_standard_error(19.0, 22.0, 100.0, 1401)), 2)
    1.71
    """
    target, leader = require_shares("lead_standard_error", target=target, leader=leader)
    base, records = require_numbers("lead_standard_error", base=base, records=records)
    gap = (leader - target) / 100.0
    return base * np.sqrt(((leader + target) / 100.0 - gap**2) / records)
