-- severity: error
-- rule: Days of silence end on the day of the vote.
-- why: The last day on which a poll may appear is derived from them.
-- remedy: Correct from and to in election.toml.
SELECT 'silence' AS table_name, s.contest_id || '/' || s.first_day AS row_key, 'to' AS column_name,
  s.first_day || ' to ' || s.last_day || ', the vote is on ' || c.day AS found
FROM silence s
JOIN contest c USING (contest_id)
WHERE s.last_day <> c.day OR s.first_day > s.last_day
ORDER BY row_key
