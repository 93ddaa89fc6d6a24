-- severity: warning
-- rule: Fieldwork takes at most two days longer than the longest other of its house in an election, and two weeks where
--   there are fewer than four others.
-- why: A first day that is too early looks like this; fieldwork says how old a figure is, and which waves overlap.
-- remedy: Compare both days with the source; if they are right, leave them.
WITH poll AS (
  SELECT o.house, c.election_id, f.survey, max(f.measured_to) - min(f.measured_from) + 1 AS days,
    min(f.forecast_id) AS forecast_id
  FROM forecast f
  JOIN forecaster o USING (forecaster_id)
  JOIN contest c USING (contest_id)
  WHERE f.survey IS NOT NULL AND f.measured_from IS NOT NULL
  GROUP BY ALL
), beside AS (
  SELECT a.forecast_id, a.days, count(b.survey) AS others, max(b.days) AS longest
  FROM poll a
  LEFT JOIN poll b ON b.house = a.house AND b.election_id = a.election_id AND b.survey <> a.survey
  GROUP BY ALL
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'measured_from' AS column_name,
  days || ' days' || CASE WHEN others > 0 THEN ', the longest of ' || others || ' others ' || longest ELSE '' END AS found
FROM beside
WHERE CASE WHEN others >= 4 THEN days > longest + 2 ELSE days > 14 END
ORDER BY row_key
