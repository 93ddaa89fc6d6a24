-- severity: warning
-- rule: In the 400 days before a vote a line-up that five other polls test is tested by one of them within 150 days.
-- why: A poll whose year or month is wrong, in the row and in its id, stands alone like this: the line-up was not
--   thought of yet.
-- remedy: Compare the day with the source; if it is right, leave it.

-- Longer before the vote line-ups are polled rarely, and alone_long_before_the_vote looks there.
WITH poll AS (
  SELECT f.forecast_id, f.contest_id, coalesce(f.lineup, f.scenario) AS named, f.survey, f.measured_to, c.day
  FROM forecast f
  JOIN contest c USING (contest_id)
  WHERE f.survey IS NOT NULL
), beside AS (
  SELECT a.forecast_id, a.named, a.measured_to, a.day, count(DISTINCT b.survey) AS others,
    min(abs(b.measured_to - a.measured_to)) AS days
  FROM poll a
  JOIN poll b ON b.contest_id = a.contest_id AND b.named = a.named AND b.survey <> a.survey
  GROUP BY ALL
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'measured_to' AS column_name,
  measured_to || ': ' || days || ' days from the nearest of ' || others || ' others' AS found
FROM beside
WHERE others >= 5 AND days > 150 AND measured_to >= day - 400
ORDER BY row_key
