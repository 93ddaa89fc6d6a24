-- severity: error
-- rule: Figures about a part of the electorate (population subgroup:...) have the status index.
-- why: The young or the members of a church are not the electorate; their shares are no forecast of the result.
-- remedy: Set status to index, or correct the population.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'status' AS column_name,
  population || ', ' || status AS found
FROM forecast
WHERE population LIKE 'subgroup:%' AND status <> 'index'
ORDER BY row_key
