-- severity: error
-- rule: What is known before the vote is not recalled and was seen by the day of the vote, or its note says how it is
--   known; what is not known before is recalled; only a page from after the vote tells of an earlier publication.
-- why: Figures known before the vote are never mixed with figures that were told afterwards.
-- remedy: Correct known_before_vote, public_before, recalled or the day, or write into note how it is known.
SELECT 'release' AS table_name, forecast_id AS row_key, 'known_before_vote' AS column_name,
  concat_ws(', ', known_before_vote, public_before, CASE WHEN f.recalled THEN 'recalled' END, f.first_seen_on) AS found
FROM release r
JOIN forecast f USING (forecast_id)
JOIN contest c USING (contest_id)
WHERE (r.known_before_vote = 'no') <> f.recalled
  OR (r.known_before_vote = 'yes' AND f.note IS NULL
    AND coalesce(f.first_seen_on, f.published_on, f.measured_to, DATE '9999-12-31') > c.day)
  OR (r.known_before_vote = 'yes' AND r.public_before IS NOT NULL)
ORDER BY row_key
