-- severity: error
-- rule: A row of low confidence says why in its note.
-- why: A doubt without its reason cannot be settled by anyone.
-- remedy: Write the reason into note, or raise the confidence.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'note' AS column_name, 'low confidence, no note' AS found
FROM forecast
WHERE confidence = 'low' AND note IS NULL
UNION ALL
SELECT 'claim', claim_id, 'note', 'low confidence, no note'
FROM claim
WHERE confidence = 'low' AND note IS NULL
ORDER BY row_key
