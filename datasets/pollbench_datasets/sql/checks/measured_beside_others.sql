-- severity: warning
-- rule: More than 400 days before the vote, something else about the election is measured within 200 days of a forecast.
-- why: A year mistyped by one moves a forecast to a time at which nothing else was measured.
-- remedy: Compare the year with the source; if it is right, leave it.

-- 400 days: a year, and the weeks by which the calendar of elections moves. Questions of one survey are one measurement.
WITH dated AS (
  SELECT f.forecast_id, c.election_id, c.day AS vote, coalesce(f.survey, f.forecast_id) AS survey,
    coalesce(f.measured_to, f.published_on) AS day
  FROM forecast f
  JOIN contest c USING (contest_id)
)
SELECT 'forecast' AS table_name, alone.forecast_id AS row_key, 'measured_to' AS column_name,
  alone.day || ', the vote is on ' || alone.vote AS found
FROM dated alone
WHERE alone.day < alone.vote - 400 AND NOT EXISTS (
  SELECT 1 FROM dated other
  WHERE other.election_id = alone.election_id AND other.survey <> alone.survey
    AND other.day BETWEEN alone.day - 200 AND alone.day + 200
)
ORDER BY row_key
