"""Weighted cells: post-stratified figures, the cheapest allocation of an attack, what weighting can buy.

A weighted figure is sum_g W_g p_gt over cells g of known weight W_g with n_g honest records each. Writing
u_g = 100 - p_gt for the room in a cell, m_g attackers who declare cell g add W_g u_g m_g / (n_g + m_g).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.manipulation.model import contamination, require_numbers


def weighted_shift(weight: Any, room: Any, records: Any, mass: Any) -> Any:
    r"""Points gained by an allocation of attackers over cells.

    .. math:: \Delta = \sum_g W_g u_g \frac{m_g}{n_g + m_g}

    Parameters
    ----------
    weight, room, records : arrays (..., cells): weights, 100 minus the target's share, honest records.
    mass : array (..., cells), attackers who declare each cell.

    Returns
    -------
    array of shape (...), points.

    Examples
    --------
    >>> weighted_shift([0.5, 0.5], [80.0, 80.0], np.array([100, 300]), np.array([100, 0])).item()
    20.0
    """
    weight, room = require_numbers("weighted_shift", weight=weight, room=room)
    return (weight * room * contamination(mass, records)).sum(axis=-1)


def cheapest_allocation(weight: Any, room: Any, records: Any, mass: Any) -> np.ndarray:
    r"""The allocation of a mass over cells that moves the figure most: water-filling.

    .. math:: m_g = \left( \sqrt{W_g u_g n_g / \lambda} - n_g \right)_+, \quad \sum_g m_g = m

    Solved exactly: cells enter in the order of W_g u_g / n_g, their initial slope.

    Parameters
    ----------
    weight, room, records : arrays (..., cells); records above 0.
    mass : array (...), total mass.

    Returns
    -------
    array (..., cells) that adds up to the mass.

    Raises
    ------
    DomainError : a cell without honest records, NaN, a negative number.

    Examples
    --------
    A starved cell attracts the first attackers:

    >>> cheapest_allocation([0.5, 0.5], [80.0, 80.0], [10.0, 990.0], 50.0).round(1)
    array([50.,  0.])
    """
    weight, room, records, total = require_numbers(
        "cheapest_allocation", weight=weight, room=room, records=records, mass=mass
    )
    if (records <= 0).any():
        message = "cheapest_allocation: a cell without honest records has no share; merge it with another."
        raise DomainError(message)
    shape = np.broadcast_shapes(weight.shape, room.shape, records.shape, (*total.shape, 1))
    weight, room, records = (np.broadcast_to(each, shape) for each in (weight, room, records))
    slope = weight * room / records
    order = np.argsort(-slope, axis=-1, kind="stable")
    counts = np.take_along_axis(records, order, axis=-1)
    roots = np.sqrt(np.take_along_axis(weight * room * records, order, axis=-1))
    # With the first j cells in use, sqrt(1/lambda) = (m + sum n) / sum sqrt(W u n); the level rises as
    # cells enter, and a cell is in use exactly while its own entry level lies below it.
    rooted = np.cumsum(roots, axis=-1)
    level = np.divide(
        total[..., None] + np.cumsum(counts, axis=-1), rooted, out=np.full(shape, np.inf), where=rooted > 0
    )
    in_use = (roots * level > counts) & np.isfinite(level)
    number = np.maximum(in_use.sum(axis=-1, keepdims=True), 1)
    chosen = np.take_along_axis(level, number - 1, axis=-1)
    # No room anywhere: nothing moves, the mass may lie in any cell.
    chosen = np.where(np.isfinite(chosen), chosen, 0.0)
    used = np.maximum(roots * chosen - counts, 0.0)
    first = np.zeros(shape)
    first[..., 0] = 1.0
    spare = total[..., None] - used.sum(axis=-1, keepdims=True)
    used = used + np.where(rooted[..., -1:] > 0, 0.0, spare) * first
    allocation = np.zeros(shape)
    np.put_along_axis(allocation, order, used, axis=-1)
    return allocation


def initial_slope(weight: Any, room: Any, records: Any) -> Any:
    """Points that the first attacker adds in the best cell: the largest W_g u_g / n_g.

    Examples
    --------
    >>> round(float(initial_slope([0.2, 0.8], [90.0, 10.0], [50.0, 50.0])), 2)
    0.36
    """
    weight, room, records = require_numbers("initial_slope", weight=weight, room=room, records=records)
    return (weight * room / records).max(axis=-1)


def slope_floor(weight: Any, room: Any, records: Any) -> Any:
    r"""Floor of :func:`initial_slope`: the slope of an unweighted sample that publishes the same share.

    .. math:: \max_g W_g u_g / n_g \ge (100 - \hat p_w) / n

    Weighting lowers the ceiling of an attack, never its slope against an attacker who may declare any cell.

    Examples
    --------
    >>> round(float(slope_floor([0.2, 0.8], [90.0, 10.0], [50.0, 50.0])), 2)
    0.26
    """
    weight, room, records = require_numbers("slope_floor", weight=weight, room=room, records=records)
    return (weight * room).sum(axis=-1) / records.sum(axis=-1)


def ceiling(weight: Any, room: Any, credible: Any) -> Any:
    """Points that an attack confined to the credible cells can never pass: the sum of W_g u_g over them.

    Examples
    --------
    >>> float(ceiling(np.array([0.2, 0.8]), np.array([90.0, 10.0]), np.array([True, False])))
    18.0
    """
    weight, room = require_numbers("ceiling", weight=weight, room=room)
    return np.where(credible, weight * room, 0.0).sum(axis=-1)


def design_effect(weight: Any, records: Any) -> Any:
    r"""Factor on the variance that weighting costs: :math:`n \sum_g W_g^2 / n_g` (1 = in proportion).

    Examples
    --------
    >>> round(float(design_effect([0.5, 0.5], [100.0, 300.0])), 3)
    1.333
    """
    weight, records = require_numbers("design_effect", weight=weight, records=records)
    return records.sum(axis=-1) * (weight**2 / records).sum(axis=-1)
