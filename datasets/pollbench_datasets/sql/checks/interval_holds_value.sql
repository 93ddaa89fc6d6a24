-- severity: error
-- rule: A published interval holds its value: lower <= value <= upper.
-- why: A swapped interval would make every coverage wrong.
-- remedy: Swap or correct the ends.
SELECT 'prediction' AS table_name, forecast_id || '/' || candidate_id AS row_key, 'lower' AS column_name,
  coalesce(lower::VARCHAR, 'none') || ' <= ' || value || ' <= ' || coalesce(upper::VARCHAR, 'none') AS found
FROM prediction
WHERE lower > value OR value > upper
ORDER BY row_key
