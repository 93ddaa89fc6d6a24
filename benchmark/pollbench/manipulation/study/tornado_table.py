"""What each assumption does to the answer: exact Sobol indices of products, a tornado elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import memo_table
from pollbench.manipulation import ATTACKS
from pollbench.manipulation.study.assumptions import Assumptions, Parameter
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.break_even import cost_pct
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.shift import shift
from pollbench.manipulation.study.threat_models import default_model

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: The outputs: the first is a product of powers of the parameters, the second is not.
ACCOUNTS, POINTS = "accounts for one point more", "points for 1,000 accounts"
COLUMNS = [
    "contest_id",
    "forecaster_id",
    "target",
    "threat_model_id",
    "output",
    "parameter",
    "subject",
    "assumption_id",
    "low",
    "value",
    "high",
    "unit",
    "output_at_low",
    "output_central",
    "output_at_high",
    "sobol",
    "evidence_class",
    "params_id",
]


def log_variance(low: float, high: float) -> float:
    r"""Variance of the logarithm of a log-uniform number between two ends.

    .. math:: (\ln h / l)^2 / 12

    Examples
    --------
    >>> round(log_variance(100_000, 3_000_000), 3)
    0.964
    """
    return float(np.log(high / low)) ** 2 / 12.0


def sobol(effort: Effort, column: int, varied: tuple[Parameter, ...]) -> dict[str, float]:
    """First-order Sobol indices of the logarithm of the accounts for one point more: parts of its variance.

    Where the accounts are a product of one factor per parameter, their logarithm is a sum: the indices are exact and
    add up to 1. Whether they are such a product is verified at the corners; NaN where they are not.
    """
    ends = {
        parameter.name: tuple(
            outputs(with_value(effort, parameter, end), column)[ACCOUNTS]
            for end in (parameter.low, parameter.high)
        )
        for parameter in varied
    }
    corners = []
    for side in (0, 1):
        moved = effort
        for parameter in varied:
            moved = with_value(moved, parameter, (parameter.low, parameter.high)[side])
        corners.append(outputs(moved, column)[ACCOUNTS])
    factors = np.array([high / low for low, high in ends.values()])
    if not (np.isfinite(factors).all() and np.isclose(factors.prod(), corners[1] / corners[0])):
        return dict.fromkeys(ends, np.nan)
    parts = {name: log_variance(low, high) for name, (low, high) in ends.items()}
    return {name: variance / math.fsum(parts.values()) for name, variance in parts.items()}


def outputs(effort: Effort, column: int) -> dict[str, float]:
    """Both outputs for the candidate of a column, at the central values of the parameters."""
    percent = cost_pct(effort, column, "plus_1", ATTACKS["push"])[0]
    accounts = float(effort.accounts(np.array(percent), "mass_pct"))
    thousand = effort.mass_pct(np.array([1000.0]), "accounts")
    points = shift(effort, np.array([column]), thousand, ATTACKS["push"]).item()
    return {ACCOUNTS: accounts, POINTS: points}


def with_value(effort: Effort, parameter: Parameter, value: float) -> Effort:
    """The same effort with one parameter moved."""

    def exchanged(parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        return tuple(
            replace(base_parameter, value=value) if base_parameter.name == parameter.name else base_parameter
            for base_parameter in parameters
        )

    return replace(
        effort,
        base_parameters=exchanged(effort.base_parameters),
        mass_parameters=exchanged(effort.mass_parameters),
    )


@memo_table
def tornado_table(bench: Bench, assume: Mapping[str, float] | None = None) -> pd.DataFrame:
    """What each parameter does to the answer, one at a time, and its part of the variance.

    "accounts for one point more" is a product of powers of the parameters: the Sobol indices of its logarithm are
    exact. "points for 1,000 accounts" has the tornado only. What does not vary has no row.

    Returns
    -------
    DataFrame(contest_id, forecaster_id, target, threat_model_id, output, parameter, subject, assumption_id, low,
    value, high, unit, output_at_low, output_central, output_at_high, sobol (0 to 1; empty where not exact),
    evidence_class, params_id), by contest, forecaster, target.
    """
    import pandas as pd

    assumptions = Assumptions(bench, assume)
    model = default_model("push")
    rows: list[dict[str, Any]] = []
    for figure in attacked_figures(bench)[0]:
        effort = Effort.of(figure, model, assumptions)
        varied = tuple(
            parameter for parameter in (*effort.base_parameters, *effort.mass_parameters) if parameter.varies
        )
        if effort.missing or not varied or not np.isfinite(effort.mass_per_account()):
            continue
        for target in figure.targets:
            column = figure.position(target)
            middle, parts = outputs(effort, column), sobol(effort, column, varied)
            for parameter in varied:
                low = outputs(with_value(effort, parameter, parameter.low), column)
                high = outputs(with_value(effort, parameter, parameter.high), column)
                rows += [
                    {
                        "contest_id": figure.contest_id,
                        "forecaster_id": figure.forecaster_id,
                        "target": target,
                        "threat_model_id": model.threat_model_id,
                        "output": output,
                        "parameter": parameter.name,
                        "subject": parameter.subject,
                        "assumption_id": parameter.assumption_id,
                        "low": parameter.low,
                        "value": parameter.value,
                        "high": parameter.high,
                        "unit": parameter.unit,
                        "output_at_low": low[output],
                        "output_central": middle[output],
                        "output_at_high": high[output],
                        "sobol": parts[parameter.name] if output == ACCOUNTS else np.nan,
                        "evidence_class": parameter.evidence_class,
                        "params_id": effort.params_id,
                    }
                    for output in (ACCOUNTS, POINTS)
                ]
    return pd.DataFrame(rows, columns=COLUMNS)
