"""What a mechanism, an attack and a defence are, and the registries in which they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pollbench.manipulation.normal_form import (
    NormalForm,
    Scale,
    Values,
)
from pollbench.registry import Registry


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


MECHANISMS: Registry[Mechanism] = Registry("mechanism")
ATTACKS: Registry[Attack] = Registry("attack")
DEFENCES: Registry[Defence] = Registry("defence")
