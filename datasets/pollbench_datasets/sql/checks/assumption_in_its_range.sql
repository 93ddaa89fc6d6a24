-- severity: error
-- rule: An assumption lies within its own range: low <= value <= high.
-- why: The manipulation model varies it between these ends.
-- remedy: Swap or correct the ends.
SELECT 'assumption' AS table_name, assumption_id AS row_key, 'value' AS column_name,
  coalesce(low::VARCHAR, 'none') || ' <= ' || coalesce(value::VARCHAR, 'none') || ' <= '
    || coalesce(high::VARCHAR, 'none') AS found
FROM assumption
WHERE low > value OR value > high OR low > high
ORDER BY row_key
