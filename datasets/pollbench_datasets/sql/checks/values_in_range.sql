-- severity: error
-- rule: Shares, probabilities and approvals lie within 0 to 100, counts and seats are not negative, ranks start at 1.
-- why: Anything else is a typing error or a misplaced decimal point.
-- remedy: Correct the value, or the unit of its forecast.
WITH figures AS (
  SELECT 'prediction' AS table_name, forecast_id || '/' || candidate_id AS row_key, forecast_id, value,
    least(value, lower, upper) AS smallest, greatest(value, lower, upper) AS largest
  FROM prediction
  UNION ALL SELECT 'quantile', forecast_id || '/' || candidate_id || '/' || level, forecast_id, value, value, value
    FROM quantile
  UNION ALL SELECT 'event', event_id, forecast_id, value, value, value FROM event
)
SELECT g.table_name, g.row_key, 'value' AS column_name, g.value || ' ' || f.unit AS found
FROM figures g
JOIN forecast f USING (forecast_id)
WHERE CASE
    WHEN f.unit IN ('share_pct', 'probability_pct', 'approval_pct', 'time_pct')
      THEN g.smallest < 0 OR g.largest > 100
    WHEN f.unit IN ('count', 'seats') THEN g.smallest < 0
    WHEN f.unit = 'rank' THEN g.smallest < 1
    ELSE false
  END
ORDER BY g.row_key
