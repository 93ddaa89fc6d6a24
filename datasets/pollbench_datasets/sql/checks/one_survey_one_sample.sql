-- severity: error
-- rule: The rows of a survey have one forecaster, one last day and one rolling series.
-- why: A survey is one sample; errors are clustered by it.
-- remedy: Correct the row that differs, or give it its own survey.
SELECT 'forecast' AS table_name, min(forecast_id) AS row_key, 'survey' AS column_name, survey AS found
FROM forecast
WHERE survey IS NOT NULL
GROUP BY survey
HAVING count(DISTINCT forecaster_id) > 1 OR count(DISTINCT measured_to) > 1
  OR count(DISTINCT coalesce(rolling_series, '')) > 1
ORDER BY row_key
