-- severity: error
-- rule: No more advance than stand.
-- why: Who advances is read off the order of the result; places that nobody can take would make every claim true.
-- remedy: Correct advance in contests.csv, or complete candidates.csv.

-- A round whose ballot is not known yet has no candidates and is left alone.
SELECT 'contest' AS table_name, c.contest_id AS row_key, 'advance' AS column_name,
  c.advance || ' advance, ' || count(*) || ' stand' AS found
FROM contest c
JOIN candidate k USING (contest_id)
GROUP BY c.contest_id, c.advance
HAVING c.advance > count(*)
ORDER BY row_key
