-- severity: error
-- rule: published_on has a published_precision, and a month or a year is written as its first day.
-- why: Without its precision a month looks like a day, and a forecast seems known weeks too early.
-- remedy: Write 2017-04-01 with the precision month for "April 2017", 2017-01-01 with year for "2017".
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'published_on' AS column_name,
  coalesce(published_on::VARCHAR, 'no day') || ' '
    || coalesce(published_precision::VARCHAR, 'without precision') AS found
FROM forecast
WHERE (published_on IS NULL) <> (published_precision IS NULL)
  OR (published_precision = 'month' AND day(published_on) <> 1)
  OR (published_precision = 'year' AND dayofyear(published_on) <> 1)
UNION ALL
SELECT 'forecast', forecast_id, 'first_seen_on', first_seen_on || ' ' || first_seen_precision
FROM forecast
WHERE (first_seen_precision = 'month' AND day(first_seen_on) <> 1)
  OR (first_seen_precision = 'year' AND dayofyear(first_seen_on) <> 1)
UNION ALL
SELECT 'claim', claim_id, 'made_on', made_on || ' ' || made_precision
FROM claim
WHERE (made_precision = 'month' AND day(made_on) <> 1)
  OR (made_precision = 'year' AND dayofyear(made_on) <> 1)
ORDER BY row_key
