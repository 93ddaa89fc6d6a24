-- severity: error
-- rule: The quantiles of a figure grow with their levels, and its printed value lies between the lowest and the highest.
-- why: A distribution whose 90th percentile lies below its median is a mix-up of columns, and scores nonsense.
-- remedy: Compare with the source; check that the levels are per cent and in the right columns.
WITH ordered AS (
  SELECT q.forecast_id, q.candidate_id, q.level, q.value, p.value AS printed,
    lag(q.value) OVER levels AS value_before, lag(q.level) OVER levels AS level_before,
    lead(q.level) OVER levels AS level_after
  FROM quantile q
  LEFT JOIN prediction p USING (forecast_id, candidate_id)
  WINDOW levels AS (PARTITION BY q.forecast_id, q.candidate_id ORDER BY q.level)
)
SELECT 'quantile' AS table_name, forecast_id || '/' || candidate_id || '/' || level AS row_key,
  'value' AS column_name,
  value || ' at ' || level || ' %' || CASE WHEN value < value_before THEN ', ' || value_before || ' at ' || level_before || ' %'
    ELSE ', printed ' || printed END AS found
FROM ordered
-- One quantile alone says nothing about the other side.
WHERE value < value_before OR (level < 50 AND level_before IS NULL AND printed < value)
  OR (level > 50 AND level_after IS NULL AND printed > value)
ORDER BY row_key
