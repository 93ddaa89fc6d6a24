"""Threat models as data: ``threat_models.toml``, read strictly."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pollbench.data.elections import datasets_folder
from pollbench.errors import DataError, PolicyError, UnknownName
from pollbench.manipulation import ATTACKS
from pollbench.manipulation.profiles import PROFILES
from pollbench.manipulation.timing import TIMINGS

FILE = "threat_models.toml"
ACTORS = ("mobilised", "multi_account", "bot")
KNOWLEDGE = ("black", "grey", "white")
#: Axes on which a budget may be stated, and what one unit is.
AXES = {
    "mass_pct": "per cent of the manipulable base",
    "mass": "records in the unit of the base",
    "accounts": "accounts, or persons where everyone has one",
    "person_days": "days of work of one person or account",
    "eur": "euros",
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
    declared_profile: str
    knowledge: str
    tests: tuple[str, ...]
    false_positive_rate: float
    reaction: str

    @property
    def real_people(self) -> bool:
        """Whether every account is a person who exists."""
        return self.actor == "mobilised"


def _model(path: Path, name: str, content: dict[str, Any]) -> ThreatModel:
    def refuse(field: str, value: object, known: Any) -> DataError:
        return DataError(
            path,
            rule=f"{field} of a threat model is one of {', '.join(known)}.",
            remedy="Correct the entry.",
            column=name,
            value=str(value),
        )

    try:
        goal, budget, activity, detection = (
            content[key] for key in ("goal", "budget", "activity", "detection")
        )
        model = ThreatModel(
            threat_model_id=name,
            title=content["title"],
            goal=goal["type"],
            actor=content["actor"],
            axis=budget["axis"],
            grid=tuple(float(each) for each in budget["grid"]),
            actions_per_account_day=float(activity["actions_per_account_day"]),
            days=int(activity["days"]),
            lead_days=float(activity.get("lead_days", 0)),
            timing=content["timing"],
            declared_profile=content["declared_profile"],
            knowledge=content["knowledge"],
            tests=tuple(detection["tests"]),
            false_positive_rate=float(detection["false_positive_rate"]),
            reaction=detection["reaction"],
        )
    except KeyError as missing:
        raise DataError(
            path,
            rule=f"a threat model needs the field {missing}; without a budget or an actor a number means nothing.",
            remedy="Add it.",
            column=name,
        ) from None
    known = {
        "goal": ATTACKS,
        "actor": ACTORS,
        "axis": AXES,
        "timing": TIMINGS,
        "declared_profile": PROFILES,
        "knowledge": KNOWLEDGE,
    }
    for field, names in known.items():
        if getattr(model, field) not in names:
            raise refuse(field, getattr(model, field), names)
    return model


@cache
def threat_models(path: Path | None = None) -> dict[str, ThreatModel]:
    """All threat models of a file, the shipped one unless told.

    Examples
    --------
    >>> threat_models()["push-mobilised-7d"].goal
    'push'
    """
    place = path or datasets_folder() / FILE
    try:
        content = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            place, rule="threat models are a TOML file that can be read.", remedy=f"Repair it: {error}."
        ) from None
    return {name: _model(place, name, entry) for name, entry in content.items()}


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
