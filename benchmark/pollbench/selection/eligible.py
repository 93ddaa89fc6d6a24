"""What the comparisons under a policy are cut from: forecasts, figures and results, asked for once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pollbench.data.memo import Key
from pollbench.errors import UnknownName
from pollbench.selection.latest import FORECASTER_AND_QUANTITY, last_of
from pollbench.selection.reading import figures_read
from pollbench.selection.samples import averaged_figures, chosen_forecasts, with_mean_size

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.policy import Policy

FORECAST_COLUMNS = [
    "contest_id",
    "forecast_id",
    "forecaster_id",
    "name",
    "house",
    "family",
    "kind",
    "quantity",
    "status",
    "horizon_days",
    "age_days",
    "public_on",
    "measured_from",
    "measured_to",
    "n",
    "n_basis",
    "sample_size",
    "release",
    "last_release",
    "recalled",
    "lineup",
    "mechanism",
    "rolling_series",
    "sources",
    "transcription",
]


@dataclass(frozen=True)
class Material:
    """What all comparisons under a policy are cut from, fetched once: rows by contest."""

    forecasts: dict[str, pd.DataFrame]
    figures: dict[str, pd.DataFrame]
    results: dict[str, pd.DataFrame]
    left_out: dict[str, pd.DataFrame]
    samples: dict[str, pd.DataFrame]


_MATERIAL: Key[Material] = Key("material of a policy")


def material_of(bench: Bench, policy: Policy) -> Material:
    """The rows that a policy lets in, and the reasons for the others, of all contests."""
    return bench.memo(_MATERIAL.of(policy.policy_id), lambda: _material(bench, policy))


def _material(bench: Bench, policy: Policy) -> Material:
    judged = _judged(bench, policy)
    chosen, samples = chosen_forecasts(judged[judged.reason == ""], policy)
    order = ["contest_id", "forecaster_id", "quantity", "public_on", "forecast_id"]
    # The latest forecast of every forecaster and quantity, with the reason that leaves it out; a duel last.
    duel = judged.reason.str.contains("duel", regex=False)
    asked = last_of(judged[~duel], FORECASTER_AND_QUANTITY)
    latest = pd.concat([last_of(judged[duel], FORECASTER_AND_QUANTITY), asked])
    latest = latest.drop_duplicates(FORECASTER_AND_QUANTITY, keep="last").sort_values(FORECASTER_AND_QUANTITY)
    columns = ["contest_id", "forecaster_id", "quantity", "forecast_id", "reason", "age_days"]
    results = bench.frame(
        "SELECT contest_id, candidate_id, share_pct FROM oracle WHERE share_pct IS NOT NULL"
    )
    return Material(
        forecasts=_by_contest(bench, with_mean_size(chosen, samples).sort_values(order)[FORECAST_COLUMNS]),
        figures=_by_contest(bench, averaged_figures(figures_read(bench, policy), samples)),
        results=_by_contest(bench, results),
        left_out=_by_contest(bench, latest[columns]),
        samples=_by_contest(bench, samples.sort_values(order)[columns]),
    )


def _by_contest(bench: Bench, frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each contest, in their order; none is no key error."""
    parts = {str(contest): rows.reset_index(drop=True) for contest, rows in frame.groupby("contest_id")}
    return {contest: parts.get(contest, frame.iloc[:0]) for contest in bench.contests.contest_id}


def _judged(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Every forecast of the quantities compared, with the first rule that leaves it out in ``reason``, or ''."""
    quantities = ", ".join(f"'{word}'" for word in policy.quantities)
    statuses = ", ".join(f"'{word}'" for word in policy.statuses)
    lineups = {"final": "('final')", "near-final": "('final', 'near-final')"}.get(policy.lineup)
    lineup = f"lineup NOT IN {lineups}" if lineups else "false"
    if policy.scenario is None:
        stood = f"""WHEN survey IS NOT NULL AND round > 1 AND lineup <> 'final' THEN 'a line-up that did not stand'
          WHEN survey IS NOT NULL AND {lineup} THEN 'line-up ' || lineup"""
    else:
        known = bench.frame("SELECT DISTINCT scenario_id FROM scenario ORDER BY ALL").scenario_id.tolist()
        if policy.scenario not in known:
            raise UnknownName.of(kind="scenario", name=policy.scenario, known=known)
        # A known id holds no quotation mark that is not doubled here.
        name = policy.scenario.replace("'", "''")
        stood = f"""WHEN survey IS NOT NULL AND scenario IS DISTINCT FROM '{name}'
            THEN coalesce('scenario ' || scenario, 'line-up ' || lineup)"""
    cutoff = "day" if policy.as_of is None else f"least(day, DATE '{policy.as_of}')"
    window = "false" if policy.within_days is None else f"age_days > {policy.within_days}"
    older = "false" if policy.within_days is None else "coalesce(measured_to, public_on) < previous_round"
    return bench.frame(
        f"""
        WITH pair AS (
          SELECT c.contest_id, list_sort(list(o.candidate_id)) AS members
          FROM candidate o JOIN contest c USING (contest_id) GROUP BY ALL
        )
        SELECT f.*, coalesce(expressing_n, sample_size) AS n, CASE
          WHEN expressing_n IS NOT NULL THEN 'expressing_n' WHEN sample_size IS NOT NULL THEN 'sample_size' ELSE ''
        END AS n_basis, CASE
          WHEN status NOT IN ({statuses}) THEN 'status ' || status
          WHEN population LIKE 'subgroup:%' THEN 'asked of a part of the electorate'
          WHEN condition IS NOT NULL AND list_sort(string_split(condition, ' ')) <> pair.members
            THEN 'supposes a pair that did not meet'
          WHEN lineup LIKE 'duel-%' THEN 'a duel that did not take place'
          {stood}
          WHEN public_on > {cutoff} THEN 'public only on ' || public_on
          WHEN {older} THEN 'older than the round before'
          WHEN {window} THEN 'too old'
          ELSE '' END AS reason
        FROM forecast_day f JOIN pair USING (contest_id)
        WHERE quantity IN ({quantities})
        """
    )
