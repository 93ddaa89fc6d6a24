-- severity: warning
-- rule: Polls of a house whose fieldwork overlaps again and again are waves of one rolling survey, and say so.
-- why: Waves share respondents: counted as polls of their own they make a house look three times as sure as it is.
-- remedy: Give them one rolling_series, and rolling_thin to those that do not overlap; if they are samples of their own,
--   leave it.

-- Three in a row: two overlapping polls of one house happen where two papers order one each.
WITH wave AS (
  SELECT forecaster_id, contest_id, coalesce(lineup, scenario) AS named, survey, min(forecast_id) AS forecast_id,
    min(measured_from) AS first_day, max(measured_to) AS last_day
  FROM forecast
  WHERE survey IS NOT NULL AND rolling_series IS NULL AND measured_from < measured_to
  GROUP BY forecaster_id, contest_id, named, survey
), beside AS (
  SELECT *, first_day <= lag(last_day) OVER waves AND last_day > lag(last_day) OVER waves AS joined
  FROM wave
  WINDOW waves AS (PARTITION BY forecaster_id, contest_id, named ORDER BY last_day, first_day, survey)
), counted AS (
  SELECT *, joined AND lag(joined) OVER waves AS again
  FROM beside
  WINDOW waves AS (PARTITION BY forecaster_id, contest_id, named ORDER BY last_day, first_day, survey)
)
SELECT 'forecast' AS table_name, arg_min(forecast_id, last_day) FILTER (WHERE again) AS row_key,
  'rolling_series' AS column_name,
  count(*) FILTER (WHERE joined) || ' polls start before the one before them ends' AS found
FROM counted
GROUP BY forecaster_id, contest_id, named
HAVING count(*) FILTER (WHERE again) > 0
ORDER BY row_key
