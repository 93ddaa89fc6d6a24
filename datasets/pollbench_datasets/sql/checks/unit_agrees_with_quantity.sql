-- severity: error
-- rule: The unit is one in which the quantity is given: shares in share_pct, probabilities in probability_pct.
-- why: Measures choose by the quantity and print by the unit.
-- remedy: Correct the unit or the quantity.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'unit' AS column_name, quantity || ' in ' || unit AS found
FROM forecast
WHERE NOT list_contains(CASE
    WHEN quantity IN ('vote_share', 'digital_share', 'share_of_voice') THEN ['share_pct']
    WHEN quantity IN ('win_probability', 'runoff_probability') THEN ['probability_pct']
    WHEN quantity = 'approval' THEN ['approval_pct']
    WHEN quantity = 'rank' THEN ['rank']
    WHEN quantity = 'seats' THEN ['seats']
    WHEN quantity = 'message_volume' THEN ['count']
    WHEN quantity = 'audience' THEN ['count', 'growth_pct', 'time_pct']
    ELSE ['probability_pct', 'points']
  END, unit::VARCHAR)
ORDER BY row_key
