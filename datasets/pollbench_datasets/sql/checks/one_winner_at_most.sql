-- severity: error
-- rule: Of those who stand in a contest as many as it elects won, at the most.
-- why: Who was right is read off the outcome; two winners of one office would make two calls right.
-- remedy: Correct elected in outcomes.csv, or advance in contests.csv.
SELECT 'outcome' AS table_name, o.contest_id || '/' || min(o.candidate_id) AS row_key, 'elected' AS column_name,
  count(*) || ' won, ' || c.advance || ' advance' AS found
FROM outcome o
JOIN contest c USING (contest_id)
JOIN candidate k ON k.contest_id = o.contest_id AND k.candidate_id = o.candidate_id
WHERE o.elected = 'yes'
GROUP BY o.contest_id, c.advance
HAVING count(*) > c.advance
ORDER BY row_key
