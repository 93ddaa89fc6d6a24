-- severity: warning
-- rule: The last of several rounds elects one.
-- why: Who advances decides what a win, a pair and a qualification are; a run-off after which two advance has no winner.
-- remedy: Set advance of the last round to 1; if several are elected, leave it.
SELECT 'contest' AS table_name, contest_id AS row_key, 'advance' AS column_name, advance || ' advance' AS found
FROM contest
WHERE advance > 1 AND round > 1
  AND NOT EXISTS (FROM contest later WHERE later.election_id = contest.election_id AND later.round > contest.round)
ORDER BY row_key
