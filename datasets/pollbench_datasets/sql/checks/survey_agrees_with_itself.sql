-- severity: warning
-- rule: The questions of one survey have one first day of fieldwork, one mode, one population, and one sample for each
--   base.
-- why: They were put to the same people; a row that differs from its sisters holds the mistake.
-- remedy: Correct the row that differs; if a part of the sample was asked, say so in sample_size_basis.
SELECT 'forecast' AS table_name, min(forecast_id) AS row_key, 'survey' AS column_name,
  concat_ws(', ', survey, string_agg(DISTINCT sample_size::VARCHAR, ' and '), string_agg(DISTINCT measured_from::VARCHAR, ' and '),
    string_agg(DISTINCT mode, ' and '), string_agg(DISTINCT population, ' and ')) AS found
FROM forecast
WHERE survey IS NOT NULL
GROUP BY survey, sample_size_basis
HAVING count(DISTINCT sample_size) > 1 OR count(DISTINCT measured_from) > 1 OR count(DISTINCT mode) > 1
  OR count(DISTINCT population) > 1
ORDER BY row_key
