-- severity: error
-- rule: A later round is fought by as many as the round before let through, and all of them stood in it.
-- why: Who qualified is checked against who stands in the next round.
-- remedy: Correct candidates.csv or advance; add a waiver if a finalist withdrew.
WITH later AS (
  SELECT c.contest_id, p.contest_id AS before, p.advance
  FROM contest c
  JOIN contest p ON p.election_id = c.election_id AND p.round = c.round - 1
)
SELECT 'candidate' AS table_name, l.contest_id || '/' || k.candidate_id AS row_key, 'candidate_id' AS column_name,
  'did not stand in ' || l.before AS found
FROM later l
JOIN candidate k USING (contest_id)
WHERE NOT EXISTS (FROM candidate e WHERE e.contest_id = l.before AND e.candidate_id = k.candidate_id)
UNION ALL
SELECT 'contest', l.contest_id, 'advance', count(*) || ' stand, ' || l.advance || ' advanced'
FROM later l
JOIN candidate k USING (contest_id)
GROUP BY l.contest_id, l.advance
HAVING count(*) <> l.advance
ORDER BY row_key
