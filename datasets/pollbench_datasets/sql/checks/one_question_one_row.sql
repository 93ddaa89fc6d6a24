-- severity: error
-- rule: A survey has one row for each contest and line-up.
-- why: The same question twice would count double, and two answers to it cannot both be right.
-- remedy: Keep one row and log the other in disputes.csv, or give another sample (of likely voters, beside the registered ones)
--   its own survey, and say in population whom it asked.
SELECT 'forecast' AS table_name, unnest(list(forecast_id)) AS row_key, 'survey' AS column_name,
  concat_ws(', ', survey, lineup, scenario) AS found
FROM forecast
WHERE survey IS NOT NULL
GROUP BY contest_id, survey, lineup, scenario
HAVING count(*) > 1
ORDER BY row_key
