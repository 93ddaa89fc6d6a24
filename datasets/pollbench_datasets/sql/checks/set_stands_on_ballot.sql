-- severity: error
-- rule: A named set of candidates holds only people on the ballot of its contest.
-- why: A set is what forecasters are compared on; someone without a result cannot be compared.
-- remedy: Correct candidate_sets in election.toml.
SELECT 'candidate_set' AS table_name, s.contest_id || '/' || s.name || '/' || s.candidate_id AS row_key,
  'candidate_sets' AS column_name, s.candidate_id AS found
FROM candidate_set s
WHERE NOT EXISTS (FROM candidate k WHERE k.contest_id = s.contest_id AND k.candidate_id = s.candidate_id)
ORDER BY row_key
