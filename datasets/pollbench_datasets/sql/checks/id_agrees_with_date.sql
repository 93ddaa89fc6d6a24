-- severity: error
-- rule: The id of a forecast is its forecaster, its day and a letter: the last day of fieldwork for a survey, the
--   publication for the rest.
-- why: Ids are cited; one that names another day than its row hides which of the two is wrong.
-- remedy: Correct the id or the day.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'forecast_id' AS column_name,
  coalesce((CASE WHEN survey IS NOT NULL THEN measured_to ELSE published_on END)::VARCHAR, 'no day') AS found
FROM forecast
WHERE NOT coalesce(regexp_full_match(forecast_id, forecaster_id || '-' || CASE
    WHEN survey IS NOT NULL THEN strftime(measured_to, '%Y-%m-%d')
    WHEN published_precision = 'year' THEN strftime(published_on, '%Y')
    WHEN published_precision = 'month' THEN strftime(published_on, '%Y-%m')
    ELSE strftime(published_on, '%Y-%m-%d')
  END || '-[a-z]+'), false)
UNION ALL
SELECT 'claim', claim_id, 'claim_id', made_on::VARCHAR
FROM claim
WHERE NOT starts_with(claim_id, forecaster_id || '-' || CASE made_precision
    WHEN 'year' THEN strftime(made_on, '%Y')
    WHEN 'month' THEN strftime(made_on, '%Y-%m')
    ELSE strftime(made_on, '%Y-%m-%d')
  END || '-')
ORDER BY row_key
