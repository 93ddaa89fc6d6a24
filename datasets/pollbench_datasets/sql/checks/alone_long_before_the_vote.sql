-- severity: warning
-- rule: What is measured more than 400 days before the vote is part of a series: another figure about the contest lies
--   within 200 days of it.
-- why: A row whose year is wrong by one or two stands alone like this; a long campaign is polled again and again.
-- remedy: Compare the year with the source; if it is right, leave it.
WITH dated AS (
  SELECT f.forecast_id, f.contest_id, c.day AS vote, coalesce(f.measured_to, CASE f.published_precision
      WHEN 'month' THEN last_day(f.published_on)
      WHEN 'year' THEN make_date(year(f.published_on), 12, 31)
      ELSE f.published_on END, f.first_seen_on) AS stand, f.measured_from
  FROM forecast f
  JOIN contest c USING (contest_id)
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'measured_to' AS column_name,
  stand || ', the vote is on ' || vote AS found
FROM dated alone
WHERE stand < vote - 400 AND stand >= vote - 2557
  AND NOT EXISTS (FROM dated other WHERE other.contest_id = alone.contest_id AND other.forecast_id <> alone.forecast_id
    AND abs(other.stand - alone.stand) BETWEEN 1 AND 200)
ORDER BY row_key
