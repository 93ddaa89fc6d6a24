-- severity: error
-- rule: measured_from is not later than measured_to.
-- why: A swapped pair of days gives a negative duration and a wrong horizon.
-- remedy: Swap the two days, or correct the wrong one.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'measured_from' AS column_name,
  measured_from || ' to ' || measured_to AS found
FROM forecast
WHERE measured_from > measured_to
ORDER BY row_key
