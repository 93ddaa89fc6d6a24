-- severity: error
-- rule: The scenario of a forecast is one of its election, and the forecast is about those who stand in it: about all
--   of them if it is complete.
-- why: Line-ups with different names measure different votes; a series of one scenario must hold that one alone.
-- remedy: Correct the scenario, add it to scenarios.csv, or set complete to false where the source drops candidates.
WITH tested AS (
  SELECT forecast_id, list_sort(list(candidate_id)) AS names FROM prediction GROUP BY forecast_id
), named AS (
  SELECT f.forecast_id, f.scenario, f.complete, t.names AS tested, s.scenario_id,
    list_sort(string_split(s.candidates, ' ')) AS supposed
  FROM forecast f
  JOIN contest c USING (contest_id)
  LEFT JOIN tested t USING (forecast_id)
  LEFT JOIN scenario s ON s.election_id = c.election_id AND s.scenario_id = f.scenario
  WHERE f.scenario IS NOT NULL
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'scenario' AS column_name,
  scenario || CASE WHEN scenario_id IS NULL THEN ' is not in scenarios.csv'
    ELSE ': tested ' || array_to_string(tested, ' ') END AS found
FROM named
WHERE scenario_id IS NULL OR NOT list_has_all(supposed, tested) OR (complete AND len(tested) < len(supposed))
ORDER BY row_key
