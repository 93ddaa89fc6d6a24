-- severity: error
-- rule: A result is in votes, or in shares where the votes are not known, or in seats alone, the same way for
--   everyone in a contest; the shares add up to no more than 100 but for their rounding.
-- why: Votes and shares side by side could disagree, and half a list of votes gives wrong shares to all.
-- remedy: Keep the votes and leave share_pct empty, or fill in what is missing.
WITH said AS (
  SELECT contest_id, candidate_id, votes, share_pct, seats,
    CASE WHEN votes IS NOT NULL AND share_pct IS NOT NULL THEN 'votes and share'
      WHEN votes IS NOT NULL THEN 'votes'
      WHEN share_pct IS NOT NULL THEN 'share'
      WHEN seats IS NOT NULL THEN 'seats'
      ELSE 'nothing' END AS way
  FROM result
), judged AS (
  SELECT *, CASE WHEN bool_or(way = 'votes') OVER (PARTITION BY contest_id) THEN 'votes'
      WHEN bool_or(way = 'share') OVER (PARTITION BY contest_id) THEN 'share'
      ELSE 'seats' END AS usual,
    sum(share_pct) OVER (PARTITION BY contest_id) AS total,
    count(share_pct) OVER (PARTITION BY contest_id) AS shares,
    row_number() OVER (PARTITION BY contest_id ORDER BY candidate_id) AS number
  FROM said
)
SELECT 'result' AS table_name, contest_id || '/' || candidate_id AS row_key, 'share_pct' AS column_name,
  CASE WHEN way IN ('votes and share', 'nothing') OR way <> usual THEN way ELSE 'sum of the shares ' || total END AS found
FROM judged
-- Each share may be half a hundredth too high by its rounding.
WHERE way IN ('votes and share', 'nothing') OR way <> usual OR (number = 1 AND total > 100 + 0.005 * shares)
ORDER BY row_key
