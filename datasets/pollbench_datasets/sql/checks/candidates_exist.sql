-- severity: error
-- rule: Every candidate that an event, a claim, a condition or a scenario names is a row of people.csv.
-- why: An unknown name can come true for nobody.
-- remedy: Correct the name, or add the person to people.csv.
WITH named AS (
  SELECT 'event' AS table_name, event_id AS row_key, 'candidates' AS column_name, candidates FROM event
  UNION ALL SELECT 'claim', claim_id, 'candidates', candidates FROM claim
  UNION ALL SELECT 'forecast', forecast_id, 'condition', condition FROM forecast
  UNION ALL SELECT 'scenario', election_id || '/' || scenario_id, 'candidates', candidates FROM scenario
)
SELECT table_name, row_key, column_name, coalesce(nullif(each, ''), 'two spaces in a row') AS found
FROM (SELECT table_name, row_key, column_name, unnest(string_split(candidates, ' ')) AS each FROM named)
WHERE each NOT IN (SELECT candidate_id FROM person WHERE candidate_id IS NOT NULL)
ORDER BY row_key, found
