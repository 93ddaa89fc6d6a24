-- severity: warning
-- rule: A sample is not more than 1.6 times as large, or as small, as the nearest other sample of its house in an
--   election; one alone has 150 to 100,000 respondents.
-- why: A digit too many or too few changes the margin of error threefold, and every weight with it.
-- remedy: Compare with the source; if it is right, leave it.

-- The nearest, not the usual: houses have small and large series. Below four others there is no habit yet.
WITH sized AS (
  SELECT o.house, c.election_id, f.survey, f.sample_size AS size, min(f.forecast_id) AS forecast_id
  FROM forecast f
  JOIN forecaster o USING (forecaster_id)
  JOIN contest c USING (contest_id)
  WHERE f.survey IS NOT NULL AND f.sample_size IS NOT NULL
  GROUP BY ALL
), beside AS (
  SELECT a.forecast_id, a.size, count(b.survey) AS others, min(greatest(a.size / b.size, b.size / a.size)) AS times,
    arg_min(b.size, greatest(a.size / b.size, b.size / a.size)) AS nearest
  FROM sized a
  LEFT JOIN sized b ON b.house = a.house AND b.election_id = a.election_id AND b.survey <> a.survey
  GROUP BY ALL
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'sample_size' AS column_name,
  size || CASE WHEN others > 0 THEN ', the nearest of ' || others || ' others has ' || nearest ELSE '' END AS found
FROM beside
WHERE CASE WHEN others >= 4 THEN times > 1.6 ELSE size NOT BETWEEN 150 AND 100000 END
ORDER BY row_key
