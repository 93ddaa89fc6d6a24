"""Threat models as data: ``threat_models.toml``, read strictly."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from pollbench.data.elections import datasets_folder
from pollbench.errors import DataError, PolicyError, UnknownName
from pollbench.manipulation import ATTACKS, MECHANISMS
from pollbench.manipulation.timing import TIMINGS

FILE = "threat_models.toml"
ACTORS = ("mobilised", "multi_account", "bot")
#: Axes on which a budget may be stated, and what one unit is.
AXES = {
    "mass_pct": "per cent of the manipulable base",
    "mass": "records in the unit of the base",
    "accounts": "accounts, or persons where everyone has one",
    "person_days": "days of work of one person or account",
    "eur": "euros",
}


#: Fields of an entry and of its tables; every one of them changes a number but the title. Those with a default may
#: be left out.
FIELDS: dict[str, dict[str, Any]] = {
    "": {
        "title": ...,
        "goal": ...,
        "actor": ...,
        "timing": ...,
        "budget": ...,
        "activity": ...,
        "detection": ...,
    },
    "budget": {"axis": ..., "grid": ...},
    "activity": {"actions_per_account_day": ..., "days": ..., "lead_days": 0},
    "detection": {"tests": ..., "false_positive_rate": ...},
}


@dataclass(frozen=True)
class ThreatModel:
    """Who attacks, how, and what the operator looks at."""

    threat_model_id: str
    title: str
    goal: str
    actor: str
    axis: str
    grid: tuple[float, ...]
    actions_per_account_day: float
    days: int
    lead_days: float
    timing: str
    tests: tuple[str, ...]
    false_positive_rate: float

    @property
    def real_people(self) -> bool:
        """Whether every account is a person who exists."""
        return self.actor == "mobilised"


def _model(path: Path, name: str, content: Any) -> ThreatModel:
    def refuse(rule: str, value: object = None, remedy: str = "Correct the entry.") -> NoReturn:
        raise DataError(
            path, rule=rule, remedy=remedy, column=name, value=None if value is None else str(value)
        ) from None

    entry = {}
    for table, fields in FIELDS.items():
        given = content if not table else content.get(table, {})
        if not isinstance(given, dict):
            refuse(f"{table or name} of a threat model is a table.", given)
        for field in given:
            if field not in fields:
                known = ", ".join(fields)
                refuse(
                    f"a threat model has no field {f'{table}.{field}' if table else field!r}: it would change no number.",
                    remedy=f"Remove it; there is: {known}.",
                )
        for field, default in fields.items():
            if field not in given and default is ...:
                refuse(
                    f"a threat model needs the field {f'{table}.{field}' if table else field!r}; without a budget or "
                    "an actor a number means nothing.",
                    remedy="Add it.",
                )
            entry[field] = given.get(field, default)
    try:
        model = ThreatModel(
            threat_model_id=name,
            title=str(entry["title"]),
            goal=str(entry["goal"]),
            actor=str(entry["actor"]),
            axis=str(entry["axis"]),
            grid=tuple(float(budget) for budget in entry["grid"]),
            actions_per_account_day=float(entry["actions_per_account_day"]),
            days=int(entry["days"]),
            lead_days=float(entry["lead_days"]),
            timing=str(entry["timing"]),
            tests=tuple(entry["tests"]),
            false_positive_rate=float(entry["false_positive_rate"]),
        )
    except (TypeError, ValueError) as error:
        refuse(f"a field of a threat model has the wrong type: {error}.")
    known_words = {"goal": ATTACKS, "actor": ACTORS, "axis": AXES, "timing": TIMINGS}
    for field, names in known_words.items():
        if getattr(model, field) not in names:
            rule = f"{field} of a threat model is one of {', '.join(names)}."
            refuse(rule, getattr(model, field))
    tests = {test for mechanism in MECHANISMS.values() for test in mechanism.tests}
    for test in model.tests:
        if test not in tests:
            refuse(f"a test of a threat model is one of {', '.join(sorted(tests))}.", test)
    if not 0.0 < model.false_positive_rate < 1.0 or model.days < 1 or model.actions_per_account_day <= 0:
        refuse("a false-positive rate lies between 0 and 1, days are 1 or more, actions above 0.")
    return model


@cache
def threat_models(path: Path | None = None) -> dict[str, ThreatModel]:
    """All threat models of a file, the shipped one unless told.

    Examples
    --------
    >>> threat_models()["push-mobilised-7d"].goal
    'push'
    """
    file = path or datasets_folder() / FILE
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            file, rule="threat models are a TOML file that can be read.", remedy=f"Repair it: {error}."
        ) from None
    return {name: _model(file, name, entry) for name, entry in content.items()}


def threat_model(name: str) -> ThreatModel:
    """The threat model called ``name``; UnknownName with close names if there is none."""
    models = threat_models()
    if name not in models:
        raise UnknownName.of(kind="threat model", name=name, known=models)
    return models[name]


def default_model(attack: str) -> ThreatModel:
    """The first threat model of the file with that attack as its goal.

    Raises
    ------
    UnknownName : no such attack.

    Examples
    --------
    >>> default_model("nuke").threat_model_id
    'nuke-mobilised-7d'
    """
    ATTACKS.named(attack)
    for model in threat_models().values():
        if model.goal == attack:
            return model
    raise UnknownName.of(kind="threat model for the attack", name=attack, known=threat_models())


def resolved(attack: str, name: str | None) -> ThreatModel:
    """The threat model asked for, or the default one of the attack.

    Raises
    ------
    UnknownName : no such attack or model.
    PolicyError : a model with another goal.

    Examples
    --------
    >>> resolved("push", "push-bots-7d").actor
    'bot'
    """
    if name is None:
        return default_model(attack)
    ATTACKS.named(attack)
    model = threat_model(name)
    if model.goal != attack:
        message = (
            f"The threat model {name!r} has the goal {model.goal!r}, not {attack!r}: ask for that attack."
        )
        raise PolicyError(message)
    return model
