-- severity: error
-- rule: Pairs, qualified and eliminated candidates are claimed of a round after which another follows, winners of
--   the last.
-- why: Nobody qualifies in the last round, and nobody is elected before it.
-- remedy: Correct the contest or the type.
SELECT 'claim' AS table_name, m.claim_id AS row_key, 'type' AS column_name, m.type || ' in ' || m.contest_id AS found
FROM claim m
JOIN contest c USING (contest_id)
WHERE (m.type IN ('qualified_pair', 'qualifies', 'eliminated') AND c.advance = 1)
  OR (m.type = 'winner' AND c.advance > 1)
ORDER BY row_key
