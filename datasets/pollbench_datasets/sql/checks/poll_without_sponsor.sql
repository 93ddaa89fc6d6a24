-- severity: warning
-- rule: A poll names who ordered or bought it.
-- why: The law asks for it with the first publication.
-- remedy: Fill in sponsors if a source gives them.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'sponsors' AS column_name, 'empty' AS found
FROM forecast
WHERE survey IS NOT NULL AND sponsors IS NULL
ORDER BY row_key
