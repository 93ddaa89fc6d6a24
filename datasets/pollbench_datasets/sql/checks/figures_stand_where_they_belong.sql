-- severity: error
-- rule: A forecast has figures: in events.csv if its quantity is event, in predictions.csv otherwise.
-- why: A forecast without a figure cannot be scored, and would count as one in every coverage table.
-- remedy: Add the figures, or correct the quantity.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'quantity' AS column_name, quantity::VARCHAR AS found
FROM forecast
WHERE (quantity = 'event') <> (forecast_id IN (SELECT forecast_id FROM event WHERE forecast_id IS NOT NULL))
  OR (quantity = 'event') = (forecast_id IN (SELECT forecast_id FROM prediction WHERE forecast_id IS NOT NULL))
ORDER BY row_key
