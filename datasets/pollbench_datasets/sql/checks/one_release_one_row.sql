-- severity: error
-- rule: Several releases of one quantity on one day are numbered by release.
-- why: The last one counts; without a number nobody knows which it is.
-- remedy: Number them 1, 2, ...; if they count different things, add a waiver that says so.
SELECT 'forecast' AS table_name, unnest(list(forecast_id)) AS row_key, 'release' AS column_name,
  quantity || ' of ' || published_on || ', release ' || release AS found
FROM forecast
WHERE survey IS NULL
GROUP BY forecaster_id, contest_id, quantity, unit, published_on, published_precision, measured_to, condition, release
HAVING count(*) > 1
ORDER BY row_key
