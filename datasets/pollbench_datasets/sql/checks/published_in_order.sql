-- severity: warning
-- rule: Of two polls of a house about an election the one that was measured earlier is published no later, and each
--   within three weeks of its last day.
-- why: One of the four days is wrong, or a poll was held back; what was known on a day rests on them.
-- remedy: Compare the days with the source; if they are right, leave them.
WITH poll AS (
  SELECT o.house, c.election_id, f.survey, max(f.measured_to) AS stand, min(f.published_on) AS published_on,
    min(f.forecast_id) AS forecast_id
  FROM forecast f
  JOIN forecaster o USING (forecaster_id)
  JOIN contest c USING (contest_id)
  WHERE f.survey IS NOT NULL AND f.published_precision = 'day'
  GROUP BY ALL
), overtaken AS (
  SELECT a.forecast_id, a.stand, a.published_on, min(b.forecast_id) AS by_whom
  FROM poll a
  LEFT JOIN poll b ON b.house = a.house AND b.election_id = a.election_id
    AND b.stand > a.stand AND b.published_on < a.published_on
  GROUP BY ALL
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'published_on' AS column_name,
  'measured to ' || stand || ', published on ' || published_on || coalesce(', after ' || by_whom, '') AS found
FROM overtaken
WHERE by_whom IS NOT NULL OR published_on - stand > 21
ORDER BY row_key
