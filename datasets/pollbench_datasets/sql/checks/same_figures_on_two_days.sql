-- severity: warning
-- rule: A firm does not print the same five or more shares on two days.
-- why: Copied rows look like this. It also happens by itself, above all from one rolling wave to the next.
-- remedy: Compare with the source; if it is no copy, leave it.

-- Five: duels and short lists repeat all the time. Waves of one rolling series share respondents and are left out.
WITH vector AS (
  SELECT f.forecast_id, f.forecaster_id, f.contest_id, f.measured_to, f.rolling_series,
    string_agg(p.candidate_id || ' ' || p.value || coalesce(p.flag::VARCHAR, ''), ', ' ORDER BY p.candidate_id)
      AS figures
  FROM forecast f
  JOIN prediction p USING (forecast_id)
  WHERE f.unit = 'share_pct'
  GROUP BY ALL
  HAVING count(*) >= 5
)
SELECT 'forecast' AS table_name, later.forecast_id AS row_key, 'measured_to' AS column_name,
  'same as ' || min(earlier.forecast_id) AS found
FROM vector later
JOIN vector earlier USING (forecaster_id, contest_id, figures)
WHERE later.measured_to > earlier.measured_to
  AND (later.rolling_series IS NULL OR later.rolling_series IS DISTINCT FROM earlier.rolling_series)
GROUP BY later.forecast_id
ORDER BY row_key
