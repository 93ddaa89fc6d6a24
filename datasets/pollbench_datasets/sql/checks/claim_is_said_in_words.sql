-- severity: error
-- rule: A claim is a leader, a pair, qualified or eliminated candidates, a winner or an order.
-- why: Bands and margins are figures: they belong to events.csv.
-- remedy: Move the row to events.csv, with a forecast of the quantity event.
SELECT 'claim' AS table_name, claim_id AS row_key, 'type' AS column_name, type::VARCHAR AS found
FROM claim
WHERE type IN ('share_band', 'margin')
ORDER BY row_key
