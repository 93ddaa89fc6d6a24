"""How surely the tests of an operator would notice a push."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import memo_table
from pollbench.manipulation import ATTACKS
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.defence_table import BUDGETS
from pollbench.manipulation.study.noticing import TESTS, Watched
from pollbench.manipulation.study.shift import shift, voices
from pollbench.manipulation.study.threat_models import default_model
from pollbench.randomness import SEED

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

ATTACK = "push"
DETECTION_COLUMNS = [
    "contest_id",
    "forecaster_id",
    "mechanism",
    "target",
    "threat_model_id",
    "test",
    "false_positive_rate",
    "mass_pct",
    "accounts",
    "shift_pp",
    "power",
    "auc",
    "threshold",
    "stealth_mass_pct",
    "stealth_shift_pp",
    "params_id",
    "seed",
]


@memo_table
def detection_table(
    bench: Bench, seed: int = SEED, assume: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """How surely each test of an operator would notice a push, at the false-positive rate of the threat model.

    Tests: "burst" (new accounts of a day, on all days looked at) and "new_accounts" (among the target's voters) for a
    rating app; "composition" (chi-square) and "entropy" (nearly blind near a share of exp(-H)) for polls, both against
    the poll before, of the same size.

    Returns
    -------
    DataFrame(contest_id, forecaster_id, mechanism, target, threat_model_id, test, false_positive_rate, mass_pct,
    accounts, shift_pp, power (0 to 1), auc (area under the ROC curve; burst and composition), threshold (calibrated by
    simulation; burst), stealth_mass_pct, stealth_shift_pp (noticed every other time), params_id, seed).
    """
    import pandas as pd

    assumptions = Assumptions(bench, assume)
    model, attack = default_model(ATTACK), ATTACKS[ATTACK]
    masses = np.array(BUDGETS)
    rows: list[dict[str, Any]] = []
    for figure in attacked_figures(bench)[0]:
        if not figure.mechanism.tests:
            continue
        effort = Effort.of(figure, model, assumptions)
        accounts = effort.accounts(masses, "mass_pct")
        places = np.array([figure.position(target) for target in figure.targets])
        shifts = shift(effort, places, masses, attack)
        for row, (target, voice) in enumerate(
            zip(figure.targets, voices(effort, places, attack), strict=True)
        ):
            watched = Watched(effort, int(places[row]), voice, assumptions, seed)
            for name in figure.mechanism.tests:
                test = TESTS[name](watched)
                if test is None or (test.counts_accounts and not np.isfinite(accounts).all()):
                    continue
                power = test.power(masses, accounts)
                area = np.full(len(masses), np.nan) if test.area is None else test.area(masses, accounts)
                unnoticed = test.stealth()
                stealth = shift(effort, places[[row]], np.array([unnoticed]), attack).item()
                rows += [
                    {
                        "contest_id": figure.contest_id,
                        "forecaster_id": figure.forecaster_id,
                        "mechanism": figure.mechanism.name,
                        "target": target,
                        "threat_model_id": model.threat_model_id,
                        "test": name,
                        "false_positive_rate": model.false_positive_rate,
                        "mass_pct": budget,
                        "accounts": float(accounts[step]),
                        "shift_pp": float(shifts[row, step]),
                        "power": float(power[step]),
                        "auc": float(area[step]),
                        "threshold": test.threshold,
                        "stealth_mass_pct": unnoticed,
                        "stealth_shift_pp": stealth,
                        "params_id": effort.params_id,
                        "seed": seed,
                    }
                    for step, budget in enumerate(BUDGETS)
                ]
    return pd.DataFrame(rows, columns=DETECTION_COLUMNS)
