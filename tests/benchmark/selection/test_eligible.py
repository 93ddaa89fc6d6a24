"""Which forecasts a policy lets in: the reasons of the others, by one query that says the same in another language."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench.selection.eligible import _judged, _line_ups, material_of
from pollbench.selection.policy import Policy

#: The rules in SQL; the words in braces come from the policy.
RULES = """
WITH pair AS (
  SELECT c.contest_id, list_sort(list(o.candidate_id)) AS members
  FROM candidate o JOIN contest c USING (contest_id) GROUP BY ALL
)
SELECT forecast_id, CASE
  WHEN status NOT IN ({statuses}) THEN 'status ' || status
  WHEN population LIKE 'subgroup:%' THEN 'asked of a part of the electorate'
  WHEN condition IS NOT NULL AND list_sort(string_split(condition, ' ')) <> pair.members
    THEN 'supposes a pair that did not meet'
  WHEN lineup LIKE 'duel-%' THEN 'a duel that did not take place'
  {stood}
  WHEN public_on > {cutoff} THEN 'public only on ' || public_on
  WHEN {windowed} AND coalesce(measured_to, public_on) < previous_round THEN 'older than the round before'
  WHEN {windowed} AND age_days > {window} THEN 'too old'
  ELSE '' END AS reason
FROM forecast_day f JOIN pair USING (contest_id)
WHERE quantity IN ({quantities})
"""
OF_LINE_UPS = """WHEN survey IS NOT NULL AND round > 1 AND lineup <> 'final' THEN 'a line-up that did not stand'
  WHEN survey IS NOT NULL AND {others} THEN 'line-up ' || lineup"""
OF_A_SCENARIO = """WHEN survey IS NOT NULL AND scenario IS DISTINCT FROM '{scenario}'
  THEN coalesce('scenario ' || scenario, 'line-up ' || lineup)"""
OTHERS = {"final": "lineup <> 'final'", "near-final": "lineup NOT IN ('final', 'near-final')", "any": "false"}


def by_sql(bench, policy):
    def listed(words):
        return ", ".join(f"'{word}'" for word in words)

    stood = (
        OF_LINE_UPS.format(others=OTHERS[policy.lineup])
        if policy.scenario is None
        else OF_A_SCENARIO.format(scenario=policy.scenario)
    )
    query = RULES.format(
        statuses=listed(policy.statuses),
        quantities=listed(policy.quantities),
        stood=stood,
        cutoff="day" if policy.as_of is None else f"least(day, DATE '{policy.as_of}')",
        windowed="false" if policy.within_days is None else "true",
        window=policy.within_days or 0,
    )
    return bench.frame(query).set_index("forecast_id").reason.sort_index()


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"lineup": "any", "within_days": None},
        {"lineup": "near-final", "within_days": 7},
        {"as_of": "2017-04-13", "within_days": 30},
        {"scenario": "the first known", "quantities": ("vote_share", "win_probability")},
        {"statuses": ("claimed", "index")},
    ],
)
def test_the_reasons_are_those_of_the_rules_in_sql(all_elections, changed):
    if "scenario" in changed:
        known = all_elections.frame("SELECT min(scenario_id) AS name FROM scenario").name.item()
        changed = {**changed, "scenario": known}
    policy = Policy(**changed)
    judged = pd.concat(
        _judged(all_elections, policy, contest) for contest in all_elections.contests.contest_id
    )
    expected = by_sql(all_elections, policy)
    assert expected.nunique() > 2
    pd.testing.assert_series_equal(judged.set_index("forecast_id").reason.sort_index(), expected)


def test_the_material_of_a_contest_is_its_own_and_numbered_from_zero(bench):
    for contest in bench.contests.contest_id:
        for frame in vars(material_of(bench, Policy(), contest)).values():
            assert set(frame.contest_id) <= {contest}
            assert frame.index.tolist() == list(range(len(frame)))


def test_a_contest_of_which_nothing_is_known_has_empty_frames_with_the_same_columns(bench):
    known, unknown = (material_of(bench, Policy(), name) for name in ("fr-pres-2017-r1", "xx-2030-r1"))
    for name, frame in vars(unknown).items():
        assert frame.empty
        assert frame.columns.tolist() == getattr(known, name).columns.tolist()


def test_a_survey_whose_line_up_is_not_known_is_left_out_by_no_rule_about_line_ups(bench):
    rows = pd.DataFrame({"round": [2, 2], "lineup": [None, "near-final"], "scenario": None}, dtype=object)
    left_out = [rule.tolist() for rule, _ in _line_ups(bench, Policy(lineup="final"), rows)]
    assert left_out == [[False, True], [False, True]]
