"""The normal form that every published figure shares, and what a mechanism, attack and defence are.

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
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from pollbench.cache import watched
from pollbench.errors import DomainError, UnknownName

Registered = TypeVar("Registered")
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


@dataclass(frozen=True)
class Activity:
    """What one account does in the window of a figure.

    Attributes
    ----------
    days : days of the window on which it acts.
    window_days : days that the figure covers.
    actions_a_day : ballots of one account and day, where ballots are counted.
    """

    days: int = 1
    window_days: int = 1
    actions_a_day: float = 1.0


@dataclass(frozen=True)
class Facts:
    """What the data set itself says about the base of one forecast.

    Attributes
    ----------
    quantity : what was published.
    total : sum of the printed figures.
    registered : registered voters of the contest, None where not known.
    polls_within : days -> number of firms with a poll in so many days before the forecast.
    """

    quantity: str
    total: float
    registered: float | None
    polls_within: Callable[[int], int]


@dataclass(frozen=True)
class Derived:
    """A parameter that the data set itself gives. ``of_contest``: a fact of the contest, not of the forecast."""

    name: str
    value: float
    unit: str
    evidence_class: str = "D"
    sources: str = ""
    of_contest: bool = False


def product(values: Values, window_days: int = 1) -> float:
    """The product of all parameters; a rate a day (a name in ``_day``) counts for every day of the window.

    Examples
    --------
    >>> product({"messages_day": 100.0}, window_days=8)
    800.0
    """
    total = 1.0
    for name, value in values.items():
        total *= value * (window_days if name.endswith("_day") else 1)
    return total


def product_of_account(values: Values, activity: Activity) -> float:
    """Mass of an account that answers once: the product of its parameters, whatever it does otherwise."""
    del activity
    return product(values)


def one_day(activity: Activity) -> int:
    """An account that answers once works for one day."""
    del activity
    return 1


def every_active_day(activity: Activity) -> int:
    """An account works on every day on which it acts."""
    return activity.days


def no_fact(facts: Facts) -> Derived | None:
    """The data set says nothing about the base."""
    del facts
    return None


#: Traits that a defence may need of a mechanism.
TRAITS = {
    "newcomers": "anyone may join at any moment, so that accounts have an age that counts",
    "days": "the figure is made of the figures of days",
    "ballots": "every ballot of a person counts",
    "enrolment": "persons enrol and say who they are",
}


@dataclass(frozen=True)
class Mechanism:
    """How a forecaster turns people or messages into a figure, as far as an attacker is concerned.

    Attributes
    ----------
    name : the id, a value of the enumeration ``mechanism`` of the data model.
    title : in words.
    scale : what the figures are.
    base : the manipulable base, in words.
    enters : the stage at which an attacker enters.
    unit : unit of the base and of the attack mass.
    quantities : published quantities that it speaks about.
    base_parameters : assumption -> unit; each gives the base, the first usable one counts.
    mass_parameters : assumption -> unit; all are needed to turn an account into mass.
    form : (figures, base, values of the parameters) -> the normal form.
    mass_per_account : (values of the mass parameters, activity) -> records that an account adds to the window;
        NaN where accounts say nothing.
    base_of : (values of the base parameters, days of the window) -> the base.
    work_days : activity -> days of work of one account.
    invented_only : mass parameters that count for invented identities only (checks that real people pass).
    may_be_zero : mass parameters for which 0 is an answer.
    reads_rows_of : mechanisms whose assumptions it shares.
    derives : facts -> the parameter that the data set gives, or None. One of ``base_parameters`` is the base; any
        other multiplies it.
    fixed_size : whether attackers take the room of honest records (a sample) or add to them.
    persons : whether the records are persons, so that a number of persons gives a sampling error.
    sampled_base : whether the base is what was counted, and no number of respondents.
    records : whether figures are made of records, so that a part of them has a meaning.
    window_days : days that a figure covers, where its dates do not say.
    traits : of :data:`TRAITS`.
    tests : tests by which an operator would notice, of :mod:`pollbench.manipulation.study.noticing`.
    prices : parameters that make up the price of an account.
    why_not : why a figure does not fit, in words; empty for the usual reason.
    without_accounts : what is said where accounts cannot be counted.
    base_in_words : what a per cent of it is a per cent of.
    """

    name: str
    title: str
    scale: Scale
    base: str
    enters: str
    unit: str
    quantities: tuple[str, ...]
    base_parameters: Mapping[str, str]
    form: Callable[[Any, Any, Values], NormalForm]
    mass_parameters: Mapping[str, str] = field(default_factory=dict)
    mass_per_account: Callable[[Values, Activity], float] = product_of_account
    base_of: Callable[[Values, int], float] = product
    work_days: Callable[[Activity], int] = one_day
    invented_only: tuple[str, ...] = ()
    may_be_zero: tuple[str, ...] = ()
    reads_rows_of: tuple[str, ...] = ()
    derives: Callable[[Facts], Derived | None] = no_fact
    fixed_size: bool = False
    persons: bool = False
    sampled_base: bool = False
    records: bool = True
    window_days: int | None = None
    traits: frozenset[str] = frozenset()
    tests: tuple[str, ...] = ()
    prices: tuple[str, ...] = ("price_account", "eur_per_usd")
    why_not: str = ""
    without_accounts: str = "how many accounts that is cannot be said, and unknown is not robust."
    base_in_words: str = "the base"


@dataclass(frozen=True)
class Attack:
    """A goal: what the attackers say.

    Attributes
    ----------
    name : the id ("push").
    title : in words.
    voice : (figures, target, scale, rank) -> array (candidates,) of what attackers say; NaN where they stay
        silent (a rating they do not give). ``rank``: the place that they aim at, 1 = the lead.
    sign : +1 if the target is meant to rise, -1 if it is meant to fall, 0 for the control.
    """

    name: str
    title: str
    voice: Callable[[np.ndarray, int, Scale, int], np.ndarray]
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
    needs : the trait of a mechanism without which it means nothing, of :data:`TRAITS`.
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
    needs: str
    adaptive: str
    settings: dict[str, float]
    effective_mass: Callable[[Any, Situation, dict[str, float]], Any]
    adapt: Callable[[Situation, dict[str, float]], Situation]
    price: Callable[[Situation, dict[str, float]], float]
    lead_time_days: Callable[[dict[str, float]], float]

    def fits(self, mechanism: Mechanism) -> bool:
        """Whether it means something for a mechanism."""
        return self.needs in mechanism.traits


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


MECHANISMS: Catalogue[Mechanism] = watched(Catalogue("mechanism"))
ATTACKS: Catalogue[Attack] = watched(Catalogue("attack"))
DEFENCES: Catalogue[Defence] = watched(Catalogue("defence"))
