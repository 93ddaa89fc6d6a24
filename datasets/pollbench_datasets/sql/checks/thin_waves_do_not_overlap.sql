-- severity: error
-- rule: Thinned waves of one series, contest and line-up do not overlap.
-- why: They stand in for independent samples.
-- remedy: Set rolling_thin to false for one of the two.
SELECT 'forecast' AS table_name, later.forecast_id AS row_key, 'rolling_thin' AS column_name,
  'overlaps ' || min(earlier.forecast_id) AS found
FROM forecast later
JOIN forecast earlier USING (rolling_series, contest_id, lineup)
WHERE later.rolling_thin AND earlier.rolling_thin
  AND later.measured_to > earlier.measured_to AND later.measured_from <= earlier.measured_to
GROUP BY later.forecast_id
ORDER BY row_key
