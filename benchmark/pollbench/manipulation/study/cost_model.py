"""What an attack costs a group of people: from accounts to records on the base, and back, with ranges.

Levels: 0 is the central value of every parameter, +1 the ends that help the attacker (small base, much mass
an account), -1 the ends that hinder. All of it is monotone in every parameter, so these corners are the range.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pollbench.manipulation.model import Activity
from pollbench.manipulation.normal_form import NormalForm
from pollbench.manipulation.study.assumptions import GIVEN, Assumptions, Parameter, least_sure, parameters_id
from pollbench.manipulation.study.attackable import AttackedFigure, attacked_figures
from pollbench.manipulation.study.threat_models import ThreatModel
from pollbench.manipulation.timing import attack_days

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: A base known only within a factor above this makes every absolute number unreliable, whatever its class.
WIDE = 10.0
#: The base of the normal forms of the engine: masses are per cent of it.
PER_CENT = 100.0


def _values(parameters: Iterable[Parameter], level: int) -> dict[str, float]:
    """Values of parameters: 0 central, -1 the low ends, +1 the high ends."""
    return {
        parameter.name: (parameter.low, parameter.value, parameter.high)[level + 1]
        for parameter in parameters
    }


@dataclass(frozen=True)
class Effort:
    """One figure under one threat model with its parameters resolved.

    Attributes
    ----------
    base_parameters : what the base is made of.
    mass_parameters : what the mass of one account is made of.
    price_parameters : prices, where accounts are bought.
    missing : parameters that would be needed, with their units, such as "panel_size (persons)"; where one of
        several is enough they are joined by "or".
    """

    figure: AttackedFigure
    model: ThreatModel
    base_parameters: tuple[Parameter, ...]
    mass_parameters: tuple[Parameter, ...]
    price_parameters: tuple[Parameter, ...]
    missing: tuple[str, ...] = ()

    @classmethod
    def of(cls, figure: AttackedFigure, model: ThreatModel, assumptions: Assumptions) -> Effort:
        """Resolve the parameters of a figure under a threat model."""
        mechanism, given = figure.mechanism, figure.given

        def find(name: str) -> Parameter | None:
            return assumptions.find(name, figure.forecaster_id, mechanism, figure.election_id)

        known = [parameter for name in mechanism.base_parameters if (parameter := find(name)) is not None]
        overridden = [parameter for parameter in known if parameter.assumption_id == GIVEN]
        if overridden:
            base: tuple[Parameter, ...] = (overridden[0],)
        elif given is not None and given.name in mechanism.base_parameters:
            base = (given,)
        else:
            base = tuple(known[:1])
        if base and given is not None and given.name not in mechanism.base_parameters:
            base = (*base, given)
        needed = [
            name
            for name in mechanism.mass_parameters
            if not (model.real_people and name in mechanism.invented_only)
        ]
        mass = tuple(parameter for name in needed if (parameter := find(name)) is not None)
        priced = () if model.real_people else mechanism.prices
        prices = tuple(parameter for name in priced if (parameter := find(name)) is not None)
        missing = []
        if not base:
            missing.append(
                " or ".join(f"{name} ({unit})" for name, unit in mechanism.base_parameters.items())
            )
        names = {parameter.name for parameter in mass}
        missing += [f"{name} ({mechanism.mass_parameters[name]})" for name in needed if name not in names]
        return cls(figure, model, base, mass, prices, tuple(missing))

    @cached_property
    def form(self) -> NormalForm:
        """The normal form of the figure with a base of 100: masses are per cent of the base."""
        return self.figure.mechanism.form(self.figure.figures, PER_CENT, self.mass_values)

    @property
    def mass_values(self) -> dict[str, float]:
        """Central values of the mass parameters."""
        return _values(self.mass_parameters, 0)

    @cached_property
    def days(self) -> int:
        """Days of the window on which the attackers act."""
        return attack_days(self.model.timing, self.figure.window_days, self.model.days)

    def activity(self, days: int | None = None) -> Activity:
        """What one account does in the window."""
        return Activity(
            days=self.days if days is None else days,
            window_days=self.figure.window_days,
            actions_a_day=self.model.actions_per_account_day,
        )

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All of them."""
        return (*self.base_parameters, *self.mass_parameters, *self.price_parameters)

    @cached_property
    def params_id(self) -> str:
        """The id of the parameters."""
        return parameters_id(self.parameters)

    def evidence_class(self, priced: bool = False) -> str:
        """The least sure class among the parameters, prices only if they enter; U where one is missing."""
        if self.missing:
            return "U"
        used = self.parameters if priced else (*self.base_parameters, *self.mass_parameters)
        return least_sure(parameter.evidence_class for parameter in used)

    def base(self, level: int = 0) -> float:
        """The manipulable base; NaN where it is not known."""
        if not self.base_parameters:
            return math.nan
        return self.figure.mechanism.base_of(_values(self.base_parameters, -level), self.figure.window_days)

    def mass_per_account(self, level: int = 0, days: int | None = None, all_land: bool = False) -> float:
        """Records that one account adds to the window; NaN where a parameter is missing.

        ``all_land``: as if no check stopped an invented identity.
        """
        mechanism = self.figure.mechanism
        values = _values(self.mass_parameters, level)
        if all_land:
            values |= dict.fromkeys(set(mechanism.invented_only) & set(values), 1.0)
        if len(self.missing) > (not self.base_parameters):
            return math.nan
        return mechanism.mass_per_account(values, self.activity(days))

    @property
    def days_per_account(self) -> int:
        """Days of work of one account."""
        return self.figure.mechanism.work_days(self.activity())

    def euros_per_account(self, level: int = 0) -> float:
        """Price of one account with its work; NaN where accounts are not bought. Cheap helps the attacker."""
        values = _values(self.price_parameters, -level)
        rate = values.pop("eur_per_usd", math.nan)
        return rate * math.fsum(values.values()) if values else math.nan

    def mass_pct(
        self,
        budget: np.ndarray,
        axis: str,
        level: int = 0,
        days: int | None = None,
        all_land: bool = False,
    ) -> np.ndarray:
        """Attack mass in per cent of the base for budgets on an axis; NaN where the base is not known."""
        budget = np.asarray(budget, dtype=float)
        if axis == "mass_pct":
            return budget
        base = self.base(level)
        if axis == "mass":
            return PER_CENT * budget / base
        mass = self.mass_per_account(level, days, all_land)
        return PER_CENT * self.accounts(budget, axis, level) * mass / base

    def accounts(self, budget: np.ndarray, axis: str, level: int = 0) -> np.ndarray:
        """Accounts that a budget pays for."""
        budget = np.asarray(budget, dtype=float)
        if axis == "accounts":
            return budget
        if axis == "person_days":
            return budget / self.days_per_account
        if axis == "eur":
            return budget / self.euros_per_account(level)
        mass = budget if axis == "mass" else budget * self.base(level) / PER_CENT
        return mass / self.mass_per_account(level)

    @property
    def wide(self) -> bool:
        """Whether the base is known only within a factor above :data:`WIDE`."""
        return self.base(-1) > WIDE * self.base(1)


def parameter_sets(
    bench: Bench, models: Iterable[ThreatModel], overrides: Mapping[str, float] | None = None
) -> dict[str, tuple[Parameter, ...]]:
    """What each params_id stands for, of all figures of a bench under the given threat models."""
    assumptions = Assumptions(bench, overrides)
    efforts = (
        Effort.of(figure, model, assumptions) for model in models for figure in attacked_figures(bench)[0]
    )
    return {effort.params_id: effort.parameters for effort in efforts}
