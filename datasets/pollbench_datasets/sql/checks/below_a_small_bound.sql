-- severity: warning
-- rule: A share printed as below a bound is below ten per cent.
-- why: Firms print "<0.5" for small candidates; a flag beside a large share takes it out of every comparison.
-- remedy: Empty the flag; if the source prints it so, leave it.
SELECT 'prediction' AS table_name, p.forecast_id || '/' || p.candidate_id AS row_key, 'flag' AS column_name,
  'below ' || p.value AS found
FROM prediction p
JOIN forecast f USING (forecast_id)
WHERE p.flag = 'lt' AND f.unit = 'share_pct' AND p.value >= 10
ORDER BY row_key
