-- severity: warning
-- rule: A share lies within two and a half standard errors of what its house gave in the three weeks around it, or of
--   what the other houses gave in the ten days around it; within four where one of the two is not known.
-- why: A mistyped share looks like this (a public list of 2007 has Sarkozy at 38 for 28), and so do the figures of another
--   poll or of another candidate; so does a campaign that turns.
-- remedy: Compare with the source; if it is right, leave it.

-- Only polls of the same line-up are compared. One line per poll, at the share that is furthest. Samples of more than 1,500
-- count as such: quotas and weights keep no poll closer than that. Below 1.5 per cent the binomial error is not taken for
-- less than that of 1.5 per cent. A share printed in steps is uncertain by the step over the root of twelve besides, and where
-- the neighbours differ by more than their samples explain (a primary that turns in a week), their spread is the yardstick.
WITH figure AS (
  SELECT f.forecast_id, f.contest_id, o.house, f.survey, coalesce(f.lineup, f.scenario) AS named, p.candidate_id,
    f.measured_to AS stand, p.value::DOUBLE AS value,
    least(coalesce(f.expressing_n, f.sample_size, 1000), 1500)::DOUBLE AS size,
    CASE WHEN bool_and(p.value % 1 = 0) OVER poll THEN 1.0 WHEN bool_and(p.value * 2 % 1 = 0) OVER poll THEN 0.5
      ELSE 0.1 END AS step
  FROM forecast f
  JOIN forecaster o USING (forecaster_id)
  JOIN prediction p USING (forecast_id)
  WHERE f.survey IS NOT NULL AND f.quantity = 'vote_share' AND p.flag IS NULL
  WINDOW poll AS (PARTITION BY f.forecast_id)
), beside AS (
  SELECT a.forecast_id, a.candidate_id, a.value, a.size, a.step,
    avg(b.value) FILTER (WHERE b.house = a.house) AS own, count(*) FILTER (WHERE b.house = a.house) AS own_count,
    var_samp(b.value) FILTER (WHERE b.house = a.house) AS own_spread,
    avg(b.value) FILTER (WHERE b.house <> a.house) AS field, count(*) FILTER (WHERE b.house <> a.house) AS field_count,
    var_samp(b.value) FILTER (WHERE b.house <> a.house) AS field_spread
  FROM figure a
  JOIN figure b USING (contest_id, named, candidate_id)
  WHERE a.survey <> b.survey AND abs(a.stand - b.stand) <= CASE WHEN a.house = b.house THEN 21 ELSE 10 END
  GROUP BY ALL
), judged AS (
  SELECT *,
    (value - own) / sqrt(greatest(greatest(own * (100 - own), 150) / size + step * step / 12, own_spread)
      * (1 + 1 / own_count)) AS from_own,
    (value - field) / sqrt(greatest(greatest(field * (100 - field), 150) / size + step * step / 12, field_spread)
      * (1 + 1 / field_count)) AS from_field
  FROM beside
), furthest AS (
  SELECT *, CASE
      WHEN from_own IS NULL THEN abs(from_field) - 1.5
      WHEN from_field IS NULL THEN abs(from_own) - 1.5
      WHEN from_own * from_field > 0 THEN least(abs(from_own), abs(from_field))
      ELSE 0 END AS errors
  FROM judged
  QUALIFY row_number() OVER (PARTITION BY forecast_id ORDER BY errors DESC, candidate_id) = 1
)
SELECT 'prediction' AS table_name, forecast_id || '/' || candidate_id AS row_key, 'value' AS column_name,
  concat_ws(', ', round(value, 1), 'its house ' || round(own, 1), 'others ' || round(field, 1)) AS found
FROM furthest
WHERE errors > 2.5
ORDER BY row_key
