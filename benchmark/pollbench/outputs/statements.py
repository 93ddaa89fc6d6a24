"""The tables of what was said: claims, orders, probabilities, figures in circulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.outputs.columns import Column
from pollbench.outputs.table import table

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.selection.policy import Policy


@table(
    "claim_id contest_id forecaster_id name house family made_on made_precision type candidates hedged recalled "
    "confidence verdict rule own_forecast_id own_quantity own_said own_agrees sources note",
    "claim_id",
)
def claims(bench: Bench, policy: Policy) -> pd.DataFrame:
    """What was announced in words, and what became of it."""
    from pollbench.statements.claims import claims_table

    return claims_table(bench)


@table(
    "contest_id forecaster_id name family forecast_id quantity status public_on recalled last_release leader pair "
    "leader_verdict pair_verdict basis",
    "forecast_id",
)
def ranks(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Approvals, volumes and ranks read as an order."""
    from pollbench.statements.claims import ranks_table

    return ranks_table(bench)


@table(
    "contest_id forecaster_id name family kind forecast_id origin question candidates public_on days_before "
    "condition recalled printed probability low high occurred equal_chance brier log_score last complete flag",
    "contest_id question origin forecast_id candidates condition",
    special={
        "low": Column(
            "low", "number", "Smallest probability over the effective sizes of single elections.", "%"
        ),
        "high": Column(
            "high", "number", "Largest probability over the effective sizes of single elections.", "%"
        ),
    },
)
def probabilities(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Probabilities printed and implied, with what happened."""
    from pollbench.statements.probabilities import probabilities_table

    return probabilities_table(bench)


@table(
    "contest_id question origin forecaster_id name family forecast_id days_before probability_of_what_happened "
    "brier log_score brier_of_equal_chances skill named complete brier_version log_score_version",
    "contest_id question origin forecaster_id forecast_id",
    special={
        "skill": Column(
            "skill", "number", "1 - brier / brier_of_equal_chances; below 0 = worse than equal chances."
        )
    },
)
def probability_board(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Forecasters by the skill of their last probabilities against equal chances."""
    from pollbench.statements import probabilities

    return probabilities.probability_board(probabilities.probabilities_table(bench))


@table(
    "figure_id statement stated_value official_value verdict claim_id sources note",
    "figure_id",
    special={
        "figure_id": Column("figure_id", "text", "Key."),
        "claim_id": Column(
            "claim_id",
            "text",
            "The announcement that the statement is about, if it is one; unverifiable here is unverifiable there.",
        ),
        "verdict": Column(
            "verdict",
            "text",
            "holds, rounding (a matter of digits), approximate (the order of magnitude), contradicted or unverifiable.",
        ),
    },
)
def figures(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Figures in circulation, checked."""
    return bench.table("figure")
