"""What the comparisons under a policy are cut from: forecasts, figures and results, asked for once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pollbench.data.contest_rows import of_contest
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
    """What the comparison of a contest under a policy is cut from, fetched once."""

    forecasts: pd.DataFrame
    figures: pd.DataFrame
    results: pd.DataFrame
    left_out: pd.DataFrame
    samples: pd.DataFrame


_MATERIAL: Key[Material] = Key("material of a policy")
#: The columns that name a forecast among those that are left out, or averaged.
_NAMED = ["contest_id", "forecaster_id", "quantity", "forecast_id", "reason", "age_days"]
_RESULTS = "SELECT contest_id, candidate_id, share_pct FROM oracle WHERE share_pct IS NOT NULL"
#: What the rules of policies ask besides.
_ASKED = ["survey", "scenario", "round", "day", "recency"]
_WORKED_OUT = {
    "n": "coalesce(expressing_n, sample_size) AS n",
    "n_basis": """CASE
  WHEN expressing_n IS NOT NULL THEN 'expressing_n' WHEN sample_size IS NOT NULL THEN 'sample_size' ELSE ''
END AS n_basis""",
}
_FORECASTS = f"""
WITH pair AS (
  SELECT c.contest_id, list_sort(list(o.candidate_id)) AS members
  FROM candidate o JOIN contest c USING (contest_id) GROUP BY ALL
)
SELECT {", ".join(_WORKED_OUT.get(name, name) for name in (*FORECAST_COLUMNS, *_ASKED))},
  coalesce(population LIKE 'subgroup:%', false) AS of_subgroup,
  condition IS NOT NULL AND list_sort(string_split(condition, ' ')) <> pair.members AS supposes_other_pair,
  coalesce(coalesce(measured_to, public_on) < previous_round, false) AS before_previous_round
FROM forecast_day JOIN pair USING (contest_id)
"""


def material_of(bench: Bench, policy: Policy, contest_id: str) -> Material:
    """The rows of a contest that a policy lets in, and the reasons for the others."""
    return bench.memo(
        _MATERIAL.of(policy.policy_id, contest_id), lambda: _material(bench, policy, contest_id)
    )


def _material(bench: Bench, policy: Policy, contest_id: str) -> Material:
    judged = _judged(bench, policy, contest_id)
    chosen, samples = chosen_forecasts(judged[judged.reason == ""], policy)
    order = ["contest_id", "forecaster_id", "quantity", "public_on", "forecast_id"]
    # The latest forecast of every forecaster and quantity, with the reason that leaves it out; a duel last.
    duel = judged.reason.str.contains("duel", regex=False)
    asked = last_of(judged[~duel], FORECASTER_AND_QUANTITY)
    latest = pd.concat([last_of(judged[duel], FORECASTER_AND_QUANTITY), asked])
    latest = latest.drop_duplicates(FORECASTER_AND_QUANTITY, keep="last").sort_values(FORECASTER_AND_QUANTITY)
    frames = {
        "forecasts": with_mean_size(chosen, samples).sort_values(order)[FORECAST_COLUMNS],
        "figures": averaged_figures(figures_read(bench, policy, contest_id), samples),
        "results": of_contest(bench, _RESULTS, contest_id),
        "left_out": latest[_NAMED],
        "samples": samples.sort_values(order)[_NAMED],
    }
    return Material(**{name: frame.reset_index(drop=True) for name, frame in frames.items()})


def _judged(bench: Bench, policy: Policy, contest_id: str) -> pd.DataFrame:
    """Every forecast of the quantities compared, with the first rule that leaves it out in ``reason``, or ''."""
    rows = of_contest(bench, _FORECASTS, contest_id)
    rows = rows[rows.quantity.isin(policy.quantities)]
    surveys = rows.survey.notna()
    public, day = pd.to_datetime(rows.public_on), pd.to_datetime(rows.day)
    as_of = pd.Timestamp(policy.as_of or pd.Timestamp.max)
    rules: list[tuple[pd.Series, pd.Series | str]] = [
        (~rows.status.isin(policy.statuses), "status " + rows.status),
        (rows.of_subgroup, "asked of a part of the electorate"),
        (rows.supposes_other_pair, "supposes a pair that did not meet"),
        (rows.lineup.str.startswith("duel-"), "a duel that did not take place"),
        *((surveys & stood, reason) for stood, reason in _line_ups(bench, policy, rows)),
        ((public > day) | (public > as_of), "public only on " + public.dt.strftime("%Y-%m-%d")),
    ]
    if policy.within_days is not None:
        rules += [
            (rows.before_previous_round, "older than the round before"),
            (rows.age_days > policy.within_days, "too old"),
        ]
    reason = pd.Series("", index=rows.index)
    for left_out, why in reversed(rules):
        reason = reason.where(~left_out.fillna(False).astype(bool), why)
    return rows.assign(reason=reason)


def _line_ups(bench: Bench, policy: Policy, rows: pd.DataFrame) -> list[tuple[pd.Series, pd.Series | str]]:
    """Which line-ups of surveys a policy leaves out, and the reason."""
    if policy.scenario is not None:
        known = bench.frame("SELECT DISTINCT scenario_id FROM scenario ORDER BY ALL").scenario_id.tolist()
        if policy.scenario not in known:
            raise UnknownName.of(kind="scenario", name=policy.scenario, known=known)
        named = ("scenario " + rows.scenario).where(rows.scenario.notna(), "line-up " + rows.lineup)
        return [(rows.scenario.fillna("") != policy.scenario, named)]
    rules: list[tuple[pd.Series, pd.Series | str]] = [
        (
            (rows["round"] > 1) & rows.lineup.notna() & (rows.lineup != "final"),
            "a line-up that did not stand",
        )
    ]
    taken = {"final": ["final"], "near-final": ["final", "near-final"]}.get(policy.lineup)
    if taken is not None:
        rules.append((rows.lineup.notna() & ~rows.lineup.isin(taken), "line-up " + rows.lineup))
    return rules
