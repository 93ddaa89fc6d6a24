-- severity: error
-- rule: The votes by department add up to the national result, candidate by candidate.
-- why: A lost or repeated territory would shift every map and the previous-election baselines.
-- remedy: Compare with the proclamation and with the file of the ministry.
SELECT 'result' AS table_name, r.contest_id || '/' || r.candidate_id AS row_key, 'votes' AS column_name,
  'departments ' || coalesce(sum(d.votes), 0) || ', result ' || r.votes AS found
FROM result r
LEFT JOIN department_result d USING (contest_id, candidate_id)
WHERE r.contest_id IN (SELECT contest_id FROM department_result WHERE contest_id IS NOT NULL)
GROUP BY r.contest_id, r.candidate_id, r.votes
HAVING coalesce(sum(d.votes), 0) <> r.votes
ORDER BY row_key
