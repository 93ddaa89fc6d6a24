-- severity: error
-- rule: A poll of a duel is about a round after which no other follows.
-- why: Whenever it was asked, it measures the run-off; in a first round its shares would be scored against another result.
-- remedy: Correct contest_id, or the line-up.
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'contest_id' AS column_name,
  f.lineup || ' in ' || f.contest_id AS found
FROM forecast f
JOIN contest c USING (contest_id)
WHERE f.lineup LIKE 'duel-%' AND c.advance > 1
ORDER BY row_key
