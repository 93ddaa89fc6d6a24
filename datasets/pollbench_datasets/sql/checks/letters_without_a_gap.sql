-- severity: warning
-- rule: The letters of the ids of one survey run from a without a gap, but for rows that a dispute names.
-- why: A gap is a row that was lost, or moved to another day.
-- remedy: Look for the missing row; if it never was one, leave it.
WITH named AS (
  SELECT survey, forecast_id FROM forecast
  UNION
  SELECT f.survey, d.forecast_id
  FROM dispute d
  JOIN forecast f ON left(f.forecast_id, length(f.forecast_id) - 2) = left(d.forecast_id, length(d.forecast_id) - 2)
)
SELECT 'forecast' AS table_name, max(forecast_id) AS row_key, 'forecast_id' AS column_name,
  'there is ' || string_agg(right(forecast_id, 1), '' ORDER BY forecast_id) AS found
FROM named
WHERE survey IS NOT NULL AND regexp_full_match(right(forecast_id, 2), '-[a-z]')
GROUP BY left(forecast_id, length(forecast_id) - 2)
HAVING max(ascii(right(forecast_id, 1))) - 96 <> count(*)
ORDER BY row_key
