-- severity: warning
-- rule: What a house says of all its other figures of a kind about an election (mode, sampling, population, status and
--   the like) it says of this one too.
-- why: One row that differs from six or more equal ones is more often a typing error than a change of method.
-- remedy: Compare with the source; if it is right, leave it.

-- One finding a column: questions of one survey count once. Six, an opinion: with fewer there is no habit yet.
WITH said AS (
  SELECT f.forecaster_id, c.election_id, f.quantity, coalesce(f.survey, f.forecast_id) AS sample, f.forecast_id,
    unnest(['status', 'recalled', 'mode', 'sampling', 'population', 'mechanism', 'date_basis', 'sample_size_basis',
      'expressing_basis']) AS column_name,
    unnest([f.status::VARCHAR, f.recalled::VARCHAR, f.mode, f.sampling, f.population, f.mechanism::VARCHAR,
      f.date_basis::VARCHAR, f.sample_size_basis, f.expressing_basis]) AS word
  FROM forecast f
  JOIN contest c USING (contest_id)
), counted AS (
  SELECT forecaster_id, election_id, quantity, column_name, coalesce(word, 'empty') AS word, min(forecast_id) AS forecast_id,
    count(DISTINCT sample) AS samples
  FROM said
  GROUP BY ALL
), compared AS (
  SELECT *, max(samples) OVER house AS usual, arg_max(word, samples) OVER house AS usual_word,
    count(*) OVER house AS words
  FROM counted
  WINDOW house AS (PARTITION BY forecaster_id, election_id, quantity, column_name)
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, column_name,
  word || ', ' || usual || ' others ' || usual_word AS found
FROM compared
-- Where the others say nothing, this one says more than they do.
WHERE samples = 1 AND words = 2 AND usual >= 6 AND usual_word <> 'empty'
ORDER BY row_key, column_name
