"""The tables of accuracy: scores, boards, what they leave out and how firm they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.outputs._by_contest import joined
from pollbench.outputs.columns import Column
from pollbench.outputs.table import table

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.selection.policy import Policy

_BOARD = "rank tied_with_best who family forecasters contests contest_ids mae excess low high p_value skill what_it_proves"
_BOARD_COLUMNS = {
    "forecasters": Column("forecasters", "text", "Names that the house or family had."),
    "low": Column("low", "number", "Lower end of the interval of 95 per cent of the excess.", "points"),
    "high": Column("high", "number", "Upper end of the interval of 95 per cent of the excess.", "points"),
}


@table(
    "contest_id forecaster_id family forecast_id quantity status horizon_days candidate_id measure component "
    "value low high n n_basis n_candidates n_forecasts policy_id measure_version dataset_revision",
    "contest_id forecaster_id forecast_id quantity status candidate_id measure component",
)
def scores(bench: Bench, policy: Policy) -> pd.DataFrame:
    """The nine measures of the main job, of every forecast of shares and every baseline."""
    from pollbench.scoring.score import score

    return score(bench, policy=policy).frame


@table(
    "contest_id rank tied_with_best forecaster_id name house family kind forecast_id quantity status horizon_days "
    "value expected_low expected_median expected_high luck_pct tie_range percentile baseline skill "
    "poll_average_before skill_over_polls n n_basis "
    "n_candidates later_release recalled what_happened what_it_proves policy_id measure measure_version "
    "dataset_revision",
    "contest_id forecaster_id forecast_id quantity measure",
)
def leaderboard(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Forecasters of each contest by mean absolute error."""
    from pollbench.ranking.leaderboard import leaderboard
    from pollbench.scoring.score import score

    return leaderboard(score(bench, policy=policy))


@table(
    "contest_id as_of_days as_of rank forecaster_id family kind quantity forecast_id horizon_days mae flat skill "
    "poll_average_before skill_over_polls n_candidates policy_id",
    "contest_id as_of_days forecaster_id quantity",
    special={
        "as_of": Column("as_of", "date", "Only what was public by this day."),
        "skill": Column("skill", "number", "1 less mae divided by flat; below 0 = worse than flat."),
    },
    elsewhere=True,
)
def as_of_scores(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Forecasters of each contest by mean absolute error at common days before the vote."""
    from pollbench.ranking.as_of import as_of_table

    return as_of_table(bench, policy)


@table(
    "forecast_id candidate_id candidate forecast lower upper flag contest_id forecaster_id name house family "
    "kind quantity status horizon_days age_days public_on measured_from measured_to n n_basis sample_size "
    "release last_release recalled lineup mechanism rolling_series sources transcription result error",
    "forecast_id candidate_id",
)
def comparison(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Forecast beside result, candidate by candidate."""
    import pandas as pd

    from pollbench.scoring.compare import compare

    return pd.concat([comparison.frame for comparison in compare(bench, policy)], ignore_index=True)


@table("contest_id forecaster_id forecast_id reason age_days", "forecast_id")
def left_out(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Forecasts that the policy leaves out, with reason and age."""
    import pandas as pd

    from pollbench.scoring.compare import compare

    compared = compare(bench, policy)
    return pd.concat(
        [table for comparison in compared for table in (comparison.left_out, comparison.samples)],
        ignore_index=True,
    )


@table(
    "contest_id forecaster_id name house family kind forecast_id status recalled horizon_days candidate_id candidate "
    "forecast result error error_share mae n_candidates",
    "forecast_id candidate_id",
    special={
        "forecast": Column("forecast", "number", "Seats as published.", "seats"),
        "result": Column("result", "number", "Seats won.", "seats"),
        "error": Column("error", "number", "Forecast less result; positive = overestimated.", "seats"),
        "error_share": Column(
            "error_share", "number", "The same as a share of all seats of the contest.", "points"
        ),
        "mae": Column("mae", "number", "Mean absolute error over the candidates printed.", "seats"),
    },
)
def seats(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Seats that were forecast beside seats that were won."""
    from pollbench.scoring.seats import seats_table

    return seats_table(bench, policy)


@table(
    "contest_id forecaster_id name house family kind quantity status forecasts first_day last_day days_before "
    "candidates main_candidates main_set recalled",
    "contest_id forecaster_id quantity",
    special={"candidates": Column("candidates", "integer", "Number of candidates named who stood.")},
)
def coverage(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Who published what about which contest."""
    from pollbench.selection.coverage import coverage_table

    return coverage_table(bench)


@table(
    "contest_id forecaster_id name house family kind quantity forecast_id n n_basis n_eff ratio low high",
    "forecast_id",
    special={
        "ratio": Column("ratio", "number", "n_eff / n; above 1 = closer than random sampling."),
        "low": Column(
            "low", "number", "5 per cent quantile of n_eff of random samples of n answers.", "persons"
        ),
        "high": Column(
            "high", "number", "95 per cent quantile of n_eff of random samples of n answers.", "persons"
        ),
    },
    elsewhere=True,
)
def effective_samples(bench: Bench, policy: Policy) -> pd.DataFrame:
    """The random sample that each forecaster's error is worth."""
    from pollbench.history.last_errors import effective_sample_table

    return effective_sample_table(bench)


@table(
    "country office year election_id contest_id round forecaster_id name house family kind quantity forecast_id "
    "horizon_days n n_basis n_candidates mae flat squared_error n_eff common percentile",
    "contest_id forecaster_id quantity",
)
def five_elections(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Last errors of the elections, and of those held here of the same countries, on one scale."""
    from pollbench.history.last_errors import errors_beside, five_elections_table

    return five_elections_table(errors_beside(bench))


@table(_BOARD, "who", special=_BOARD_COLUMNS)
def board_by_house(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Houses over the elections, and those held here of the same countries."""
    from pollbench.history.last_errors import errors_beside
    from pollbench.history.pooled_board import pooled_board

    return pooled_board(errors_beside(bench), "house")


@table(_BOARD, "who", special=_BOARD_COLUMNS)
def board_by_family(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Families over the elections, and those held here of the same countries."""
    from pollbench.history.last_errors import errors_beside
    from pollbench.history.pooled_board import pooled_board

    return pooled_board(errors_beside(bench), "family")


@table(
    "contest_id forecaster_id family forecast_id named ballot total best worst behind",
    "forecast_id",
    elsewhere=True,
)
def bounds(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Best and worst error on the whole ballot, given what was not published."""
    from pollbench.ranking.bounds import bounds_table

    return joined(bench.contests.contest_id, lambda contest: bounds_table(bench, contest))


@table(
    "contest_id dispute_id forecast_id candidate_id held other mae mae_other change rank rank_other",
    "dispute_id",
)
def disputed(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Scores under the other reading of every disputed figure."""
    from pollbench.ranking.readings import disputed_table

    return disputed_table(bench)
