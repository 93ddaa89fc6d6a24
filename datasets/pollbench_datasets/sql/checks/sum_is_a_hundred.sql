-- severity: warning
-- rule: The shares of a complete poll add up to 100 within half a point, and to 100 where it has two or three.
-- why: Firms round to a total of 100; a point too many or too few is most often one figure that was mistyped.
-- remedy: Compare every figure with the source; if the firm prints them so, leave it.

-- Beyond a point it is an error: shares_sum_to_100. A share printed "<0.5" may be anything from 0 to its bound.
WITH total AS (
  SELECT forecast_id, coalesce(sum(value) FILTER (WHERE flag IS DISTINCT FROM 'lt'), 0) AS printed,
    coalesce(sum(value) FILTER (WHERE flag = 'lt'), 0) AS below,
    CASE WHEN count(*) > 3 THEN 0.5 ELSE 0 END AS slack
  FROM prediction
  GROUP BY forecast_id
)
SELECT 'forecast' AS table_name, f.forecast_id AS row_key, 'complete' AS column_name, 'sum ' || t.printed AS found
FROM forecast f
JOIN total t USING (forecast_id)
WHERE f.unit = 'share_pct' AND f.complete AND f.survey IS NOT NULL AND t.printed <= 101 AND t.printed + t.below >= 99
  AND (t.printed > 100 + t.slack OR t.printed + t.below < 100 - t.slack)
ORDER BY row_key
