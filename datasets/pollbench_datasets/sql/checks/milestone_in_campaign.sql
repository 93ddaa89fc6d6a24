-- severity: error
-- rule: A milestone lies within 400 days before the last round.
-- why: Time lines mark these days; one outside would stretch the axis.
-- remedy: Correct the day.

-- 400 days, as for forecasts.
SELECT 'milestone' AS table_name, m.milestone_id AS row_key, 'day' AS column_name, m.day::VARCHAR AS found
FROM milestone m
JOIN (SELECT election_id, max(day) AS last_day FROM contest GROUP BY election_id) c USING (election_id)
WHERE m.day NOT BETWEEN c.last_day - 400 AND c.last_day
ORDER BY row_key
