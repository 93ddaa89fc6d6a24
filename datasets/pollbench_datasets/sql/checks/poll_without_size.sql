-- severity: warning
-- rule: A poll has a sample size.
-- why: Without it there is no sampling error. Lists of older elections often lack it.
-- remedy: Fill in sample_size and its basis if a source gives them.

-- A line for a survey where most others of its house in this election have one. Where most have none, the list that was
-- read does not give it: a line for the house, for the election, or for all elections of which no poll has one.
WITH poll AS (
  SELECT f.forecast_id, f.survey, c.election_id, o.house, f.sample_size IS NULL AS empty,
    avg((f.sample_size IS NULL)::INTEGER) OVER (PARTITION BY c.election_id, o.house) AS of_house,
    avg((f.sample_size IS NULL)::INTEGER) OVER (PARTITION BY c.election_id) AS of_election
  FROM forecast f
  JOIN forecaster o USING (forecaster_id)
  JOIN contest c USING (contest_id)
  WHERE f.survey IS NOT NULL
), grouped AS (
  SELECT *, CASE WHEN of_house <= 0.5 THEN survey WHEN of_election <= 0.5 THEN election_id || ' ' || house
    WHEN of_election < 1 THEN election_id ELSE '' END AS line
  FROM poll
  WHERE empty
)
SELECT 'forecast' AS table_name, min(forecast_id) AS row_key, 'sample_size' AS column_name,
  CASE WHEN line = '' THEN 'empty in all ' || count(*) || ' polls of ' || count(DISTINCT election_id) || ' election(s)'
    WHEN line = any_value(election_id) THEN 'empty in ' || count(*) || ' polls of the election'
    WHEN line <> any_value(survey) THEN 'empty in ' || count(*) || ' polls of the house' ELSE 'empty' END AS found
FROM grouped
GROUP BY line
ORDER BY row_key
