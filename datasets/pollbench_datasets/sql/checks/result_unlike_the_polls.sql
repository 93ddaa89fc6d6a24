-- severity: warning
-- rule: A result lies within ten points of the mean of what polls of the last two weeks gave, where there are three.
-- why: Votes that were exchanged between two candidates add up as before; polls have missed by more, but rarely.
-- remedy: Compare with the proclamation; if it is right, leave it.
WITH counted AS (
  SELECT contest_id, candidate_id,
    coalesce(share_pct, 100.0 * votes / sum(votes) OVER (PARTITION BY contest_id))::DOUBLE AS share
  FROM result
), polled AS (
  SELECT r.contest_id, r.candidate_id, r.share, avg(p.value)::DOUBLE AS mean, count(DISTINCT f.survey) AS polls
  FROM counted r
  JOIN contest c USING (contest_id)
  JOIN forecast f ON f.contest_id = r.contest_id AND f.survey IS NOT NULL AND f.quantity = 'vote_share'
    AND f.lineup IN ('final', 'near-final') AND c.day - f.measured_to <= 14
  JOIN prediction p ON p.forecast_id = f.forecast_id AND p.candidate_id = r.candidate_id
  GROUP BY ALL
)
SELECT 'result' AS table_name, contest_id || '/' || candidate_id AS row_key, 'votes' AS column_name,
  round(share, 1) || ' %, ' || polls || ' polls ' || round(mean, 1) || ' %' AS found
FROM polled
WHERE polls >= 3 AND abs(share - mean) > 10
ORDER BY row_key
