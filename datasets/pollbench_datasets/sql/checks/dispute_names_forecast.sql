-- severity: error
-- rule: A dispute names a forecast that exists, or none.
-- why: The verdict is recomputed under every disputed figure; a name that nothing answers to is lost there.
-- remedy: Correct forecast_id, or leave it empty for a poll that was not loaded.
SELECT 'dispute' AS table_name, dispute_id AS row_key, 'forecast_id' AS column_name, forecast_id AS found
FROM dispute
WHERE forecast_id IS NOT NULL
  AND forecast_id NOT IN (SELECT forecast_id FROM forecast WHERE forecast_id IS NOT NULL)
ORDER BY row_key
