-- severity: error
-- rule: The id of a forecast is its forecaster, its day and a letter (where one day has very many, the contest before
--   the day): the last day of fieldwork for a survey, for the rest the publication, or the day it was first seen.
-- why: Ids are cited; one that names another day than its row hides which of the two is wrong.
-- remedy: Correct the id or the day.
WITH dated AS (
  SELECT forecast_id, forecaster_id, contest_id, CASE
      WHEN survey IS NOT NULL THEN measured_to
      ELSE coalesce(published_on, first_seen_on) END AS stand,
    CASE
      WHEN survey IS NOT NULL THEN 'day'
      WHEN published_on IS NOT NULL THEN published_precision::VARCHAR
      ELSE first_seen_precision::VARCHAR END AS written_as
  FROM forecast
), meant AS (
  SELECT *, left(stand::VARCHAR, CASE written_as WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS written
  FROM dated
)
SELECT 'forecast' AS table_name, forecast_id AS row_key, 'forecast_id' AS column_name,
  coalesce(stand::VARCHAR, 'no day') AS found
FROM meant
-- What stands before the last hyphen is compared, not matched: a name may hold signs that a pattern gives a meaning.
WHERE NOT coalesce(
  regexp_full_match(string_split(forecast_id, '-')[-1], '[a-z]+')
  AND left(forecast_id, length(forecast_id) - length(string_split(forecast_id, '-')[-1]) - 1)
    IN (forecaster_id || '-' || written, forecaster_id || '-' || contest_id || '-' || written),
  false)
UNION ALL
SELECT 'claim', claim_id, 'claim_id', made_on::VARCHAR
FROM claim
WHERE NOT starts_with(claim_id, forecaster_id || '-' || CASE made_precision
    WHEN 'year' THEN strftime(made_on, '%Y')
    WHEN 'month' THEN strftime(made_on, '%Y-%m')
    ELSE strftime(made_on, '%Y-%m-%d')
  END || '-')
ORDER BY row_key
