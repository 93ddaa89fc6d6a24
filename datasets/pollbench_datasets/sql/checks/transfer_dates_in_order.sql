-- severity: error
-- rule: A transfer was asked before it was published, at the latest on the day of the vote.
-- why: Which poll was the last before the vote is read from these days.
-- remedy: Correct the day.
SELECT 'transfer' AS table_name, transfer_id AS row_key,
  CASE WHEN measured_from > measured_to THEN 'measured_from' ELSE 'measured_to' END AS column_name,
  concat_ws(', ', measured_from, measured_to, published_on, c.day) AS found
FROM transfer t JOIN contest c USING (contest_id)
WHERE measured_from > measured_to OR measured_to > published_on OR measured_to > c.day
ORDER BY row_key
