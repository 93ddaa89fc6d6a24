"""The tables that ``pollbench run`` writes: name, what it holds, how it is made.

Each takes the opened data and a policy and returns a sorted frame; the same input gives the same
bytes. What needs random numbers takes its seed from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pollbench.scoring import SEED

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.policy import Policy
    from pollbench.store import Bench

__all__ = ["SEED", "TABLES", "Table"]


@dataclass(frozen=True)
class Table:
    """A table of the run."""

    meaning: str
    make: Callable[[Bench, Policy], pd.DataFrame]


def _scores(bench: Bench, policy: Policy) -> pd.DataFrame:
    from pollbench.scoring import score

    return score(bench, policy=policy)


def _leaderboard(bench: Bench, policy: Policy) -> pd.DataFrame:
    from pollbench.ranking import leaderboard
    from pollbench.scoring import score

    return leaderboard(score(bench, ["mae"], policy))


def _left_out(bench: Bench, policy: Policy) -> pd.DataFrame:
    import pandas as pd

    from pollbench.comparison import compare

    return pd.concat([each.left_out for each in compare(bench, policy)], ignore_index=True)


def _comparison(bench: Bench, policy: Policy) -> pd.DataFrame:
    import pandas as pd

    from pollbench.comparison import compare

    return pd.concat([each.frame for each in compare(bench, policy)], ignore_index=True)


def _robustness(name: str) -> Callable[[Bench, Policy], pd.DataFrame]:
    """A table of the manipulation engine, which has a policy of its own (the last figure of everybody)."""

    def make(bench: Bench, _: Policy) -> pd.DataFrame:
        from pollbench import robustness

        return getattr(robustness, name)(bench)

    return make


TABLES: dict[str, Table] = {
    "scores": Table("every measure of every forecast and baseline", _scores),
    "leaderboard": Table("forecasters of each contest by mean absolute error", _leaderboard),
    "comparison": Table("forecast beside result, candidate by candidate", _comparison),
    "left_out": Table("forecasts that the policy leaves out, with reason and age", _left_out),
    "coverage": Table("who published what about which contest", lambda bench, _: bench.table("coverage")),
    "figures": Table("figures in circulation, checked", lambda bench, _: bench.table("figure")),
    "robustness": Table(
        "shift of every figure under every threat model and budget", _robustness("robustness_table")
    ),
    "break_even": Table(
        "what would suffice for a point more, the lead, the first two", _robustness("break_even_table")
    ),
    "sensitivity": Table(
        "slopes, elasticity, disclosure, and what would suffice", _robustness("sensitivity_table")
    ),
    "robust_rank": Table("who would lead the board under attack", _robustness("robust_rank_table")),
    "defences": Table("what every defence would buy and cost", _robustness("defence_table")),
    "detection": Table("how surely a test would notice", _robustness("detection_table")),
    "tornado": Table("what each assumption does to the answer", _robustness("tornado_table")),
    "robustness_parameters": Table(
        "what every params_id stands for, with sources", _robustness("parameters_table")
    ),
    "robustness_unknown": Table("who cannot be attacked, and why", _robustness("unanswered_table")),
    "operations": Table("operations on record, a ruler for budgets", _robustness("ruler_table")),
}
