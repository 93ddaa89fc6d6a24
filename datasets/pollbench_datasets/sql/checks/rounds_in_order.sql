-- severity: error
-- rule: A later round is held on a later day.
-- why: The age and the horizon of every forecast are counted from these days.
-- remedy: Correct day or round in contests.csv.
SELECT 'contest' AS table_name, later.contest_id AS row_key, 'day' AS column_name,
  later.day || ', round ' || earlier.round || ' on ' || earlier.day AS found
FROM contest later
JOIN contest earlier ON earlier.election_id = later.election_id AND earlier.round < later.round
WHERE later.day <= earlier.day
ORDER BY row_key
