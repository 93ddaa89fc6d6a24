-- severity: warning
-- rule: On the last day of its polls about a contest and a line-up a house has one sample.
-- why: Only one of them is the last: with equal dates and sizes the letter of its id would decide which is scored.
-- remedy: Give the questions of one sample one survey; of two samples, score the mean (select mean_of_samples) or number
--   them by release.
WITH asked AS (
  SELECT forecaster_id, contest_id, coalesce(lineup, scenario) AS named, measured_to, release, population,
    max(forecast_id) AS forecast_id, count(DISTINCT survey) AS surveys,
    string_agg(forecast_id, ' ' ORDER BY forecast_id) AS ids
  FROM forecast
  WHERE survey IS NOT NULL AND quantity = 'vote_share'
  GROUP BY forecaster_id, contest_id, named, measured_to, release, population
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'survey' AS column_name,
  surveys || ' samples on ' || measured_to || ': ' || left(ids, 80) AS found
FROM asked
QUALIFY surveys > 1 AND measured_to = max(measured_to) OVER (PARTITION BY forecaster_id, contest_id, named)
ORDER BY row_key
