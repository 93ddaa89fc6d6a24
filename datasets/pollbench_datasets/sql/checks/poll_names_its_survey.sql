-- severity: error
-- rule: A poll of voting intentions names its survey, its line-up or its scenario, its last day of fieldwork and what
--   that day is.
-- why: The choice of the final line-up, and of one row a survey, rests on them.
-- remedy: Fill in survey, lineup (scenario, while the ballot is not known), measured_to and date_basis.
WITH named AS (
  SELECT *, lineup IS NULL
    AND (scenario IS NULL OR EXISTS (FROM candidate k WHERE k.contest_id = forecast.contest_id)) AS nameless
  FROM forecast
)
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'survey' AS column_name,
  concat_ws(', ', CASE WHEN survey IS NULL THEN 'survey' END, CASE WHEN nameless THEN 'lineup' END,
    CASE WHEN measured_to IS NULL THEN 'measured_to' END, CASE WHEN date_basis IS NULL THEN 'date_basis' END)
    || ' missing' AS found
FROM named f
JOIN forecaster o USING (forecaster_id)
WHERE is_poll(o.family, o.kind) AND f.quantity = 'vote_share'
  AND (survey IS NULL OR nameless OR measured_to IS NULL OR date_basis IS NULL)
ORDER BY row_key
