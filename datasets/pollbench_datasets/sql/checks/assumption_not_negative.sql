-- severity: error
-- rule: A size, rate or price that the manipulation model rests on is 0 or more.
-- why: It multiplies or divides a number of people, messages or euros.
-- remedy: Correct the number, or leave it empty if it is not known.
SELECT 'assumption' AS table_name, assumption_id AS row_key,
  CASE WHEN value < 0 THEN 'value' WHEN low < 0 THEN 'low' ELSE 'high' END AS column_name,
  least(value, low, high)::VARCHAR AS found
FROM assumption
WHERE value < 0 OR low < 0 OR high < 0
ORDER BY row_key
