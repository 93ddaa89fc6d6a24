-- severity: error
-- rule: A transfer leads from an option of the round before to an option of its contest.
-- why: A transfer from or to a candidate who did not stand belongs to another round.
-- remedy: Correct the candidate, the contest, or use abstention, blank_null or neither.
WITH options AS (
  SELECT t.transfer_id,
    t.from_option IN ('abstention', 'blank_null') OR EXISTS (
      SELECT 1 FROM contest b JOIN candidate k USING (contest_id)
      WHERE b.election_id = c.election_id AND b.round = c.round - 1 AND k.candidate_id = t.from_option) AS comes,
    t.to_option IN ('abstention', 'blank_null', 'neither') OR EXISTS (
      SELECT 1 FROM candidate k WHERE k.contest_id = t.contest_id AND k.candidate_id = t.to_option) AS goes,
    t.from_option, t.to_option
  FROM transfer t JOIN contest c USING (contest_id)
)
SELECT 'transfer' AS table_name, transfer_id AS row_key,
  CASE WHEN comes THEN 'to_option' ELSE 'from_option' END AS column_name,
  CASE WHEN comes THEN to_option ELSE from_option END AS found
FROM options
WHERE NOT (comes AND goes)
ORDER BY row_key
