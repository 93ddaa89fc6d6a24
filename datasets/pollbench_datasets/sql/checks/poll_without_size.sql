-- severity: warning
-- rule: A poll has a sample size.
-- why: Without it there is no sampling error. Lists of older elections often lack it.
-- remedy: Fill in sample_size and its basis if a source gives them.

SELECT 'forecast' AS table_name, row_key, 'sample_size' AS column_name, found
FROM polls_without(sample_size)
ORDER BY row_key
