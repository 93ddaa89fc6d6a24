-- severity: warning
-- rule: A later round follows one to five weeks after the one before, on the same day of the week; a French presidential
--   run-off two weeks after the first round, both on a Sunday.
-- why: A day that is off by one moves the horizon of every forecast.
-- remedy: Compare with the decree that calls the vote; if it is right, leave it.

-- Constitution of France, article 7: the fourteenth day after the first round; electoral code, article L55: a Sunday.
WITH dated AS (
  SELECT c.contest_id, c.day, e.country = 'FR' AND e.office = 'president' AS by_law,
    lag(c.day) OVER (PARTITION BY c.election_id ORDER BY c.round) AS day_before
  FROM contest c
  JOIN election e USING (election_id)
)
SELECT 'contest' AS table_name, contest_id AS row_key, 'day' AS column_name,
  day || ', a ' || dayname(day) || coalesce(', ' || (day - day_before) || ' days after the round before', '') AS found
FROM dated
WHERE (day - day_before) % 7 <> 0 OR day - day_before NOT BETWEEN 7 AND 35
  OR (by_law AND (dayofweek(day) <> 0 OR day - day_before <> 14))
ORDER BY row_key
