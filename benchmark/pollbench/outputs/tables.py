"""The tables that ``pollbench run`` writes: name, what it holds, how it is made.

Each takes the opened data and a policy and returns a sorted frame, or raises NothingToCompare where
the data hold nothing to make it of (before the vote, without polls); the same input gives the same
bytes, whichever process makes it. What needs random numbers takes its seed from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pollbench.scoring.score import SEED

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.memo import MemoTable
    from pollbench.data.store import Bench
    from pollbench.selection.policy import Policy

__all__ = ["SEED", "TABLES", "Table"]


@dataclass(frozen=True)
class Table:
    """A table of the run.

    Attributes
    ----------
    meaning : what it holds.
    make : makes it.
    elsewhere : takes long and shares nothing with the other tables, so that another process may make it.
    engine : gives the table of the manipulation engine that this is, if it is one: its tables rest on each other.
    """

    meaning: str
    make: Callable[[Bench, Policy], pd.DataFrame]
    elsewhere: bool = False
    engine: Callable[[], MemoTable[...]] | None = None


def _scores(bench: Bench, policy: Policy) -> pd.DataFrame:
    from pollbench.scoring.score import score

    return score(bench, policy=policy).frame


def _leaderboard(bench: Bench, policy: Policy) -> pd.DataFrame:
    from pollbench.ranking.leaderboard import leaderboard
    from pollbench.scoring.score import score

    return leaderboard(score(bench, policy=policy))


def _left_out(bench: Bench, policy: Policy) -> pd.DataFrame:
    import pandas as pd

    from pollbench.scoring.compare import compare

    return pd.concat([each.left_out for each in compare(bench, policy)], ignore_index=True)


def _comparison(bench: Bench, policy: Policy) -> pd.DataFrame:
    import pandas as pd

    from pollbench.scoring.compare import compare

    return pd.concat([each.frame for each in compare(bench, policy)], ignore_index=True)


def _engine(meaning: str, name: str, module: str = "tables", *, elsewhere: bool = False) -> Table:
    """A table of the manipulation engine, which has a policy of its own (the last figure of everybody)."""

    def engine() -> MemoTable[...]:
        table: MemoTable[...] = getattr(import_module(f"pollbench.manipulation.study.{module}"), name)
        return table

    return Table(meaning, lambda bench, _: engine()(bench), elsewhere, engine)


def _of(module: str, name: str) -> Callable[[Bench, Policy], pd.DataFrame]:
    """A table that needs the data alone, made by ``name`` of a module of ours."""

    def make(bench: Bench, policy: Policy) -> pd.DataFrame:  # noqa: ARG001
        frame: pd.DataFrame = getattr(import_module(f"pollbench.{module}"), name)(bench)
        return frame

    return make


def _probability_board(bench: Bench, policy: Policy) -> pd.DataFrame:  # noqa: ARG001
    from pollbench.statements.probabilities import probabilities_table, probability_board

    return probability_board(probabilities_table(bench))


def _by_contest(module: str, name: str, *, scored: bool = False) -> Callable[[Bench, Policy], pd.DataFrame]:
    """One table after the other for every contest that has polls; ``scored``: on the policy's candidates."""

    def make(bench: Bench, policy: Policy) -> pd.DataFrame:
        import pandas as pd

        from pollbench.errors import CoverageError, NothingToCompare
        from pollbench.selection.candidates import candidates_of

        function = getattr(import_module(f"pollbench.{module}"), name)
        pieces = []
        reasons = []
        for contest in bench.contests.contest_id:
            chosen = (candidates_of(bench, contest, policy.candidates),) if scored else ()
            try:
                pieces.append(function(bench, contest, *chosen))
            except (CoverageError, NothingToCompare) as error:
                # A primary without polls has no campaign to draw; its other tables stand.
                reasons.append(str(error))
        if not pieces:
            raise NothingToCompare(" ".join(reasons))
        filled = [piece for piece in pieces if len(piece)] or pieces[:1]
        return pd.concat(filled, ignore_index=True)

    return make


def _five_elections(bench: Bench, policy: Policy) -> pd.DataFrame:  # noqa: ARG001
    from pollbench.history.last_errors import five_elections_table

    return five_elections_table()


def _pooled(by: Any) -> Callable[[Bench, Policy], pd.DataFrame]:
    def make(bench: Bench, policy: Policy) -> pd.DataFrame:  # noqa: ARG001
        from pollbench.history.last_errors import published_errors
        from pollbench.history.pooled_board import pooled_board

        return pooled_board(published_errors(), by)

    return make


def _calibration(bench: Bench, policy: Policy) -> pd.DataFrame:  # noqa: ARG001
    """Of every forecaster who published digital weights often enough."""
    import pandas as pd

    from pollbench.campaign.calibration import calibration_table
    from pollbench.errors import CoverageError, NothingToCompare

    pieces = []
    for contest_id, forecaster_id in _digital(bench):
        try:
            pieces.append(calibration_table(bench, contest_id, forecaster_id))
        except CoverageError:
            # Too few releases beside polls; the function says so to whoever asks for that forecaster.
            continue
    if not pieces:
        message = "Nobody published enough digital weights beside polls about a first round that was voted."
        raise NothingToCompare(message)
    return pd.concat(pieces, ignore_index=True)


def _distance_says(bench: Bench, policy: Policy) -> pd.DataFrame:  # noqa: ARG001
    """Of the houses that published digital weights beside polls in more than one first round."""
    import pandas as pd

    from pollbench.campaign.calibration import distance_says_table, releases_and_polls
    from pollbench.errors import CoverageError, NothingToCompare

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


TABLES: dict[str, Table] = {
    "scores": Table("every measure of every forecast and baseline", _scores),
    "leaderboard": Table("forecasters of each contest by mean absolute error", _leaderboard),
    "comparison": Table("forecast beside result, candidate by candidate", _comparison),
    "left_out": Table("forecasts that the policy leaves out, with reason and age", _left_out),
    "coverage": Table("who published what about which contest", _of("selection.coverage", "coverage_table")),
    "claims": Table(
        "what was announced in words, and what became of it", _of("statements.claims", "claims_table")
    ),
    "ranks": Table("approvals, volumes and ranks read as an order", _of("statements.claims", "ranks_table")),
    "probabilities": Table(
        "probabilities printed and implied, with what happened",
        _of("statements.probabilities", "probabilities_table"),
    ),
    "probability_board": Table(
        "forecasters by the Brier score of their last probabilities", _probability_board
    ),
    "effective_samples": Table(
        "the random sample that each forecaster's error is worth",
        _of("history.last_errors", "effective_sample_table"),
        elsewhere=True,
    ),
    "five_elections": Table("last errors of all elections on one scale, as published", _five_elections),
    "board_by_house": Table("houses over all elections, as published", _pooled("house")),
    "board_by_family": Table("families over all elections, as published", _pooled("family")),
    "bounds": Table(
        "best and worst error on the whole ballot, given what was not published",
        _by_contest("ranking.bounds", "bounds_table"),
        elsewhere=True,
    ),
    "disputed": Table(
        "scores under the other reading of every disputed figure", _of("ranking.readings", "disputed_table")
    ),
    "calibration": Table("could digital weights have been calibrated to the polls of the day", _calibration),
    "distance_from_polls": Table(
        "did a house's distance from the polls say anything about their error", _distance_says
    ),
    "trends": Table(
        "where the polls stood on each day, with a band",
        _by_contest("campaign.trend", "trend_table"),
        elsewhere=True,
    ),
    "house_effects": Table(
        "what a house differs by from the others",
        _by_contest("campaign.house_effects", "house_effects_table"),
        elsewhere=True,
    ),
    "herding": Table(
        "spread of the last polls against random samples",
        _by_contest("campaign.herding", "herding_table"),
        elsewhere=True,
    ),
    "distances": Table(
        "distance to the result by day", _by_contest("campaign.distance", "distance_table", scored=True)
    ),
    "closest_by_day": Table(
        "who was closest on each day", _by_contest("campaign.distance", "closest_by_day_table", scored=True)
    ),
    "stability": Table(
        "changes from one release to the next",
        _by_contest("campaign.distance", "stability_table", scored=True),
    ),
    "figures": Table("figures in circulation, checked", lambda bench, _: bench.table("figure")),
    "robustness": _engine(
        "shift of every figure under every threat model and budget", "robustness_table", elsewhere=True
    ),
    "break_even": _engine(
        "what would suffice for a point more, the lead, the first two", "break_even_table", elsewhere=True
    ),
    "sensitivity": _engine(
        "slopes, elasticity, disclosure, and what would suffice", "sensitivity_table", "sensitivity_table"
    ),
    "robust_rank": _engine("who would lead the board under attack", "robust_rank_table"),
    "defences": _engine(
        "what every defence would buy and cost", "defence_table", "defence_table", elsewhere=True
    ),
    "detection": _engine(
        "how surely a test would notice", "detection_table", "detection_table", elsewhere=True
    ),
    "tornado": _engine("what each assumption does to the answer", "tornado_table", "tornado_table"),
    "robustness_parameters": _engine("what every params_id stands for, with sources", "parameters_table"),
    "robustness_unknown": _engine("who cannot be attacked, and why", "unanswered_table"),
    "operations": _engine("operations on record, a ruler for budgets", "ruler_table"),
}
