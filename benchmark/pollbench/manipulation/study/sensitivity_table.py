"""Sensitivity of every figure in a row: slopes, elasticity, breakdown, and what would suffice."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import memo_table
from pollbench.manipulation import ATTACKS
from pollbench.manipulation.formulas import closed_forms as closed
from pollbench.manipulation.formulas.identification import explained_share, sufficient_contamination
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.shift import shift, voices
from pollbench.manipulation.study.threat_models import default_model
from pollbench.measures.effective_sample import effective_sample_size

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: Quantities that may be set against vote shares; the second with the remark that it is a digital weight.
COMPARABLE = ("vote_share", "digital_share")
#: Contamination at which the maximum bias is tabulated.
PART = 0.05
WORDS = "would suffice; that it happened does not follow"
COLUMNS = [
    "contest_id",
    "forecaster_id",
    "family",
    "forecast_id",
    "mechanism",
    "quantity",
    "target",
    "threat_model_id",
    "figure_pct",
    "slope_per_percent",
    "slope_per_1000",
    "slope_per_1000_low",
    "slope_per_1000_high",
    "elasticity",
    "breakdown_1pp_pct",
    "max_bias_5pct",
    "disclosure_share",
    "result_pct",
    "sufficient_pct",
    "compatible_pct",
    "explained_pct",
    "n_eff",
    "n_eff_at_1pct",
    "evidence_class",
    "wording",
    "params_id",
]


def disclosure_share(effort: Effort) -> float:
    """Part of the mechanism's parameters that are facts, in per cent: base, mass of an account, and the rule.

    The rule counts as one parameter, a fact where it is not secret; an unknown base is no fact.
    """
    base = effort.base_parameters[:1]
    facts = [bool(base) and base[0].evidence_class == "F", effort.figure.certifiable]
    facts += [parameter.evidence_class == "F" for parameter in effort.mass_parameters]
    return 100.0 * math.fsum(facts) / len(facts)


def _against_result(effort: Effort, target: int, result: dict[str, float]) -> dict[str, float]:
    figure = effort.figure
    names = figure.candidates[: figure.named]
    if figure.quantity not in COMPARABLE or not all(name in result for name in names):
        return {}
    shares = figure.figures[: figure.named]
    truth = np.array([result[name] for name in names])
    rest = np.array([max(0.0, 100.0 - shares.sum()), max(0.0, 100.0 - truth.sum())])
    said = voices(effort, np.array([target]), ATTACKS["push"])[0]
    moved = effort.form.attacked(np.ones((1, 1)), said)[: figure.named]
    return {
        "result_pct": truth[target],
        "sufficient_pct": float(sufficient_contamination(shares[target], truth[target])),
        "compatible_pct": shares[target],
        "explained_pct": float(
            explained_share(np.append(shares, rest[0]), np.append(truth, rest[1]), target)
        ),
        "n_eff": float(effective_sample_size(shares, truth)),
        "n_eff_at_1pct": float(effective_sample_size(moved, truth)),
    }


@memo_table
def sensitivity_table(bench: Bench, assume: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Slopes, elasticity, breakdown, disclosure and what would suffice, for every figure and main candidate.

    Returns
    -------
    DataFrame(contest_id, forecaster_id, family, forecast_id, mechanism, quantity, target, threat_model_id, figure_pct,
    slope_per_percent (points for 1 per cent of the base), slope_per_1000 with _low, _high (points for 1,000
    accounts), elasticity (per cent more for 1 per cent more base, all for the target), breakdown_1pp_pct (per cent of
    the records that forces one point), max_bias_5pct (points, 5 per cent of the records), disclosure_share (per
    cent of the parameters that are facts), result_pct, sufficient_pct (contamination that would suffice for the excess
    over the result), compatible_pct (any contamination up to it is compatible with the figure), explained_pct (of the
    squared error, signed), n_eff, n_eff_at_1pct (under a push of 1 per cent of the base), evidence_class, wording,
    params_id). What is compared with a result is empty for quantities that are no shares, on the forecast's
    own candidates and the rest.
    """
    import pandas as pd

    assumptions = Assumptions(bench, assume)
    model = default_model("push")
    oracle = bench.frame(
        "SELECT contest_id, candidate_id, share_pct FROM oracle WHERE share_pct IS NOT NULL ORDER BY ALL"
    )
    results = {
        str(contest): dict(zip(results.candidate_id, results.share_pct, strict=True))
        for contest, results in oracle.groupby("contest_id")
    }
    rows: list[dict[str, Any]] = []
    for figure in attacked_figures(bench)[0]:
        effort = Effort.of(figure, model, assumptions)
        thousand = {
            level: float(effort.mass_pct(np.array(1000.0), "accounts", level)) for level in (-1, 0, 1)
        }
        for target in figure.targets:
            column = figure.position(target)
            share = float(figure.figures[column])
            counted = figure.mechanism.records

            def points(mass: float, column: int = column, effort: Effort = effort) -> float:
                number: float = shift(effort, np.array([column]), np.array([mass]), ATTACKS["push"]).item()
                return number

            rows.append(
                {
                    "contest_id": figure.contest_id,
                    "forecaster_id": figure.forecaster_id,
                    "family": figure.family,
                    "forecast_id": figure.forecast_id,
                    "mechanism": figure.mechanism.name,
                    "quantity": figure.quantity,
                    "target": target,
                    "threat_model_id": model.threat_model_id,
                    "figure_pct": share,
                    "slope_per_percent": points(1.0),
                    "slope_per_1000": points(thousand[0]),
                    "slope_per_1000_low": points(thousand[-1]),
                    "slope_per_1000_high": points(thousand[1]),
                    "elasticity": float(closed.elasticity(share)) if counted else np.nan,
                    "breakdown_1pp_pct": float(closed.threshold_breakdown(share, 1.0)) if counted else np.nan,
                    "max_bias_5pct": float(closed.maximum_bias(share, PART)) if counted else np.nan,
                    "disclosure_share": disclosure_share(effort),
                    **_against_result(effort, column, results.get(figure.contest_id, {})),
                    "evidence_class": effort.evidence_class(),
                    "wording": WORDS,
                    "params_id": effort.params_id,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)
