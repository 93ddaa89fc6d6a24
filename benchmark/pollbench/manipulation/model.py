"""The normal form that every published figure shares, and what a mechanism, attack and defence are.

A figure of target t under an attack reads

    T_t = sum_g W_g [ (1 - e_g) p_gt + e_g a_gt ],    e_g = m_g / (B_g + m_g)

W_g fixed weight of cell g, p_gt honest figures, B_g the manipulable base (honest mass that competes with
the attacker at the stage where the attacker enters), m_g the attack mass that lands in g, a_gt what the
attacker says. All closed forms of the package follow from it.

Figures are per cent (0 to 100), shifts are points, a contamination e is a pure number from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np

from pollbench.errors import DomainError, UnknownName

Scale = Literal["shares", "ratings", "sentiment", "price"]
Registered = TypeVar("Registered")


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


def mass_at(part: Any, base: Any) -> Any:
    """Mass that makes up ``part`` of the records: the inverse of :func:`contamination`.

    .. math:: m = B e / (1 - e)

    Infinite where the part is 1 or more; 0 where it is 0 or below.

    Examples
    --------
    >>> float(mass_at(0.2, 100))
    25.0
    """
    part = np.asarray(part, dtype=float)
    base = np.asarray(base, dtype=float)
    wanted = np.clip(part, 0.0, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mass = base * wanted / (1.0 - wanted)
    return np.where(wanted >= 1.0, np.inf, np.where(wanted <= 0.0, 0.0, mass))


@dataclass(frozen=True)
class NormalForm:
    """One published figure of every candidate, ready to be attacked.

    Attributes
    ----------
    honest : array of shape (cells, candidates), per cent (net sentiment: -100 to 100).
    weight : array of shape (cells,), adding up to 1.
    base : array of shape (cells, candidates): honest mass. Where the figures are shares of one whole it
        is the same for all candidates of a cell; a rating or a sentiment has one base a candidate.
    scale : "shares" of one whole; "ratings" or "sentiment", one figure a candidate; "price".
    """

    honest: np.ndarray
    weight: np.ndarray
    base: np.ndarray
    scale: Scale

    @classmethod
    def of(cls, honest: Any, base: Any, weight: Any = None, scale: Scale = "shares") -> NormalForm:
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
            message = "normal form: the weights must be one a cell and add up to 1."
            raise DomainError(message)
        return cls(figures, weights, bases, scale)

    @property
    def published(self) -> np.ndarray:
        """The figures without an attack, per candidate."""
        return self.weight @ self.honest

    def attacked(self, mass: Any, voice: Any) -> np.ndarray:
        """Figures of all candidates under an attack.

        Parameters
        ----------
        mass : array of shape (..., cells, candidates) or (..., cells, 1): attack mass that lands.
        voice : array of shape (cells, candidates) or (candidates,), in the scale of the figures.

        Returns
        -------
        array of shape (..., candidates).
        """
        part = contamination(mass, self.base)
        mixed = (1.0 - part) * self.honest + part * np.asarray(voice, dtype=float)
        return np.einsum("g,...gc->...c", self.weight, mixed)


@dataclass(frozen=True)
class Mechanism:
    """How a forecaster turns people or messages into a figure, as far as an attacker is concerned.

    Attributes
    ----------
    name : the id, a value of the enumeration ``mechanism`` of the data model.
    title : in words.
    scale : what the figures are (see :class:`NormalForm`).
    base : the manipulable base, in words.
    enters : the stage at which an attacker enters.
    unit : unit of the base and of the attack mass.
    base_parameters : names of the assumptions that give the base, the first usable one counts.
    mass_parameters : names of the assumptions whose product is the mass of one attacker (and day).
    per_day : whether an attacker's mass grows with the days of activity.
    fixed_size : whether attackers take the place of honest records (a sample) or add to them.
    persons : whether the records are persons, so that a number of persons gives a sampling error.
    form : builds the normal form from figures and base.
    """

    name: str
    title: str
    scale: Scale
    base: str
    enters: str
    unit: str
    base_parameters: tuple[str, ...]
    mass_parameters: tuple[str, ...]
    per_day: bool
    fixed_size: bool
    persons: bool
    form: Callable[..., NormalForm]


@dataclass(frozen=True)
class Attack:
    """A goal: what the attackers say.

    Attributes
    ----------
    name : the id ("push").
    title : in words.
    voice : (candidates, target, rivals, scale) -> array (candidates,) of what attackers say; NaN where they
        stay silent (a rating they do not give).
    sign : +1 if the target is meant to rise, -1 if it is meant to fall, 0 for the control.
    """

    name: str
    title: str
    voice: Callable[..., np.ndarray]
    sign: int


@dataclass(frozen=True)
class Situation:
    """What a defence meets: the figure, the window it covers and how the attackers act in it.

    Attributes
    ----------
    share : figure of the target, per cent.
    base : honest mass in the window (person-days where a vote counts every day).
    window_days : days that the figure covers.
    attack_days : days of the window on which the attackers act.
    preparation_days : days between the creation of the attackers' accounts and the first act.
    honest_days : mean number of days of the window on which an honest person acts.
    daily_sd : standard deviation of the honest figure of one day, points.
    real_people : one real person an account (mobilised), or invented identities.
    lying : whether attackers misstate the group they belong to.
    """

    share: float
    base: float
    window_days: int = 1
    attack_days: int = 1
    preparation_days: float = 0.0
    honest_days: float = 1.0
    daily_sd: float = 1.0
    real_people: bool = True
    lying: bool = False


@dataclass(frozen=True)
class Defence:
    """A counter-measure, with the attack that adapts to it.

    Attributes
    ----------
    name : the id.
    title : in words.
    mechanisms : names of the mechanisms for which it means something.
    adaptive : the adaptive attack, in words.
    settings : its tuning and the default of each (an opinion, printed with every result).
    effective_mass : (mass, situation, settings) -> the mass that would do the same without the defence, so
        that a defence only rescales the mass axis.
    adapt : (situation, settings) -> the situation that the adapted attacker chooses.
    price : (situation, settings) -> factor on the variance of the clean figure (1 = free).
    lead_time_days : (settings) -> days of preparation that it forces on the adapted attacker.
    """

    name: str
    title: str
    mechanisms: tuple[str, ...]
    adaptive: str
    settings: dict[str, float]
    effective_mass: Callable[[Any, Situation, dict[str, float]], Any]
    adapt: Callable[[Situation, dict[str, float]], Situation]
    price: Callable[[Situation, dict[str, float]], float]
    lead_time_days: Callable[[dict[str, float]], float]

    def value(self, mass: Any, situation: Situation, **settings: float) -> Any:
        """Points of shift that the defence takes away from the attack that has adapted to it.

        Positive: it helps; negative: it makes the same attackers stronger.
        """
        chosen = self.settings | settings
        adapted = self.adapt(situation, chosen)
        room = 100.0 - situation.share
        alone = contamination(mass, situation.base) * room
        return alone - contamination(self.effective_mass(mass, adapted, chosen), situation.base) * room


class Catalogue(dict[str, Registered]):
    """Things found by name, with close names when there is none."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def add(self, thing: Registered) -> Registered:
        """Register a thing under its name."""
        self[thing.name] = thing  # type: ignore[attr-defined]
        return thing

    def named(self, name: str) -> Registered:
        """The thing called ``name``; UnknownName with close names if there is none."""
        if name not in self:
            raise UnknownName.of(kind=self.kind, name=name, known=self)
        return self[name]


MECHANISMS: Catalogue[Mechanism] = Catalogue("mechanism")
ATTACKS: Catalogue[Attack] = Catalogue("attack")
DEFENCES: Catalogue[Defence] = Catalogue("defence")
