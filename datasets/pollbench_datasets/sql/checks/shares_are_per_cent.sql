-- severity: error
-- rule: Shares are per cent, not proportions: those of two or more candidates do not all lie at 1 or below and add up to 1.
-- why: Written as 0.41, 41 per cent would be scored as an error of forty points.
-- remedy: Multiply by 100.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'unit' AS column_name, 'sum ' || sum(p.value) AS found
FROM prediction p
JOIN forecast f USING (forecast_id)
WHERE f.unit = 'share_pct'
GROUP BY forecast_id
HAVING count(*) > 1 AND max(p.value) <= 1 AND sum(p.value) BETWEEN 0.5 AND 1.1
ORDER BY row_key
