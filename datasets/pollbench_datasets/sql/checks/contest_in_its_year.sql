-- severity: error
-- rule: The first round is held in the year of the election, a later one at most a year after it.
-- why: A date whose year is wrong moves the horizon of every forecast.
-- remedy: Correct the day of the contest, or the year of the election.
SELECT 'contest' AS table_name, contest_id AS row_key, 'day' AS column_name, day || ', year ' || e.year AS found
FROM contest c
JOIN election e USING (election_id)
WHERE year(day) - e.year NOT BETWEEN 0 AND CASE WHEN round = 1 THEN 0 ELSE 1 END
ORDER BY row_key
