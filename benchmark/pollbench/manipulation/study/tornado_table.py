"""What each assumption does to the answer: exact Sobol indices of products, a tornado elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import memo_table
from pollbench.manipulation.formulas import closed_forms as closed
from pollbench.manipulation.study.assumptions import Assumptions, Parameter
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.threat_models import default_model

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

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
    r"""Variance of the logarithm of a log-uniform parameter.

    .. math:: (\ln h / l)^2 / 12

    Examples
    --------
    >>> round(log_variance(100_000, 3_000_000), 3)
    0.964
    """
    return float(np.log(high / low)) ** 2 / 12.0


def sobol(parameters: tuple[Parameter, ...]) -> dict[str, float]:
    """First-order Sobol indices of the logarithm of a product of the parameters: parts of the variance.

    The logarithm of a product is a sum, so that the indices are exact, and add up to 1.
    """
    # Amplification enters as 1 + x.
    plus = {each.name: 1.0 if each.name == "amplification" else 0.0 for each in parameters}
    parts = {
        each.name: log_variance(each.low + plus[each.name], each.high + plus[each.name])
        for each in parameters
    }
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}


def outputs(effort: Effort, share: float) -> dict[str, float]:
    """Both outputs for a figure, at the central values of its parameters."""
    accounts = closed.push_cost(share, 1.0, effort.base()) / effort.mass_per_account()
    points = closed.push_shift(share, 1000.0 * effort.mass_per_account(), effort.base())
    return {ACCOUNTS: float(accounts), POINTS: float(points)}


def with_value(effort: Effort, parameter: Parameter, value: float) -> Effort:
    """The same effort with one parameter moved."""
    moved = replace(parameter, value=value)

    def exchanged(parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        return tuple(moved if each is parameter else each for each in parameters)

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
        varied = tuple(each for each in (*effort.base_parameters, *effort.mass_parameters) if each.varies)
        if not np.isfinite(effort.base()) or not varied or figure.mechanism.scale == "price":
            continue
        parts = sobol(varied)
        for target in figure.targets:
            share = float(figure.figures[figure.position(target)])
            middle = outputs(effort, share)
            for parameter in varied:
                low = outputs(with_value(effort, parameter, parameter.low), share)
                high = outputs(with_value(effort, parameter, parameter.high), share)
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
