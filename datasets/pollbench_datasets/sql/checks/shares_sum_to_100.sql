-- severity: error
-- rule: The shares of a complete forecast add up to 100 within a point, those of any forecast to 101 at the most.
-- why: A sum far from 100 betrays a mistyped or a lost share.
-- remedy: Compare with the source; if small candidates are missing there, set complete to false.

-- One point: firms print half or whole points and balance the total; no complete list in five elections is
-- further off. A share printed "<0.5" may be anything from 0 to its bound.
WITH total AS (
  SELECT forecast_id, coalesce(sum(value) FILTER (WHERE flag IS DISTINCT FROM 'lt'), 0) AS printed,
    coalesce(sum(value) FILTER (WHERE flag = 'lt'), 0) AS below
  FROM prediction
  GROUP BY forecast_id
)
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'complete' AS column_name,
  'sum ' || t.printed || CASE WHEN t.below > 0 THEN ' and up to ' || t.below || ' below a bound' ELSE '' END AS found
FROM forecast f
JOIN total t USING (forecast_id)
-- A sum of one is the matter of shares_are_per_cent.
WHERE f.unit = 'share_pct' AND NOT t.printed + t.below BETWEEN 0.5 AND 1.1
  AND (t.printed > 101 OR (f.complete AND t.printed + t.below < 99))
ORDER BY row_key
