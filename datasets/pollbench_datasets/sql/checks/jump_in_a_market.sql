-- severity: warning
-- rule: From one release to the next within two weeks a probability of winning moves by no more than 15 points, and lies
--   no more than 40 points from those that others gave in these days.
-- why: A price with a wrong digit, or of another candidate, looks like this; so does a day that changes a campaign.
-- remedy: Compare with the source; if it is right, leave it.
WITH price AS (
  SELECT f.forecast_id, f.forecaster_id, f.contest_id, p.candidate_id, p.value,
    coalesce(f.measured_to, f.published_on) AS stand, f.release, coalesce(f.condition, '') AS supposed
  FROM forecast f
  JOIN prediction p USING (forecast_id)
  WHERE f.quantity = 'win_probability' AND coalesce(f.published_precision::VARCHAR, 'day') = 'day'
), ordered AS (
  SELECT *, lag(value) OVER series AS value_before, stand - lag(stand) OVER series AS days
  FROM price
  WINDOW series AS (PARTITION BY forecaster_id, contest_id, candidate_id, supposed ORDER BY stand, release, forecast_id)
), beside AS (
  SELECT a.forecast_id, a.candidate_id, median(b.value) AS others
  FROM price a
  JOIN price b USING (contest_id, candidate_id, supposed)
  WHERE b.forecaster_id <> a.forecaster_id AND abs(b.stand - a.stand) <= 14
  GROUP BY ALL
)
SELECT 'prediction' AS table_name, forecast_id || '/' || candidate_id AS row_key, 'value' AS column_name,
  concat_ws(', ', value, value_before || ' before', others || ' with others') AS found
FROM ordered
LEFT JOIN beside USING (forecast_id, candidate_id)
WHERE (abs(value - value_before) > 15 AND days <= 14) OR abs(value - others) > 40
ORDER BY row_key
