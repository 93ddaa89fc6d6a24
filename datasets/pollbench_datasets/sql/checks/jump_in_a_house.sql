-- severity: warning
-- rule: From one poll to the next of a firm, with the same line-up and within two weeks, no share moves by more than
--   four points.
-- why: A mistyped share looks like this (a public list of 2007 has Sarkozy at 38 for 28); so does a campaign that
--   turns.
-- remedy: Compare with the source; if it is right, leave it.

-- Four points, an opinion: rounding, weighting by past votes and quotas keep most steps below two. Two weeks: over
-- a longer gap opinion itself moves.
WITH ordered AS (
  SELECT f.forecast_id, p.candidate_id, p.value, f.measured_to,
    lag(p.value) OVER series AS value_before,
    lag(f.forecast_id) OVER series AS forecast_before,
    lag(f.measured_to) OVER series AS day_before
  FROM forecast f
  JOIN prediction p USING (forecast_id)
  WHERE f.survey IS NOT NULL
  WINDOW series AS (
    PARTITION BY f.forecaster_id, f.contest_id, f.lineup, p.candidate_id
    ORDER BY f.measured_to, f.release, f.forecast_id)
)
SELECT 'prediction' AS table_name, forecast_id || '/' || candidate_id AS row_key, 'value' AS column_name,
  value_before || ' to ' || value || ' since ' || forecast_before AS found
FROM ordered
-- Samples of one day are the matter of several_samples_on_one_day.
WHERE abs(value - value_before) > 4 AND measured_to - day_before BETWEEN 1 AND 14
ORDER BY row_key
