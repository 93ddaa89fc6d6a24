-- severity: error
-- rule: The votes of the candidates add up to the valid votes.
-- why: Shares are derived from votes; a missing or mistyped one would move all of them.
-- remedy: Compare with the proclamation.
SELECT 'contest' AS table_name, c.contest_id AS row_key, 'valid' AS column_name,
  'sum ' || sum(r.votes) || ', valid ' || coalesce(c.valid::VARCHAR, 'empty') AS found
FROM contest c
JOIN result r USING (contest_id)
GROUP BY c.contest_id, c.valid
-- Where only shares or seats are printed there are no votes to add up.
HAVING count(r.votes) > 0 AND sum(r.votes) IS DISTINCT FROM c.valid
ORDER BY row_key
