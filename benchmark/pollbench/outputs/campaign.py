"""The tables of the campaign: how forecasts moved, differed from each other and approached the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.outputs._by_contest import joined
from pollbench.outputs.columns import Column
from pollbench.outputs.table import table

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.selection.policy import Policy


@table(
    "contest_id forecaster_id forecast_id public_on trained_on from_polls_raw from_polls_calibrated "
    "from_polls_naive distance_raw distance_calibrated distance_polls",
    "forecast_id",
)
def calibration(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Could digital weights have been calibrated to the polls of the day."""
    import pandas as pd

    from pollbench.campaign.calibration import calibration_table
    from pollbench.errors import CoverageError, NothingToCompare

    pieces = []
    for contest_id, forecaster_id in _digital(bench):
        try:
            pieces.append(calibration_table(bench, contest_id, forecaster_id))
        except CoverageError:
            # Too few releases beside polls; asked for that forecaster alone, the function says so.
            continue
    if not pieces:
        message = (
            "No forecaster published enough digital weights beside polls about a first round that was voted."
        )
        raise NothingToCompare(message)
    return pd.concat(pieces, ignore_index=True)


@table(
    "contest_id forecaster_id forecast_id weight learnt_weight error_polls error_own error_blended elections sentence",
    "forecast_id",
)
def distance_from_polls(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Did a house's distance from the polls say anything about their error."""
    import pandas as pd

    from pollbench.campaign.calibration import distance_says_table, releases_and_polls
    from pollbench.errors import CoverageError, NothingToCompare

    # Of the houses that published digital weights beside polls in more than one first round.
    houses: dict[str, list[tuple[str, str]]] = {}
    of = bench.frame("SELECT forecaster_id, house FROM forecaster").set_index("forecaster_id").house
    for pair in _digital(bench):
        try:
            releases_and_polls(bench, *pair)
        except CoverageError:
            continue
        houses.setdefault(str(of[pair[1]]), []).append(pair)
    pieces = [distance_says_table(bench, tuple(pairs)) for pairs in houses.values() if len(pairs) > 1]
    if not pieces:
        message = "No house published digital weights beside polls about two first rounds that were voted."
        raise NothingToCompare(message)
    return pd.concat(pieces, ignore_index=True)


def _digital(bench: Bench) -> list[tuple[str, str]]:
    """First rounds and who published digital weights about them, in the order of time."""
    rows = bench.frame(
        "SELECT DISTINCT c.day, f.contest_id, f.forecaster_id FROM forecast f JOIN contest c USING (contest_id) "
        "WHERE f.quantity = 'digital_share' AND c.round = 1 AND f.contest_id IN (SELECT contest_id FROM result) "
        "ORDER BY c.day, f.contest_id, f.forecaster_id"
    )
    return list(zip(rows.contest_id.astype(str), rows.forecaster_id.astype(str), strict=True))


@table(
    "contest_id candidate_id day days_before level low high polls method",
    "contest_id candidate_id day method",
    special={
        "low": Column("low", "number", "Lower end of the band of nominally 95 per cent.", "%"),
        "high": Column("high", "number", "Upper end of the band of nominally 95 per cent.", "%"),
    },
    elsewhere=True,
)
def trends(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Where the polls stood on each day, with a band."""
    from pollbench.campaign.trend import trend_table

    return joined(
        bench.contests.contest_id, lambda contest: trend_table(bench, contest, policy=policy.reading)
    )


@table(
    "contest_id candidate_id house effect low high surveys excludes_zero",
    "contest_id candidate_id house",
    special={
        "low": Column("low", "number", "Lower end of the interval of 95 per cent.", "points"),
        "high": Column("high", "number", "Upper end of the interval of 95 per cent.", "points"),
    },
    elsewhere=True,
)
def house_effects(bench: Bench, policy: Policy) -> pd.DataFrame:
    """What a house differs by from the others."""
    from pollbench.campaign.house_effects import house_effects_table

    return joined(
        bench.contests.contest_id, lambda contest: house_effects_table(bench, contest, policy=policy.reading)
    )


@table(
    "contest_id candidate_id polls deviation_from_others ratio direction p_closer p_further caveat",
    "contest_id candidate_id",
    special={
        "ratio": Column(
            "ratio", "number", "Spread of the polls over that of random samples; 1 = as expected."
        ),
    },
    elsewhere=True,
)
def herding(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Spread of the last polls against random samples."""
    from pollbench.campaign.herding import herding_table

    return joined(
        bench.contests.contest_id, lambda contest: herding_table(bench, contest, policy=policy.reading)
    )


@table(
    "contest_id tests expected closer p_closer further p_further caveat",
    "contest_id",
    special={
        "contest_id": Column("contest_id", "text", "The contest, or all of them together."),
        "p_closer": Column(
            "p_closer", "number", "Chance that of random samples as many tests say too close, 0 to 1."
        ),
        "p_further": Column(
            "p_further", "number", "Chance that of random samples as many tests say too far apart, 0 to 1."
        ),
    },
    elsewhere=True,
)
def herding_family(bench: Bench, policy: Policy) -> pd.DataFrame:
    """How many tests of that spread sound, and how many by chance."""
    from pollbench.campaign.herding import herding_family as family

    return family(bench, policy=policy.reading)


@table(
    "contest_id forecaster_id name house family kind quantity forecast_id day days_before horizon_days distance "
    "leader n",
    "forecast_id",
)
def distances(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Distance to the result by day."""
    from pollbench.campaign.distance import distance_table
    from pollbench.selection.candidates import candidates_of

    return joined(
        bench.contests.contest_id,
        lambda contest: distance_table(
            bench, contest, candidates_of(bench, contest, policy.candidates), policy.reading
        ),
    )


@table(
    "contest_id day days_before forecaster_id name family forecast_id age_days distance runner_up margin "
    "forecasters",
    "contest_id day",
)
def closest_by_day(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Who was closest on each day."""
    from pollbench.campaign.distance import closest_by_day_table
    from pollbench.selection.candidates import candidates_of

    return joined(
        bench.contests.contest_id,
        lambda contest: closest_by_day_table(
            bench, contest, candidates_of(bench, contest, policy.candidates), policy=policy.reading
        ),
    )


@table(
    "contest_id forecaster_id name family quantity releases mean_change largest_change largest_change_candidate "
    "flip_flops leaders",
    "contest_id forecaster_id quantity",
)
def stability(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Changes from one release to the next."""
    from pollbench.campaign.distance import stability_table
    from pollbench.selection.candidates import candidates_of

    return joined(
        bench.contests.contest_id,
        lambda contest: stability_table(
            bench, contest, candidates_of(bench, contest, policy.candidates), policy.reading
        ),
    )
