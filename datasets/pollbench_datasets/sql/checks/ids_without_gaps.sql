-- severity: error
-- rule: An id holds neither a space nor, but for sources, a slash.
-- why: Lists of candidates and sources stand in one field, separated by spaces, and keys of several columns are joined by slashes.
-- remedy: Write the id with hyphens, in every file that uses it.
WITH ids AS (
  SELECT 'person' AS table_name, candidate_id AS id, 'candidate_id' AS column_name FROM person
  UNION ALL SELECT 'forecaster', forecaster_id, 'forecaster_id' FROM forecaster
  UNION ALL SELECT 'election', election_id, 'election_id' FROM election
  UNION ALL SELECT 'contest', contest_id, 'contest_id' FROM contest
  UNION ALL SELECT 'forecast', forecast_id, 'forecast_id' FROM forecast
  UNION ALL SELECT 'event', event_id, 'event_id' FROM event
  UNION ALL SELECT 'claim', claim_id, 'claim_id' FROM claim
  UNION ALL SELECT 'scenario', scenario_id, 'scenario_id' FROM scenario
  UNION ALL SELECT 'source', replace(source_id, '/', ''), 'source_id' FROM source
)
SELECT table_name, id AS row_key, column_name, id AS found
FROM ids
WHERE contains(id, ' ') OR contains(id, '/')
ORDER BY row_key
