-- severity: error
-- rule: A scenario names each of its candidates once, ends no earlier than it begins and is about days before the vote.
-- why: A name twice would be one candidate too few, and its days say which polls may name it.
-- remedy: Correct candidates, since or until in scenarios.csv.
WITH listed AS (
  SELECT s.*, string_split(s.candidates, ' ') AS names,
    (SELECT max(c.day) FROM contest c WHERE c.election_id = s.election_id) AS last_day
  FROM scenario s
)
SELECT 'scenario' AS table_name, election_id || '/' || scenario_id AS row_key, 'candidates' AS column_name,
  concat_ws(', ', candidates, since, until) AS found
FROM listed
WHERE len(list_distinct(names)) < len(names) OR since > until OR greatest(since, until) > last_day
ORDER BY row_key
