-- severity: error
-- rule: A bloc has one candidate in a contest at the most.
-- why: The baseline that repeats the previous election gives each candidate the share of its bloc.
-- remedy: Leave the bloc of one of them empty.
SELECT 'candidate' AS table_name, contest_id || '/' || unnest(list(candidate_id)) AS row_key, 'bloc' AS column_name,
  bloc AS found
FROM candidate
WHERE bloc IS NOT NULL
GROUP BY contest_id, bloc
HAVING count(*) > 1
ORDER BY row_key
