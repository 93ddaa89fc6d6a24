-- severity: error
-- rule: A forecast has a day: measured_to, published_on, or at least first_seen_on.
-- why: Without a day nobody can say whether it came before the vote, nor how long before.
-- remedy: Fill in the day of publication, with its precision, or leave the forecast out.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'measured_to' AS column_name, 'no day' AS found
FROM forecast
WHERE coalesce(measured_to, published_on, first_seen_on) IS NULL
ORDER BY row_key
