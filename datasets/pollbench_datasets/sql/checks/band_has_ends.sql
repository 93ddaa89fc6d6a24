-- severity: error
-- rule: A band of a share has a low end below its high end, both within 0 to 100; other events have neither.
-- why: Whether a band came true is computed from its ends.
-- remedy: Fill in low and high, or correct the type.
SELECT 'event' AS table_name, event_id AS row_key, 'low' AS column_name,
  type || ': ' || coalesce(low::VARCHAR, 'none') || ' to ' || coalesce(high::VARCHAR, 'none') AS found
FROM event
WHERE CASE WHEN type = 'share_band' THEN NOT coalesce(low >= 0 AND low < high AND high <= 100, false)
  ELSE low IS NOT NULL OR high IS NOT NULL END
ORDER BY row_key
