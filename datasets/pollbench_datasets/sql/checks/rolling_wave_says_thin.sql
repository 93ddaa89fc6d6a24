-- severity: error
-- rule: A wave of a rolling survey says whether it belongs to the thinned series; no other forecast does.
-- why: Waves that share respondents are not independent; tests use the thinned ones.
-- remedy: Fill in rolling_series and rolling_thin, or neither.

-- Where the first day of the waves is not known, nobody can say which of them overlap.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'rolling_thin' AS column_name,
  coalesce(rolling_series, 'no series') || ', ' || coalesce(rolling_thin::VARCHAR, 'empty') AS found
FROM forecast
WHERE (rolling_series IS NULL AND rolling_thin IS NOT NULL)
  OR (rolling_series IS NOT NULL AND measured_from IS NOT NULL AND rolling_thin IS NULL)
ORDER BY row_key
