-- severity: error
-- rule: Every figure of a release says where in its source it stands, and what says so belongs to a figure.
-- why: A row can be traced to the words in its source, or it proves nothing.
-- remedy: Add the row to printed_figures.csv, or remove it.
WITH given AS (
  SELECT forecast_id, candidate_id FROM prediction
  -- Of a lead the one in front has the row.
  UNION SELECT forecast_id, string_split(candidates, ' ')[1] FROM event
)
SELECT 'prediction' AS table_name, g.forecast_id || '/' || g.candidate_id AS row_key, 'candidate_id' AS column_name,
  'no place in the source' AS found
FROM given g
JOIN release USING (forecast_id)
WHERE NOT EXISTS (FROM printed_figure p WHERE p.forecast_id = g.forecast_id AND p.candidate_id = g.candidate_id)
UNION ALL
SELECT 'printed_figure', p.forecast_id || '/' || p.candidate_id, 'candidate_id', 'no such figure'
FROM printed_figure p
WHERE NOT EXISTS (FROM given g WHERE p.forecast_id = g.forecast_id AND p.candidate_id = g.candidate_id)
ORDER BY row_key
