-- severity: error
-- rule: Once votes are counted, everyone who stands has a result.
-- why: A candidate without votes would silently drop out of every comparison.
-- remedy: Add the missing row to results.csv, or take the candidate out of candidates.csv.
SELECT 'candidate' AS table_name, k.contest_id || '/' || k.candidate_id AS row_key, 'candidate_id' AS column_name,
  'no votes' AS found
FROM candidate k
LEFT JOIN contest c USING (contest_id)
WHERE (c.valid IS NOT NULL OR EXISTS (FROM result r WHERE r.contest_id = k.contest_id))
  AND NOT EXISTS (FROM result r WHERE r.contest_id = k.contest_id AND r.candidate_id = k.candidate_id)
ORDER BY row_key
