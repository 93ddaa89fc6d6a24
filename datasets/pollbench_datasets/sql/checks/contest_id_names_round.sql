-- severity: error
-- rule: The id of a contest is its election and its round.
-- why: Contests are named by people on the command line; the pattern lets them guess.
-- remedy: Write fr-pres-2017-r1 for round 1 of fr-pres-2017.
SELECT 'contest' AS table_name, contest_id AS row_key, 'contest_id' AS column_name,
  election_id || ', round ' || round AS found
FROM contest
WHERE contest_id <> election_id || '-r' || round
ORDER BY row_key
