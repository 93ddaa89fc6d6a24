-- severity: warning
-- rule: A house does not print the same shares for the same candidates twice: five or more of them at any time, fewer
--   within three days from samples of one size.
-- why: A poll that is in the file twice, under another day, letter, survey or name of its house, looks like this. It
--   also happens by itself, above all from one wave to the next.
-- remedy: Compare with the source; remove the copy, or leave it if it is none.

-- Five: duels and short lists repeat all the time; a copy stands close to its original. Waves of one rolling series
-- share respondents and are left out. One line for each set of equal polls, at the last of them.
WITH vector AS (
  SELECT f.forecast_id, o.house, f.contest_id, f.quantity, coalesce(f.measured_to, f.published_on) AS stand, f.survey,
    f.rolling_series, f.condition, f.sample_size, count(*) AS shares,
    string_agg(p.candidate_id || ' ' || p.value || coalesce(p.flag::VARCHAR, ''), ', ' ORDER BY p.candidate_id)
      AS figures
  FROM forecast f
  JOIN forecaster o USING (forecaster_id)
  JOIN prediction p USING (forecast_id)
  WHERE f.unit = 'share_pct' AND f.survey IS NOT NULL
  GROUP BY ALL
), twice AS (
  SELECT later.forecast_id, later.stand, later.house, later.contest_id, later.figures,
    arg_min(earlier.forecast_id, (earlier.stand, earlier.forecast_id)) AS first_id
  FROM vector later
  JOIN vector earlier USING (house, contest_id, quantity, figures)
  WHERE (earlier.stand, earlier.forecast_id) < (later.stand, later.forecast_id)
    AND earlier.survey <> later.survey
    AND (later.rolling_series IS NULL OR later.rolling_series IS DISTINCT FROM earlier.rolling_series)
    AND (later.shares >= 5
      OR (later.stand - earlier.stand <= 3 AND later.sample_size IS NOT DISTINCT FROM earlier.sample_size))
  GROUP BY ALL
)
SELECT 'forecast' AS table_name, arg_max(forecast_id, (stand, forecast_id)) AS row_key, 'measured_to' AS column_name,
  'same as ' || arg_min(first_id, (stand, forecast_id))
    || CASE WHEN count(*) > 1 THEN ' and ' || (count(*) - 1) || ' more' ELSE '' END AS found
FROM twice
GROUP BY house, contest_id, figures
ORDER BY row_key
