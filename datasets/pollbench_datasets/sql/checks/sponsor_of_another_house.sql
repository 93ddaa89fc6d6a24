-- severity: warning
-- rule: A sponsor that ordered four polls or more from one house in an election did not order a single one from another.
-- why: A line that slid, or the name of another house, looks like this.
-- remedy: Compare house and sponsors with the source; if they are right, leave them.
WITH ordered AS (
  SELECT DISTINCT f.survey, o.house, c.election_id, trim(unnest(string_split(f.sponsors, ';'))) AS sponsor
  FROM forecast f
  JOIN forecaster o USING (forecaster_id)
  JOIN contest c USING (contest_id)
  WHERE f.survey IS NOT NULL
), counted AS (
  SELECT house, election_id, sponsor, count(*) AS polls, min(survey) AS survey
  FROM ordered
  GROUP BY ALL
), compared AS (
  SELECT *, max(polls) OVER sponsors AS most, arg_max(house, polls) OVER sponsors AS usual
  FROM counted
  WINDOW sponsors AS (PARTITION BY election_id, sponsor)
)
SELECT 'forecast' AS table_name, min(f.forecast_id) AS row_key, 'sponsors' AS column_name,
  string_agg(DISTINCT sponsor || ': ' || most || ' polls of ' || usual, '; ') AS found
FROM compared
JOIN forecast f USING (survey)
WHERE polls = 1 AND most >= 4
GROUP BY f.survey
ORDER BY row_key
