-- severity: error
-- rule: The registers and the blank and null ballots by department add up to those of the contest.
-- why: A territory that stands twice, or nowhere, would bend every transfer of votes.
-- remedy: Compare with the proclamation and with the file of the ministry.
WITH summed AS (
  SELECT contest_id, sum(registered) AS registered, sum(blank_null) AS blank_null, sum(abstentions) AS abstentions
  FROM (SELECT DISTINCT contest_id, dept_code, registered, blank_null, abstentions FROM department_result)
  GROUP BY contest_id
)
SELECT 'contest' AS table_name, c.contest_id AS row_key, 'registered' AS column_name,
  concat_ws(', ', 'departments: registered ' || d.registered, 'blank and null ' || d.blank_null,
    'abstentions ' || d.abstentions) AS found
FROM contest c JOIN summed d USING (contest_id)
WHERE d.registered <> c.registered OR d.blank_null <> c.blank_null OR d.abstentions <> c.registered - c.voters
ORDER BY row_key
