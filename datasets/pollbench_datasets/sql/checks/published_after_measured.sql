-- severity: error
-- rule: A forecast is published on or after the last day it measures.
-- why: A figure cannot be public before it exists; a policy that asks what was known on a day rests on this.
-- remedy: Correct published_on or measured_to.

-- A month or a year stands for its last day.
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'published_on' AS column_name,
  published_on || ' (' || published_precision || '), measured to ' || measured_to AS found
FROM forecast
WHERE measured_to > CASE published_precision
    WHEN 'month' THEN last_day(published_on)
    WHEN 'year' THEN make_date(year(published_on), 12, 31)
    ELSE published_on
  END
ORDER BY row_key
