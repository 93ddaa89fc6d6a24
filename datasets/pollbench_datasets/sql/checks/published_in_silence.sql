-- severity: error
-- rule: A poll published in France does not appear on a day on which none may.
-- why: The law forbids it on the eve and the day of each round, so such a day is almost surely a mistake.
-- remedy: Correct published_on; if it did appear, add a waiver with the source.

-- A poll about the run-off may not appear before the first round either: the windows of all rounds count.
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'published_on' AS column_name,
  f.published_on || ', silence from ' || s.first_day || ' to ' || s.last_day AS found
FROM forecast f
JOIN forecaster o USING (forecaster_id)
JOIN contest c USING (contest_id)
JOIN contest any_round ON any_round.election_id = c.election_id
JOIN silence s ON s.contest_id = any_round.contest_id
WHERE is_poll(o.family, o.kind) AND o.country = 'France'
  AND f.published_precision = 'day' AND f.published_on BETWEEN s.first_day AND s.last_day
ORDER BY row_key
