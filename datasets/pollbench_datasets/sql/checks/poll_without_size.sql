-- severity: warning
-- rule: A poll has a sample size.
-- why: Without it there is no sampling error. Lists of older elections often lack it.
-- remedy: Fill in sample_size and its basis if a source gives them.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'sample_size' AS column_name, 'empty' AS found
FROM forecast
WHERE survey IS NOT NULL AND sample_size IS NULL
ORDER BY row_key
