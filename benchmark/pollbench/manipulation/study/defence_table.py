"""What every defence would buy and cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import memo_table
from pollbench.manipulation import ATTACKS, DEFENCES
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.shift import shift, situation
from pollbench.manipulation.study.threat_models import default_model

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: Budgets of both tables, per cent of the base.
BUDGETS = (1.0, 2.0, 5.0, 10.0)
#: Timings at which a defence is shown: the one a short burst takes, and the patient one.
TIMINGS = ("burst_end", "drip")

DEFENCE_COLUMNS = [
    "contest_id",
    "forecaster_id",
    "mechanism",
    "target",
    "threat_model_id",
    "defence_id",
    "timing",
    "budget_axis",
    "budget",
    "shift_none",
    "shift_plain",
    "shift_adapted",
    "value_plain",
    "value_adapted",
    "variance_factor",
    "price_pp2",
    "lead_time_days",
    "adaptive",
    "settings",
    "params_id",
]


@memo_table
def defence_table(bench: Bench, assume: Mapping[str, float] | None = None) -> pd.DataFrame:
    """What every defence that means something would buy and cost, against a push.

    Returns
    -------
    DataFrame(contest_id, forecaster_id, mechanism, target, threat_model_id, defence_id, timing ("burst_end",
    "drip"), budget_axis ("mass_pct"), budget, shift_none (points without the defence), shift_plain (with it, same
    attack), shift_adapted (with it, adapted attack), value_plain, value_adapted (points taken away; negative: it
    helps the attackers), variance_factor (on the clean figure; 1 = free), price_pp2 (added squared error of the
    clean figure, points squared; empty without a number of persons), lead_time_days (preparation it forces),
    adaptive (the adapted attack, in words), settings, params_id).
    """
    import pandas as pd

    assumptions = Assumptions(bench, assume)
    model = default_model("push")
    rows: list[dict[str, Any]] = []
    for figure in attacked_figures(bench)[0]:
        effort = Effort.of(figure, model, assumptions)
        for target in figure.targets:
            for defence in DEFENCES.values():
                if defence.fits(figure.mechanism):
                    for timing in TIMINGS:
                        rows += _defended(effort, target, defence.name, timing, assumptions)
    return pd.DataFrame(rows, columns=DEFENCE_COLUMNS)


def _defended(
    effort: Effort, target: str, name: str, timing: str, assumptions: Assumptions
) -> list[dict[str, Any]]:
    figure = effort.figure
    defence, column = DEFENCES[name], figure.position(target)
    met = situation(effort, column, assumptions, timing)
    settings = defence.settings
    mass = np.array(BUDGETS)

    def points(mass: Any) -> np.ndarray:
        values: np.ndarray = shift(
            effort, np.array([column]), np.asarray(mass, dtype=float), ATTACKS["push"]
        )[0]
        return values

    none = points(mass)
    plain = points(defence.effective_mass(mass, met, settings))
    adapted = points(defence.effective_mass(mass, defence.adapt(met, settings), settings))
    number = figure.respondents(effort.base())
    variance = np.nan if number is None else met.share * (100.0 - met.share) / number
    factor = defence.price(met, settings)
    said = ", ".join(f"{key} = {value:g}" for key, value in settings.items())
    return [
        {
            "contest_id": figure.contest_id,
            "forecaster_id": figure.forecaster_id,
            "mechanism": figure.mechanism.name,
            "target": target,
            "threat_model_id": effort.model.threat_model_id,
            "defence_id": name,
            "timing": timing,
            "budget_axis": "mass_pct",
            "budget": budget,
            "shift_none": float(none[step]),
            "shift_plain": float(plain[step]),
            "shift_adapted": float(adapted[step]),
            "value_plain": float(none[step] - plain[step]),
            "value_adapted": float(none[step] - adapted[step]),
            "variance_factor": factor,
            "price_pp2": (factor - 1.0) * variance,
            "lead_time_days": defence.lead_time_days(settings),
            "adaptive": defence.adaptive,
            "settings": said,
            "params_id": effort.params_id,
        }
        for step, budget in enumerate(BUDGETS)
    ]
