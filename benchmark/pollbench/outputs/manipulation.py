"""The tables of manipulation: what would move a figure, what it would cost, what would notice.

They have a policy of their own: the last figure of every forecaster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.outputs.columns import Column
from pollbench.outputs.table import table

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.outputs.table import Engine
    from pollbench.selection.policy import Policy

_PARAMETER = {
    "value": Column("value", "number", "Central value.", "see unit"),
    "low": Column("low", "number", "Lower end of its range.", "see unit"),
    "high": Column("high", "number", "Upper end of its range.", "see unit"),
}


def _robustness() -> Engine:
    from pollbench.manipulation.study.tables import robustness_table

    return robustness_table


@table(
    "contest_id forecaster_id family forecast_id mechanism target threat_model_id defence_id budget_axis budget "
    "mass_pct accounts figure_pct shift_pp sampling_low sampling_high monte_carlo_error assumption_low "
    "assumption_high worst_pp certified_pp p_lead p_top2 power_fpr01 evidence_class unreliable flag "
    "missing params_id seed",
    "contest_id forecaster_id forecast_id target threat_model_id defence_id budget_axis budget",
    special={
        "sampling_low": Column(
            "sampling_low", "number", "Lower end of the shift from sampling, 95 per cent.", "points"
        ),
        "sampling_high": Column(
            "sampling_high", "number", "Upper end of the shift from sampling, 95 per cent.", "points"
        ),
    },
    elsewhere=True,
    engine=_robustness,
)
def robustness(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Shift of every figure under every threat model and budget."""
    return _robustness()(bench)


def _break_even() -> Engine:
    from pollbench.manipulation.study.tables import break_even_table

    return break_even_table


@table(
    "contest_id forecaster_id family forecast_id mechanism target threat_model_id goal figure_pct gap_pp mass_pct "
    "sampling_low sampling_high minimal_05 minimal_50 minimal_95 records breakdown_pct unit mass mass_low mass_high "
    "accounts accounts_low accounts_high person_days person_days_low person_days_high eur eur_low eur_high "
    "evidence_class unreliable flag missing params_id seed",
    "contest_id forecaster_id forecast_id target threat_model_id goal",
    special={
        "sampling_low": Column(
            "sampling_low", "number", "Lower end of mass_pct from sampling, 95 per cent.", "%"
        ),
        "sampling_high": Column(
            "sampling_high", "number", "Upper end of mass_pct from sampling, 95 per cent.", "%"
        ),
    },
    elsewhere=True,
    engine=_break_even,
)
def break_even(bench: Bench, policy: Policy) -> pd.DataFrame:
    """What would suffice for a point more, the lead, the first two."""
    return _break_even()(bench)


def _sensitivity() -> Engine:
    from pollbench.manipulation.study.sensitivity_table import sensitivity_table

    return sensitivity_table


@table(
    "contest_id forecaster_id family forecast_id mechanism quantity target threat_model_id figure_pct "
    "slope_per_percent slope_per_1000 slope_per_1000_low slope_per_1000_high elasticity breakdown_1pp_pct "
    "max_bias_5pct disclosure_share result_pct sufficient_pct compatible_pct explained_pct n_eff n_eff_at_1pct "
    "evidence_class wording params_id",
    "contest_id forecaster_id forecast_id target threat_model_id",
    engine=_sensitivity,
)
def sensitivity(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Slopes, elasticity, disclosure, and what would suffice."""
    return _sensitivity()(bench)


def _robust_rank() -> Engine:
    from pollbench.manipulation.study.tables import robust_rank_table

    return robust_rank_table


@table(
    "contest_id target threat_model_id budget_axis budget forecaster_id mae_clean mae rank_clean rank rank_best "
    "rank_worst tau flip_budget flip_budget_together params_id",
    "contest_id target threat_model_id budget_axis budget forecaster_id",
    special={"rank": Column("rank", "integer", "Position under attack.")},
    engine=_robust_rank,
)
def robust_rank(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Who would lead the board under attack."""
    return _robust_rank()(bench)


def _defences() -> Engine:
    from pollbench.manipulation.study.defence_table import defence_table

    return defence_table


@table(
    "contest_id forecaster_id mechanism target threat_model_id defence_id timing budget_axis budget shift_none "
    "shift_plain shift_adapted value_plain value_adapted variance_factor price_pp2 lead_time_days adaptive settings "
    "params_id",
    "contest_id forecaster_id target threat_model_id defence_id timing budget_axis budget",
    elsewhere=True,
    engine=_defences,
)
def defences(bench: Bench, policy: Policy) -> pd.DataFrame:
    """What every defence would buy and cost."""
    return _defences()(bench)


def _detection() -> Engine:
    from pollbench.manipulation.study.detection_table import detection_table

    return detection_table


@table(
    "contest_id forecaster_id mechanism target threat_model_id test false_positive_rate mass_pct accounts shift_pp "
    "power auc threshold stealth_mass_pct stealth_shift_pp params_id seed",
    "contest_id forecaster_id target threat_model_id test false_positive_rate mass_pct",
    elsewhere=True,
    engine=_detection,
)
def detection(bench: Bench, policy: Policy) -> pd.DataFrame:
    """How surely a test would notice."""
    return _detection()(bench)


def _tornado() -> Engine:
    from pollbench.manipulation.study.tornado_table import tornado_table

    return tornado_table


@table(
    "contest_id forecaster_id target threat_model_id output parameter subject assumption_id low value high unit "
    "output_at_low output_central output_at_high sobol evidence_class params_id",
    "contest_id forecaster_id target threat_model_id output parameter subject",
    special=_PARAMETER,
    engine=_tornado,
)
def tornado(bench: Bench, policy: Policy) -> pd.DataFrame:
    """What each assumption does to the answer."""
    return _tornado()(bench)


def _parameters() -> Engine:
    from pollbench.manipulation.study.tables import parameters_table

    return parameters_table


@table(
    "params_id name subject assumption_id value low high unit evidence_class sources",
    "params_id name subject",
    special={"name": Column("name", "text", "Name of the parameter."), **_PARAMETER},
    engine=_parameters,
)
def robustness_parameters(bench: Bench, policy: Policy) -> pd.DataFrame:
    """What every params_id stands for, with sources."""
    return _parameters()(bench)


@table(
    "contest_id forecaster_id forecast_id mechanism reason",
    "contest_id forecaster_id forecast_id",
    special={
        "contest_id": Column("contest_id", "text", "The contest; empty = all of them."),
        "reason": Column("reason", "text", "Why no figure of it can be attacked here."),
    },
)
def robustness_unknown(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Who cannot be attacked, and why."""
    from pollbench.manipulation.study.tables import unanswered_table

    return unanswered_table(bench)


@table(
    "evidence_id subject reported quantity unit as_of grade operation anachronistic sources note",
    "evidence_id",
    special={
        "quantity": Column("quantity", "number", "Size that was reported.", "see unit"),
        "unit": Column("unit", "text", "Unit of the size."),
        "operation": Column("operation", "text", "The operation that the row tells of; empty = of none."),
    },
)
def operations(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Operations on record, a ruler for budgets."""
    from pollbench.manipulation.study.tables import ruler_table

    return ruler_table(bench)
