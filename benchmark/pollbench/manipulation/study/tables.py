"""The tables that ``pollbench run`` writes and the charts draw. Each is long, sorted and complete.

All take an opened data set; what needs random numbers takes a seed. Figures are per cent, shifts points.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pollbench.data.memo import memo_table
from pollbench.manipulation.study.assumptions import parameters_frame
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.break_even import break_even
from pollbench.manipulation.study.cost_model import parameter_sets
from pollbench.manipulation.study.robust_ranks import robust_ranks
from pollbench.manipulation.study.stress import stress
from pollbench.manipulation.study.threat_models import threat_models
from pollbench.randomness import SEED

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: Replicates behind the chances in the tables of a run: their standard error is at most 1.1 points.
REPLICATES = 2000
#: Budgets in persons that are tabulated beside those of the threat models.
PERSONS = (10.0, 100.0, 1000.0, 10_000.0)
#: First year whose prices and tools did not exist in the campaign of 2017.
ANACHRONISTIC_FROM = "2018"


@memo_table
def robustness_table(
    bench: Bench, seed: int = SEED, assume: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Shift of every figure under every threat model, on its own axis and in persons.

    Returns
    -------
    DataFrame with the columns of :func:`pollbench.manipulation.study.stress`: contest_id, forecaster_id, family,
    forecast_id, mechanism, target, threat_model_id, defence_id, budget_axis, budget, mass_pct, accounts, figure_pct,
    shift_pp, sampling_low, sampling_high, monte_carlo_error, assumption_low, assumption_high, worst_pp, certified_pp,
    p_lead, p_top2, power_fpr01, evidence_class, unreliable, flag, missing, params_id, seed.
    """
    import pandas as pd

    parts = []
    for name, model in threat_models().items():
        axes = {model.axis: model.grid} | ({} if model.axis == "accounts" else {"accounts": PERSONS})
        parts += [
            stress(
                bench,
                attack=model.goal,
                model=name,
                axis=axis,
                budgets=grid,
                assume=assume,
                replicates=REPLICATES,
                seed=seed,
            )
            for axis, grid in axes.items()
        ]
    return pd.concat(parts, ignore_index=True)


@memo_table
def break_even_table(
    bench: Bench, seed: int = SEED, assume: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """What would suffice for one, two, five points, the lead, the first two: every figure and main candidate.

    Returns
    -------
    DataFrame with the columns of :func:`pollbench.manipulation.study.break_even`.
    """
    import pandas as pd

    parts = [
        break_even(bench, attack=attack, model=model, assume=assume, replicates=REPLICATES, seed=seed)
        for attack, model in (("push", None), ("push", "push-bots-7d"), ("push_and_nuke", None))
    ]
    return pd.concat(parts, ignore_index=True)


@memo_table
def robust_rank_table(bench: Bench, assume: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Who would lead the accuracy board under attack.

    Returns
    -------
    DataFrame(contest_id, target, threat_model_id, budget_axis ("mass_pct" or "accounts"), budget, forecaster_id,
    mae_clean, mae, rank_clean, rank, rank_best, rank_worst, tau, flip_budget, flip_budget_together, params_id), see
    :func:`pollbench.manipulation.study.robust_ranks.robust_ranks`.
    """
    return robust_ranks(bench, assume)


@memo_table
def ruler_table(bench: Bench) -> pd.DataFrame:
    """Operations on record, a ruler for budget axes.

    Returns
    -------
    DataFrame(evidence_id, subject, reported, quantity, unit ("messages", "accounts", "persons", "votes",
    "records"), as_of, grade (documented, alleged, hypothetical), operation (rows of one share the word; empty = of none: a
    yardstick, a hypothetical), anachronistic, sources, note), by unit and size.
    ``anachronistic`` marks what dates from after 2017.
    """
    frame = bench.frame(
        "SELECT evidence_id, subject, reported, quantity_reported::DOUBLE AS quantity, unit, "
        "coalesce(as_of, '') AS as_of, grade::VARCHAR AS grade, coalesce(operation, '') AS operation, "
        "sources, coalesce(note, '') AS note "
        "FROM evidence WHERE quantity_reported IS NOT NULL ORDER BY unit, quantity, evidence_id"
    )
    frame.insert(8, "anachronistic", frame.as_of >= ANACHRONISTIC_FROM)
    return frame


@memo_table
def parameters_table(bench: Bench, assume: Mapping[str, float] | None = None) -> pd.DataFrame:
    """What every params_id of the other tables stands for: one row per parameter.

    Returns
    -------
    DataFrame(params_id, name, subject, assumption_id, value, low, high, unit, evidence_class, sources).
    """
    return parameters_frame(parameter_sets(bench, threat_models().values(), assume))


@memo_table
def unanswered_table(bench: Bench) -> pd.DataFrame:
    """Forecasters without a figure that can be attacked, and why: unknown, never robust.

    Returns
    -------
    DataFrame(contest_id (empty: all), forecaster_id, forecast_id, mechanism, reason).
    """
    return attacked_figures(bench)[1]
