"""The normal form that every published figure shares, and how an attack enters it.

A figure of target t under an attack reads

    T_t = sum_g W_g [ (1 - e_g) p_gt + e_g a_gt ],    e_g = m_g / (B_g + m_g)

W_g fixed weight of cell g, p_gt honest figures, B_g the manipulable base (honest mass that competes with
the attacker at the stage where the attacker enters), m_g the attack mass that lands in g, a_gt what the
attacker says. The engine computes every shift as this form under attack minus the published figure; the closed
forms are its special cases. A market mixes by money instead (:class:`Mixing`).

Figures are per cent (0 to 100), shifts are points, a contamination e is a pure number from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pollbench.errors import DomainError

Values = Mapping[str, float]


def require_numbers(name: str, **values: Any) -> tuple[np.ndarray, ...]:
    """Return the values as float arrays; DomainError if one is NaN, infinite or negative."""
    arrays = []
    for what, value in values.items():
        array = np.asarray(value, dtype=float)
        # One pass for the good case: NaN passes neither comparison.
        if not ((array >= 0) & (array < np.inf)).all():
            known = np.isfinite(array).all()
            fault = "a negative number." if known else "NaN or infinity; leave out what is not known."
            message = f"{name}: {what} holds {fault}"
            raise DomainError(message)
        arrays.append(array)
    return tuple(arrays)


def require_shares(name: str, **values: Any) -> tuple[np.ndarray, ...]:
    """Return per cent figures as float arrays; DomainError outside 0 to 100."""
    arrays = require_numbers(name, **values)
    for what, array in zip(values, arrays, strict=True):
        if (array > 100).any():
            message = f"{name}: {what} holds a figure above 100 per cent."
            raise DomainError(message)
    return arrays


def contamination(mass: Any, base: Any) -> Any:
    r"""Part of the records that are the attacker's.

    .. math:: e = m / (B + m)

    A pure number from 0 to 1. Without a mass it is 0, whatever the base; on an empty base any mass is
    everything, so it is 1.

    Parameters
    ----------
    mass, base : arrays that broadcast, in one unit (persons, votes, messages); not negative.

    Returns
    -------
    array of the broadcast shape.

    Raises
    ------
    DomainError : NaN, infinity or a negative number.

    Examples
    --------
    A thousand extra raters among 4,500:

    >>> round(float(contamination(1000, 4500)), 4)
    0.1818
    """
    mass, base = require_numbers("contamination", mass=mass, base=base)
    total = base + mass
    return np.divide(mass, total, out=np.zeros(np.broadcast(mass, total).shape), where=total > 0)


def mass_at(fraction: Any, base: Any) -> Any:
    """Mass that makes up ``fraction`` of the records: the inverse of :func:`contamination`.

    .. math:: m = B e / (1 - e)

    Infinite where the fraction is 1 or more; 0 where it is 0 or below.

    Examples
    --------
    >>> float(mass_at(0.2, 100))
    25.0
    """
    fraction = np.asarray(fraction, dtype=float)
    base = np.asarray(base, dtype=float)
    wanted = np.clip(fraction, 0.0, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mass = base * wanted / (1.0 - wanted)
    return np.where(wanted >= 1.0, np.inf, np.where(wanted <= 0.0, 0.0, mass))


@dataclass(frozen=True)
class Scale:
    """What the figures of a mechanism are.

    Attributes
    ----------
    name : in one word.
    lowest, highest : the ends of the scale.
    whole : True where the figures of all candidates are parts of one whole, so that what one gains the others
        lose; False where every candidate has a figure of its own, and an attacker may leave some alone.
    """

    name: str
    lowest: float
    highest: float
    whole: bool


SHARES = Scale("shares", 0.0, 100.0, whole=True)


@dataclass(frozen=True)
class Mixing:
    """How much of a figure an attack mass makes up, and back.

    Attributes
    ----------
    fraction : (mass, base) -> the contamination e, from 0 to 1, growing with the mass.
    mass : (fraction, base) -> the mass for it, infinite for 1.
    """

    fraction: Callable[[Any, Any], Any]
    mass: Callable[[Any, Any], Any]


#: Records of attackers among honest records.
RECORDS = Mixing(fraction=contamination, mass=mass_at)


@dataclass(frozen=True)
class NormalForm:
    """One published figure of every candidate, ready to be attacked.

    Attributes
    ----------
    honest : array of shape (cells, candidates), on the scale of the figures.
    weight : array of shape (cells,), adding up to 1.
    base : array of shape (cells, candidates): honest mass. Where the figures are parts of one whole it
        is the same for all candidates of a cell; a rating or a sentiment has one base per candidate.
    mixing : how attack mass and base become a contamination.
    clarity : factor on what attackers say as the instrument hears it; 1 = as said.
    """

    honest: np.ndarray
    weight: np.ndarray
    base: np.ndarray
    mixing: Mixing = RECORDS
    clarity: float = 1.0

    @classmethod
    def of(
        cls, honest: Any, base: Any, weight: Any = None, mixing: Mixing = RECORDS, clarity: float = 1.0
    ) -> NormalForm:
        """Build the form; a single row of figures is one cell, a single base counts for all."""
        figures = np.atleast_2d(np.asarray(honest, dtype=float))
        weights = np.ones(1) if weight is None else np.asarray(weight, dtype=float)
        bases = np.asarray(base, dtype=float)
        if bases.ndim == 1 and figures.shape[0] > 1 and len(bases) == figures.shape[0]:
            bases = bases[:, None]
        bases = np.broadcast_to(bases, figures.shape)
        if not (np.isfinite(figures).all() and np.isfinite(bases).all() and (bases >= 0).all()):
            message = "normal form: figures and bases must be finite, bases not negative."
            raise DomainError(message)
        if weights.shape != figures.shape[:1] or not np.isclose(weights.sum(), 1.0):
            message = "normal form: the weights must be one per cell and add up to 1."
            raise DomainError(message)
        return cls(figures, weights, bases, mixing, clarity)

    @property
    def published(self) -> np.ndarray:
        """The figures without an attack, per candidate."""
        values: np.ndarray = self.weight @ self.honest
        return values

    def push(self, voice: Any) -> np.ndarray:
        """Points by which full contamination would move each candidate, by cell; 0 where attackers stay silent."""
        said = self.clarity * np.asarray(voice, dtype=float)
        return np.where(np.isnan(said), 0.0, said - self.honest)

    def moved(self, mass: Any, voice: Any) -> np.ndarray:
        r"""Points by which an attack moves the figures of all candidates: attacked minus published.

        .. math:: \Delta_c = \sum_g W_g e_g (a_{gc} - p_{gc})

        Parameters
        ----------
        mass : array of shape (..., cells, candidates) or (..., cells, 1): attack mass that lands.
        voice : array of shape (cells, candidates) or (candidates,), on the scale of the figures; NaN where
            attackers stay silent.

        Returns
        -------
        array of shape (..., candidates), points.
        """
        # Adding zero keeps a minus sign off a shift of nothing.
        values: np.ndarray = (
            np.einsum("g,...gc->...c", self.weight, self.mixing.fraction(mass, self.base) * self.push(voice))
            + 0.0
        )
        return values

    def attacked(self, mass: Any, voice: Any) -> np.ndarray:
        """Figures of all candidates under an attack; parameters as for :meth:`moved`."""
        values: np.ndarray = self.published + self.moved(mass, voice)
        return values
