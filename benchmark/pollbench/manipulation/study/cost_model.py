"""What an attack costs a group of people: from accounts to records on the base, and back, with ranges.

Levels: 0 is the central value of every parameter, +1 the ends that help the attacker (small base, much mass
an account), -1 the ends that hinder. All of it is monotone in every parameter, so these corners are the range.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pollbench.manipulation.study.assumptions import GIVEN, Assumptions, Parameter, least_sure, parameters_id
from pollbench.manipulation.study.attackable import AttackedFigure
from pollbench.manipulation.study.threat_models import ThreatModel
from pollbench.manipulation.timing import attack_days

#: A base known only within a factor above this makes every absolute number unreliable, whatever its class.
WIDE = 10.0


@dataclass(frozen=True)
class Effort:
    """One figure under one threat model with its parameters resolved.

    Attributes
    ----------
    base_parameters : their product (times the days of the window for a rate a day) is the base.
    mass_parameters : their product is the mass of one account.
    price_parameters : prices, where accounts are bought.
    """

    figure: AttackedFigure
    model: ThreatModel
    base_parameters: tuple[Parameter, ...]
    mass_parameters: tuple[Parameter, ...]
    price_parameters: tuple[Parameter, ...]

    @classmethod
    def of(cls, figure: AttackedFigure, model: ThreatModel, assumptions: Assumptions) -> Effort:
        """Resolve the parameters of a figure under a threat model."""
        mechanism = figure.mechanism

        def find(name: str) -> Parameter | None:
            return assumptions.find(name, figure.forecaster_id, mechanism.name)

        found = [parameter for name in mechanism.base_parameters if (parameter := find(name)) is not None]
        overridden = [each for each in found if each.assumption_id == GIVEN]
        averages = figure.given is not None and figure.given.name == "polls_averaged"
        if overridden:
            base: tuple[Parameter, ...] = (overridden[0],)
        elif figure.given is not None and not averages:
            base = (figure.given,)
        else:
            base = tuple(found[:1])
        if averages and base and figure.given is not None:
            base = (*base, figure.given)
        mass = tuple(
            parameter
            for name in mechanism.mass_parameters
            if not (name == "landing_rate" and model.real_people) and (parameter := find(name)) is not None
        )
        names: tuple[str, ...] = () if model.real_people else ("price_account", "eur_per_usd")
        if names and mechanism.fixed_size:
            names = (*names, "price_complete")
        prices = tuple(parameter for name in names if (parameter := find(name)) is not None)
        return cls(figure, model, base, mass, prices)

    @cached_property
    def days(self) -> int:
        """Days of the window on which the attackers act."""
        return attack_days(self.model.timing, self.figure.window_days, self.model.days)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All of them."""
        return (*self.base_parameters, *self.mass_parameters, *self.price_parameters)

    @cached_property
    def params_id(self) -> str:
        """The id of the parameters."""
        return parameters_id(self.parameters)

    def evidence_class(self, priced: bool = False) -> str:
        """The least sure class among the parameters, prices only if they enter; U where the base is not known."""
        if not self.base_parameters:
            return "U"
        used = self.parameters if priced else (*self.base_parameters, *self.mass_parameters)
        return least_sure(each.evidence_class for each in used)

    def base(self, level: int = 0) -> float:
        """The manipulable base; NaN where it is not known."""
        if not self.base_parameters:
            return math.nan
        total = 1.0
        for each in self.base_parameters:
            total *= (each.high, each.value, each.low)[level + 1]
            if each.name.endswith("_day"):
                total *= self.figure.window_days
        return total

    def mass_per_account(self, level: int = 0, days: int | None = None) -> float:
        """Records that one account adds to the window."""
        mass = 1.0
        for each in self.mass_parameters:
            value = (each.low, each.value, each.high)[level + 1]
            mass *= 1.0 + value if each.name == "amplification" else value
        if "actions_per_account_day" in self.figure.mechanism.mass_parameters:
            mass *= self.model.actions_per_account_day
        if self.figure.mechanism.per_day:
            mass *= self.days if days is None else days
        return mass

    @property
    def days_per_account(self) -> int:
        """Days of work of one account: a rater comes every day of the window, a panelist answers once."""
        if self.figure.mechanism.name == "daily_rating":
            return self.figure.window_days
        return self.days if self.figure.mechanism.per_day else 1

    def euros_per_account(self, level: int = 0) -> float:
        """Price of one account with its work; NaN where accounts are not bought. Cheap helps the attacker."""
        if not self.price_parameters:
            return math.nan
        values = {each.name: (each.high, each.value, each.low)[level + 1] for each in self.price_parameters}
        rate = values.get("eur_per_usd", math.nan)
        return rate * (values.get("price_account", math.nan) + values.get("price_complete", 0.0))

    def mass_pct(self, budget: np.ndarray, axis: str, level: int = 0, days: int | None = None) -> np.ndarray:
        """Attack mass in per cent of the base for budgets on an axis; NaN where the base is not known."""
        budget = np.asarray(budget, dtype=float)
        if axis == "mass_pct":
            return budget
        base = self.base(level)
        if axis == "mass":
            return 100.0 * budget / base
        return 100.0 * self.accounts(budget, axis, level) * self.mass_per_account(level, days) / base

    def accounts(self, budget: np.ndarray, axis: str, level: int = 0) -> np.ndarray:
        """Accounts that a budget pays for."""
        budget = np.asarray(budget, dtype=float)
        if axis == "accounts":
            return budget
        if axis == "person_days":
            return budget / self.days_per_account
        if axis == "eur":
            return budget / self.euros_per_account(level)
        mass = budget if axis == "mass" else budget * self.base(level) / 100.0
        return mass / self.mass_per_account(level)

    @property
    def wide(self) -> bool:
        """Whether the base is known only within a factor above :data:`WIDE`."""
        return self.base(-1) > WIDE * self.base(1)
