-- severity: error
-- rule: A milestone lies in the campaign: not before the first forecast of its election (or 400 days before the last
--   round, if that is earlier), nor after the last round.
-- why: Time lines mark these days; one outside would stretch the axis.
-- remedy: Correct the day.
SELECT 'milestone' AS table_name, m.milestone_id AS row_key, 'day' AS column_name, m.day::VARCHAR AS found
FROM milestone m
JOIN (SELECT c.election_id, max(c.day) AS last_day,
    least(max(c.day) - 400, min(coalesce(f.measured_from, f.measured_to, f.published_on))) AS first_day
  FROM contest c
  LEFT JOIN forecast f USING (contest_id)
  GROUP BY c.election_id) campaign USING (election_id)
WHERE m.day NOT BETWEEN first_day AND last_day
ORDER BY row_key
