-- severity: error
-- rule: After a release marked as the last one there is no later one.
-- why: Boards mark forecasts of which a later release exists.
-- remedy: Set last_release to no, or correct the days.

-- A month or a year may be that very day, so only days are compared.
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'last_release' AS column_name,
  'later: ' || min(later.forecast_id) AS found
FROM forecast f
JOIN forecast later USING (forecaster_id, contest_id, quantity, unit)
WHERE f.last_release = 'yes'
  AND coalesce(later.measured_to, later.published_on) > coalesce(f.measured_to, f.published_on)
  AND coalesce(later.published_precision::VARCHAR, 'day') = 'day'
  AND coalesce(f.published_precision::VARCHAR, 'day') = 'day'
GROUP BY f.forecast_id
ORDER BY row_key
