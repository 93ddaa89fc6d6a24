-- severity: warning
-- rule: A published interval says of what level it is.
-- why: An interval whose level is not known can be drawn but not scored: 80 and 95 % are judged differently.
-- remedy: Write its ends as quantiles in quantiles.csv, for 95 % at the levels 2.5 and 97.5; if the source prints no
--   level, leave it.
SELECT 'forecast' AS table_name, p.forecast_id AS row_key, 'quantity' AS column_name,
  count(*) || ' intervals, from ' || min(coalesce(p.lower::VARCHAR, 'none')) AS found
FROM prediction p
WHERE (p.lower IS NOT NULL OR p.upper IS NOT NULL)
  AND NOT EXISTS (FROM quantile q WHERE q.forecast_id = p.forecast_id AND q.candidate_id = p.candidate_id)
GROUP BY p.forecast_id
ORDER BY row_key
