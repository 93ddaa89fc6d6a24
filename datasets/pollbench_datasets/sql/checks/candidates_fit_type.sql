-- severity: error
-- rule: A leader, a winner and a band name one candidate, a pair and a margin two, an order two or more; nobody
--   twice.
-- why: What came true is computed from the type and the names.
-- remedy: Correct the type or the list; split a claim that says two things.
WITH named AS (
  SELECT 'event' AS table_name, event_id AS row_key, type, string_split(candidates, ' ') AS names FROM event
  UNION ALL SELECT 'claim', claim_id, type, string_split(candidates, ' ') FROM claim
)
SELECT table_name, row_key, 'candidates' AS column_name, type || ': ' || array_to_string(names, ' ') AS found
FROM named
WHERE len(list_distinct(names)) <> len(names)
  OR (type IN ('leader', 'winner', 'share_band') AND len(names) <> 1)
  OR (type IN ('qualified_pair', 'margin') AND len(names) <> 2)
  OR (type = 'order' AND len(names) < 2)
ORDER BY row_key
