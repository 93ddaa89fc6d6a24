-- severity: error
-- rule: Votes, blank and null ballots and abstentions of a department add up to its register, the same in all its rows.
-- why: Who moved between two rounds is inferred from these columns; without abstentions and blank ballots voters vanish.
-- remedy: Compare with the file of the ministry.
SELECT 'department_result' AS table_name, min(contest_id || '/' || dept_code || '/' || candidate_id) AS row_key,
  'registered' AS column_name,
  concat_ws(', ', 'registered ' || min(registered), 'votes ' || sum(votes), 'blank and null ' || min(blank_null),
    'abstentions ' || min(abstentions)) AS found
FROM department_result
GROUP BY contest_id, dept_code
HAVING sum(votes) + min(blank_null) + min(abstentions) <> min(registered)
  OR min(blank) + min(null_votes) <> min(blank_null)
  OR count(DISTINCT (registered, abstentions, blank, null_votes, blank_null)) > 1
  OR (count(registered), count(abstentions), count(blank_null))
    NOT IN ((0, 0, 0), (count(*), count(*), count(*)))
ORDER BY row_key
