-- severity: warning
-- rule: The probabilities of one book, that is of winning one contest or of the bands of one share, add up to 115 at
--   the most, and to 85 or more where all are printed.
-- why: The prices of a market carry its margin, which is 15 points at the most; a sum beyond betrays a mistyped price.
-- remedy: Compare with the source; if it is right, leave it.
WITH book AS (
  SELECT f.forecast_id, 'condition' AS column_name, sum(p.value) AS total, bool_and(f.complete) AS complete
  FROM forecast f
  JOIN prediction p USING (forecast_id)
  WHERE f.quantity = 'win_probability'
  GROUP BY f.forecast_id
  HAVING count(*) > 1
  UNION ALL
  SELECT forecast_id, 'quantity', sum(value), count(*) > 2
  FROM event
  WHERE type = 'share_band'
  GROUP BY forecast_id, candidates
  HAVING count(*) > 1
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, column_name, 'sum ' || total AS found
FROM book
WHERE total > 115 OR (complete AND total < 85)
ORDER BY row_key
