-- severity: warning
-- rule: A poll names who ordered or bought it.
-- why: The law asks for it with the first publication.
-- remedy: Fill in sponsors if a source gives them.

SELECT 'forecast' AS table_name, row_key, 'sponsors' AS column_name, found
FROM polls_without(sponsors)
ORDER BY row_key
