-- severity: error
-- rule: What is published after the vote is marked as recalled.
-- why: Whoever writes after the vote knows the result; such rows are counted apart.
-- remedy: Set recalled to true, or correct the day.
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'published_on' AS column_name,
  f.published_on || ', the vote is on ' || c.day AS found
FROM forecast f
JOIN contest c USING (contest_id)
WHERE f.published_on > c.day AND NOT f.recalled
UNION ALL
SELECT 'claim', m.claim_id, 'made_on', m.made_on || ', the vote is on ' || c.day
FROM claim m
JOIN contest c USING (contest_id)
WHERE m.made_on > c.day AND NOT m.recalled
ORDER BY row_key
