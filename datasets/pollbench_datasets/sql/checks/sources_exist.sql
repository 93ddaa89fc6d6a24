-- severity: error
-- rule: Every source that a row names is a row of sources.csv.
-- why: A figure whose source cannot be looked up is a figure without a source.
-- remedy: Correct the key, or add the source to sources.csv.
WITH named AS (
  SELECT 'forecaster' AS table_name, forecaster_id AS row_key, sources FROM forecaster
  UNION ALL SELECT 'contest', contest_id, sources FROM contest
  UNION ALL SELECT 'result', contest_id || '/' || candidate_id, sources FROM result
  UNION ALL SELECT 'department_result', contest_id || '/' || dept_code || '/' || candidate_id, sources
    FROM department_result
  UNION ALL SELECT 'outcome', contest_id || '/' || candidate_id, sources FROM outcome
  UNION ALL SELECT 'forecast', forecast_id, sources FROM forecast
  UNION ALL SELECT 'claim', claim_id, sources FROM claim
  UNION ALL SELECT 'assumption', assumption_id, sources FROM assumption
  UNION ALL SELECT 'evidence', evidence_id, sources FROM evidence
  UNION ALL SELECT 'figure', figure_id, sources FROM figure
  UNION ALL SELECT 'milestone', milestone_id, sources FROM milestone
  UNION ALL SELECT 'scenario', election_id || '/' || scenario_id, sources FROM scenario
  UNION ALL SELECT 'transfer', transfer_id, sources FROM transfer
  UNION ALL SELECT 'register', system_id, concat_ws(' ', sources, claim_sources) FROM register
)
SELECT table_name, row_key, 'sources' AS column_name, coalesce(nullif(each, ''), 'two spaces in a row') AS found
FROM (SELECT table_name, row_key, unnest(string_split(sources, ' ')) AS each FROM named)
WHERE each NOT IN (SELECT source_id FROM source WHERE source_id IS NOT NULL)
ORDER BY row_key, found
