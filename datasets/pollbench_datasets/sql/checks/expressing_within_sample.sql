-- severity: error
-- rule: Those who state an intention are not more than the sample.
-- why: The two counts are easily swapped; the sampling error rests on the smaller one.
-- remedy: Swap or correct sample_size and expressing_n.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'expressing_n' AS column_name,
  expressing_n || ' of ' || sample_size AS found
FROM forecast
WHERE expressing_n > sample_size
ORDER BY row_key
