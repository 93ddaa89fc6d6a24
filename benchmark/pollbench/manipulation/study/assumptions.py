"""Parameters of the manipulation model: rows of ``assumptions.csv``, looked up and overridden.

A parameter is looked for under the forecaster, then under its mechanism (and those whose rows it shares),
then under ``general``; a row for the election comes before one for its country, and that before one for all; among
several rows of one name and scope the latest counts. Rows that hold for every election are shared; the folder of an
election adds its own. Facts (F) stand as they are: one
printed as a range is carried as that range, since it has no single value. Derived (D) and assumed (A) rows vary
over their range. Rows that cannot be verified (U) are shown and not used, unless the user gives them a value.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pollbench.errors import DataError, PolicyError, UnknownName
from pollbench.manipulation import MECHANISMS
from pollbench.manipulation.model import Mechanism

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

GENERAL = "general"
#: Classes from the surest to the least sure.
CLASSES = "FDAU"
#: Id and class of a value that the user gave.
GIVEN, OVERRIDDEN = "given", "A"


@dataclass(frozen=True)
class Parameter:
    """One parameter with its range and where it comes from.

    Attributes
    ----------
    name, subject : what it is and of whom.
    assumption_id : the row; "derived:..." for arithmetic on rows of the data set, "given" for an override.
    value, low, high : central value and range; equal where it does not vary.
    unit, evidence_class, sources : as in the row.
    """

    name: str
    subject: str
    assumption_id: str
    value: float
    low: float
    high: float
    unit: str
    evidence_class: str
    sources: str

    @property
    def varies(self) -> bool:
        """Whether it has a range."""
        return self.low < self.high


def central(value: float, low: float, high: float) -> float:
    """The central value: as printed, else the geometric mean of the range, else the end that is known.

    Examples
    --------
    >>> round(central(float("nan"), 2250.0, 4850.0))
    3303
    """
    if not math.isnan(value):
        return value
    ends = [end for end in (low, high) if not math.isnan(end)]
    if not ends:
        return float("nan")
    return (
        math.exp(math.fsum(math.log(end) for end in ends) / len(ends))
        if min(ends) > 0
        else math.fsum(ends) / len(ends)
    )


def parse_overrides(given: Iterable[str]) -> dict[str, float]:
    """Read ``subject.parameter=value`` texts.

    Raises
    ------
    PolicyError : a text of another form, a value that is not a finite number or below 0.

    Examples
    --------
    >>> parse_overrides(["gov.votes_per_question=6000"])
    {'gov.votes_per_question': 6000.0}
    """
    overrides = {}
    for text in given:
        key, separator, number = text.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = math.nan
        if not separator or "." not in key or not math.isfinite(value) or value < 0:
            message = (
                f"--assume {text!r}: write subject.parameter=value with a number of 0 or more, "
                "such as gov.votes_per_question=6000. 'pollbench attack --assumptions' lists them."
            )
            raise PolicyError(message)
        overrides[key.strip()] = value
    return overrides


def _fillable(bench: Bench) -> set[str]:
    """What a user may give although no row holds it: parameters of the mechanisms, of each forecaster concerned."""
    subjects = {*bench.frame("SELECT forecaster_id FROM forecaster").forecaster_id, *MECHANISMS, GENERAL}
    names = {
        name
        for mechanism in MECHANISMS.values()
        for name in (*mechanism.base_parameters, *mechanism.mass_parameters)
    }
    return {f"{subject}.{name}" for subject in subjects for name in names}


class Assumptions:
    """All rows of a data set, with the user's overrides on top."""

    def __init__(self, bench: Bench, overrides: Mapping[str, float] | None = None) -> None:
        self.rows = bench.frame(
            "SELECT assumption_id, subject, parameter, meaning, value::DOUBLE AS value, low::DOUBLE AS low, "
            "high::DOUBLE AS high, unit, coalesce(as_of, '') AS as_of, evidence_class::VARCHAR AS evidence_class, "
            "sources, coalesce(note, '') AS note, coalesce(election_id, '') AS election_id, "
            "coalesce(country, '') AS country FROM assumption ORDER BY subject, parameter, as_of, assumption_id"
        )
        self.overrides = dict(overrides or {})
        known = set(self.rows.subject + "." + self.rows.parameter) | _fillable(bench)
        for key in self.overrides:
            if key not in known:
                raise UnknownName.of(kind="assumption", name=key, known=known)
        elections = bench.frame("SELECT election_id, country FROM election")
        self._country = dict(zip(elections.election_id, elections.country, strict=True))
        # Scope: an election, a country, both, or neither.
        self._latest = {
            (row.subject, row.parameter, row.election_id, row.country): self._parameter(row)
            for row in self.rows.itertuples(index=False)
        }
        for key, value in self.overrides.items():
            subject, _, name = key.partition(".")
            # What the user gives holds for every election.
            self._latest[subject, name, "", ""] = Parameter(
                name,
                subject,
                GIVEN,
                value,
                value,
                value,
                self._unit(subject, name),
                OVERRIDDEN,
                "given by the user",
            )

    def _parameter(self, row: object) -> Parameter:
        name, subject = row.parameter, row.subject  # type: ignore[attr-defined]
        value, low, high = row.value, row.low, row.high  # type: ignore[attr-defined]
        middle = central(value, low, high)
        # A fact with a value does not vary: its low end only repeats "more than".
        fixed = (row.evidence_class == "F" and not math.isnan(value)) or math.isnan(low) or math.isnan(high)  # type: ignore[attr-defined]
        parameter = Parameter(
            name,
            subject,
            row.assumption_id,  # type: ignore[attr-defined]
            middle,
            middle if fixed else low,
            middle if fixed else high,
            row.unit,  # type: ignore[attr-defined]
            row.evidence_class,  # type: ignore[attr-defined]
            row.sources,  # type: ignore[attr-defined]
        )
        given = self.overrides.get(f"{subject}.{name}")
        if given is None:
            return parameter
        return replace(
            parameter,
            assumption_id=GIVEN,
            value=given,
            low=given,
            high=given,
            evidence_class=OVERRIDDEN,
            sources="given by the user",
        )

    def _unit(self, subject: str, name: str) -> str:
        """Unit of a parameter: of its row, else as the mechanisms name it."""
        rows = self.rows[(self.rows.subject == subject) & (self.rows.parameter == name)]
        if len(rows):
            return str(rows.unit.iloc[0])
        return next(
            parameters[name]
            for mechanism in MECHANISMS.values()
            for parameters in (mechanism.base_parameters, mechanism.mass_parameters)
            if name in parameters
        )

    def find(
        self, name: str, forecaster_id: str, mechanism: Mechanism, election_id: str = ""
    ) -> Parameter | None:
        """The parameter for a forecaster and mechanism in an election, or None where nothing usable is known.

        Raises
        ------
        DataError : a value below 0, or of 0 where the mechanism divides or multiplies by it.
        """
        country = self._country.get(election_id, "")
        scopes = ((election_id, country), (election_id, ""), ("", country), ("", ""))
        for subject in (forecaster_id, mechanism.name, *mechanism.reads_rows_of, GENERAL):
            for scope in dict.fromkeys(scopes):
                parameter = self._latest.get((subject, name, *scope))
                if parameter is None or parameter.evidence_class == "U" or math.isnan(parameter.value):
                    continue
                lowest = min(parameter.low, parameter.value)
                if lowest < 0 or (lowest == 0 and name not in mechanism.may_be_zero):
                    raise _refused(parameter, lowest, name in mechanism.may_be_zero)
                return parameter
        return None


def _refused(parameter: Parameter, value: float, zero: bool) -> DataError | PolicyError:
    """A size, rate or price that cannot be: in the data, or given by the user."""
    bound = "0 or more" if zero else "above 0"
    key = f"{parameter.subject}.{parameter.name}"
    if parameter.assumption_id == GIVEN:
        return PolicyError(f"--assume {key}={value:g}: {key} must be {bound}; give another value.")
    return DataError(
        "assumptions.csv",
        column="low" if value < parameter.value else "value",
        value=f"{value:g}",
        rule=f"the assumption {parameter.assumption_id!r} ({key}) must be {bound}: an attack is computed with it.",
        remedy="Correct the row, leave the field empty if the value is not known, or give one with --assume.",
    )


def least_sure(classes: Iterable[str]) -> str:
    """The least sure class of evidence among those given; F where there is none.

    Examples
    --------
    >>> least_sure(["F", "A", "D"])
    'A'
    """
    return max(classes, key=CLASSES.index, default="F")


def parameters_id(parameters: Iterable[Parameter]) -> str:
    """Twelve hexadecimal digits that stand for a set of parameters and their values.

    Examples
    --------
    >>> parameters_id([])
    '4f53cda18c2b'
    """
    content = sorted(
        [
            parameter.subject,
            parameter.name,
            parameter.assumption_id,
            parameter.value,
            parameter.low,
            parameter.high,
        ]
        for parameter in parameters
    )
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]


def parameters_frame(sets: Mapping[str, Iterable[Parameter]]) -> pd.DataFrame:
    """One row for each parameter of each set: what a ``params_id`` stands for."""
    import pandas as pd

    rows = [
        {"params_id": key, **vars(parameter)}
        for key, parameters in sorted(sets.items())
        for parameter in sorted(parameters, key=lambda parameter: (parameter.subject, parameter.name))
    ]
    columns = ["params_id", *Parameter.__dataclass_fields__]
    return pd.DataFrame(rows, columns=columns)
