"""Closed forms that the engine does not use, written out as an independent reading of its normal form."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.manipulation.formulas.closed_forms import (
    elasticity,
    gap_to_rank,
    push_cost,
    threshold_breakdown,
)
from pollbench.manipulation.normal_form import contamination, mass_at, require_numbers, require_shares

__all__ = [
    "elasticity",
    "gap_to_rank",
    "lead_cost",
    "nuke_cost",
    "nuke_shift",
    "push_cost",
    "push_shift",
    "threshold_breakdown",
]


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
    r"""Points by which a figure moves when all attackers name another candidate or vote against it.

    .. math:: \Delta = -e p

    Points, never positive: also what every rival loses in a push.

    Examples
    --------
    >>> round(float(nuke_shift(32.0, 1000, 4500)), 1)
    -5.8
    """
    (share,) = require_shares("nuke_shift", share=share)
    return -contamination(mass, base) * share


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
    fraction = np.divide(
        points, share, out=np.full(np.broadcast(points, share).shape, np.inf), where=share > 0
    )
    return mass_at(np.where(points == 0, 0.0, fraction), base)


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
