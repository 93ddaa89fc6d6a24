-- severity: warning
-- rule: A survey whose name holds a day names the last day of its fieldwork.
-- why: A day that was corrected in one place only shows which of the two is wrong.
-- remedy: Correct measured_to, or the survey in all its rows.
WITH named AS (
  SELECT forecast_id, survey, measured_to, regexp_extract(survey, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AS written
  FROM forecast
  WHERE survey IS NOT NULL
)
SELECT 'forecast' AS table_name, min(forecast_id) AS row_key, 'survey' AS column_name,
  survey || ', measured to ' || measured_to AS found
FROM named
WHERE written <> '' AND written <> measured_to::VARCHAR
GROUP BY survey, measured_to
ORDER BY row_key
