-- severity: error
-- rule: A source without an address says through what it was read.
-- why: Somebody must be able to look it up, or to see that nobody can.
-- remedy: Fill in url, or retrieved_from.
SELECT 'source' AS table_name, source_id AS row_key, 'url' AS column_name, 'no address' AS found
FROM source
WHERE url IS NULL AND retrieved_from IS NULL
ORDER BY row_key
