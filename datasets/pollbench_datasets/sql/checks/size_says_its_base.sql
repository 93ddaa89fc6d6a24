-- severity: error
-- rule: A sample size says who is counted in it, and so does the number of those who state an intention.
-- why: Lists mix adults, registered voters, those certain to vote and those who state an intention; most
--   disagreements between them are of this kind.
-- remedy: Fill in sample_size_basis or expressing_basis.
SELECT 'forecast' AS table_name, forecast_id AS row_key,
  CASE WHEN (sample_size IS NULL) <> (sample_size_basis IS NULL) THEN 'sample_size_basis'
    ELSE 'expressing_basis' END AS column_name,
  coalesce(sample_size::VARCHAR, 'no size') || ' ' || coalesce(sample_size_basis, 'without a base') || '; '
    || coalesce(expressing_n::VARCHAR, 'no size') || ' ' || coalesce(expressing_basis, 'without a base') AS found
FROM forecast
WHERE (sample_size IS NULL) <> (sample_size_basis IS NULL) OR (expressing_n IS NULL) <> (expressing_basis IS NULL)
ORDER BY row_key
