-- severity: error
-- rule: A row whose transcription is disputed has its dispute.
-- why: Readers must see both readings, and why one was chosen.
-- remedy: Add a row to disputes.csv, or correct transcription.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'transcription' AS column_name, 'disputed' AS found
FROM forecast
WHERE transcription = 'disputed'
  AND forecast_id NOT IN (SELECT forecast_id FROM dispute WHERE forecast_id IS NOT NULL)
ORDER BY row_key
