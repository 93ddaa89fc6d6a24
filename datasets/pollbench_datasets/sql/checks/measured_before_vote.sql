-- severity: error
-- rule: Fieldwork ends before the day of the vote; other measurements end on it at the latest.
-- why: What is measured after the vote is not a forecast.
-- remedy: Correct measured_to, or leave the forecast out.

-- Prices, audiences and projections may be taken on the morning of the vote; a survey asks about a vote to come.
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'measured_to' AS column_name,
  f.measured_to || ', the vote is on ' || c.day AS found
FROM forecast f
JOIN contest c USING (contest_id)
WHERE f.measured_to > c.day OR (f.survey IS NOT NULL AND f.measured_to = c.day)
ORDER BY row_key
